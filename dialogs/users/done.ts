import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { messageCard } from '../../cards/message/message';
import { rolesInWords } from '../../cards/user/user';
import type { Texts } from '../../locales/texts';
import { closing, type Closings } from '../closing';
import type { Turn } from '../turn';
import type { Done } from './draft';

/** What was done, in sentences. */
export function doneInWords(done: Done, t: Texts): string[] {
  switch (done.action) {
    case 'addUser':
      return [t('users.added', { user: done.outcome.displayName })];
    case 'editUser': {
      const { user, isChanged } = done.outcome;
      return [isChanged ? t('users.edited', { user: user.displayName }) : t('users.unchanged')];
    }
    case 'setRoles': {
      const { user, roles, isChanged } = done.outcome;
      const facts = { user: user.displayName, roles: rolesInWords(roles, t) };
      return [isChanged ? t('users.rolesSet', facts) : t('users.unchanged')];
    }
    case 'deactivate':
      return releasedInWords(done.outcome, t);
    case 'reactivate':
      return [t('users.reactivated', { user: done.outcome.user.displayName })];
  }
}

function releasedInWords(
  { user, count, freed, left }: Extract<Done, { action: 'deactivate' }>['outcome'],
  t: Texts,
): string[] {
  const facts = { user: user.displayName, count };
  const later = freed.flatMap(({ name, freeOn }) =>
    freeOn ? [t('users.freeOn', { benefit: name, freeOn: { date: freeOn } })] : [],
  );
  const released = left ? t('users.releasing', facts) : t('users.released', facts);
  return [t('users.deactivated', facts), ...(count > 0 ? [released] : []), ...later];
}

/** For a press that comes again when the dialog has been left: the same words. */
export const closings: Closings = {
  addUser: closing<OutcomeOf<'addUser'>>((turn, outcome) => doneCard(turn, { action: 'addUser', outcome })),
  editUser: closing<OutcomeOf<'editUser'>>((turn, outcome) =>
    doneCard(turn, { action: 'editUser', outcome }),
  ),
  setRoles: closing<OutcomeOf<'setRoles'>>((turn, outcome) =>
    doneCard(turn, { action: 'setRoles', outcome }),
  ),
  deactivate: closing<OutcomeOf<'deactivate'>>((turn, outcome) =>
    doneCard(turn, { action: 'deactivate', outcome }),
  ),
  reactivate: closing<OutcomeOf<'reactivate'>>((turn, outcome) =>
    doneCard(turn, { action: 'reactivate', outcome }),
  ),
};

type OutcomeOf<Action extends Done['action']> = Extract<Done, { action: Action }>['outcome'];

const doneCard = ({ t }: Turn, done: Done): AdaptiveCard =>
  messageCard(t, t('users.title'), doneInWords(done, t), [button(t, 'users'), button(t, 'help')]);

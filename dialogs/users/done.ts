import type { Operation } from '../../benefits/model';
import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { messageCard } from '../../cards/message/message';
import { rolesInWords } from '../../cards/user/user';
import type { Texts } from '../../locales/texts';
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

const ACTIONS = ['addUser', 'editUser', 'setRoles', 'deactivate', 'reactivate'];

/** For a press that comes again when the dialog has been left: the same words. */
export function doneCard({ t, person }: Turn, operation: Operation | undefined): AdaptiveCard | undefined {
  if (operation?.by !== person.user.id || !ACTIONS.includes(operation.action)) return undefined;
  const { action, outcome } = operation;
  const words = doneInWords({ action, outcome } as Done, t); // written by the use case of that action
  return messageCard(t, t('users.title'), words, [button(t, 'users'), button(t, 'help')]);
}

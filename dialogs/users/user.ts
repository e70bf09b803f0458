import { maySetRoles } from '../../benefits/access';
import { reactivateUser } from '../../benefits/deactivate';
import { BenefitError } from '../../benefits/errors';
import type { User } from '../../benefits/model';
import { heldBy } from '../../benefits/myBenefits';
import { userCard, type UserVerb } from '../../cards/user/user';
import { newUserDraft } from '../chooseUser';
import { STAY, type Step } from '../step';
import type { Turn } from '../turn';
import { doneInWords } from './done';
import { type UsersDraft, userOf } from './draft';
import { openForm } from './openUser';

/** A person's card: who they are, what they may do and what they hold; and for account admins, what can be done. */
export const user: Step<UsersDraft> = {
  name: 'user',
  applies: (draft) => draft.user !== undefined,

  async show(draft, turn, press, refused) {
    const { id } = userOf(draft);
    const [person, catalogue, { timeZone }] = await Promise.all([
      turn.ports.ledger.person(id),
      turn.ports.ledger.benefits(),
      turn.company(),
    ]);
    if (!person) throw new BenefitError('userUnknown', { user: id });
    const isSelf = id === turn.person.user.id;
    // Who has just changed their own roles sees what is left to them.
    const admin = isSelf ? person.user : turn.person.user;
    return userCard(
      {
        press,
        user: person.user,
        held: heldBy(person, catalogue, timeZone, turn.ports.now()),
        may: maySetRoles(admin) ? mayWith(person.user, isSelf) : [],
        isAdded: draft.added !== undefined,
        notes: refused ? [] : notesOf(draft, turn),
        refusal: refused?.text ?? null,
      },
      turn.t,
    );
  },

  keep: (draft) => ({ ...draft, done: undefined, added: undefined }),

  presses: {
    openEdit: (draft, turn) => openForm(draft, turn, 'editUser'),
    openRoles: (draft, turn) => openForm(draft, turn, 'setRoles'),
    openDeactivate: (draft, turn) => openForm(draft, turn, 'deactivateUser'),

    async activateUser(draft, { ports, person }, _data, { run }) {
      const press = { operationId: run, by: person.user.id };
      const outcome = await reactivateUser(ports, press, { userId: userOf(draft).id });
      return { draft: { ...draft, done: { action: 'reactivate', outcome } }, go: STAY, isCommitted: true };
    },

    async addAnotherUser(draft, turn) {
      return { draft: { ...draft, newUser: await newUserDraft({}, turn) }, go: 'addUser' };
    },
  },
};

/** What account admins may do with a user; the use cases ask again. */
function mayWith({ active }: User, isSelf: boolean): UserVerb[] {
  if (!active) return ['openEdit', 'activateUser'];
  return isSelf ? ['openEdit', 'openRoles'] : ['openEdit', 'openRoles', 'openDeactivate'];
}

function notesOf({ added, done }: UsersDraft, { t }: Turn): string[] {
  return [
    ...(added === undefined ? [] : [t('users.added', { user: added })]),
    ...(done ? doneInWords(done, t) : []),
  ];
}

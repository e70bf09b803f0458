import { deactivateUser as takeOut, freedBy, MOST_NAMED } from '../../benefits/deactivate';
import { BenefitError } from '../../benefits/errors';
import { deactivateUserCard } from '../../cards/deactivate-user/deactivateUser';
import type { Step } from '../step';
import { type UsersDraft, userOf } from './draft';

/** Off the straight way: asked once more, with what becomes of each benefit that they hold. */
export const deactivateUser: Step<UsersDraft> = {
  name: 'deactivateUser',
  applies: () => false,

  async show(draft, turn, press, refused) {
    const { ledger, now } = turn.ports;
    const { id, displayName } = userOf(draft);
    const [person, catalogue, company] = await Promise.all([
      ledger.person(id),
      ledger.benefits(),
      turn.company(),
    ]);
    if (!person) throw new BenefitError('userUnknown', { user: id });
    const all = freedBy(person, catalogue, company, now());
    const freed = all.slice(0, MOST_NAMED);
    const ask = { press, user: displayName, freed, more: all.length - freed.length };
    return deactivateUserCard({ ...ask, refusal: refused?.text ?? null }, turn.t);
  },

  presses: {
    async deactivateUser(draft, { ports, person }, _data, { run }) {
      const press = { operationId: run, by: person.user.id };
      const outcome = await takeOut(ports, press, { userId: userOf(draft).id });
      const done = { action: 'deactivate', outcome } as const;
      return { draft: { ...draft, user: outcome.user, done }, go: 'user', isCommitted: true };
    },
  },
};

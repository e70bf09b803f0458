import type { GivenLine } from '../../benefits/checkBulk';
import { BenefitError } from '../../benefits/errors';
import { pickUsersCard } from '../../cards/pick-users/pickUsers';
import { type BenefitDraft, benefitOf } from '../chooseBenefit';
import { ALL_LISTED, FIRST_LISTED } from '../chooseUser';
import type { Step } from '../step';
import { textOf } from '../turn';
import { checkedCard } from './preview';

/** What was chosen, picked and written so far. */
export interface PickDraft extends BenefitDraft {
  readonly picked?: readonly string[];
  readonly others?: string;
}

const ID = /^[a-z0-9-]{1,100}$/;

/** Who gets it: picked from the list of users, and written below it. */
export const pickUsers: Step<PickDraft> = {
  name: 'pickUsers',

  readAhead(ledger) {
    void ledger.usersToChooseFrom(ALL_LISTED, FIRST_LISTED);
  },

  async show(draft, { ports: { ledger }, t }, press, refused) {
    const { users, hasMore } = await ledger.usersToChooseFrom(ALL_LISTED, FIRST_LISTED);
    const { picked = [], others = null } = draft;
    const { name: benefit } = benefitOf(draft);
    return pickUsersCard(
      { press, benefit, users, hasMore, picked, others, refusal: refused?.text ?? null },
      t,
    );
  },

  keep: (draft, data) => ({
    ...draft,
    picked: textOf(data, 'picked')
      .split(',')
      .filter((id) => ID.test(id)),
    others: textOf(data, 'others') || undefined,
  }),

  presses: {
    async checkPeople(draft, turn) {
      const lines = linesOf(draft);
      if (lines.length === 0) throw new BenefitError('userMissing');
      return { done: await checkedCard(turn, lines) };
    },
  },
};

/** Those who were picked first, and then those who were written. */
function linesOf(draft: PickDraft): GivenLine[] {
  const { picked = [], others = '' } = draft;
  const { id: benefit } = benefitOf(draft);
  const written = others
    .split(/[\n,;]/)
    .map((each) => each.trim())
    .filter(Boolean);
  return [
    ...picked.map((userId) => ({ benefit, user: userId, userId })),
    ...written.map((user) => ({ benefit, user })),
  ].map((line, index) => ({ ...line, number: index + 1 }));
}

import { checkedAlternateEmail } from '../../benefits/assign';
import { BenefitError } from '../../benefits/errors';
import { alternateEmailCard } from '../../cards/alternate-email/alternateEmail';
import { type Move, ON, STAY, type Step } from '../step';
import { textOf, type Turn } from '../turn';
import { type AssignDraft, userOf } from './draft';

/** docs/rules.md, rule 11: asked before *Assign user* is offered. */
export const giveAlternateEmail: Step<AssignDraft> = {
  name: 'giveAlternateEmail',
  applies: ({ benefit }) => benefit?.asksAlternateEmail === true,

  async show(draft, turn, press, refused) {
    const ask = {
      press,
      user: userOf(draft, turn),
      typed: draft.alternateEmail ?? '',
      refusal: refused?.text ?? null,
    };
    return alternateEmailCard(ask, turn.t);
  },

  keep: (draft, data) => ({ ...draft, alternateEmail: textOf(data, 'alternateEmail') }),

  presses: {
    giveAlternateEmail: (draft, turn) => give(draft, turn, draft.alternateEmail ?? ''),
  },

  says: give,
};

async function give(draft: AssignDraft, turn: Turn, typed: string): Promise<Move<AssignDraft>> {
  const [company, user] = await Promise.all([turn.company(), turn.ports.ledger.user(userOf(draft, turn).id)]);
  if (!user) throw new BenefitError('userUnknown', { user: userOf(draft, turn).displayName });
  const kept = { ...draft, alternateEmail: typed };
  try {
    return { draft: { ...kept, alternateEmail: checkedAlternateEmail(typed, company, user) }, go: ON };
  } catch (error) {
    if (error instanceof BenefitError) return { draft: kept, go: STAY, refused: error };
    throw error;
  }
}

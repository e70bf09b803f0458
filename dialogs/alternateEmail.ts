import { checkedAlternateEmail } from '../benefits/assign';
import { BenefitError } from '../benefits/errors';
import type { UserSummary } from '../benefits/model';
import { alternateEmailCard } from '../cards/alternate-email/alternateEmail';
import type { BenefitDraft } from './chooseBenefit';
import { type Move, ON, STAY, type Step } from './step';
import { textOf, type Turn } from './turn';

export interface AlternateEmailDraft extends BenefitDraft {
  /** As typed: checked on the way on, and again at the commit. */
  readonly alternateEmail?: string;
}

/** docs/rules.md, rule 11: asked before *Assign user* is offered. @param userOf who will hold the benefit */
export function alternateEmailStep<Draft extends AlternateEmailDraft>(
  userOf: (draft: Draft, turn: Turn) => UserSummary,
): Step<Draft> {
  return {
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

  async function give(draft: Draft, turn: Turn, typed: string): Promise<Move<Draft>> {
    const meant = userOf(draft, turn);
    const [company, user] = await Promise.all([turn.company(), turn.ports.ledger.user(meant.id)]);
    if (!user) throw new BenefitError('userUnknown', { user: meant.displayName });
    const kept = { ...draft, alternateEmail: typed };
    try {
      return { draft: { ...kept, alternateEmail: checkedAlternateEmail(typed, company, user) }, go: ON };
    } catch (error) {
      if (error instanceof BenefitError) return { draft: kept, go: STAY, refused: error };
      throw error;
    }
  }
}

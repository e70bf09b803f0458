import { BenefitError } from '../../benefits/errors';
import { findBenefit } from '../../benefits/find';
import { type Benefit, CATEGORIES, type Day } from '../../benefits/model';
import { freeSeats, isEnded, whyNobody } from '../../benefits/seats';
import { type BenefitChoice, chooseBenefitCard } from '../../cards/choose-benefit/chooseBenefit';
import { type Move, ON, STAY, type Step } from '../step';
import { idOf, type Turn } from '../turn';
import { type AssignDraft, chosen, today } from './draft';

/** So many benefits fit a card of 28 KB, with all that a row carries. */
const PAGE = 20;

export const chooseBenefit: Step<AssignDraft> = {
  name: 'chooseBenefit',
  isAnswered: ({ benefit }) => benefit !== undefined,

  async show({ page = 0, offered }, turn, press, refused) {
    const [catalogue, day] = await Promise.all([turn.ports.ledger.benefits(), today(turn)]);
    const shown = offered ? catalogue.filter(({ id }) => offered.benefitIds.includes(id)) : catalogue;
    const choices = byCategory(shown).map((benefit) => choiceOf(benefit, day));
    return chooseBenefitCard(
      {
        press,
        choices: choices.slice(page, page + PAGE),
        typed: offered?.typed ?? null,
        hasMore: choices.length > PAGE,
        refusal: refused?.text ?? null,
      },
      turn.t,
    );
  },

  presses: {
    async chooseBenefit(draft, turn, data) {
      const benefitId = idOf(data, 'benefitId');
      const benefit = await turn.ports.ledger.benefit(benefitId);
      if (!benefit) throw new BenefitError('benefitUnknown', { benefit: benefitId });
      return choose(draft, turn, benefit);
    },

    async allBenefits(draft) {
      return { draft: { ...draft, offered: undefined, page: 0 }, go: STAY };
    },

    async moreBenefits(draft, turn) {
      const next = (draft.page ?? 0) + PAGE;
      const count = draft.offered?.benefitIds.length ?? (await turn.ports.ledger.benefits()).length;
      return { draft: { ...draft, page: next < count ? next : 0 }, go: STAY };
    },
  },

  async says(draft, turn, typed) {
    const found = findBenefit(typed, await turn.ports.ledger.benefits());
    if ('one' in found) return choose(draft, turn, found.one);
    if ('none' in found) throw new BenefitError('benefitUnknown', { benefit: typed });
    const benefitIds = found.several.map(({ id }) => id);
    return { draft: { ...draft, offered: { typed, benefitIds }, page: 0 }, go: STAY };
  },
};

async function choose(draft: AssignDraft, turn: Turn, benefit: Benefit): Promise<Move<AssignDraft>> {
  const refusal = whyNobody(benefit, await today(turn));
  if (refusal) throw refusal;
  const { user, assignments } = turn.person;
  if (benefit.assignable === 'self' && assignments.some(({ benefitId }) => benefitId === benefit.id)) {
    throw new BenefitError('alreadyHolds', { benefit: benefit.name, user: user.displayName });
  }
  return { draft: { ...draft, benefit: chosen(benefit), offered: undefined }, go: ON };
}

function byCategory(benefits: readonly Benefit[]): Benefit[] {
  return CATEGORIES.flatMap((category) => benefits.filter((benefit) => benefit.category === category));
}

const choiceOf = (benefit: Benefit, day: Day): BenefitChoice => ({
  benefit,
  free: freeSeats(benefit),
  endsOn: benefit.endsOn ?? null,
  isEnded: isEnded(benefit, day),
});

import { BenefitError } from '../benefits/errors';
import { findBenefit } from '../benefits/find';
import { type Benefit, CATEGORIES, type Day, type LocalText } from '../benefits/model';
import { asksAlternateEmail } from '../benefits/seats';
import { chooseBenefitCard, type ChoiceWords } from '../cards/choose-benefit/chooseBenefit';
import type { Texts } from '../locales/texts';
import { type Move, ON, STAY, type Step } from './step';
import { idOf, today, type Turn } from './turn';

/** What a dialog that asks for a benefit keeps of it. */
export interface BenefitDraft {
  readonly benefit?: ChosenBenefit;
  /** Where the list of benefits begins. */
  readonly page?: number;
  /** The benefits that fit what was typed, when several do. */
  readonly offered?: { readonly typed: string; readonly benefitIds: readonly string[] };
}

/** Names are kept to be shown; what counts is read again at every step. */
export interface ChosenBenefit {
  readonly id: string;
  readonly name: LocalText;
  readonly isSelf: boolean;
  readonly asksAlternateEmail: boolean;
}

/** What differs from dialog to dialog. */
interface Question {
  title(t: Texts): string;
  /** Said when there is nothing to choose from. */
  none(t: Texts): string;
  /** Whether it stands in the list at all. */
  isListed(benefit: Benefit, turn: Turn): boolean;
  /** What stands beside its name, and whether it can be chosen. */
  words(benefit: Benefit, day: Day, turn: Turn): ChoiceWords;
  /** @throws BenefitError when this benefit can't be chosen; it is shown on the list */
  check(benefit: Benefit, turn: Turn): Promise<void>;
}

/** So many benefits fit a card of 28 KB, with all that a row carries. */
const PAGE = 20;

/** The question which benefit is meant: from the list under its four headings, or typed. */
export function chooseBenefitStep<Draft extends BenefitDraft>(question: Question): Step<Draft> {
  return {
    name: 'chooseBenefit',
    isAnswered: ({ benefit }) => benefit !== undefined,

    readAhead(ledger) {
      void ledger.benefits();
    },

    async show({ page = 0, offered }, turn, press, refused) {
      const [listed, day] = await Promise.all([list(turn), today(turn)]);
      const shown = offered ? listed.filter(({ id }) => offered.benefitIds.includes(id)) : listed;
      const choices = byCategory(shown).map((benefit) => ({
        benefit,
        ...question.words(benefit, day, turn),
      }));
      return chooseBenefitCard(
        {
          press,
          title: question.title(turn.t),
          none: question.none(turn.t),
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
        const benefit = await turn.ports.ledger.benefit(idOf(data, 'benefitId'));
        if (!benefit) throw new BenefitError('unknownId');
        return choose(draft, turn, benefit);
      },

      async allBenefits(draft) {
        return { draft: { ...draft, offered: undefined, page: 0 }, go: STAY };
      },

      async moreBenefits(draft, turn) {
        const next = (draft.page ?? 0) + PAGE;
        const count = draft.offered?.benefitIds.length ?? (await list(turn)).length;
        return { draft: { ...draft, page: next < count ? next : 0 }, go: STAY };
      },
    },

    /** All of the catalogue is searched, so that what can't be chosen is refused with its reason. */
    async says(draft, turn, typed) {
      const catalogue = await turn.ports.ledger.benefits();
      const listed = catalogue.filter((benefit) => question.isListed(benefit, turn));
      const among = findBenefit(typed, listed);
      const found = 'none' in among ? findBenefit(typed, catalogue) : among;
      if ('one' in found) return choose(draft, turn, found.one);
      if ('none' in found) throw new BenefitError('benefitUnknown', { benefit: typed });
      const benefitIds = found.several.map(({ id }) => id);
      return { draft: { ...draft, offered: { typed, benefitIds }, page: 0 }, go: STAY };
    },
  };

  async function list(turn: Turn): Promise<Benefit[]> {
    const catalogue = await turn.ports.ledger.benefits();
    return catalogue.filter((benefit) => question.isListed(benefit, turn));
  }

  async function choose(draft: Draft, turn: Turn, benefit: Benefit): Promise<Move<Draft>> {
    await question.check(benefit, turn);
    return { draft: { ...draft, benefit: chosen(benefit), offered: undefined }, go: ON };
  }
}

const chosen = (benefit: Benefit): ChosenBenefit => ({
  id: benefit.id,
  name: benefit.name,
  isSelf: benefit.assignable === 'self',
  asksAlternateEmail: asksAlternateEmail(benefit),
});

/** The benefit of a step that comes after it was chosen. */
export function benefitOf({ benefit }: BenefitDraft): ChosenBenefit {
  if (!benefit) throw new Error('no benefit was chosen before this step');
  return benefit;
}

function byCategory(benefits: readonly Benefit[]): Benefit[] {
  return CATEGORIES.flatMap((category) => benefits.filter((benefit) => benefit.category === category));
}

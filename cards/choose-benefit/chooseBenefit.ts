import type { Benefit, Category } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, rowName, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface ChooseBenefitAsk {
  readonly press: StepPress;
  readonly title: string;
  /** Said when there are no choices. */
  readonly none: string;
  /** In the order in which they are shown; of one category they stand together. */
  readonly choices: readonly BenefitChoice[];
  /** What was typed, when several fit it. */
  readonly typed: string | null;
  readonly hasMore: boolean;
  readonly refusal: string | null;
}

export interface BenefitChoice extends ChoiceWords {
  readonly benefit: Pick<Benefit, 'id' | 'name' | 'package' | 'category'>;
}

/** What is said of a benefit in the list. */
export interface ChoiceWords {
  /** After its package, below its name. */
  readonly details: readonly string[];
  /** Beside its name: what there is of it. */
  readonly aside: string;
  readonly isChoosable: boolean;
}

interface Row {
  readonly name: string;
  readonly detail: string;
  readonly aside: string;
  readonly choosable: boolean;
  readonly color: 'Accent' | 'Default';
  readonly select: CardAction | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly note: string | null;
  readonly refusal: string | null;
  readonly groups: readonly { readonly heading: string; readonly rows: readonly Row[] }[];
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** Benefits under their four headings; what can't be chosen is shown, but can't be pressed. */
export function chooseBenefitCard(ask: ChooseBenefitAsk, t: Texts): AdaptiveCard {
  const categories = [...new Set(ask.choices.map(({ benefit }) => benefit.category))];
  return card({
    lang: t.language,
    title: ask.title,
    note: noteOf(ask, t),
    refusal: ask.refusal,
    groups: categories.map((category) => ({ heading: heading(category, t), rows: rowsOf(category) })),
    actions: [
      ...(ask.hasMore ? [button(t, 'moreBenefits', ask.press)] : []),
      ...(ask.typed === null ? [] : [button(t, 'allBenefits', ask.press)]),
      button(t, 'cancel', ask.press),
    ],
  });

  function rowsOf(category: Category): Row[] {
    return ask.choices
      .filter(({ benefit }) => benefit.category === category)
      .map((choice) => rowOf(choice, ask.press, t));
  }
}

function noteOf({ typed, choices, none }: ChooseBenefitAsk, t: Texts): string | null {
  if (choices.length === 0) return none;
  return typed === null ? null : t('chooseBenefit.severalFit', { typed });
}

const heading = (category: Category, t: Texts): string => t(`category.${category}`);

function rowOf({ benefit, details, aside, isChoosable }: BenefitChoice, press: StepPress, t: Texts): Row {
  const name = t.local(benefit.name);
  const detail = [benefit.package, ...details].join(' · ');
  const title = rowName(name, aside, detail);
  return {
    name,
    detail,
    aside,
    choosable: isChoosable,
    color: isChoosable ? 'Accent' : 'Default',
    select: isChoosable ? button(t, 'chooseBenefit', { ...press, benefitId: benefit.id }, { title }) : null,
  };
}

/** What an admin who wants to assign a benefit wants to know of it: how many seats are free, and until when. */
export function seatWords({ benefit, free, isEnded }: Seats, t: Texts): ChoiceWords {
  const { assignable, endsOn, seats } = benefit;
  const until =
    endsOn !== undefined && !isEnded ? [t('chooseBenefit.until', { endsOn: { date: endsOn } })] : [];
  return {
    details: [...until, ...(assignable === 'self' ? [t('chooseBenefit.selfOnly')] : [])],
    aside: aside(),
    isChoosable: !isEnded && (free > 0 || assignable === 'none'),
  };

  function aside(): string {
    if (isEnded && endsOn !== undefined) return t('chooseBenefit.ended', { endsOn: { date: endsOn } });
    if (assignable === 'none') return t('chooseBenefit.none');
    if (free === 0) return t('chooseBenefit.noneFree', { seats });
    return t('chooseBenefit.free', { count: free, seats });
  }
}

interface Seats {
  readonly benefit: Pick<Benefit, 'assignable' | 'endsOn' | 'seats'>;
  readonly free: number;
  readonly isEnded: boolean;
}

import type { Benefit, Category, Day } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface BenefitChoice {
  readonly benefit: Pick<Benefit, 'id' | 'name' | 'package' | 'category' | 'seats' | 'assignable'>;
  readonly free: number;
  readonly endsOn: Day | null;
  readonly isEnded: boolean;
}

export interface ChooseBenefitAsk {
  readonly press: StepPress;
  /** In the order in which they are shown; of one category they stand together. */
  readonly choices: readonly BenefitChoice[];
  /** What was typed, when several fit it. */
  readonly typed: string | null;
  readonly hasMore: boolean;
  readonly refusal: string | null;
}

interface Row {
  readonly name: string;
  readonly detail: string;
  readonly seats: string;
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

/** The catalogue under its four headings, with free seats; what nobody can be given is shown, but can't be pressed. */
export function chooseBenefitCard(ask: ChooseBenefitAsk, t: Texts): AdaptiveCard {
  const categories = [...new Set(ask.choices.map(({ benefit }) => benefit.category))];
  return card({
    lang: t.language,
    title: t('chooseBenefit.title'),
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

function noteOf({ typed, choices }: ChooseBenefitAsk, t: Texts): string | null {
  if (choices.length === 0) return t('chooseBenefit.empty');
  return typed === null ? null : t('chooseBenefit.severalFit', { typed });
}

const heading = (category: Category, t: Texts): string => t(`category.${category}`);

function rowOf(choice: BenefitChoice, press: StepPress, t: Texts): Row {
  const { benefit, free, endsOn, isEnded } = choice;
  const name = t.local(benefit.name);
  const seats = seatsOf(choice, t);
  const choosable = !isEnded && (free > 0 || benefit.assignable === 'none');
  const until = endsOn !== null && !isEnded ? t('chooseBenefit.until', { endsOn: { date: endsOn } }) : null;
  const onlySelf = benefit.assignable === 'self' ? t('chooseBenefit.selfOnly') : null;
  return {
    name,
    detail: [benefit.package, until, onlySelf].filter((part) => part !== null).join(' · '),
    seats,
    choosable,
    color: choosable ? 'Accent' : 'Default',
    select: choosable
      ? button(
          t,
          'chooseBenefit',
          { ...press, benefitId: benefit.id },
          { title: t('chooseBenefit.choose', { benefit: name, seats }) },
        )
      : null,
  };
}

function seatsOf({ benefit, free, endsOn, isEnded }: BenefitChoice, t: Texts): string {
  if (isEnded && endsOn !== null) return t('chooseBenefit.ended', { endsOn: { date: endsOn } });
  if (benefit.assignable === 'none') return t('chooseBenefit.none');
  if (free === 0) return t('chooseBenefit.noneFree', { seats: benefit.seats });
  return t('chooseBenefit.free', { count: free, seats: benefit.seats });
}

import type { Assignment, Benefit } from '../../benefits/model';
import type { HeldBenefit } from '../../benefits/myBenefits';
import type { Texts } from '../../locales/texts';
import { leftOfWords } from '../amount';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, portalLink } from '../buttons';
import { shortened } from '../shortened';
import template from './template.json';

export interface MyBenefits {
  readonly held: readonly HeldRow[];
  /** Where the next page begins; null at the end. */
  readonly next: number | null;
}

interface HeldRow extends Pick<HeldBenefit, 'state' | 'isLate' | 'left' | 'may'> {
  readonly benefit: Pick<
    Benefit,
    'id' | 'name' | 'package' | 'endsOn' | 'portalUrl' | 'next' | 'quantity' | 'unit'
  >;
  readonly assignment: Pick<
    Assignment,
    'userId' | 'assignedAt' | 'assignedBy' | 'expectedOn' | 'alternateEmail'
  >;
}

interface Row {
  readonly name: string;
  readonly state: string;
  readonly stateColor: 'Good' | 'Accent' | 'Default';
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  readonly paragraphs: readonly { readonly text: string }[];
  readonly actions: readonly CardAction[];
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** How many characters of a text there is room for. */
const MOST = { name: 100, sentence: 240 } as const;

const COLORS = { active: 'Good', activating: 'Accent', expired: 'Default' } as const;

/** Each benefit that the reader holds: its state, since when and by whom, what to do next and whom to ask. */
export function myBenefitsCard({ held, next }: MyBenefits, t: Texts): AdaptiveCard {
  return card({
    lang: t.language,
    title: t('myBenefits.title'),
    rows: held.map((row) => rowOf(row, t)),
    actions: next === null ? [] : [button(t, 'moreMine', { from: next })],
  });
}

function rowOf(row: HeldRow, t: Texts): Row {
  const { benefit, assignment, state, left } = row;
  const { assignedBy } = assignment;
  const fact = (title: string, value: string | undefined) => (value === undefined ? [] : [{ title, value }]);
  const day = (date: string | undefined) => (date === undefined ? undefined : t.date(date));
  return {
    name: shortened(t.local(benefit.name), MOST.name),
    state: t(`myBenefits.${state}`),
    stateColor: COLORS[state],
    facts: [
      ...fact(t('myBenefits.package'), benefit.package),
      ...fact(t('myBenefits.since'), day(assignment.assignedAt)),
      ...fact(t('myBenefits.by'), assignedBy.displayName),
      ...fact(t('myBenefits.expectedOn'), state === 'activating' ? day(assignment.expectedOn) : undefined),
      ...fact(t('myBenefits.alternateEmail'), state === 'expired' ? undefined : assignment.alternateEmail),
      ...fact(t('overview.leftTitle'), state === 'active' ? leftOfWords(benefit, left, t) : undefined),
      ...fact(t('myBenefits.endsOn'), day(benefit.endsOn)),
    ],
    paragraphs: [
      nextStep(row, t),
      // Who assigned it to themselves has nobody to ask about it.
      assignedBy.id === assignment.userId
        ? null
        : t('myBenefits.ask', { by: assignedBy.displayName, email: assignedBy.email }),
    ]
      .filter((text) => text !== null)
      .map((text) => ({ text })),
    actions: actionsOf(row, t),
  };
}

/** What its holder does next; nothing once it has ended. */
function nextStep({ benefit, state, isLate }: HeldRow, t: Texts): string | null {
  if (state === 'expired') return t('myBenefits.over');
  if (state === 'activating')
    return [...(isLate ? [t('myBenefits.late')] : []), t('myBenefits.waiting')].join(' ');
  return benefit.next ? shortened(t.local(benefit.next), MOST.sentence) : null;
}

function actionsOf({ benefit, state, may }: HeldRow, t: Texts): CardAction[] {
  const { id: benefitId, portalUrl } = benefit;
  return [
    ...(state === 'active' && portalUrl ? [portalLink(t, portalUrl)] : []),
    ...(may.getKeys ? [button(t, 'keys', { benefitId })] : []),
    ...(may.request ? [button(t, 'requestHours', { benefitId })] : []),
  ];
}

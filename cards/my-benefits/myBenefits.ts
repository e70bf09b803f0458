import type { Assignment, Benefit } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, portalLink } from '../buttons';
import template from './template.json';

export interface MyBenefits {
  readonly held: readonly HeldRow[];
  /** Where the next page begins; null at the end. */
  readonly next: number | null;
}

interface HeldRow {
  readonly benefit: Pick<Benefit, 'id' | 'name' | 'package' | 'kind' | 'endsOn' | 'portalUrl' | 'next'>;
  readonly assignment: Pick<
    Assignment,
    'userId' | 'assignedAt' | 'assignedBy' | 'expectedOn' | 'alternateEmail'
  >;
  readonly state: 'active' | 'activating' | 'expired';
}

interface Row {
  readonly name: string;
  readonly state: string;
  readonly stateColor: 'Good' | 'Accent' | 'Default';
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  readonly paragraphs: readonly { readonly text: string }[];
  readonly links: readonly CardAction[];
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

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

function rowOf({ benefit, assignment, state }: HeldRow, t: Texts): Row {
  const { assignedBy } = assignment;
  const fact = (title: string, value: string | undefined) => (value === undefined ? [] : [{ title, value }]);
  const day = (date: string | undefined) => (date === undefined ? undefined : t.date(date));
  return {
    name: t.local(benefit.name),
    state: t(`myBenefits.${state}`),
    stateColor: COLORS[state],
    facts: [
      ...fact(t('myBenefits.package'), benefit.package),
      ...fact(t('myBenefits.since'), day(assignment.assignedAt)),
      ...fact(t('myBenefits.by'), assignedBy.displayName),
      ...fact(t('myBenefits.expectedOn'), state === 'activating' ? day(assignment.expectedOn) : undefined),
      ...fact(t('myBenefits.alternateEmail'), state === 'expired' ? undefined : assignment.alternateEmail),
      ...fact(t('myBenefits.endsOn'), day(benefit.endsOn)),
    ],
    paragraphs: [
      nextStep(benefit, state, t),
      // Who assigned it to themselves has nobody to ask about it.
      assignedBy.id === assignment.userId
        ? null
        : t('myBenefits.ask', { by: assignedBy.displayName, email: assignedBy.email }),
    ]
      .filter((text) => text !== null)
      .map((text) => ({ text })),
    links: state === 'active' ? linksOf(benefit, t) : [],
  };
}

function linksOf({ id, kind, portalUrl }: HeldRow['benefit'], t: Texts): CardAction[] {
  const isRequested = kind === 'advisoryHours' || kind === 'presales';
  return [
    ...(portalUrl ? [portalLink(t, portalUrl)] : []),
    ...(isRequested ? [button(t, 'requestHours', { benefitId: id })] : []),
  ];
}

function nextStep(benefit: HeldRow['benefit'], state: HeldRow['state'], t: Texts): string | null {
  if (state === 'expired') return t('myBenefits.over');
  if (state === 'activating') return t('myBenefits.waiting');
  return benefit.next ? t.local(benefit.next) : null;
}

import type { Assignment, Day, LocalText, UserSummary } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface PendingActivations {
  readonly press: StepPress;
  /** The longest waiting first. */
  readonly pending: readonly PendingRow[];
  readonly hasMore: boolean;
  readonly refusal: string | null;
}

export interface PendingRow {
  readonly benefit: { readonly id: string; readonly name: LocalText };
  readonly user: UserSummary;
  readonly assignment: Pick<Assignment, 'assignedAt' | 'assignedBy'>;
  readonly expectedOn: Day;
  readonly isOverdue: boolean;
}

interface Row {
  readonly name: string;
  readonly detail: string;
  readonly expected: string;
  readonly color: 'Attention' | 'Default';
  readonly weight: 'Bolder' | 'Default';
  readonly actions: readonly CardAction[];
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly intro: string;
  readonly refusal: string | null;
  readonly rows: readonly Row[];
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** What is being activated, each with *Mark as active*; what is overdue stands out (docs/rules.md, rule 13). */
export function pendingActivationsCard(
  { press, pending, hasMore, refusal }: PendingActivations,
  t: Texts,
): AdaptiveCard {
  return card({
    lang: t.language,
    title: t('activations.title'),
    intro: pending.length === 0 ? t('activations.none') : t('activations.intro'),
    refusal,
    rows: pending.map((row) => rowOf(row, press, t)),
    actions: [...(hasMore ? [button(t, 'morePending', press)] : []), button(t, 'cancel', press)],
  });
}

function rowOf(
  { benefit, user, assignment, expectedOn, isOverdue }: PendingRow,
  press: StepPress,
  t: Texts,
): Row {
  const names = { benefit: benefit.name, user: user.displayName };
  const when = { expectedOn: { date: expectedOn } };
  return {
    name: t('activations.row', names),
    detail: t('activations.detail', {
      by: assignment.assignedBy.displayName,
      since: { date: assignment.assignedAt },
    }),
    expected: isOverdue ? t('activations.overdue', when) : t('activations.expected', when),
    color: isOverdue ? 'Attention' : 'Default',
    weight: isOverdue ? 'Bolder' : 'Default',
    actions: [button(t, 'choosePending', { ...press, benefitId: benefit.id, userId: user.id })],
  };
}

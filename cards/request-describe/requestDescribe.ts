import type { LocalText } from '../../benefits/model';
import type { RequestForm } from '../../benefits/requestForm';
import type { Phase } from '../../benefits/serviceRequest';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import { type Choice, type FaultText, formFields, phaseChoice } from '../requestWords';
import template from './template.json';

export interface RequestDescribeAsk {
  readonly press: StepPress;
  readonly benefit: LocalText;
  /** Hours that can still be requested; null when the benefit isn't counted in hours. */
  readonly left: number | null;
  readonly most: number;
  readonly days: number;
  readonly phases: readonly Phase[];
  readonly form: RequestForm;
  readonly faults: readonly FaultText[];
  /** What was refused and belongs to no field. */
  readonly refusal: string | null;
}

interface Binding extends ReturnType<typeof formFields<(typeof FIELDS)[number]>> {
  readonly lang: string;
  readonly title: string;
  readonly notes: readonly { readonly text: string }[];
  readonly placeholder: string;
  readonly phases: readonly Choice[];
  readonly isCounted: boolean;
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const FIELDS = ['title', 'description', 'product', 'phase', 'hours'] as const;

const card = bind<Binding>(template);

/** What the advice shall be about, and how many hours, with what can be expected (docs/rules.md, rules 14 and 15). */
export function requestDescribeCard(ask: RequestDescribeAsk, t: Texts): AdaptiveCard {
  const { press, left, most, days } = ask;
  const hours =
    left === null ? [] : [t('requestForm.left', { count: left }), t('requestForm.limit', { most })];
  return card({
    ...formFields(FIELDS, ask, t),
    lang: t.language,
    title: t('requestForm.title', { benefit: ask.benefit }),
    notes: [t('requestForm.promise', { days }), ...hours].map((text) => ({ text })),
    placeholder: t('requestForm.placeholder'),
    phases: ask.phases.map((phase) => phaseChoice(phase, t)),
    isCounted: left !== null,
    refusal: ask.refusal,
    actions: [
      button(t, 'describeRequest', press, { style: 'positive' }),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

import type { LocalText } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import { type CardFact, fieldLabel, type RequestAbout, requestFacts } from '../requestWords';
import template from './template.json';

export interface RequestConfirmAsk {
  readonly press: StepPress;
  readonly benefit: LocalText;
  readonly about: RequestAbout;
  /** Hours that will be left; null when the benefit isn't counted in hours, or has fewer than are asked for. */
  readonly willLeave: number | null;
  readonly days: number;
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly facts: readonly CardFact[];
  readonly sections: readonly { readonly heading: string; readonly text: string }[];
  readonly notes: readonly { readonly text: string }[];
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** All that will be sent, and *Submit request* (docs/rules.md, rule 14). */
export function requestConfirmCard(ask: RequestConfirmAsk, t: Texts): AdaptiveCard {
  const { press, benefit, about, willLeave, days } = ask;
  const notes = [
    ...(willLeave === null ? [] : [t('requestForm.willLeave', { count: willLeave })]),
    t('requestForm.promise', { days }),
  ];
  return card({
    lang: t.language,
    title: t('requestForm.confirmTitle'),
    facts: [{ title: fieldLabel('title', t), value: about.title }, ...requestFacts(about, benefit, t)],
    sections: [{ heading: fieldLabel('description', t), text: about.description }],
    notes: notes.map((text) => ({ text })),
    refusal: ask.refusal,
    actions: [
      button(t, 'submitRequest', press, { style: 'positive' }),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

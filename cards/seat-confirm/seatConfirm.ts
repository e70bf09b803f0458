import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface SeatConfirmAsk {
  readonly press: StepPress;
  /** What will be done, as a question. */
  readonly title: string;
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  /** What follows from it. */
  readonly notes: readonly string[];
  readonly refusal: string | null;
  /** The buttons that do it. */
  readonly actions: readonly CardAction[];
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  readonly notes: readonly { readonly text: string }[];
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** The last question before somebody's seat goes to another, or is taken back. */
export function seatConfirmCard(ask: SeatConfirmAsk, t: Texts): AdaptiveCard {
  const { press, title, facts, notes, refusal } = ask;
  return card({
    lang: t.language,
    title,
    facts,
    notes: notes.map((text) => ({ text })),
    refusal,
    actions: [...ask.actions, button(t, 'back', press), button(t, 'cancel', press)],
  });
}

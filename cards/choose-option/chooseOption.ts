import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface ChooseOptionAsk {
  readonly press: StepPress;
  readonly title: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly refusal: string | null;
  readonly rows: readonly { readonly label: string; readonly select: CardAction }[];
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** One of a short list of plain options: each row is pressed as a whole. */
export function chooseOptionCard(ask: ChooseOptionAsk, t: Texts): AdaptiveCard {
  const { press } = ask;
  return card({
    lang: t.language,
    title: ask.title,
    refusal: ask.refusal,
    rows: ask.options.map(({ value, label }) => ({
      label,
      select: button(t, 'chooseOption', { ...press, value }, { title: label }),
    })),
    actions: [button(t, 'back', press), button(t, 'cancel', press)],
  });
}

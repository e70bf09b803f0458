import type { LocalText } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface MarkActiveAsk {
  readonly press: StepPress;
  readonly benefit: LocalText;
  readonly user: string;
  readonly typed: string;
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly placeholder: string;
  readonly typed: string;
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** Confirms that a benefit is active, with what its holder should know beside its own instructions. */
export function markActiveCard(
  { press, benefit, user, typed, refusal }: MarkActiveAsk,
  t: Texts,
): AdaptiveCard {
  return card({
    lang: t.language,
    title: t('markActive.title', { benefit, user }),
    text: t('markActive.text', { user }),
    label: t('markActive.label', { user }),
    placeholder: t('markActive.placeholder'),
    typed,
    refusal,
    actions: [
      button(t, 'confirmActive', press, { style: 'positive' }),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface RequestWithdrawAsk {
  readonly press: StepPress;
  readonly title: string;
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly text: string;
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** Asks once more before a request is withdrawn, since it can't be taken up again. */
export function requestWithdrawCard({ press, title, refusal }: RequestWithdrawAsk, t: Texts): AdaptiveCard {
  return card({
    lang: t.language,
    title: t('requests.withdrawTitle', { title }),
    text: t('requests.withdrawText'),
    refusal,
    actions: [
      button(t, 'withdrawRequest', press, { style: 'destructive' }),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

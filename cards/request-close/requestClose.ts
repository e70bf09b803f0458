import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface RequestCloseAsk {
  readonly press: StepPress;
  readonly title: string;
  /** That were requested; 0 of a benefit that isn't counted in hours. */
  readonly hours: number;
  /** Who sent the request. */
  readonly user: string;
  /** How many hours were spent, as typed. */
  readonly typed: string;
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly text: string;
  readonly isCounted: boolean;
  readonly label: string;
  readonly typed: string;
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** Closes a request: how many of its hours were spent; the others come back. */
export function requestCloseCard(ask: RequestCloseAsk, t: Texts): AdaptiveCard {
  const { press, title, hours, user, typed, refusal } = ask;
  const text = hours > 0 ? t('requests.closeText', { count: hours }) : t('requests.closeNone');
  return card({
    lang: t.language,
    title: t('requests.closeTitle', { title }),
    text: [text, t('requests.answerText', { user })].join(' '),
    isCounted: hours > 0,
    label: t('requests.spentLabel'),
    typed,
    refusal,
    actions: [
      button(t, 'closeRequest', press, { style: 'positive' }),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface RequestAnswerAsk {
  readonly press: StepPress;
  readonly title: string;
  /** Who sent the request. */
  readonly user: string;
  readonly typed: string;
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly typed: string;
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** The answer to a request, which goes to who sent it. */
export function requestAnswerCard(ask: RequestAnswerAsk, t: Texts): AdaptiveCard {
  const { press, title, user, typed, refusal } = ask;
  return card({
    lang: t.language,
    title: t('requests.answerTitle', { title }),
    text: t('requests.answerText', { user }),
    label: t('requests.answerLabel'),
    typed,
    refusal,
    actions: [
      button(t, 'sendAnswer', press, { style: 'positive' }),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

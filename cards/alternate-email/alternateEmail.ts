import type { UserSummary } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface AlternateEmailAsk {
  readonly press: StepPress;
  readonly user: UserSummary;
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

/** The alternate address of a support benefit, and why it is asked for (docs/rules.md, rules 11 and 12). */
export function alternateEmailCard(
  { press, user, typed, refusal }: AlternateEmailAsk,
  t: Texts,
): AdaptiveCard {
  return card({
    lang: t.language,
    title: t('alternateEmail.title', { user: user.displayName }),
    text: t('alternateEmail.text', { email: user.email }),
    label: t('alternateEmail.label'),
    placeholder: t('alternateEmail.placeholder'),
    typed,
    refusal,
    actions: [
      button(t, 'giveAlternateEmail', press, { style: 'positive' }),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

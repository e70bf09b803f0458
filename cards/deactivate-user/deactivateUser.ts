import type { Freed } from '../../benefits/deactivate';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface DeactivateUserAsk {
  readonly press: StepPress;
  readonly user: string;
  /** What they hold, and what becomes of it. */
  readonly freed: readonly Freed[];
  /** How much more they hold than is named. */
  readonly more: number;
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly text: string;
  readonly heldText: string;
  readonly rows: readonly { readonly name: string; readonly fate: string }[];
  readonly more: string | null;
  readonly stays: string;
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** "Deactivate Jean Dupont?", with what they hold and what becomes of each. */
export function deactivateUserCard(ask: DeactivateUserAsk, t: Texts): AdaptiveCard {
  const { press, user, freed, more, refusal } = ask;
  return card({
    lang: t.language,
    title: t('deactivateUser.title', { user }),
    text: t('deactivateUser.text', { user }),
    heldText: freed.length === 0 ? t('chooseHeld.none', { user }) : t('deactivateUser.held', { user }),
    rows: freed.map(({ name, freeOn }) => ({
      name: t.local(name),
      fate: freeOn
        ? t('deactivateUser.freeOn', { freeOn: { date: freeOn } })
        : t('deactivateUser.freeAtOnce'),
    })),
    more: more > 0 ? t('user.more', { count: more }) : null,
    stays: t('deactivateUser.stays'),
    refusal,
    actions: [
      button(t, 'deactivateUser', press, { style: 'destructive' }),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

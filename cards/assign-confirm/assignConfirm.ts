import type { LocalText, UserSummary } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface AssignConfirmAsk {
  readonly press: StepPress;
  readonly benefit: { readonly name: LocalText; readonly package: string; readonly seats: number };
  readonly free: number;
  readonly user: UserSummary;
  readonly self: boolean;
  readonly alternateEmail: string | null;
  /** For what takes days to activate. */
  readonly activationDays: number | null;
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  readonly note: string | null;
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** "Assign Visual Studio Enterprise to Alex Wilber?", with all that will be done. */
export function assignConfirmCard(ask: AssignConfirmAsk, t: Texts): AdaptiveCard {
  const { benefit, user, alternateEmail, press } = ask;
  const names = { benefit: benefit.name, user: user.displayName };
  const fact = (title: string, value: string) => ({ title, value });
  return card({
    lang: t.language,
    title: ask.self ? t('assignConfirm.titleSelf', names) : t('assignConfirm.title', names),
    facts: [
      fact(t('assignConfirm.package'), benefit.package),
      fact(t('assignConfirm.user'), `${user.displayName} (${user.email})`),
      ...(alternateEmail === null ? [] : [fact(t('assignConfirm.alternateEmail'), alternateEmail)]),
      fact(t('assignConfirm.free'), t('chooseBenefit.free', { count: ask.free, seats: benefit.seats })),
    ],
    note: ask.activationDays ? t('assignConfirm.willTake', { count: ask.activationDays }) : null,
    refusal: ask.refusal,
    actions: [
      button(t, 'assignUser', press, { style: 'positive' }),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

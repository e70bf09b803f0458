import type { Role } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface SetRolesAsk {
  readonly press: StepPress;
  readonly user: string;
  readonly roles: readonly Role[];
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly roles: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** Which roles a user has, each with what it allows (docs/rules.md, rule 7). */
export function setRolesCard({ press, user, roles, refusal }: SetRolesAsk, t: Texts): AdaptiveCard {
  return card({
    lang: t.language,
    title: t('setRoles.title', { user }),
    text: t('roleMay.employee'),
    label: t('setRoles.label'),
    roles: roles.join(),
    choices: (['benefitsAdmin', 'accountAdmin'] as const).map((value) => ({
      title: t(`roleMay.${value}`),
      value,
    })),
    refusal,
    actions: [
      button(t, 'setRoles', press, { style: 'positive' }),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

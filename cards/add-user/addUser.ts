import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type Refused, type StepPress } from '../buttons';
import template from './template.json';

export interface AddUserAsk {
  readonly press: StepPress;
  /** What was typed before. */
  readonly typed: {
    readonly displayName: string;
    readonly email: string;
    readonly language: string;
    readonly role: string;
  };
  readonly mayGiveRoles: boolean;
  readonly refused: Refused | null;
}

interface Choice {
  readonly title: string;
  readonly value: string;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly nameLabel: string;
  readonly displayName: string;
  readonly nameRefusal: string | null;
  readonly emailLabel: string;
  readonly emailPlaceholder: string;
  readonly email: string;
  readonly emailRefusal: string | null;
  readonly languageLabel: string;
  readonly language: string;
  readonly languages: readonly Choice[];
  readonly mayGiveRoles: boolean;
  readonly roleLabel: string;
  readonly role: string;
  readonly roles: readonly Choice[];
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** A new user's name, address and language; their role too, for who may give roles (docs/rules.md, rule 7). */
export function addUserCard({ press, typed, mayGiveRoles, refused }: AddUserAsk, t: Texts): AdaptiveCard {
  const beside = besideWhich(refused);
  return card({
    ...typed,
    lang: t.language,
    title: t('addUser.title'),
    nameLabel: t('addUser.name'),
    nameRefusal: beside === 'name' && refused ? refused.text : null,
    emailLabel: t('addUser.email'),
    emailPlaceholder: t('alternateEmail.placeholder'),
    emailRefusal: beside === 'email' && refused ? refused.text : null,
    languageLabel: t('addUser.language'),
    languages: (['en', 'fr'] as const).map((value) => ({ title: t(`languageName.${value}`), value })),
    mayGiveRoles,
    roleLabel: t('role.label'),
    roles: (['employee', 'benefitsAdmin', 'accountAdmin'] as const).map((value) => ({
      title: t(`role.${value}`),
      value,
    })),
    refusal: beside === 'form' && refused ? refused.text : null,
    actions: [
      button(t, 'addUser', press, { style: 'positive' }),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

/** Where a refusal of a form about a user stands. */
export function besideWhich(refused: Refused | null): 'name' | 'email' | 'form' {
  switch (refused?.code) {
    case 'nameMissing':
    case 'textTooLong':
      return 'name';
    case 'emailInvalid':
    case 'emailTaken':
      return 'email';
    default:
      return 'form';
  }
}

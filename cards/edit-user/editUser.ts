import type { Texts } from '../../locales/texts';
import { besideWhich } from '../add-user/addUser';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type Refused, type StepPress } from '../buttons';
import template from './template.json';

export interface EditUserAsk {
  readonly press: StepPress;
  readonly user: string;
  /** As it is, or as it was typed before. */
  readonly typed: { readonly displayName: string; readonly email: string; readonly language: string };
  readonly refused: Refused | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly text: string;
  readonly nameLabel: string;
  readonly displayName: string;
  readonly nameRefusal: string | null;
  readonly emailLabel: string;
  readonly emailPlaceholder: string;
  readonly email: string;
  readonly emailRefusal: string | null;
  readonly languageLabel: string;
  readonly language: string;
  readonly languages: readonly { readonly title: string; readonly value: string }[];
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** A user's name, address and language; what is refused stands beside its field. */
export function editUserCard({ press, user, typed, refused }: EditUserAsk, t: Texts): AdaptiveCard {
  const beside = besideWhich(refused);
  const text = refused?.text ?? null;
  return card({
    ...typed,
    lang: t.language,
    title: t('editUser.title', { user }),
    text: t('editUser.text'),
    nameLabel: t('addUser.name'),
    nameRefusal: beside === 'name' ? text : null,
    emailLabel: t('addUser.email'),
    emailPlaceholder: t('alternateEmail.placeholder'),
    emailRefusal: beside === 'email' ? text : null,
    languageLabel: t('addUser.language'),
    languages: (['en', 'fr'] as const).map((value) => ({ title: t(`languageName.${value}`), value })),
    refusal: beside === 'form' ? text : null,
    actions: [
      button(t, 'editUser', press, { style: 'positive' }),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

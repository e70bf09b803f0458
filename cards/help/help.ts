import type { Texts, Verb } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction } from '../buttons';
import template from './template.json';

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly intro: string;
  readonly rows: readonly { readonly label: string | null; readonly text: string }[];
  readonly actions: readonly CardAction[];
}

/** What people start with. */
export type StartVerb = Verb &
  (
    | 'overview'
    | 'assign'
    | 'reassign'
    | 'release'
    | 'activations'
    | 'resend'
    | 'keys'
    | 'requestHours'
    | 'requests'
    | 'users'
    | 'newUser'
    | 'history'
    | 'myBenefits'
  );

const card = bind<Binding>(template);

/** What this person may do, each with what to type for it. */
export function helpCard({ may }: { readonly may: readonly StartVerb[] }, t: Texts): AdaptiveCard {
  return card({
    lang: t.language,
    title: t('help.title'),
    intro: t('help.intro'),
    rows: [
      ...may.map((verb) => ({ label: t(`button.${verb}`), text: t(`help.${verb}`) })),
      { label: null, text: t('help.language') },
      { label: null, text: t('help.cancel') },
    ],
    actions: [...may.map((verb) => button(t, verb)), button(t, t.language === 'fr' ? 'english' : 'french')],
  });
}

import type { Texts, Verb } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, rowName, type CardAction } from '../buttons';
import template from './template.json';

/** What people start with, under the headings of the help. */
const SUBJECTS = {
  mine: ['myBenefits', 'overview', 'keys', 'requestHours', 'requests'],
  handingOut: ['assign', 'assignMany', 'reassign', 'release', 'activations', 'resend'],
  people: ['users', 'newUser', 'history', 'export'],
} as const satisfies Readonly<Record<string, readonly Verb[]>>;

type Subject = keyof typeof SUBJECTS;
export type StartVerb = (typeof SUBJECTS)[Subject][number];

interface Row {
  readonly label: string;
  readonly text: string;
  readonly select: CardAction;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly intro: string;
  readonly groups: readonly { readonly heading: string; readonly rows: readonly Row[] }[];
  readonly notes: readonly { readonly text: string }[];
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** What this person may do: each row is pressed as a whole, and says what to type for it. */
export function helpCard({ may }: { readonly may: readonly StartVerb[] }, t: Texts): AdaptiveCard {
  const groups = (Object.keys(SUBJECTS) as Subject[]).map((subject) => ({
    heading: t(`help.subject.${subject}`),
    rows: SUBJECTS[subject].filter((verb) => may.includes(verb)).map((verb) => rowOf(verb, t)),
  }));
  return card({
    lang: t.language,
    title: t('help.title'),
    intro: t('help.intro'),
    groups: groups.filter(({ rows }) => rows.length > 0),
    notes: [{ text: t('help.language') }, { text: t('help.cancel') }],
    actions: [button(t, t.language === 'fr' ? 'english' : 'french')],
  });
}

function rowOf(verb: StartVerb, t: Texts): Row {
  const [label, text] = [t(`button.${verb}`), t(`help.${verb}`)];
  return { label, text, select: button(t, verb, {}, { title: rowName(label, text) }) };
}

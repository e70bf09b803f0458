import i18next from 'i18next';
import { dateFormat } from './dateFormat';
import en from './en.json';
import fr from './fr.json';

export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A value in a text. Catalogue texts and dates are put into the reader's language and time zone. */
export type Fact =
  string | number | { readonly en: string; readonly fr?: string } | { readonly date: string };
export type Facts = Readonly<Record<string, Fact>>;

type Leaves<T, Path extends string = ''> = {
  [Key in keyof T & string]: T[Key] extends string ? `${Path}${Key}` : Leaves<T[Key], `${Path}${Key}.`>;
}[keyof T & string];

type WithoutPlural<Key extends string> = Key extends `${infer Stem}_${'one' | 'other'}` ? Stem : Key;

/** Every text there is: a missing one does not compile. Plurals are picked by the fact `count`. */
export type TextKey = WithoutPlural<Leaves<typeof en.texts>>;
/** Every button there is: its label, its verb and its route have this one name. */
export type Verb = keyof (typeof en.texts)['button'];
export const isVerb = (name: string): name is Verb => Object.hasOwn(en.texts.button, name);
/** What is told of in the history by a sentence of its own. */
export type ToldAction = keyof (typeof en.texts)['history']['did'];
export const isTold = (action: string): action is ToldAction => Object.hasOwn(en.texts.history.did, action);
type RoleName = Exclude<keyof (typeof en.texts)['role'], 'label'>;
export const isRole = (name: string): name is RoleName =>
  name !== 'label' && Object.hasOwn(en.texts.role, name);
type TableName = keyof (typeof en.texts)['export']['table'];
export const isTable = (name: unknown): name is TableName =>
  typeof name === 'string' && Object.hasOwn(en.texts.export.table, name);
export type CommandName = keyof typeof en.commands;

/** The texts of one reader. */
export interface Texts {
  (key: TextKey, facts?: Facts): string;
  readonly language: Language;
  /** A day, or the day of a moment, in words, where the reader is. */
  date(dayOrMoment: string): string;
  /** A moment to the minute, where the reader is. */
  moment(moment: string): string;
  /** A text of the catalogue. */
  local(text: { readonly en: string; readonly fr?: string }): string;
}

const i18n = i18next.createInstance();
void i18n.init({
  initAsync: false, // resources are at hand
  lng: 'en',
  fallbackLng: false,
  resources: { en: { texts: en.texts }, fr: { texts: fr.texts } },
  ns: ['texts'],
  defaultNS: 'texts',
  nsSeparator: false,
  showSupportNotice: false,
});

/** @param timeZone IANA name; UTC when it is unknown to this machine */
export function textsIn(language: Language, timeZone: string): Texts {
  const date = (value: string) => inWords(value, language, timeZone);
  const moment: Texts['moment'] = (value) =>
    dateFormat(language, {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone: knownZone(timeZone),
    }).format(new Date(value));
  const local: Texts['local'] = (text) => (language === 'fr' ? (text.fr ?? text.en) : text.en);
  const put = (fact: Fact): string | number => {
    if (typeof fact !== 'object') return fact;
    return 'date' in fact ? date(fact.date) : local(fact);
  };
  const text = (key: TextKey, facts?: Facts): string => {
    const raw = rawText(language, key, facts?.count);
    return facts ? raw.replace(PLACE, (_, name: string) => `${put(facts[name] ?? '')}`) : raw;
  };
  return Object.assign(text, { language, date, moment, local });
}

const PLACE = /\{\{(\w+)\}\}/g;
const plurals = { en: new Intl.PluralRules('en'), fr: new Intl.PluralRules('fr') };
const raws = new Map<string, string>();

/**
 * A text as it stands in its file, with the places for its facts. Looked up once for each of its plural forms: a card
 * has some fifty texts, and i18next takes 20 µs for one.
 */
function rawText(language: Language, key: TextKey, count: Fact | undefined): string {
  const form = typeof count === 'number' ? plurals[language].select(count) : '';
  const id = `${language} ${form} ${key}`;
  const known = raws.get(id);
  if (known !== undefined) return known;
  const options = { lng: language, skipInterpolation: true, ...(typeof count === 'number' && { count }) };
  const raw = i18n.t(key, options);
  raws.set(id, raw);
  return raw;
}

function inWords(value: string, language: Language, timeZone: string): string {
  const isDay = value.length === 'YYYY-MM-DD'.length;
  const format = dateFormat(language, {
    dateStyle: 'long',
    timeZone: isDay ? 'UTC' : knownZone(timeZone),
  });
  const words = format.format(new Date(value));
  return language === 'fr' ? words.replace(/^1 /, '1er ') : words;
}

function knownZone(timeZone: string): string {
  try {
    dateFormat('en', { timeZone });
    return timeZone;
  } catch (error) {
    if (error instanceof RangeError) return 'UTC';
    throw error;
  }
}

/** `fr-CA` → `fr`; undefined for what we don't speak. */
export function languageFrom(locale: string | undefined): Language | undefined {
  const primary = locale?.toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === primary);
}

/** What people may type, in every language, for each command. */
export const commandWords: Readonly<Record<CommandName, readonly string[]>> = Object.fromEntries(
  (Object.keys(en.commands) as CommandName[]).map((name) => [
    name,
    [...en.commands[name], ...fr.commands[name]],
  ]),
) as Record<CommandName, string[]>;

/** What to type for a command, in one language. */
export const commandIn = (language: Language, name: CommandName): string =>
  ({ en, fr })[language].commands[name][0] ?? name;

/** The commands that can be said in one line with all that they need, in every language: its parts are named groups. */
export type LineName = keyof typeof en.lines;
export const commandLines: Readonly<Record<LineName, readonly RegExp[]>> = Object.fromEntries(
  (Object.keys(en.lines) as LineName[]).map((name) => [
    name,
    [en, fr].map(({ lines }) => new RegExp(lines[name], 'iu')),
  ]),
) as Record<LineName, RegExp[]>;

/** The words between what somebody holds and who holds it, in any language: "… from …". */
export const fromWords = new RegExp([en, fr].map(({ between }) => between.from).join('|'), 'giu');

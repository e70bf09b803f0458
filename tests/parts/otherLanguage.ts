import en from '../../locales/en.json';
import fr from '../../locales/fr.json';
import { LANGUAGES, type Language, textsIn } from '../../locales/texts';
import { contoso } from './company';

/**
 * Finds in a line what is of another language than the reader's: texts (whatever is filled into them), names and
 * sentences of the sample's catalogue, months. What two languages write alike is of neither.
 */
export function findsOtherLanguage(language: Language): (line: string) => string[] {
  const own = wordingOf(language);
  const others = LANGUAGES.filter((each) => each !== language)
    .flatMap(wordingOf)
    .map((text) => ({ text, pattern: patternOf(text) }))
    .filter(({ pattern }) => pattern && !own.some((each) => pattern.test(each)));
  return (line) =>
    others.filter(({ pattern }) => pattern?.test(line)).map(({ text }) => `${text} in: ${line}`);
}

function wordingOf(language: Language): string[] {
  const { local } = textsIn(language, 'UTC');
  const month = new Intl.DateTimeFormat(language, { month: 'long' });
  return [
    ...leaves({ en, fr }[language].texts),
    ...contoso.benefits.flatMap(({ name, next }) => [name, ...(next ? [next] : [])].map(local)),
    ...Array.from({ length: 12 }, (_, index) => month.format(new Date(2026, index, 1))),
  ];
}

function leaves(node: object): string[] {
  return Object.values(node).flatMap((value: string | object) =>
    typeof value === 'string' ? [value] : leaves(value),
  );
}

/** The text as whole words within a line; undefined when it has hardly any words of its own. */
function patternOf(text: string): RegExp | undefined {
  const words = text.replace(/^(\{\{\w+\}\}|[^\p{L}])+|(\{\{\w+\}\}|[^\p{L}])+$/gu, '');
  if (words.replace(/\{\{\w+\}\}/g, '').length < 3) return undefined;
  const escaped = words
    .split(/\{\{\w+\}\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s/g, '\\s'));
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped.join('.+?')}(?![\\p{L}\\p{N}])`, 'u');
}

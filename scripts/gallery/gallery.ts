/**
 * The gallery of cards: one page that draws every card from its sample, in each language, theme and width, with
 * Microsoft's renderer. It needs no network, and the same cards give the same bytes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AdaptiveCard } from '../../cards/bind';
import { samples } from '../../cards/samples';
import { LANGUAGES, type Language, textsIn } from '../../locales/texts';
import { root } from '../program';
import { hostConfigs, THEMES } from './hostConfigs';

/** A card in Teams on a phone, and on a desk. */
const WIDTHS = [320, 720] as const;

/** Where a company's dates are, on the samples. */
const TIME_ZONE = 'Europe/Paris';

export type Cards = Readonly<Record<string, (language: Language) => AdaptiveCard>>;

const everySample: Cards = Object.fromEntries(
  Object.entries(samples).map(([name, draw]) => [name, (language) => draw(textsIn(language, TIME_ZONE))]),
);

/** @param cards by the names that they stand under */
export function galleryPage(cards = everySample): string {
  const parts: Readonly<Record<string, string>> = {
    style: read('scripts/gallery/page.css'),
    libraries: [
      library('adaptivecards', 'adaptivecards.min.js'),
      library('markdown-it', 'markdown-it.min.js'),
    ].join('\n'),
    data: dataScript(cards),
    script: read('scripts/gallery/page.js'),
  };
  const page = read('scripts/gallery/page.html');
  return `${page.replace(/ *\/\* here: (\w+) \*\//g, (_, part: string) => parts[part] ?? '')}\n`;
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8').trim();

/** Without the way to a map, which isn't there. */
function library(name: string, file: string): string {
  const script = read(`node_modules/${name}/dist/${file}`).replace(/\n?\/\/# sourceMappingURL=.*$/, '');
  return `/* ${name}\n\n${read(`node_modules/${name}/LICENSE`)}\n*/\n${script}`;
}

/** What page.js draws, as JavaScript: a line for each card in each language, so that a change is seen as one. */
function dataScript(cards: Cards): string {
  const script = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');
  const lines = Object.keys(cards)
    .sort()
    .flatMap((name) =>
      LANGUAGES.map((language) => script({ name, language, card: cards[name]?.(language) })),
    );
  const how = script({ languages: LANGUAGES, themes: THEMES, widths: WIDTHS, hostConfigs });
  return `const gallery = {\n...${how},\ncards: [\n${lines.join(',\n')}\n]};`;
}

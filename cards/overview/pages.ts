import type { Benefit, Category } from '../../benefits/model';
import type { OverviewEntry, OverviewGroup } from '../../benefits/overview';
import type { Texts } from '../../locales/texts';
import { shortened } from '../shortened';

/** A row of the list, or a heading with nothing under it. */
export interface Item {
  readonly category: Category;
  readonly entry?: OverviewEntry;
}

/** What a page's closed rows may weigh, in bytes: the rest of the 28 KB is for the open one, the headings and buttons. */
const ROWS_WEIGH = 14_000;
/** What a row weighs beside its texts. */
const ROW_WEIGHS = 690;
const NAME_LENGTH = 100;
const PACKAGE_LENGTH = 40;

export const nameIn = ({ name }: Pick<Benefit, 'name'>, t: Texts): string =>
  shortened(t.local(name), NAME_LENGTH);

export const packageIn = (benefit: Pick<Benefit, 'package'>): string =>
  shortened(benefit.package, PACKAGE_LENGTH);

/**
 * All that stands under the headings, cut into pages by what rows weigh: with short names many fit, with long ones
 * few. There is one page at least.
 */
export function pagesOf(groups: readonly OverviewGroup[], t: Texts): Item[][] {
  const pages: Item[][] = [[]];
  let weight = 0;
  for (const item of groups.flatMap(itemsOf)) {
    const own = item.entry ? weightOf(item.entry.benefit, t) : 0;
    if (weight + own > ROWS_WEIGH) {
      pages.push([]);
      weight = 0;
    }
    pages.at(-1)?.push(item);
    weight += own;
  }
  return pages;
}

const itemsOf = ({ category, entries }: OverviewGroup): Item[] =>
  entries.length === 0 ? [{ category }] : entries.map((entry) => ({ category, entry }));

/** Its name and its package stand on the row and on its button, the name also on the button of old clients. */
const weightOf = (benefit: Benefit, t: Texts): number =>
  ROW_WEIGHS + 3 * bytes(nameIn(benefit, t)) + 2 * bytes(packageIn(benefit));

/** As it is sent, with all that Markdown (`bind`) and JSON make of it. */
const bytes = (text: string): number =>
  new TextEncoder().encode(JSON.stringify(text.replace(/[`*[\]<>~_&{#]/g, '\\$&'))).length;

import type { OverviewEntry, OverviewGroup, Share } from '../../benefits/overview';
import type { Texts } from '../../locales/texts';
import { quantityWords } from '../amount';
import { type AdaptiveCard, bind } from '../bind';
import { button, rowName, type CardAction } from '../buttons';
import { type Details, detailsOf, type OpenRow } from './details';
import { type Item, nameIn, packageIn, pagesOf } from './pages';
import template from './template.json';

export interface Overview {
  readonly groups: readonly OverviewGroup[];
  /** Which page; or the benefit whose page it is. The first, when there is no such. */
  readonly at: { readonly page: number } | { readonly benefitId: string };
  /** What stands in the row of the benefit `at`, when it is open. */
  readonly open: OpenRow | null;
  /** Only the benefits that fit this text are in `groups`. */
  readonly typed: string | null;
  readonly refusal: string | null;
}

interface Row {
  readonly name: string;
  readonly detail: string;
  readonly color: 'Accent' | 'Default';
  readonly weight: 'Bolder' | 'Default';
  readonly select: CardAction;
  /** One, when the row is open. */
  readonly details: readonly Details[];
}

interface Group {
  readonly heading: string;
  readonly used: string;
  readonly none: string;
  readonly rows: readonly Row[];
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly note: string | null;
  readonly refusal: string | null;
  readonly groups: readonly Group[];
  readonly place: string;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** Every benefit under the four headings of docs/rules.md, rule 1; a row opens and closes in place (rule 2). */
export function overviewCard(overview: Overview, t: Texts): AdaptiveCard {
  const { groups, typed, refusal } = overview;
  const isEmpty = groups.every(({ entries }) => entries.length === 0);
  const pages = pagesOf(typed === null ? groups : groups.filter(({ entries }) => entries.length > 0), t);
  const page = pageAt(pages, overview.at);
  const items = isEmpty ? [] : (pages[page] ?? []);
  return card({
    lang: t.language,
    title: t('overview.title'),
    note: isEmpty ? t('chooseBenefit.empty') : noteOf(typed, pages, t),
    refusal,
    groups: groups.flatMap((group) => {
      const under = items.filter(({ category }) => category === group.category);
      return under.length === 0 ? [] : [groupOf(group, under, overview, t)];
    }),
    place:
      pages.length > 1 && typed === null ? t('overview.page', { page: page + 1, pages: pages.length }) : '',
    actions: typed === null ? turning(page, pages.length, t) : [button(t, 'overview')],
  });
}

function pageAt(pages: readonly Item[][], at: Overview['at']): number {
  if ('page' in at) return at.page in pages ? at.page : 0;
  return Math.max(
    0,
    pages.findIndex((items) => items.some(({ entry }) => entry?.benefit.id === at.benefitId)),
  );
}

/** Of what fits a text, only the first page is shown: whoever said little says more. */
function noteOf(typed: string | null, pages: readonly Item[][], t: Texts): string | null {
  if (typed === null) return null;
  const [first = []] = pages;
  return pages.length > 1
    ? t('overview.firstFit', { count: first.length, typed })
    : t('chooseBenefit.severalFit', { typed });
}

function turning(page: number, pages: number, t: Texts): CardAction[] {
  return [
    ...(page > 0 ? [button(t, 'moreOverview', { page: page - 1 }, { title: t('overview.previous') })] : []),
    ...(page + 1 < pages ? [button(t, 'moreOverview', { page: page + 1 })] : []),
  ];
}

function groupOf(
  { category, seats, keys }: OverviewGroup,
  items: readonly Item[],
  overview: Overview,
  t: Texts,
): Group {
  const entries = items.flatMap(({ entry }) => entry ?? []);
  const shares = [
    ...(seats.total > 0 ? [shareWords('held', seats, t)] : []),
    ...(keys.total > 0 ? [shareWords('given', keys, t)] : []),
  ];
  return {
    heading: t(`category.${category}`),
    used: shares.join(' · '),
    none: entries.length === 0 ? t('overview.none') : '',
    rows: entries.map((entry) => rowOf(entry, openIn(entry, overview), t)),
  };
}

const openIn = ({ benefit }: OverviewEntry, { at, open }: Overview): OpenRow | null =>
  'benefitId' in at && at.benefitId === benefit.id ? open : null;

/** ▸ and ▾ are seen; what a row does when it is pressed is read out. */
function rowOf(entry: OverviewEntry, open: OpenRow | null, t: Texts): Row {
  const { benefit, isEnded } = entry;
  const name = nameIn(benefit, t);
  const detail = [
    usedWords(entry, t),
    quantityWords(benefit, entry.left, t),
    packageIn(benefit),
    endWords(entry, t),
  ].filter((words) => words !== undefined);
  const press = (verb: 'openRow' | 'closeRow', key: 'overview.open' | 'overview.close'): CardAction =>
    button(
      t,
      verb,
      { benefitId: benefit.id },
      { title: t(key, { row: rowName(name, ...detail) }), shortTitle: t(key, { row: name }) },
    );
  return {
    name: `${open ? '▾' : '▸'} ${name}`,
    detail: detail.join(' · '),
    color: isEnded ? 'Default' : 'Accent',
    weight: open ? 'Bolder' : 'Default',
    select: open ? press('closeRow', 'overview.close') : press('openRow', 'overview.open'),
    details: open ? [detailsOf(entry, open, t)] : [],
  };
}

/** Of what people hold, its seats; of the rest its keys; else how many licences the package has. */
function usedWords({ benefit: { assignable, held, seats, keyKind }, keys }: OverviewEntry, t: Texts): string {
  if (assignable !== 'none') return shareWords('held', { used: held, total: seats }, t);
  if (!keys) return t('overview.licences', { count: seats });
  return shareWords(keyKind === 'multipleActivation' ? 'activationsGiven' : 'keysGiven', keys, t);
}

const shareWords = (
  key: 'held' | 'given' | 'keysGiven' | 'activationsGiven',
  { used, total }: Share,
  t: Texts,
): string => t(`overview.${key}`, { used, total });

function endWords({ benefit: { endsOn }, isEnded }: OverviewEntry, t: Texts): string | undefined {
  if (endsOn === undefined) return undefined;
  return t(isEnded ? 'chooseBenefit.ended' : 'chooseBenefit.until', { endsOn: { date: endsOn } });
}

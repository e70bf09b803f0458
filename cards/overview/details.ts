import type { Assignment, Handover } from '../../benefits/model';
import type { Holder, Holding, OverviewEntry, Possible } from '../../benefits/overview';
import type { Texts } from '../../locales/texts';
import { leftOfWords } from '../amount';
import { button, type CardAction, portalLink } from '../buttons';
import { shortened } from '../shortened';

/** What an open row tells its reader beside what the catalogue says. */
export interface OpenRow {
  readonly possible: Possible;
  readonly seesHistory: boolean;
  /** The reader's own hold on it. */
  readonly own: Pick<Assignment, 'assignedAt' | 'status' | 'expectedOn'> | null;
  /** Who holds it and who will: for benefits admins. */
  readonly holding: (Omit<Holding, 'handovers'> & { readonly handovers: readonly Planned[] }) | null;
  /** Whom to ask for it. */
  readonly ask: string | null;
}

interface Planned {
  readonly handover: Pick<Handover, 'from' | 'to' | 'on'>;
  /** The operation id of its button. */
  readonly callOffId: string;
}

interface Fact {
  readonly title: string;
  readonly value: string;
}

interface Paragraph {
  readonly text: string;
}

export interface Details {
  readonly facts: readonly Fact[];
  readonly paragraphs: readonly Paragraph[];
  /** What can be done with it, and with who holds it. */
  readonly sets: readonly { readonly actions: readonly CardAction[] }[];
  /** Each under a heading of its own: who holds it, and who will. */
  readonly parts: readonly Part[];
}

interface Part {
  readonly heading: string;
  readonly facts: readonly Fact[];
  readonly paragraphs: readonly Paragraph[];
  readonly handovers: readonly (Paragraph & { readonly actions: readonly CardAction[] })[];
  readonly actions: readonly CardAction[];
}

/** How many characters of a text there is room for. */
const MOST = { sentence: 400, list: 200, name: 50 } as const;
const HANDOVERS = 3;

export function detailsOf(entry: OverviewEntry, open: OpenRow, t: Texts): Details {
  return {
    facts: factsOf(entry, open, t),
    paragraphs: paragraphsOf(entry, open, t).map((text) => ({ text })),
    sets: [using(entry, open, t), managing(entry, open, t)].flatMap((actions) =>
      actions.length > 0 ? [{ actions }] : [],
    ),
    parts: open.holding
      ? [holdersPart(entry, open.holding, t), ...handoversPart(entry, open.holding, t)]
      : [],
  };
}

function factsOf({ benefit, isEnded, left, keys }: OverviewEntry, { own }: OpenRow, t: Texts): Fact[] {
  const { assignable, seats, held, reassignAfterDays: days = 0, languages, systems } = benefit;
  const facts: readonly (readonly [string, string | undefined | false])[] = [
    [t('overview.yoursSince'), own !== null && t.date(own.assignedAt)],
    [t('overview.expectedOn'), own?.status === 'activating' && own.expectedOn && t.date(own.expectedOn)],
    [t('overview.freeSeats'), assignable !== 'none' && !isEnded && String(Math.max(0, seats - held))],
    [
      t('overview.keys'),
      assignable !== 'none' && keys && t('overview.given', { used: keys.used, total: keys.total }),
    ],
    [t('overview.leftTitle'), leftOfWords(benefit, left, t)],
    [t('overview.movable'), days > 0 && t('overview.movableAfter', { count: days })],
    [
      t('overview.languages'),
      listWords(
        languages?.map((tag) => languageName(tag, t)),
        t,
      ),
    ],
    [t('overview.systems'), listWords(systems, t)],
  ];
  return facts.flatMap(([title, value]) => (value ? [{ title, value }] : []));
}

function listWords(all: readonly string[] | undefined, t: Texts): string | undefined {
  return all && all.length > 0
    ? shortened(new Intl.ListFormat(t.language).format(all), MOST.list)
    : undefined;
}

/** A tag that is none is shown as it is. */
function languageName(tag: string, t: Texts): string {
  try {
    return new Intl.DisplayNames(t.language, { type: 'language' }).of(tag) ?? tag;
  } catch (error) {
    if (error instanceof RangeError) return tag;
    throw error;
  }
}

function paragraphsOf({ benefit, isEnded }: OverviewEntry, { ask }: OpenRow, t: Texts): string[] {
  if (isEnded) return [t('myBenefits.over')];
  const texts = [benefit.next, benefit.instructions].map(
    (text) => text && shortened(t.local(text), MOST.sentence),
  );
  return [...texts, ask].filter((text) => typeof text === 'string');
}

/** To use it: the buttons that fit who reads, when there is something to do. */
function using({ benefit, isEnded }: OverviewEntry, { possible, own }: OpenRow, t: Texts): CardAction[] {
  const { id: benefitId, portalUrl } = benefit;
  const isUsable = own?.status === 'active' && !isEnded;
  return [
    ...(possible.assign ? [button(t, 'assignAnother', { benefitId }, { title: t('overview.assign') })] : []),
    ...(possible.keys ? [button(t, 'keys', { benefitId })] : []),
    ...(possible.requestHours ? [button(t, 'requestHours', { benefitId })] : []),
    ...(isUsable && portalUrl ? [portalLink(t, portalUrl)] : []),
  ];
}

/** To manage who holds it. */
function managing({ benefit: { id: benefitId } }: OverviewEntry, open: OpenRow, t: Texts): CardAction[] {
  const { possible, seesHistory } = open;
  return [
    ...(possible.reassign ? [button(t, 'reassign', { benefitId })] : []),
    ...(possible.release ? [button(t, 'release', { benefitId })] : []),
    ...(seesHistory ? [button(t, 'history', { benefitId })] : []),
  ];
}

function holdersPart({ benefit }: OverviewEntry, holding: NonNullable<OpenRow['holding']>, t: Texts): Part {
  const { holders, next, isLater } = holding;
  const isAll = !isLater && next === undefined;
  const resting = isAll ? Math.max(0, benefit.held - holders.length) : 0;
  const lines = [
    ...(isAll && holders.length === 0 ? [t('overview.nobody')] : []),
    ...(resting > 0 ? [t('overview.resting', { count: resting })] : []),
  ];
  const data = { benefitId: benefit.id };
  return {
    heading: t('overview.heldBy'),
    facts: holders.map((holder) => holderFact(holder, t)),
    paragraphs: lines.map((text) => ({ text })),
    handovers: [],
    actions: [
      ...(next === undefined ? [] : [button(t, 'otherHolders', { ...data, after: next })]),
      ...(isLater ? [button(t, 'openRow', data, { title: t('overview.firstHolders') })] : []),
    ],
  };
}

function holderFact({ user, assignment }: Holder, t: Texts): Fact {
  const { assignedAt, status, expectedOn } = assignment;
  const since = t('overview.since', { since: { date: assignedAt } });
  const isWaiting = status === 'activating' && expectedOn !== undefined;
  const waits = isWaiting ? [t('overview.activating', { expectedOn: { date: expectedOn } })] : [];
  return { title: shortened(user.displayName, MOST.name), value: [since, ...waits].join(', ') };
}

/** The next few that are planned. */
function handoversPart(
  { benefit }: OverviewEntry,
  { handovers }: NonNullable<OpenRow['holding']>,
  t: Texts,
): Part[] {
  if (handovers.length === 0) return [];
  const rest = handovers.length - HANDOVERS;
  const byDay = [...handovers].sort((one, other) => one.handover.on.localeCompare(other.handover.on));
  return [
    {
      heading: t('overview.handovers'),
      facts: [],
      paragraphs: rest > 0 ? [{ text: t('overview.moreHandovers', { count: rest }) }] : [],
      handovers: byDay.slice(0, HANDOVERS).map(({ handover: { from, to, on }, callOffId }) => ({
        text: t('overview.handover', {
          from: shortened(from.displayName, MOST.name),
          to: shortened(to.displayName, MOST.name),
          on: { date: on },
        }),
        actions: [button(t, 'callOff', { benefitId: benefit.id, userId: from.id, operationId: callOffId })],
      })),
      actions: [],
    },
  ];
}

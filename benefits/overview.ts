import { mayAssign, mayGetKeys, mayRequest } from './access';
import { type Assignment, type Benefit, CATEGORIES, type Category, type Day, type Handover } from './model';
import type { User, UserSummary } from './model';
import type { Ledger } from './ports';
import { summary } from './records';
import { isEnded, leftOf, whyNobody } from './seats';

/** How much of something is used, and how much there is. */
export interface Share {
  readonly used: number;
  readonly total: number;
}

export interface OverviewEntry {
  readonly benefit: Benefit;
  readonly isEnded: boolean;
  /** What is left of its `quantity`, when that is known. */
  readonly left?: number;
  /** What its keys are good for, and how much of that was given out. */
  readonly keys?: Share;
}

/** One of the four headings of docs/rules.md, rule 1, with what stands under it: what has ended comes last. */
export interface OverviewGroup {
  readonly category: Category;
  readonly entries: readonly OverviewEntry[];
  /** Seats of what hasn't ended: held, and in all. */
  readonly seats: Share;
  /** The same of what is handed out by its keys. */
  readonly keys: Share;
}

/** The whole catalogue under its headings, in their order; a heading may have nothing under it. */
export function overviewOf(catalogue: readonly Benefit[], today: Day): OverviewGroup[] {
  return CATEGORIES.map((category) => {
    const all = catalogue
      .filter((benefit) => benefit.category === category)
      .map((benefit) => ({
        benefit,
        isEnded: isEnded(benefit, today),
        left: leftOf(benefit),
        keys: keysOf(benefit),
      }));
    const current = all.filter((entry) => !entry.isEnded);
    return {
      category,
      entries: [...current, ...all.filter((entry) => entry.isEnded)],
      seats: sum(current.flatMap(({ benefit }) => seatsOf(benefit) ?? [])),
      keys: sum(current.flatMap(({ keys }) => keys ?? [])),
    };
  });
}

/** Seats are people, unless nobody can hold it: then they are licences of the package (docs/rules.md, rule 5). */
const seatsOf = ({ assignable, held, seats }: Benefit): Share | undefined =>
  assignable === 'none' ? undefined : { used: held, total: seats };

/** Static keys are good for any number of uses: nothing of them is used up. */
const keysOf = ({ keyKind, keyCounts }: Benefit): Share | undefined =>
  keyCounts && keyKind !== 'static' ? { used: keyCounts.given, total: keyCounts.total } : undefined;

const sum = (shares: readonly Share[]): Share => ({
  used: shares.reduce((so, { used }) => so + used, 0),
  total: shares.reduce((so, { total }) => so + total, 0),
});

/** What can be done with a benefit, by whoever looks at it. */
export interface Possible {
  readonly assign: boolean;
  readonly keys: boolean;
  readonly reassign: boolean;
  readonly release: boolean;
  readonly requestHours: boolean;
}

/** @param isHeld whether anybody holds it @param holds whether the looker does */
export function possibleWith(
  { benefit, isEnded: isOver, left }: OverviewEntry,
  user: User,
  today: Day,
  { isHeld, holds }: { readonly isHeld: boolean; readonly holds: boolean },
): Possible {
  const isAdmin = mayAssign(user);
  const isTaken = benefit.assignable === 'self' && holds;
  return {
    assign: isAdmin && !isTaken && whyNobody(benefit, today) === undefined,
    keys: !isOver && mayGetKeys(user, benefit, holds),
    reassign: isAdmin && isHeld && !isOver && benefit.assignable === 'anyone',
    release: isAdmin && isHeld,
    requestHours: !isOver && left !== 0 && mayRequest(user, benefit, holds),
  };
}

/** What benefits admins see of a benefit that people hold. */
export interface Holding {
  readonly holders: readonly Holder[];
  /** The last of these holders, when there are more after them. */
  readonly next?: string;
  /** Whether these are not the first. */
  readonly isLater: boolean;
  readonly handovers: readonly Handover[];
}

export interface Holder {
  readonly user: UserSummary;
  readonly assignment: Assignment;
}

const HOLDERS = 8;

/** Who holds a benefit, and who will. @param after the last holder of the page before */
export async function holdingOf(ledger: Ledger, benefitId: string, after?: string): Promise<Holding> {
  const [found, handovers] = await Promise.all([
    ledger.holders(benefitId, HOLDERS + 1, after),
    ledger.handovers(benefitId),
  ]);
  const page = found.slice(0, HOLDERS);
  const holders = await Promise.all(
    page.map(async (assignment) => ({ user: await namedUser(ledger, assignment.userId), assignment })),
  );
  const next = found.length > HOLDERS ? page.at(-1)?.userId : undefined;
  return { holders, next, isLater: after !== undefined, handovers };
}

async function namedUser(ledger: Ledger, id: string): Promise<UserSummary> {
  const user = await ledger.user(id);
  return user ? summary(user) : { id, displayName: id, email: '', active: false };
}

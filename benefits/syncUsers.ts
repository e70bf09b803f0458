import { type Directory, DirectoryError, type DirectoryUser } from './directory';
import type { Person, UserSync } from './model';
import { type Change, ConflictError, type Ports } from './ports';
import { lookUp, takeOver, type TakenOver, type Taken, type TakeOverOptions } from './takeOver';

export interface Refused {
  readonly objectId: string;
  readonly code: NonNullable<TakenOver['refused']>;
}

/** How many people what became of, who was refused, and who was found to have left. */
export interface SyncReport {
  readonly counts: Readonly<Record<Taken, number>>;
  readonly refused: readonly Refused[];
  readonly left: readonly Person[];
}

export interface SyncStep extends SyncReport {
  /** How far it is now, to be kept. */
  readonly after: UserSync;
  /** Whether the round is done: the next is for what changes from now on. */
  readonly isDone: boolean;
}

const AT_ONCE = 8;
/** So many are looked for in one step, which has a deadline. */
const LOOKED_UP = 50;

/**
 * Takes over one page of what has changed in Entra ID. Whoever calls keeps how far it is, once this is done: killed
 * in between, the same page comes again, and changes nothing.
 *
 * @throws DirectoryError `busy` or `refused`; BenefitError `tooBusy`
 */
export async function syncStep(
  ports: Ports,
  directory: Directory,
  before: UserSync = { isWhole: true },
  write = true,
): Promise<SyncStep> {
  if (before.lookedUpTo !== undefined) return lookForTheLost(ports, directory, before, write);
  const { isWhole } = before;
  const page = await changesSince(directory, before.link);
  if (page === 'expired') {
    const { link: _, ...rest } = before;
    return { ...reportOf([]), after: { ...rest, isWhole: true }, isDone: false };
  }
  const report = reportOf(await takeAll(ports, directory, latestOf(page.users), { isWhole, write }));
  const after = { ...before, link: page.link };
  if (!page.isLast) return { ...report, after, isDone: false };
  if (isWhole) return { ...report, after: { ...after, lookedUpTo: '' }, isDone: false };
  return { ...report, after: doneNow(ports, after), isDone: true };
}

const doneNow = (ports: Ports, { lookedUpTo: _, ...sync }: UserSync): UserSync => ({
  ...sync,
  isWhole: false,
  doneAt: ports.now().toISOString(),
});

async function changesSince(directory: Directory, link: string | undefined) {
  try {
    return await directory.changes(link);
  } catch (error) {
    if (link !== undefined && error instanceof DirectoryError && error.reason === 'expired') return 'expired';
    throw error;
  }
}

/** The same person may be told of more than once on a page: what is said later counts. */
function latestOf(users: readonly DirectoryUser[]): DirectoryUser[] {
  const latest = new Map<string, DirectoryUser>();
  for (const { isRemoved, ...user } of users) {
    const said = Object.entries(user).filter(([, value]) => value !== undefined);
    const all = { ...latest.get(user.objectId), ...Object.fromEntries(said) };
    latest.set(user.objectId, { ...all, objectId: user.objectId, isRemoved });
  }
  return [...latest.values()];
}

type Result = TakenOver & Pick<DirectoryUser, 'objectId'>;

/** A few at once. Of two who swap addresses one comes too early: who is refused is tried once more at the end. */
async function takeAll(
  ports: Ports,
  directory: Directory,
  users: readonly DirectoryUser[],
  how: TakeOverOptions,
): Promise<Result[]> {
  const results: Result[] = [];
  const again: DirectoryUser[] = [];
  const take = async (said: DirectoryUser): Promise<Result> => ({
    ...(await takeOver(ports, directory, said, how)),
    objectId: said.objectId,
  });
  const waiting = users.values();
  const worker = async () => {
    for (const said of waiting) {
      const result = await take(said);
      if (result.refused) again.push(said);
      else results.push(result);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const said of again) results.push(await take(said));
  return results;
}

/**
 * A round from the beginning doesn't tell of who was removed before it: those who hold something, or have a role, and
 * so are worth a request each, are looked for.
 */
async function lookForTheLost(
  ports: Ports,
  directory: Directory,
  before: UserSync,
  write: boolean,
): Promise<SyncStep> {
  const { lookedUpTo = '' } = before;
  const some: { readonly objectId: string; readonly userId: string }[] = [];
  for await (const page of ports.ledger.people()) {
    for (const { user, assignments } of page) {
      const { id: userId, active, objectId, leftEntra, roles } = user;
      const isWorthIt = assignments.length + roles.length > 0;
      if (userId > lookedUpTo && active && objectId && !leftEntra && isWorthIt)
        some.push({ objectId, userId });
    }
    if (some.length > LOOKED_UP) break;
  }
  const looked = some.slice(0, LOOKED_UP);
  const said = await Promise.all(looked.map(({ objectId }) => lookUp(directory, objectId)));
  const report = reportOf(await takeAll(ports, directory, said, { isWhole: true, write }));
  const isDone = some.length <= LOOKED_UP;
  const after = isDone ? doneNow(ports, before) : { ...before, lookedUpTo: looked.at(-1)?.userId };
  return { ...report, counts: reportOf([]).counts, after, isDone };
}

function reportOf(results: readonly Result[]): SyncReport {
  const count = (taken: Taken) => results.filter((result) => result.taken === taken).length;
  return {
    counts: {
      entered: count('entered'),
      linked: count('linked'),
      changed: count('changed'),
      unchanged: count('unchanged'),
      skipped: count('skipped'),
    },
    refused: results.flatMap(({ objectId, refused: code }) => (code ? [{ objectId, code }] : [])),
    left: results.flatMap(({ left }) => (left ? [left] : [])),
  };
}

/**
 * A whole round, to its end, for an operator.
 * @param write false: only says what it would come to, as far as pages don't build on one another
 * @param told hears how many people were told of
 * @throws BenefitError `tooBusy`; DirectoryError
 */
export async function syncUsers(
  ports: Ports,
  directory: Directory,
  write: boolean,
  told: (people: number) => void,
): Promise<SyncReport> {
  const steps: SyncStep[] = [];
  let people = 0;
  let kept = await ports.ledger.userSync();
  let before: UserSync | undefined = kept;
  for (;;) {
    const step = await syncStep(ports, directory, before, write);
    steps.push(step);
    people += Object.values(step.counts).reduce((sum, count) => sum + count);
    told(people);
    if (write) {
      await keep(ports, [{ of: 'userSync', before: kept, after: step.after }]);
      kept = await ports.ledger.userSync();
    }
    if (step.isDone) return reportOfAll(steps);
    before = write ? kept : step.after;
  }
}

function reportOfAll(steps: readonly SyncStep[]): SyncReport {
  const sum = (taken: Taken) => steps.reduce((total, { counts }) => total + counts[taken], 0);
  return {
    counts: {
      entered: sum('entered'),
      linked: sum('linked'),
      changed: sum('changed'),
      unchanged: sum('unchanged'),
      skipped: sum('skipped'),
    },
    refused: steps.flatMap(({ refused }) => refused),
    left: steps.flatMap(({ left }) => left),
  };
}

/** Somebody else is at it too and was faster: what they kept holds, and this page comes again or was theirs. */
async function keep({ ledger }: Ports, changes: readonly Change[]): Promise<void> {
  try {
    await ledger.commit(changes);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}

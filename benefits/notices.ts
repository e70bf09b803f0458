import type { Assignment, Benefit, Chat, Facts, Person, Stored, User } from './model';
import type { Notice } from './work';
import { newSortedId } from './operations';
import { type Change, ConflictError, type Ports } from './ports';

/** A notice for the outbox. */
export function notice(
  ports: Ports,
  message: Pick<Notice, 'channel' | 'to' | 'userId' | 'key' | 'facts'>,
): Change {
  const createdAt = ports.now().toISOString();
  return {
    of: 'notice',
    after: { ...message, id: newSortedId(ports), createdAt, state: 'waiting', tries: 0 },
  };
}

/** To a person's own chat. */
export const teamsNotice = (ports: Ports, userId: string, key: Notice['key'], facts: Facts): Change =>
  notice(ports, { channel: 'teams', to: userId, userId, key, facts });

/** What every notice about an assignment tells. */
export function assignmentFacts(
  assignment: Assignment,
  benefit: Benefit,
  user: Pick<User, 'displayName'>,
): Facts {
  const { assignedBy, expectedOn, status } = assignment;
  return {
    benefit: benefit.name,
    benefitId: benefit.id,
    user: user.displayName,
    userId: assignment.userId,
    madeBy: assignment.operationId,
    by: assignedBy.displayName,
    byId: assignedBy.id,
    status,
    ...(expectedOn && { expectedOn: { date: expectedOn } }),
  };
}

/** How a try to send ended, as far as the outbox is concerned. */
export type Delivered =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'again'; readonly afterMs?: number; readonly why: string }
  | { readonly outcome: 'unreachable'; readonly reason: string; readonly isForgotten?: boolean }
  | { readonly outcome: 'failed'; readonly why: string };

const TRIES_BEFORE_PARKING = 5;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 10 * 60_000;
/** What only has to wait is given up after a day. */
const WAITS_FOR_MS = 24 * 3600_000;

/** What becomes of a notice after a try, and what else that brings with it. */
export function afterTry(
  ports: Ports,
  tried: Stored<Notice>,
  reader: Person | undefined,
  result: Delivered,
): Change[] {
  const now = ports.now().getTime();
  const { notBefore: _, lastError: __, ...rest } = tried;
  const next = (change: Partial<Notice>): Change => ({
    of: 'notice',
    before: tried,
    after: { ...rest, ...change },
  });
  const tries = tried.tries + 1;
  const inMs = (ms: number) => new Date(now + ms).toISOString();
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tried.tries);
  switch (result.outcome) {
    case 'sent':
      return [next({ state: 'sent', tries, sentAt: ports.now().toISOString() })];
    case 'again': {
      const isOld = now - Date.parse(tried.createdAt) > WAITS_FOR_MS;
      if (isOld) return [next({ state: 'parked', tries, lastError: result.why })];
      return [next({ tries, lastError: result.why, notBefore: inMs(result.afterMs ?? pause) })];
    }
    case 'failed':
      if (tries >= TRIES_BEFORE_PARKING) return [next({ state: 'parked', tries, lastError: result.why })];
      return [next({ tries, lastError: result.why, notBefore: inMs(pause) })];
    case 'unreachable':
      return [
        next({ state: 'open', tries, lastError: result.reason }),
        ...instead(ports, tried, reader, result.reason),
      ];
  }
}

/** Who can't be reached in Teams is told by e-mail, and who assigned is told so. */
function instead(
  ports: Ports,
  { key, facts, userId }: Notice,
  reader: Person | undefined,
  reason: string,
): Change[] {
  if (key === 'undelivered' || !reader) return [];
  // The instructions of a support benefit go by e-mail in any case.
  const isMailed = key === 'assigned' && facts.status === 'activating';
  const email = notice(ports, { channel: 'email', to: reader.user.email, userId, key, facts });
  const { byId } = facts;
  const isTold = typeof byId === 'string' && byId !== userId;
  return [
    ...(isMailed ? [] : [email]),
    ...(isTold ? [teamsNotice(ports, byId, 'undelivered', { ...facts, reason })] : []),
  ];
}

/** How a person whom nothing reaches is kept; undefined when nothing is known of them anyway. */
export function unreachableChat({
  chat,
}: Person): { readonly before: Stored<Chat>; readonly after: Chat } | undefined {
  return chat?.reachable ? { before: chat, after: { ...chat, reachable: false } } : undefined;
}

const RELEASED_AT_ONCE = 40;

/** The person has come: what could not be told to them is put into the outbox again, each once. */
export async function releaseOpenNotices({ ledger }: Ports, { openNotices }: Person): Promise<void> {
  if (openNotices.length === 0) return;
  const changes = openNotices.slice(0, RELEASED_AT_ONCE).map((before): Change => {
    const { lastError: _, ...rest } = before;
    return { of: 'notice', before, after: { ...rest, state: 'waiting', tries: 0 } };
  });
  try {
    await ledger.commit(changes);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error; // another turn of theirs has done it
  }
}

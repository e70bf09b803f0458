import { BenefitError } from './errors';
import type { Operation } from './model';
import { type Change, ConflictError, type Ports } from './ports';

const HONOURED_FOR_MS = 30 * 24 * 3600 * 1000;
/** Operations are purged a day after they are honoured no longer. */
export const KEPT_FOR_MS = 31 * 24 * 3600 * 1000;
const CLOCK_SKEW_MS = 5 * 60 * 1000;
const TRIES = 8;
const PAUSE_MS = 50;

/** Issue time (ms, base 36), 128 random bits, and whose it is. */
export const OPERATION_ID = /^([0-9a-z]{9})-[0-9a-f]{32}([0-9a-f]{8})?$/;

/**
 * Made with every card that can change something; sorts by time.
 * @param userId whose card it is: nobody else's press on it counts. Without, it is of whoever uses it first
 */
export function newOperationId(ports: Pick<Ports, 'now' | 'random'>, userId?: string): string {
  return `${timePart(ports.now())}-${ports.random(16)}${userId === undefined ? '' : markOf(userId)}`;
}

/** FNV-1a: it tells whose card was pressed, and keeps nobody out. What a person may do is asked of their row. */
function markOf(userId: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < userId.length; at++) hash = Math.imul(hash ^ userId.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Whether the card that carries this id was made for who presses. @throws BenefitError `operationNotYours` */
export function mustBeTheirs({ operationId, by }: Press): void {
  const mark = OPERATION_ID.exec(operationId)?.[2];
  if (mark !== undefined && mark !== markOf(by)) throw new BenefitError('operationNotYours');
}

/**
 * The id of what an outside system tells: the same event has the same id, however often it is told, so that `once`
 * does it once. It is honoured from the event's time on as a card is from its making.
 * @param digestHex of all that makes the event this one: 32 hex digits or more, of which the first 32 count
 */
export function derivedOperationId(at: Date, digestHex: string): string {
  return `${timePart(at)}-${digestHex.slice(0, 32)}`;
}

/** A press: which button of which card, by whom. */
export interface Press {
  readonly operationId: string;
  /** The user who presses. */
  readonly by: string;
}

/** What a use case decided from what it read. */
export interface Decision<Outcome extends object> {
  readonly changes: readonly Change[];
  readonly outcome: Outcome;
}

/**
 * Does something exactly once: reads the operation and the facts in one round, decides, and commits both
 * in one transaction. The same press again gives the same outcome and changes nothing; so does a press
 * whose first answer got lost.
 *
 * @throws BenefitError from `decide`; `operationTooOld` after 30 days; `unknownId` when it can be none;
 * `operationNotYours` when it is somebody else's, or another action used it; `tooBusy` after 8 conflicts with others.
 */
export async function once<Facts, Outcome extends object>(
  ports: Ports,
  action: string,
  press: Press,
  read: () => Promise<Facts>,
  decide: (facts: Facts) => Decision<Outcome>,
): Promise<Outcome> {
  mustBeTheirs(press);
  return untilSettled(ports, async () => {
    const [done, facts] = await Promise.all([ports.ledger.operation(press.operationId), read()]);
    if (done) return outcomeOf<Outcome>(ports, done, action, press);
    refuseUnlessHonoured(press.operationId, ports.now());
    const { changes, outcome } = await decideUnlessDone(facts);
    const operation = { id: press.operationId, action, by: press.by, at: ports.now().toISOString(), outcome };
    try {
      await ports.ledger.commit([...changes, { of: 'operation', after: operation }]);
      return outcome;
    } catch (error) {
      if (error instanceof ConflictError) throw error;
      return outcomeOf<Outcome>(ports, await doneAfterAll(error), action, press);
    }
  });

  /** The answer of storage may be what got lost, again and again, and not what was to be written. */
  async function doneAfterAll(failure: unknown): Promise<Operation> {
    const done = await ports.ledger.operation(press.operationId).catch(() => undefined);
    if (!done) throw failure;
    return done;
  }

  /** The reads of one round are no snapshot: what refuses this press may be what its twin has just done. */
  async function decideUnlessDone(facts: Facts): Promise<Decision<Outcome>> {
    try {
      return decide(facts);
    } catch (refusal) {
      if (await ports.ledger.operation(press.operationId))
        throw new ConflictError('done meanwhile', { cause: refusal });
      throw refusal;
    }
  }
}

/**
 * Reads, decides and commits again when somebody else was faster.
 * @throws BenefitError `tooBusy` after 8 conflicts.
 */
export async function untilSettled<T>(ports: Ports, attempt: () => Promise<T>): Promise<T> {
  for (let round = 1; round <= TRIES; round++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      await ports.pause(jitter(ports, round));
    }
  }
  throw new BenefitError('tooBusy');
}

/**
 * What was done under the id of this press; undefined when nothing was, or it was cancelled.
 * @throws BenefitError `operationNotYours` when it is somebody else's
 */
export async function doneByPress(
  { ledger }: Pick<Ports, 'ledger'>,
  press: Press,
): Promise<Operation | undefined> {
  mustBeTheirs(press);
  const done = await ledger.operation(press.operationId);
  if (!done || done.action === CANCEL) return undefined;
  if (done.by !== press.by) throw new BenefitError('operationNotYours');
  ledger.announce();
  return done;
}

/** The action of a press that was cancelled. */
export const CANCEL = 'cancel';

/**
 * Whatever this press could still do is not to be done.
 * @returns false when it was done before
 */
export function cancelPress(ports: Ports, press: Press): Promise<boolean> {
  return untilSettled(ports, async () => {
    const done = await ports.ledger.operation(press.operationId);
    if (done) return done.action === CANCEL;
    const at = ports.now().toISOString();
    const operation = { id: press.operationId, action: CANCEL, by: press.by, at, outcome: {} };
    await ports.ledger.commit([{ of: 'operation', after: operation }]);
    return true;
  });
}

/** Of what was done before. Nobody may have been told yet what that left to do. */
function outcomeOf<Outcome extends object>(
  { ledger }: Ports,
  done: Operation,
  action: string,
  press: Press,
): Outcome {
  if (done.by === press.by && done.action === CANCEL) throw new BenefitError('wasCancelled');
  if (done.by !== press.by || done.action !== action) throw new BenefitError('operationNotYours');
  ledger.announce();
  return done.outcome as Outcome; // written by the same action, see `once`
}

function refuseUnlessHonoured(operationId: string, now: Date): void {
  const time = OPERATION_ID.exec(operationId)?.[1];
  if (time === undefined) throw new BenefitError('unknownId');
  const age = now.getTime() - parseInt(time, 36);
  if (age > HONOURED_FOR_MS || age < -CLOCK_SKEW_MS) throw new BenefitError('operationTooOld');
}

/** Grows with each round, so that many at one counter spread out. */
function jitter(ports: Ports, round: number): number {
  return (parseInt(ports.random(2), 16) / 0xffff) * PAUSE_MS * round;
}

/** An id that sorts by time. */
export const newSortedId = (ports: Pick<Ports, 'now' | 'random'>): string =>
  `${timePart(ports.now())}-${ports.random(10)}`;

/** A time as ids begin with it: nine characters that sort. */
export const timePart = (now: Date): string => now.getTime().toString(36).padStart(9, '0');

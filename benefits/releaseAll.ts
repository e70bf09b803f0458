import type { Assignment, Person, Stored } from './model';
import type { DueOf } from './work';
import { untilSettled } from './operations';
import { type Change, ConflictError, type Ports } from './ports';
import { type HeldSeat, releasing } from './release';

/** Whose, by whom, and under which operation: what the due work carries. */
export type ReleaseAll = Omit<DueOf<'releaseAll'>, 'id' | 'at' | 'kind'>;

/** So many assignments fit one transaction of 100 rows, with all that releasing each of them writes. */
const AT_ONCE = 8;
/** How many such transactions one turn, or one look of the worker's, makes: a turn has its deadline. */
const MOST = 5;

/**
 * Releases what a deactivated user holds, each by its own rule (docs/rules.md, rule 8), a few in a transaction.
 * Interrupted anywhere, or done by two at once, each is released once.
 *
 * @returns how many are left, for another call
 * @throws BenefitError `tooBusy`
 */
export async function releaseAll(ports: Ports, what: ReleaseAll): Promise<number> {
  let left = 1;
  for (let round = 0; left > 0 && round < MOST; round++) {
    left = await untilSettled(ports, () => releaseSome(ports, what));
  }
  return left;
}

async function releaseSome(ports: Ports, what: ReleaseAll): Promise<number> {
  const { ledger } = ports;
  const [person, company, by] = await Promise.all([
    ledger.person(what.userId),
    ledger.company(),
    ledger.user(what.by),
  ]);
  if (!person || !company || !by)
    throw new Error(`what ${what.userId} holds is to be released, and a row is gone`);
  const held = heldThen(person, what);
  const seats: HeldSeat[] = [];
  for (const assignment of held.slice(0, AT_ONCE)) {
    const seat = await seatOf(ports, person, assignment);
    if (seat) seats.push({ ...seat, company });
  }
  if (held.length > 0 && seats.length === 0) throw new ConflictError('released meanwhile');
  const changes = seats.flatMap((seat): Change[] =>
    // An audit record's key is its time and its operation: each has its own.
    releasing(ports, seat, by, `${what.operationId}-${seat.benefit.id}`),
  );
  if (changes.length > 0) await ledger.commit(changes);
  return held.length - seats.length;
}

/** All that they hold; of who is active again meanwhile, what they held when they were deactivated. */
const heldThen = ({ user, assignments }: Person, { deactivatedAt }: ReleaseAll): Assignment[] =>
  assignments.filter(({ assignedAt }) => !user.active || assignedAt <= deactivatedAt);

/** Read anew, with the ETags; undefined when it was released, or assigned anew, since. */
async function seatOf(
  { ledger }: Ports,
  { user }: Person,
  { benefitId, operationId }: Assignment,
): Promise<Omit<HeldSeat, 'company'> | undefined> {
  const [benefit, assignment, handover] = await Promise.all([
    ledger.benefit(benefitId),
    ledger.assignment(benefitId, user.id),
    ledger.handover(benefitId, user.id),
  ]);
  if (!benefit || assignment?.operationId !== operationId) return undefined;
  return { benefit, user, assignment, handover };
}

/**
 * A minute after a deactivation: whatever is left of it is done, also what was assigned at that very moment by
 * somebody who had read the user before.
 */
export function finishReleasing(ports: Ports, due: Stored<DueOf<'releaseAll'>>): Promise<void> {
  const { ledger } = ports;
  return untilSettled(ports, async () => {
    const left = (await ledger.dueWorkById(due.at, due.id)) ? await releaseAll(ports, due) : undefined;
    // With more left it stays due, and the next look goes on.
    if (left === 0) await ledger.commit([{ of: 'due', before: due }]);
  });
}

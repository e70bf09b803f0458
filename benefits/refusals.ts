import type { RefusalCode } from './errors';
import type { Instant, Stored } from './model';
import { untilSettled } from './operations';
import type { Change, Ports } from './ports';
import { userAudit } from './records';
import type { DueOf } from './work';

/** Why something was refused; `inGroup`: where no card of ours has a button to press. */
export type RefusedFor = RefusalCode | 'inGroup';

/** What somebody tried that was refused. */
export interface Attempt {
  readonly code: RefusedFor;
  /** The verb of the button or the name of the command: never what was typed. */
  readonly what: string;
}

/** How often a person was refused in one minute. */
export interface Refusals {
  readonly userId: string;
  /** Its first moment. */
  readonly minute: Instant;
  readonly count: number;
  /** Of these, so many stand in the history. */
  readonly told: number;
}

/**
 * The refusals that are an attempt: an honest person with honest cards doesn't meet them by mere bad luck. All others
 * are what happens: the last seat went to somebody else, a card is old, a name was misspelt, a field was left empty.
 */
const ATTEMPTS: Readonly<Partial<Record<RefusedFor, 'always' | 'pressed'>>> = {
  // What no card or help offers to their role.
  notBenefitsAdmin: 'always',
  notAccountAdmin: 'always',
  notAdmin: 'always',
  onlyAccountAdminSetsRoles: 'always',
  keysNotForYou: 'always',
  mayNotAnswer: 'always',
  mayNotExport: 'always',
  mayNotRequest: 'always',
  // Who was deactivated has nothing more to do here.
  youAreInactive: 'always',
  // Another person's card.
  operationNotYours: 'always',
  // Neither users nor benefits are ever deleted: it was made up, or is another company's.
  unknownId: 'always',
  // Cards offer only requests that one may see; a typed reference may just be wrong.
  requestUnknown: 'pressed',
  inGroup: 'pressed',
  // Who is not let in gets no card with a button.
  signInGuest: 'pressed',
  signInHasNoEmail: 'pressed',
  signInTaken: 'pressed',
};

/** @param isPress whether a button was pressed; else something was typed */
export const isAttempt = (code: RefusedFor, isPress: boolean): boolean =>
  ATTEMPTS[code] === 'always' || (ATTEMPTS[code] === 'pressed' && isPress);

/** So many attempts of a person stand in the history one by one, each minute; of the rest, how many they were. */
export const TOLD_A_MINUTE = 10;
const MINUTE_MS = 60_000;

/**
 * Puts an attempt into the history of who made it: at most 10 a minute. What is beyond is counted, and told by
 * `countRefusals` when the minute is over.
 * @throws BenefitError `tooBusy`
 */
export function keepAttempt(ports: Ports, userId: string, { code, what }: Attempt): Promise<void> {
  return untilSettled(ports, async () => {
    const now = ports.now();
    const minute = new Date(now.getTime() - (now.getTime() % MINUTE_MS)).toISOString();
    const before = await ports.ledger.refusals(minute, userId);
    const { count, told } = before ?? { count: 0, told: 0 };
    const isTold = count < TOLD_A_MINUTE;
    const after: Refusals = { userId, minute, count: count + 1, told: isTold ? told + 1 : told };
    const followUp: Change[] = isTold
      ? [refused(ports, userId, now.toISOString(), { code, what })]
      : count === told // the first beyond
        ? [{ of: 'due', after: counting(after) }]
        : [];
    await ports.ledger.commit([{ of: 'refusals', before, after }, ...followUp]);
  });
}

/** The minute is over: one record says how many more there were. */
export function countRefusals(ports: Ports, due: Stored<DueOf<'countRefusals'>>): Promise<void> {
  return untilSettled(ports, async () => {
    const [before, isDue] = await Promise.all([
      ports.ledger.refusals(due.minute, due.userId),
      ports.ledger.dueWorkById(due.at, due.id),
    ]);
    if (!isDue) return;
    const more = before ? before.count - before.told : 0;
    const tell: Change[] =
      before && more > 0
        ? [
            { of: 'refusals', before, after: { ...before, told: before.count } },
            refused(ports, due.userId, ports.now().toISOString(), { more }),
          ]
        : [];
    await ports.ledger.commit([{ of: 'due', before: due }, ...tell]);
  });
}

const counting = ({ userId, minute }: Refusals): DueOf<'countRefusals'> => ({
  kind: 'countRefusals',
  id: `refused-${userId}`,
  at: new Date(Date.parse(minute) + MINUTE_MS).toISOString(),
  userId,
  minute,
});

function refused(ports: Ports, userId: string, at: Instant, details: Attempt | { readonly more: number }) {
  const operationId = `refused-${ports.random(10)}`;
  return userAudit('refused', { operationId, by: userId }, userId, at, details);
}

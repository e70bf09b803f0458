import { mustBeBenefitsAdmin } from './access';
import { addDays, dayIn, instantAt } from './days';
import { BenefitError } from './errors';
import type { Assignment, Benefit, Company, Day, LocalText, Stored, User, UserSummary } from './model';
import type { DueOf } from './work';
import { assignmentFacts, teamsNotice } from './notices';
import { newOperationId, newSortedId, once, type Press, untilSettled } from './operations';
import { audit, readAround, summary } from './records';
import type { Change, Ports } from './ports';

/** When a benefit doesn't say how many days its activation takes. */
export const DEFAULT_ACTIVATION_DAYS = 5;
/** The hour, in the company's time zone, at which admins are asked. */
const ASKED_AT_HOUR = 9;
const NOTE_LENGTH = 1_000;
/** How far a system's clock and ours may differ. */
const CLOCKS_APART_MS = 5 * 60_000;

/** Which assignment is meant. */
export interface ActivationOrder {
  readonly benefitId: string;
  readonly userId: string;
  /** The operation that made it, when a later one of the same two isn't meant. */
  readonly madeBy?: string;
  /** When a system saw that it is active: an assignment made since isn't meant. */
  readonly occurredAt?: Date;
}

export interface Activated {
  readonly benefit: { readonly id: string; readonly name: LocalText };
  readonly user: UserSummary;
}

/** Who confirms: an admin's press in chat, or a fulfilment system that has proved who it is. */
export type Confirmer = 'admin' | 'system';

interface ActivationFacts {
  readonly company: Company;
  readonly admin: Stored<User> | undefined;
  readonly benefit: Stored<Benefit>;
  readonly user: Stored<User>;
  readonly assignment: Stored<Assignment>;
}

/**
 * A support benefit is confirmed to be active (docs/rules.md, rule 13); its holder is told, with the note.
 * @throws BenefitError `nothingPending` when it isn't being activated, `textTooLong`, or as `once` does
 */
export function activate(
  ports: Ports,
  press: Press,
  order: ActivationOrder & { readonly note?: string },
  confirmer: Confirmer = 'admin',
): Promise<Activated> {
  const note = order.note?.trim() || undefined;
  if (note && note.length > NOTE_LENGTH) throw new BenefitError('textTooLong', { limit: NOTE_LENGTH });
  return once(
    ports,
    'activate',
    press,
    () => readPending(ports, press, order),
    (read) => {
      const { benefit, user, assignment } = mustBePending(read, order, confirmer);
      const at = ports.now().toISOString();
      const after: Assignment = { ...assignment, status: 'active', activatedAt: at, activationNote: note };
      const facts = { ...assignmentFacts(after, benefit, user), ...(note && { note }) };
      return {
        changes: [
          { of: 'benefit', before: benefit, after: benefit },
          { of: 'assignment', before: assignment, after },
          audit('activate', { ...after, operationId: press.operationId }, press.by, at),
          teamsNotice(ports, user.id, 'activated', facts),
        ],
        outcome: outcomeOf(benefit, user),
      };
    },
  );
}

/**
 * It isn't active yet: the holder is told that it takes longer, and the admin is asked again later.
 * @returns with the day on which it is expected now
 * @throws BenefitError as `activate`
 */
export function notYetActive(
  ports: Ports,
  press: Press,
  order: ActivationOrder,
): Promise<Activated & { readonly expectedOn: Day }> {
  return once(
    ports,
    'notYet',
    press,
    () => readPending(ports, press, order),
    (read) => {
      const { company, benefit, user, assignment } = mustBePending(read, order, 'admin');
      const days = Math.max(1, benefit.activationDays ?? DEFAULT_ACTIVATION_DAYS);
      const expectedOn = addDays(dayIn(company.timeZone, ports.now()), days);
      const after: Assignment = { ...assignment, expectedOn };
      return {
        changes: [
          { of: 'benefit', before: benefit, after: benefit },
          { of: 'assignment', before: assignment, after },
          audit('notYet', { ...after, operationId: press.operationId }, press.by, ports.now().toISOString()),
          teamsNotice(ports, user.id, 'stillActivating', assignmentFacts(after, benefit, user)),
          chaser(ports, after, company),
        ],
        outcome: { ...outcomeOf(benefit, user), expectedOn },
      };
    },
  );
}

const outcomeOf = (benefit: Benefit, user: User): Activated => ({
  benefit: { id: benefit.id, name: benefit.name },
  user: summary(user),
});

async function readPending({ ledger }: Ports, press: Press, order: ActivationOrder) {
  const [company, around] = await Promise.all([ledger.company(), readAround(ledger, press.by, order)]);
  return { company, ...around };
}

function mustBePending(
  read: Awaited<ReturnType<typeof readPending>>,
  { madeBy, occurredAt }: ActivationOrder,
  confirmer: Confirmer,
): ActivationFacts {
  const { company, admin, benefit, user, assignment } = read;
  if (confirmer === 'admin') mustBeBenefitsAdmin(admin);
  if (!benefit || !user) throw new BenefitError('unknownId');
  if (!company || assignment?.status !== 'activating') throw new BenefitError('nothingPending');
  const isAnother = madeBy !== undefined && assignment.operationId !== madeBy;
  const madeAt = Date.parse(assignment.assignedAt);
  const isLater = occurredAt !== undefined && madeAt - CLOCKS_APART_MS > occurredAt.getTime();
  if (isAnother || isLater) throw new BenefitError('nothingPending');
  return { company, admin, benefit, user, assignment };
}

/** Due on the morning of the day on which the activation is expected. */
export function chaser(ports: Ports, assignment: Assignment, company: Pick<Company, 'timeZone'>): Change {
  const { benefitId, userId, operationId: madeBy, expectedOn } = assignment;
  if (expectedOn === undefined) throw new Error('an assignment that nothing is expected of is not chased');
  const at = instantAt(expectedOn, ASKED_AT_HOUR, company.timeZone);
  return { of: 'due', after: { id: newSortedId(ports), at, kind: 'chase', benefitId, userId, madeBy } };
}

/** The day has come: who assigned it is asked whether it is active, unless that was answered since. */
export function chase(ports: Ports, due: Stored<DueOf<'chase'>>): Promise<void> {
  const { ledger } = ports;
  return untilSettled(ports, async () => {
    const [stillDue, benefit, user, assignment] = await Promise.all([
      ledger.dueWorkById(due.at, due.id),
      ledger.benefit(due.benefitId),
      ledger.user(due.userId),
      ledger.assignment(due.benefitId, due.userId),
    ]);
    if (!stillDue) return;
    const isPending = assignment?.status === 'activating' && assignment.operationId === due.madeBy;
    const ask: Change[] = [];
    if (isPending && benefit && user) {
      const facts = {
        ...assignmentFacts(assignment, benefit, user),
        notYetId: newOperationId(ports, assignment.assignedBy.id),
      };
      ask.push(teamsNotice(ports, assignment.assignedBy.id, 'isItActive', facts));
    }
    await ledger.commit([{ of: 'due', before: due }, ...ask]);
  });
}

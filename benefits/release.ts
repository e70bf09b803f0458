import { mustBeBenefitsAdmin } from './access';
import { instantAt } from './days';
import { BenefitError } from './errors';
import type {
  Assignment,
  Benefit,
  Company,
  Day,
  Handover,
  LocalText,
  Stored,
  User,
  UserSummary,
} from './model';
import type { DueOf } from './work';
import { assignmentFacts, teamsNotice } from './notices';
import { type Decision, newSortedId, once, type Press, untilSettled } from './operations';
import type { Change, Ports } from './ports';
import { audit, readAround, summary } from './records';
import { boundUntil } from './seats';

export interface ReleaseOrder {
  readonly benefitId: string;
  readonly userId: string;
  /** The operation that made the assignment, when a later one of the same two isn't meant. */
  readonly madeBy?: string;
}

export interface Released {
  readonly benefit: { readonly id: string; readonly name: LocalText; readonly isOnlyForSelf: boolean };
  readonly user: UserSummary;
  /** From when on the seat is free, when that isn't now. */
  readonly freeOn?: Day;
}

/** What is read before an assignment is released. */
export interface HeldSeat {
  readonly company: Company;
  readonly benefit: Stored<Benefit>;
  readonly user: User;
  readonly assignment: Stored<Assignment>;
  /** The handover that was planned for the seat: it comes to nothing, and so does the due work that would do it. */
  readonly handover?: Stored<Handover>;
}

/**
 * Takes a benefit from its holder, who is told. Always allowed; where a seat can't go to somebody else yet, it
 * counts as held until it can (docs/rules.md, rule 8†).
 * @throws BenefitError `notHeld`, or as `once` does
 */
export function releaseAssignment(ports: Ports, press: Press, order: ReleaseOrder): Promise<Released> {
  const { ledger } = ports;
  const read = () =>
    Promise.all([
      ledger.company(),
      readAround(ledger, press.by, order),
      ledger.handover(order.benefitId, order.userId),
    ]);
  return once(ports, 'release', press, read, ([company, around, handover]): Decision<Released> => {
    const { admin, benefit, user, assignment } = around;
    if (!company) throw new BenefitError('companyNotLoaded');
    mustBeBenefitsAdmin(admin);
    const isAnother = order.madeBy !== undefined && assignment?.operationId !== order.madeBy;
    if (!benefit || !user || !assignment || isAnother) throw new BenefitError('notHeld');
    const seat = { company, benefit, user, assignment, handover };
    return {
      changes: releasing(ports, seat, admin, press.operationId),
      outcome: {
        benefit: { id: benefit.id, name: benefit.name, isOnlyForSelf: benefit.assignable === 'self' },
        user: summary(user),
        freeOn: freeOn(seat, ports.now()),
      },
    };
  });
}

/** All that releasing one assignment changes, for one transaction: seven rows and a message, a few more at most. */
export function releasing(ports: Ports, seat: HeldSeat, by: User, operationId: string): Change[] {
  const { company, benefit, user, assignment, handover } = seat;
  const day = freeOn(seat, ports.now());
  const facts = { ...assignmentFacts(assignment, benefit, user), by: by.displayName, byId: by.id };
  const isTold = user.active && user.id !== by.id;
  return [
    { of: 'benefit', before: benefit, after: { ...benefit, held: benefit.held - (day ? 0 : 1) } },
    { of: 'assignment', before: assignment },
    ...(handover ? [{ of: 'handover', before: handover } as const] : []),
    ...(day ? [seatFreed(ports, benefit, day, company)] : []),
    audit('release', { ...assignment, operationId }, by.id, ports.now().toISOString()),
    ...(isTold ? [teamsNotice(ports, user.id, 'released', facts)] : []),
  ];
}

/** From when on the seat is free, when that isn't now. */
const freeOn = ({ company, benefit, assignment }: HeldSeat, now: Date): Day | undefined =>
  boundUntil(benefit, assignment, company.timeZone, now);

function seatFreed(ports: Ports, { id: benefitId }: Benefit, day: Day, { timeZone }: Company): Change {
  return {
    of: 'due',
    after: { id: newSortedId(ports), at: instantAt(day, 0, timeZone), kind: 'freeSeat', benefitId },
  };
}

/** The day has come: the seat counts as held no longer. */
export function freeSeat(ports: Ports, due: Stored<DueOf<'freeSeat'>>): Promise<void> {
  const { ledger } = ports;
  return untilSettled(ports, async () => {
    const [benefit, stillDue] = await Promise.all([
      ledger.benefit(due.benefitId),
      ledger.dueWorkById(due.at, due.id),
    ]);
    if (!stillDue) return;
    if (!benefit) throw new Error(`a seat of ${due.benefitId} is to be freed, and there is no such benefit`);
    await ledger.commit([
      { of: 'benefit', before: benefit, after: { ...benefit, held: benefit.held - 1 } },
      { of: 'due', before: due },
    ]);
  });
}

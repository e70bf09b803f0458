import { checkedAlternateEmail } from './assign';
import { dayIn } from './days';
import { BenefitError } from './errors';
import type { Assignment, Benefit, Company, Day, Handover, Stored, User, UserSummary } from './model';
import type { Ledger } from './ports';
import { asksAlternateEmail, boundUntil, whyNotGiven } from './seats';

/** Whose seat shall go to whom. */
export interface ReassignOrder {
  readonly benefitId: string;
  readonly fromUserId: string;
  readonly toUserId: string;
  readonly alternateEmail?: string;
  /** The operation that made the assignment, when a later one of the same two isn't meant. */
  readonly madeBy?: string;
}

/** Whose seat it is. */
export interface Seat {
  readonly company: Pick<Company, 'timeZone'>;
  readonly benefit: Benefit;
  readonly from: UserSummary;
  readonly assignment: Assignment;
  /** The handover that is planned for it. */
  readonly handover?: Handover;
}

/** A seat that may go from one user to another. */
export interface Move extends Seat {
  readonly company: Company;
  readonly benefit: Stored<Benefit>;
  readonly from: User;
  readonly to: User;
  readonly assignment: Stored<Assignment>;
  readonly alternateEmail?: string;
  readonly handover?: Stored<Handover>;
}

type MoveFacts = Awaited<ReturnType<typeof readMove>>;

/** In one round: all that counts for a seat that shall go from one user to another. */
export async function readMove(ledger: Ledger, { benefitId, fromUserId, toUserId }: ReassignOrder) {
  const [company, benefit, from, to, assignment, toHolds, handover] = await Promise.all([
    ledger.company(),
    ledger.benefit(benefitId),
    ledger.user(fromUserId),
    ledger.user(toUserId),
    ledger.assignment(benefitId, fromUserId),
    ledger.assignment(benefitId, toUserId),
    ledger.handover(benefitId, fromUserId),
  ]);
  return { company, benefit, from, to, assignment, toHolds, handover };
}

/**
 * Whether the seat may go to that user, its day (rule 8†) left out of account.
 * @throws BenefitError `notHeld`, `userUnknown`, and as `mayBeMoved`, `mayTakeOver` and `checkedAlternateEmail`
 */
export function checkedMove(facts: MoveFacts, order: ReassignOrder, now: Date): Move {
  const { company, benefit, from, to, assignment, toHolds, handover } = facts;
  if (!company) throw new BenefitError('companyNotLoaded');
  const isAnother = order.madeBy !== undefined && assignment?.operationId !== order.madeBy;
  if (!benefit || !from || !assignment || isAnother) throw new BenefitError('notHeld');
  mayBeMoved(benefit, dayIn(company.timeZone, now));
  if (!to) throw new BenefitError('userUnknown', { user: order.toUserId });
  mayTakeOver(benefit, to, toHolds);
  const alternateEmail = asksAlternateEmail(benefit)
    ? checkedAlternateEmail(order.alternateEmail ?? '', company, to)
    : undefined;
  return { company, benefit, from, to, assignment, alternateEmail, handover };
}

/**
 * Whether seats of this benefit may go to somebody else at all.
 * @throws BenefitError `benefitEnded`, `notAssignable`, `notMovable`
 */
export function mayBeMoved(benefit: Benefit, today: Day): void {
  const refusal = whyNotGiven(benefit, today);
  if (refusal) throw refusal;
  if (benefit.assignable === 'self') throw new BenefitError('notMovable', { benefit: benefit.name });
}

/**
 * Whether a seat that somebody else holds may go to this user.
 * @throws BenefitError `alreadyHolds`, as its holder does too, or `userInactive`
 */
export function mayTakeOver(benefit: Benefit, to: User, toHolds: Assignment | undefined): void {
  const facts = { benefit: benefit.name, user: to.displayName };
  if (toHolds) throw new BenefitError('alreadyHolds', facts);
  if (!to.active) throw new BenefitError('userInactive', facts);
}

/**
 * Whether its day has come (docs/rules.md, rule 8†).
 * @throws BenefitError `notMovableYet` when a handover can be planned for that day; else `handoverPlanned`, or
 * `endsBeforeHandover`
 */
export function mustBeMovable({ company, benefit, from, assignment, handover }: Seat, now: Date): void {
  const day = boundUntil(benefit, assignment, company.timeZone, now);
  if (day === undefined) return;
  mustBePlannable(benefit, day, handover);
  throw new BenefitError('notMovableYet', {
    benefit: benefit.name,
    user: from.displayName,
    date: { date: day },
  });
}

/** @throws BenefitError `handoverPlanned`, `endsBeforeHandover` */
export function mustBePlannable(
  { name: benefit, endsOn }: Benefit,
  day: Day,
  planned: Handover | undefined,
): void {
  if (planned) {
    const { from, to, on } = planned;
    const names = { benefit, user: from.displayName, to: to.displayName };
    throw new BenefitError('handoverPlanned', { ...names, date: { date: on } });
  }
  if (endsOn === undefined || day <= endsOn) return;
  throw new BenefitError('endsBeforeHandover', {
    benefit,
    endsOn: { date: endsOn },
    date: { date: day },
  });
}

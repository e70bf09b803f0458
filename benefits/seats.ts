import { addDays, dayIn } from './days';
import { BenefitError } from './errors';
import type { Assignment, Benefit, Day, Person } from './model';

export const freeSeats = (benefit: Benefit): number => Math.max(0, benefit.seats - benefit.held);

/** Past its last day (docs/rules.md, rule 17). */
export const isEnded = (benefit: Pick<Benefit, 'endsOn'>, today: Day): boolean =>
  benefit.endsOn !== undefined && today > benefit.endsOn;

/** Why nobody can be given this benefit today, however many of its seats are free; undefined when somebody can. */
export function whyNotGiven(benefit: Benefit, today: Day): BenefitError | undefined {
  const facts = { benefit: benefit.name };
  if (benefit.endsOn !== undefined && isEnded(benefit, today)) {
    return new BenefitError('benefitEnded', { ...facts, endsOn: { date: benefit.endsOn } });
  }
  if (benefit.assignable === 'none') return new BenefitError('notAssignable', facts);
  return undefined;
}

/** Why nobody can be given a free seat of this benefit today; undefined when somebody can. */
export function whyNobody(benefit: Benefit, today: Day): BenefitError | undefined {
  const isFull = freeSeats(benefit) === 0;
  return (
    whyNotGiven(benefit, today) ??
    (isFull ? new BenefitError('noFreeSeat', { benefit: benefit.name }) : undefined)
  );
}

/** docs/rules.md, rules 10 and 11: support benefits, and only they, ask for an alternate e-mail. */
export const asksAlternateEmail = (benefit: Benefit): boolean => benefit.kind === 'support';

/** From which day on the seat of an assignment may go to somebody else (docs/rules.md, rule 8 and 8†). */
export const movableOn = (
  { reassignAfterDays = 0 }: Benefit,
  { assignedAt }: Pick<Assignment, 'assignedAt'>,
  timeZone: string,
): Day => addDays(dayIn(timeZone, assignedAt), reassignAfterDays);

/** The day from which on a seat may go to somebody else, while that day is still to come. */
export function boundUntil(
  benefit: Benefit,
  assignment: Pick<Assignment, 'assignedAt'>,
  timeZone: string,
  now: Date,
): Day | undefined {
  const day = movableOn(benefit, assignment, timeZone);
  return day > dayIn(timeZone, now) ? day : undefined;
}

/**
 * How much of its quantity is left. Hours are counted, so all of them are there at first; of incidents and USD
 * nobody knows until the company file says how many are used.
 */
export function leftOf({
  quantity,
  unit,
  used = unit === 'hours' ? 0 : undefined,
}: Benefit): number | undefined {
  return quantity === undefined || used === undefined ? undefined : Math.max(0, quantity - used);
}

/** What a person holds of a benefit. */
export const heldOf = (
  { assignments }: Pick<Person, 'assignments'>,
  benefitId: string,
): Assignment | undefined => assignments.find((assignment) => assignment.benefitId === benefitId);

export const holds = (person: Pick<Person, 'assignments'>, benefitId: string): boolean =>
  heldOf(person, benefitId) !== undefined;

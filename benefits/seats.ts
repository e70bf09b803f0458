import { addDays, dayIn } from './days';
import { BenefitError } from './errors';
import type { Assignment, Benefit, Day } from './model';

export const freeSeats = (benefit: Benefit): number => Math.max(0, benefit.seats - benefit.held);

/** Past its last day (docs/rules.md, rule 17). */
export const isEnded = (benefit: Pick<Benefit, 'endsOn'>, today: Day): boolean =>
  benefit.endsOn !== undefined && today > benefit.endsOn;

/** Why nobody can be given this benefit today; undefined when somebody can. */
export function whyNobody(benefit: Benefit, today: Day): BenefitError | undefined {
  const facts = { benefit: benefit.name };
  if (benefit.endsOn !== undefined && isEnded(benefit, today)) {
    return new BenefitError('benefitEnded', { ...facts, endsOn: { date: benefit.endsOn } });
  }
  if (benefit.assignable === 'none') return new BenefitError('notAssignable', facts);
  if (freeSeats(benefit) === 0) return new BenefitError('noFreeSeat', facts);
  return undefined;
}

/** docs/rules.md, rules 10 and 11: support benefits, and only they, ask for an alternate e-mail. */
export const asksAlternateEmail = (benefit: Benefit): boolean => benefit.kind === 'support';

/** From which day on the seat of an assignment may go to somebody else (docs/rules.md, rule 8 and 8†). */
export const movableOn = (
  { reassignAfterDays = 0 }: Benefit,
  { assignedAt }: Pick<Assignment, 'assignedAt'>,
  timeZone: string,
): Day => addDays(dayIn(timeZone, assignedAt), reassignAfterDays);

import { dayIn } from './days';
import type { Assignment, Benefit, Person } from './model';
import { isEnded } from './seats';

export interface HeldBenefit {
  readonly benefit: Benefit;
  readonly assignment: Assignment;
  readonly state: Assignment['status'] | 'expired';
}

/** What a person holds, the newest first. @param timeZone the company's, in which a benefit ends */
export function heldBy(
  person: Person,
  catalogue: readonly Benefit[],
  timeZone: string,
  now: Date,
): HeldBenefit[] {
  const byId = new Map(catalogue.map((benefit) => [benefit.id, benefit]));
  const today = dayIn(timeZone, now);
  return person.assignments
    .flatMap((assignment): HeldBenefit[] => {
      const benefit = byId.get(assignment.benefitId);
      if (!benefit) return [];
      return [{ benefit, assignment, state: isEnded(benefit, today) ? 'expired' : assignment.status }];
    })
    .sort((one, other) => other.assignment.assignedAt.localeCompare(one.assignment.assignedAt));
}

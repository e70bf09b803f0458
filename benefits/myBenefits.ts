import { mayGetKeys, mayRequest } from './access';
import { dayIn } from './days';
import type { Assignment, Benefit, Day, Person, User } from './model';
import { isEnded, leftOf } from './seats';

export interface HeldBenefit {
  readonly benefit: Benefit;
  readonly assignment: Assignment;
  readonly state: Assignment['status'] | 'expired';
  /** Its activation was expected before today. */
  readonly isLate: boolean;
  /** What is left of its quantity, when that is known. */
  readonly left?: number;
  /** What its holder may do with it now (docs/rules.md, rules 3, 5 and 14). */
  readonly may: { readonly getKeys: boolean; readonly request: boolean };
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
      return [held(person.user, benefit, assignment, today)];
    })
    .sort((one, other) => other.assignment.assignedAt.localeCompare(one.assignment.assignedAt));
}

function held(user: User, benefit: Benefit, assignment: Assignment, today: Day): HeldBenefit {
  const state = isEnded(benefit, today) ? 'expired' : assignment.status;
  const left = leftOf(benefit);
  const isActive = state === 'active';
  return {
    benefit,
    assignment,
    state,
    isLate: state === 'activating' && (assignment.expectedOn ?? today) < today,
    left,
    may: {
      getKeys: isActive && mayGetKeys(user, benefit, true),
      request: isActive && left !== 0 && mayRequest(user, benefit, true),
    },
  };
}

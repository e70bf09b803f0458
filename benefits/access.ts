import { BenefitError } from './errors';
import type { User } from './model';

/** What a person may do follows from their row, read anew at every press. */
export const mayAssign = (user: User): boolean => user.active && user.roles.includes('benefitsAdmin');

export const maySetRoles = (user: User): boolean => user.active && user.roles.includes('accountAdmin');

/** @throws BenefitError `youAreInactive` */
export function mustBeActive({ active }: User): void {
  if (!active) throw new BenefitError('youAreInactive');
}

/** @throws BenefitError `notBenefitsAdmin` */
export function mustBeBenefitsAdmin(user: User | undefined): asserts user is User {
  if (!user || !mayAssign(user)) throw new BenefitError('notBenefitsAdmin');
}

import { BenefitError } from './errors';
import type { Benefit, User } from './model';

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

/** @throws BenefitError `notAccountAdmin` */
export function mustBeAccountAdmin(user: User | undefined): asserts user is User {
  if (!user || !maySetRoles(user)) throw new BenefitError('notAccountAdmin');
}

/** Admins of either kind: they see all users and add to them, all service requests, and the history. */
export const isAnyAdmin = (user: User): boolean => mayAssign(user) || maySetRoles(user);

/** @throws BenefitError `notBenefitsAdmin` */
export function mustBeAnyAdmin(user: User | undefined): asserts user is User {
  if (!user || !isAnyAdmin(user)) throw new BenefitError('notBenefitsAdmin');
}

/** Who takes tables out of the ledger. @throws BenefitError `mayNotExport` */
export function mustBeAllowedToExport(user: User): void {
  if (!isAnyAdmin(user)) throw new BenefitError('mayNotExport');
}

/** docs/rules.md, rules 3 and 5: benefits admins, and the holder where the benefit gives its keys to the holder. */
export const mayGetKeys = (user: User, benefit: Benefit, holds: boolean): boolean =>
  benefit.keyKind !== undefined &&
  (mayAssign(user) || (user.active && holds && benefit.keysForHolders === true));

/** docs/rules.md, rule 14: who holds it, and benefits admins. */
export const mayRequest = (user: User, benefit: Benefit, holds: boolean): boolean =>
  (benefit.kind === 'advisoryHours' || benefit.kind === 'presales') &&
  (mayAssign(user) || (user.active && holds));

/** Who answers and closes service requests. */
export const mayAnswer = mayAssign;

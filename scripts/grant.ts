import { BenefitError } from '../benefits/errors';
import { ROLES } from '../benefits/model';
import { grantRole } from '../benefits/roles';
import { normalEmail } from '../benefits/words';
import { openTenant, UsageError } from './operator';
import { printResult } from './output';

export interface GrantOptions {
  readonly tenant: string;
  /** Their address. */
  readonly user: string;
  readonly role: string;
  readonly 'dry-run': boolean;
  readonly json: boolean;
}

/** `grant`: gives a user a role. */
export async function grant({ tenant, user: email, role, json, ...how }: GrantOptions): Promise<void> {
  const known = ROLES.find((each) => each === role);
  if (!known) throw new UsageError(`a role is ${ROLES.join(' or ')}, not ${role}`);
  const { ports } = await openTenant(tenant);
  const userId = await ports.ledger.userIdOfEmail(normalEmail(email));
  if (userId === undefined) throw new BenefitError('userUnknown', { user: email });
  const write = !how['dry-run'];
  const user = await grantRole(ports, userId, [known], 'operator', write);
  const { id, displayName, roles } = user;
  printResult(
    json,
    { id, email: user.email, displayName, roles },
    () => `${displayName} (${user.email}) ${write ? 'is now' : 'would be'}: ${roles.join(', ')}`,
  );
}

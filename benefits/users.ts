import { maySetRoles, mustBeBenefitsAdmin } from './access';
import { BenefitError } from './errors';
import type { Company, Language, Role, Stored, User, UserSummary } from './model';
import { type Decision, once, type Press, untilSettled } from './operations';
import type { Change, Ports } from './ports';
import { summary } from './records';
import { isEmail, normalEmail } from './words';

export interface NewUser {
  readonly displayName: string;
  readonly email: string;
  readonly language?: Language;
  readonly roles?: readonly Role[];
}

const NAME_LENGTH = 100;

/**
 * Adds an employee to the list (docs/rules.md, rule 7). Benefits admins and account admins may; only
 * account admins give roles with it.
 *
 * @throws BenefitError `nameMissing`, `textTooLong`, `emailInvalid`, `emailTaken`, `onlyAccountAdminSetsRoles`, or as `once` does
 */
export function addUser(ports: Ports, press: Press, order: NewUser): Promise<UserSummary> {
  const { ledger } = ports;
  const read = () =>
    Promise.all([ledger.company(), ledger.user(press.by), ledger.userIdOfEmail(normalEmail(order.email))]);
  return once(ports, 'addUser', press, read, ([company, admin, taken]): Decision<UserSummary> => {
    if (!company) throw new BenefitError('companyNotLoaded');
    if (!admin || !maySetRoles(admin)) mustBeBenefitsAdmin(admin);
    const user = { ...checkedUser(order), id: newUserId(ports) };
    if (user.roles.length > 0 && !maySetRoles(admin)) throw new BenefitError('onlyAccountAdminSetsRoles');
    if (taken) throw new BenefitError('emailTaken', { email: user.email });
    const at = ports.now().toISOString();
    return {
      changes: [
        { of: 'user', after: user },
        ...countAdmins(company, undefined, user),
        {
          of: 'audit',
          after: { operationId: press.operationId, action: 'addUser', at, by: admin.id, userId: user.id },
        },
      ],
      outcome: summary(user),
    };
  });
}

function checkedUser({ displayName, email, language, roles = [] }: NewUser): Omit<User, 'id'> {
  const name = displayName.trim();
  if (name === '') throw new BenefitError('nameMissing');
  if (name.length > NAME_LENGTH) throw new BenefitError('textTooLong', { limit: NAME_LENGTH });
  if (!isEmail(email.trim())) throw new BenefitError('emailInvalid');
  return { displayName: name, email: normalEmail(email), language, roles, active: true };
}

export const newUserId = (ports: Ports): string => ports.random(10);

/**
 * Gives a role, from outside the chat: by the settings or by the operator.
 * @returns the user with it
 * @throws BenefitError `userUnknown`, `companyNotLoaded`
 */
export function grantRole(
  ports: Ports,
  userId: string,
  roles: readonly Role[],
  by: 'settings' | 'operator',
): Promise<User> {
  return untilSettled(ports, async () => {
    const [company, user] = await Promise.all([ports.ledger.company(), ports.ledger.user(userId)]);
    if (!company) throw new BenefitError('companyNotLoaded');
    if (!user) throw new BenefitError('userUnknown', { user: userId });
    const after = { ...user, roles: [...new Set([...user.roles, ...roles])] };
    if (after.roles.length === user.roles.length) return user;
    await ports.ledger.commit([
      { of: 'user', before: user, after },
      ...countAdmins(company, user, after),
      byOutsider(ports, 'grant', by, userId, { roles }),
    ]);
    return after;
  });
}

/** Keeps the company's count of account admins right; its ETag is in the transaction whenever the count changes. */
export function countAdmins(company: Stored<Company>, before: User | undefined, after: User): Change[] {
  const change = Number(isAccountAdmin(after)) - Number(before !== undefined && isAccountAdmin(before));
  if (change === 0) return [];
  return [
    { of: 'company', before: company, after: { ...company, accountAdmins: company.accountAdmins + change } },
  ];
}

const isAccountAdmin = (user: User): boolean => user.active && user.roles.includes('accountAdmin');

/** The audit record of something that nobody in chat did. */
export function byOutsider(
  ports: Ports,
  action: string,
  by: 'settings' | 'operator',
  userId: string,
  details?: object,
): Change {
  return {
    of: 'audit',
    after: {
      operationId: `${action}-${ports.random(10)}`,
      action,
      at: ports.now().toISOString(),
      by,
      userId,
      details,
    },
  };
}

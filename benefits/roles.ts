import { mustBeAccountAdmin } from './access';
import { BenefitError } from './errors';
import { type Company, type Role, ROLES, type Stored, type User, type UserSummary } from './model';
import { teamsNotice } from './notices';
import { type Decision, once, type Press, untilSettled } from './operations';
import type { Change, Ports } from './ports';
import { byOutsider, summary, userAudit } from './records';

export interface RolesOrder {
  readonly userId: string;
  /** All that they have from now on. */
  readonly roles: readonly Role[];
}

export interface RolesSet {
  readonly user: UserSummary;
  readonly roles: readonly Role[];
  readonly isChanged: boolean;
}

/**
 * Says what a user may do (docs/rules.md, rule 7); they are told. Nobody takes the role from the last account
 * admin, nor do two from the last two at once.
 *
 * @throws BenefitError `notAccountAdmin`, `userUnknown`, `userNotActive`, `lastAccountAdmin`, or as `once` does
 */
export function setRoles(ports: Ports, press: Press, order: RolesOrder): Promise<RolesSet> {
  const { ledger } = ports;
  const { userId } = order;
  const read = () => Promise.all([ledger.company(), ledger.user(press.by), ledger.user(userId)]);
  return once(ports, 'setRoles', press, read, ([company, admin, before]): Decision<RolesSet> => {
    if (!company) throw new BenefitError('companyNotLoaded');
    mustBeAccountAdmin(admin);
    if (!before) throw new BenefitError('userUnknown', { user: userId });
    if (!before.active) throw new BenefitError('userNotActive', { user: before.displayName });
    const roles = ROLES.filter((role) => order.roles.includes(role));
    const isChanged = ROLES.some((role) => roles.includes(role) !== before.roles.includes(role));
    const outcome = { user: summary(before), roles, isChanged };
    if (!isChanged) return { changes: [], outcome };
    const after = { ...before, roles };
    return {
      changes: [
        { of: 'user', before, after },
        ...countLeaving(company, before, after),
        userAudit('setRoles', press, userId, ports.now().toISOString(), {
          before: before.roles,
          after: roles,
        }),
        ...(userId === admin.id ? [] : [roleNotice(ports, after, admin)]),
      ],
      outcome,
    };
  });
}

/** The roles as a word that every language has a text for; nobody is told when it doesn't arrive. */
const roleNotice = (ports: Ports, { id, roles }: User, { displayName: by }: User): Change =>
  teamsNotice(ports, id, 'roleChanged', { by, roles: roles.join() });

/**
 * Gives a role, from outside the chat: by the settings or by the operator.
 * @param write false: only says what it would come to
 * @returns the user with it
 * @throws BenefitError `userUnknown`, `companyNotLoaded`
 */
export function grantRole(
  ports: Ports,
  userId: string,
  roles: readonly Role[],
  by: 'settings' | 'operator',
  write = true,
): Promise<User> {
  return untilSettled(ports, async () => {
    const [company, user] = await Promise.all([ports.ledger.company(), ports.ledger.user(userId)]);
    if (!company) throw new BenefitError('companyNotLoaded');
    if (!user) throw new BenefitError('userUnknown', { user: userId });
    const after = { ...user, roles: [...new Set([...user.roles, ...roles])] };
    if (after.roles.length === user.roles.length) return user;
    if (!write) return after;
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
  const accountAdmins = company.accountAdmins + change;
  return [{ of: 'company', before: company, after: { ...company, accountAdmins } }];
}

/** As `countAdmins`. @throws BenefitError `lastAccountAdmin` when nobody would be left who manages users */
export function countLeaving(company: Stored<Company>, before: User, after: User): Change[] {
  const isLeaving = isAccountAdmin(before) && !isAccountAdmin(after);
  if (isLeaving && company.accountAdmins <= 1)
    throw new BenefitError('lastAccountAdmin', { user: before.displayName });
  return countAdmins(company, before, after);
}

/** Who counts as one. */
export const isAccountAdmin = (user: User): boolean => user.active && user.roles.includes('accountAdmin');

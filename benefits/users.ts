import { maySetRoles, mustBeAnyAdmin } from './access';
import { BenefitError } from './errors';
import type { Language, Role, User, UserSummary } from './model';
import { type Decision, once, type Press } from './operations';
import type { Ports } from './ports';
import { summary, userAudit } from './records';
import { countAdmins } from './roles';
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
    mustBeAnyAdmin(admin);
    const user = { ...checkedUser(order), id: newUserId(ports) };
    if (user.roles.length > 0 && !maySetRoles(admin)) throw new BenefitError('onlyAccountAdminSetsRoles');
    if (taken) throw new BenefitError('emailTaken', { email: user.email });
    return {
      changes: [
        { of: 'user', after: user },
        ...countAdmins(company, undefined, user),
        userAudit('addUser', press, user.id, ports.now().toISOString()),
      ],
      outcome: summary(user),
    };
  });
}

function checkedUser({ displayName, email, language, roles = [] }: NewUser): Omit<User, 'id'> {
  return {
    displayName: checkedName(displayName),
    email: checkedEmail(email),
    language,
    roles,
    active: true,
  };
}

/** @throws BenefitError `nameMissing`, `textTooLong` */
export function checkedName(typed: string): string {
  const name = typed.trim();
  if (name === '') throw new BenefitError('nameMissing');
  if (name.length > NAME_LENGTH) throw new BenefitError('textTooLong', { limit: NAME_LENGTH });
  return name;
}

/** A name that Teams gave, no longer than one that an admin may enter. */
export const shortenedName = (name: string): string => name.slice(0, NAME_LENGTH);

/** @throws BenefitError `emailInvalid` */
export function checkedEmail(typed: string): string {
  if (!isEmail(typed.trim())) throw new BenefitError('emailInvalid');
  return normalEmail(typed);
}

export const newUserId = (ports: Ports): string => ports.random(10);

import { mustBeAccountAdmin } from './access';
import { BenefitError } from './errors';
import type { EditableField, Language, User, UserSummary } from './model';
import { type Decision, once, type Press } from './operations';
import type { Ports } from './ports';
import { summary, userAudit } from './records';
import { checkedEmail, checkedName } from './users';
import { normalEmail } from './words';

/** What is absent is kept as it is: of two admins who change two things at once, neither undoes the other's. */
export interface EditUserOrder {
  readonly userId: string;
  readonly displayName?: string;
  readonly email?: string;
  readonly language?: Language;
}

export interface Edited {
  readonly user: UserSummary;
  readonly isChanged: boolean;
}

/**
 * Changes a user's name, address or language (docs/rules.md, rule 7). Their id stays, and with it what they hold,
 * their sign-in and their history.
 *
 * @throws BenefitError `notAccountAdmin`, `userUnknown`, `nameMissing`, `textTooLong`, `emailInvalid`, `emailTaken`, or as `once` does
 */
export function editUser(ports: Ports, press: Press, order: EditUserOrder): Promise<Edited> {
  const { ledger } = ports;
  const { userId, email = '' } = order;
  const read = () =>
    Promise.all([
      ledger.user(press.by),
      ledger.user(userId),
      email === '' ? undefined : ledger.userIdOfEmail(normalEmail(email)),
    ]);
  return once(ports, 'editUser', press, read, ([admin, before, taken]): Decision<Edited> => {
    mustBeAccountAdmin(admin);
    if (!before) throw new BenefitError('userUnknown', { user: userId });
    const user = edited(before, order);
    if (taken !== undefined && taken !== userId) throw new BenefitError('emailTaken', { email: user.email });
    const changed = FIELDS.filter((field) => before[field] !== user[field]);
    const outcome = { user: summary(user), isChanged: changed.length > 0 };
    if (!outcome.isChanged) return { changes: [], outcome };
    const after: User = { ...user, setByHand: [...new Set([...(before.setByHand ?? []), ...changed])] };
    return {
      changes: [
        { of: 'user', before, after },
        userAudit('editUser', press, userId, ports.now().toISOString(), { changed }),
      ],
      outcome,
    };
  });
}

const FIELDS: readonly EditableField[] = ['displayName', 'email', 'language'];

function edited(before: User, { displayName, email, language }: EditUserOrder): User {
  return {
    ...before,
    ...(displayName !== undefined && { displayName: checkedName(displayName) }),
    ...(email !== undefined && { email: checkedEmail(email) }),
    ...(language !== undefined && { language }),
  };
}

import { mustBeAnyAdmin } from '../../benefits/access';
import { isEmail } from '../../benefits/words';
import { addUserStep } from '../addUser';
import { newUserDraft } from '../chooseUser';
import type { About } from '../../cards/buttons';
import { GuidedDialog } from '../guidedDialog';
import { Path, type Start, type Step } from '../step';
import type { Turn } from '../turn';
import { deactivateUser } from './deactivateUser';
import { closings } from './done';
import type { FormName, UsersDraft } from './draft';
import { editUser } from './editUser';
import { listUsers } from './listUsers';
import { setRoles } from './setRoles';
import { user } from './user';

/** First, when the form was opened; its user's card comes after it. */
const addUser: Step<UsersDraft> = {
  ...addUserStep<UsersDraft>(user.name),
  applies: ({ newUser }) => newUser !== undefined,
};

/**
 * Who is in the list, and what they may do (docs/rules.md, rule 7). Admins of either kind see and add; account
 * admins change, and deactivate.
 */
export class UsersDialog extends GuidedDialog<UsersDraft> {
  static readonly id = 'users';

  protected readonly path = new Path<UsersDraft>([
    listUsers,
    addUser,
    user,
    editUser,
    setRoles,
    deactivateUser,
  ]);
  protected readonly version = '1';
  readonly startVerb = 'users';
  readonly closings = closings;

  constructor() {
    super(UsersDialog.id);
  }

  protected override about({ user }: UsersDraft): About | undefined {
    return user && { userId: user.id };
  }

  mustBeAllowed({ person }: Turn): void {
    mustBeAnyAdmin(person.user);
  }
}

/** `users <name>`, or what is to be done with whom, typed in one line. */
export const usersInOneLine = (typed: string, wish: FormName | undefined): Start<UsersDraft> => ({
  draft: { ...(wish && { wish }) },
  said: { [listUsers.name]: typed },
});

/** *Add a user*, with the name and the address that were typed in one line. */
export async function newUserInOneLine(typed: string, turn: Turn): Promise<Start<UsersDraft>> {
  const words = typed.split(/[\s<>(),;]+/);
  const email = words.find(isEmail) ?? '';
  const displayName = words
    .filter((word) => word !== email)
    .join(' ')
    .trim();
  return { draft: { newUser: { ...(await newUserDraft({}, turn)), displayName, email } } };
}

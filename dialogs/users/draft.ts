import type { Deactivated } from '../../benefits/deactivate';
import type { Edited } from '../../benefits/editUser';
import type { Role, UserSummary } from '../../benefits/model';
import type { RolesSet } from '../../benefits/roles';
import type { UserDraft } from '../chooseUser';

/** The names of the forms to which a person's card leads. */
export const FORMS = ['editUser', 'setRoles', 'deactivateUser'] as const;
export type FormName = (typeof FORMS)[number];

/** What was chosen and typed so far. `user` is whose card is open. */
export interface UsersDraft extends UserDraft {
  /** Whether the list is that of the inactive. */
  readonly isInactive?: boolean;
  /** The last of the page before, when the list is paged. */
  readonly after?: Pick<UserSummary, 'id' | 'displayName'>;
  /** What was asked for in one line, until it is known of whom. */
  readonly wish?: FormName;
  readonly form?: EditForm;
  readonly roles?: readonly Role[];
  /** What was done: said once, on the card that comes after it. */
  readonly done?: Done;
}

export interface EditForm {
  readonly typed: EditFields;
  /** As they were when the form was opened: only what differs is changed. */
  readonly opened: EditFields;
}

export interface EditFields {
  readonly displayName: string;
  readonly email: string;
  readonly language: string;
}

/** What was done, by the action of its operation. */
export type Done =
  | { readonly action: 'addUser'; readonly outcome: UserSummary }
  | { readonly action: 'editUser'; readonly outcome: Edited }
  | { readonly action: 'setRoles'; readonly outcome: RolesSet }
  | {
      readonly action: 'deactivate';
      /** `left`: how much of it is still to be released. */
      readonly outcome: Deactivated & { readonly left?: number };
    }
  | { readonly action: 'reactivate'; readonly outcome: { readonly user: UserSummary } };

export function userOf({ user }: UsersDraft): UserSummary {
  if (!user) throw new Error('no user was chosen before this step');
  return user;
}

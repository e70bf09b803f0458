import type { UserSummary } from '../../benefits/model';
import type { AlternateEmailDraft } from '../alternateEmail';
import type { UserDraft } from '../chooseUser';
import type { Turn } from '../turn';

/** What was chosen and typed so far. */
export interface AssignDraft extends AlternateEmailDraft, UserDraft {
  /** A user was named in one line: then the question is checked even if the benefit answers it. */
  readonly isUserNamed?: boolean;
}

/** Who gets it: the chosen user, or the person themselves where the benefit says so. */
export function userOf({ benefit, user }: AssignDraft, { person }: Turn): UserSummary {
  if (benefit?.isSelf) return person.user;
  if (!user) throw new Error('no user was chosen before this step');
  return user;
}

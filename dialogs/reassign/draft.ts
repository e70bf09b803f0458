import type { UserSummary } from '../../benefits/model';
import type { ReassignOrder } from '../../benefits/move';
import type { AlternateEmailDraft } from '../alternateEmail';
import { benefitOf } from '../chooseBenefit';
import { type HolderDraft, holderOf } from '../chooseHolder';
import type { UserDraft } from '../chooseUser';

/** Whose seat goes to whom: `holder` has it now, `user` gets it. */
export interface ReassignDraft extends AlternateEmailDraft, HolderDraft, UserDraft {}

export function newHolderOf({ user }: ReassignDraft): UserSummary {
  if (!user) throw new Error('no user was chosen before this step');
  return user;
}

export function orderOf(draft: ReassignDraft): ReassignOrder {
  const { user, madeBy } = holderOf(draft);
  return {
    benefitId: benefitOf(draft).id,
    fromUserId: user.id,
    toUserId: newHolderOf(draft).id,
    alternateEmail: draft.alternateEmail,
    madeBy,
  };
}

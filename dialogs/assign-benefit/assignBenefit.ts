import { mustBeBenefitsAdmin } from '../../benefits/access';
import type { Assigned } from '../../benefits/assign';
import type { About } from '../../cards/buttons';
import { addUserStep } from '../addUser';
import { alternateEmailStep } from '../alternateEmail';
import { closing } from '../closing';
import { GuidedDialog } from '../guidedDialog';
import { Path, type Start } from '../step';
import type { Turn } from '../turn';
import { chooseBenefit } from './chooseBenefit';
import { chooseUser } from './chooseUser';
import { confirm } from './confirm';
import { doneCard } from './done';
import { type AssignDraft, userOf } from './draft';

/**
 * An admin gives a user a benefit (docs/rules.md, rules 4, 6, 7, 10 and 11).
 * A benefit for oneself has no question who gets it, and only support asks for an alternate e-mail.
 */
export class AssignBenefitDialog extends GuidedDialog<AssignDraft> {
  static readonly id = 'assignBenefit';

  protected readonly path = new Path<AssignDraft>([
    chooseBenefit,
    chooseUser,
    addUserStep(),
    alternateEmailStep(userOf),
    confirm,
  ]);
  protected readonly version = '1';
  readonly startVerb = 'assign';
  readonly closings = { assign: closing<Assigned>(doneCard) };

  constructor() {
    super(AssignBenefitDialog.id);
  }

  protected override about({ benefit, user }: AssignDraft): About | undefined {
    return benefit && { benefitId: benefit.id, userId: user?.id };
  }

  mustBeAllowed({ person }: Turn): void {
    mustBeBenefitsAdmin(person.user);
  }
}

/** `assign <benefit> [to <user>]`, typed in one line: each part answers its step. */
export function assignInOneLine(benefit: string, user: string | undefined): Start<AssignDraft> {
  return {
    draft: { isUserNamed: user !== undefined },
    said: { [chooseBenefit.name]: benefit, ...(user !== undefined && { [chooseUser.name]: user }) },
  };
}

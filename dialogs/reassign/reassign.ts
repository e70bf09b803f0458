import { mustBeBenefitsAdmin } from '../../benefits/access';
import type { HandoverPlanned } from '../../benefits/planHandover';
import { mayBeMoved } from '../../benefits/move';
import type { Reassigned } from '../../benefits/reassign';
import { addUserStep } from '../addUser';
import { alternateEmailStep } from '../alternateEmail';
import { chooseHeldBenefitStep } from '../chooseHeldBenefit';
import { closing } from '../closing';
import type { About } from '../../cards/buttons';
import { GuidedDialog } from '../guidedDialog';
import { Path, type Start } from '../step';
import { today, type Turn } from '../turn';
import { chooseHolder } from './chooseHolder';
import { chooseUser } from './chooseUser';
import { confirm } from './confirm';
import { plannedCard, reassignedCard } from './done';
import { newHolderOf, type ReassignDraft } from './draft';

const chooseBenefit = chooseHeldBenefitStep<ReassignDraft>({
  title: (t) => t('reassign.which'),
  check: async (benefit, turn) => mayBeMoved(benefit, await today(turn)),
});

/** An admin gives somebody's seat to somebody else: now, or on the day on which it may go (docs/rules.md, rule 8). */
export class ReassignDialog extends GuidedDialog<ReassignDraft> {
  static readonly id = 'reassign';

  protected readonly path = new Path<ReassignDraft>([
    chooseBenefit,
    chooseHolder,
    chooseUser,
    addUserStep(),
    alternateEmailStep(newHolderOf),
    confirm,
  ]);
  protected readonly version = '1';
  readonly startVerb = 'reassign';
  /** A run ends in one of two ways. */
  readonly closings = {
    reassign: closing<Reassigned>(reassignedCard),
    planHandover: closing<HandoverPlanned>(plannedCard),
  };

  constructor() {
    super(ReassignDialog.id);
  }

  protected override about({ benefit, user }: ReassignDraft): About | undefined {
    return benefit && { benefitId: benefit.id, userId: user?.id };
  }

  mustBeAllowed({ person }: Turn): void {
    mustBeBenefitsAdmin(person.user);
  }
}

/** `reassign <benefit> [from <user>] [to <user>]`, typed in one line or known from a button: each part answers its step. */
export function reassignInOneLine(benefit: string, from?: string, to?: string): Start<ReassignDraft> {
  return {
    draft: {},
    said: {
      [chooseBenefit.name]: benefit,
      ...(from !== undefined && { [chooseHolder.name]: from }),
      ...(to !== undefined && { [chooseUser.name]: to }),
    },
  };
}

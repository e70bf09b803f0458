import { mustBeBenefitsAdmin } from '../../benefits/access';
import type { Released } from '../../benefits/release';
import { chooseHeldBenefitStep } from '../chooseHeldBenefit';
import { chooseHolderStep, type HolderDraft } from '../chooseHolder';
import { closing } from '../closing';
import type { About } from '../../cards/buttons';
import { GuidedDialog } from '../guidedDialog';
import { Path, type Start } from '../step';
import type { Turn } from '../turn';
import { confirm, doneCard } from './confirm';

const chooseBenefit = chooseHeldBenefitStep<HolderDraft>({ title: (t) => t('release.which') });

const chooseHolder = chooseHolderStep<HolderDraft>({
  title: ({ name }, t) => t('release.whose', { benefit: name }),
});

/** An admin takes a benefit from its holder (docs/rules.md, rules 8 and 8†). */
export class ReleaseDialog extends GuidedDialog<HolderDraft> {
  static readonly id = 'release';

  protected readonly path = new Path<HolderDraft>([chooseBenefit, chooseHolder, confirm]);
  protected readonly version = '1';
  readonly startVerb = 'release';
  readonly closings = { release: closing<Released>(doneCard) };

  constructor() {
    super(ReleaseDialog.id);
  }

  protected override about({ benefit, holder }: HolderDraft): About | undefined {
    return benefit && { benefitId: benefit.id, userId: holder?.user.id };
  }

  mustBeAllowed({ person }: Turn): void {
    mustBeBenefitsAdmin(person.user);
  }
}

/** `release <benefit> [from <user>]`, typed in one line or known from a button. */
export function releaseInOneLine(benefit: string, from?: string): Start<HolderDraft> {
  return {
    draft: {},
    said: { [chooseBenefit.name]: benefit, ...(from !== undefined && { [chooseHolder.name]: from }) },
  };
}

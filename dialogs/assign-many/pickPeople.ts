import { mustBeBenefitsAdmin } from '../../benefits/access';
import { BenefitError } from '../../benefits/errors';
import { asksAlternateEmail, freeSeats, isEnded, whyNobody } from '../../benefits/seats';
import type { About } from '../../cards/buttons';
import { seatWords } from '../../cards/choose-benefit/chooseBenefit';
import { chooseBenefitStep } from '../chooseBenefit';
import { GuidedDialog } from '../guidedDialog';
import { Path } from '../step';
import { today, type Turn } from '../turn';
import { type PickDraft, pickUsers } from './pickUsers';

/** A benefit and several people for it, who are then a list like any other (docs/rules.md, rule 6). */
export class PickPeopleDialog extends GuidedDialog<PickDraft> {
  static readonly id = 'pickPeople';

  protected readonly path = new Path<PickDraft>([chooseBenefit, pickUsers]);
  protected readonly version = '1';
  readonly startVerb = 'pickUsers';
  readonly closings = {};

  constructor() {
    super(PickPeopleDialog.id);
  }

  protected override about({ benefit }: PickDraft): About | undefined {
    return benefit && { benefitId: benefit.id };
  }

  mustBeAllowed({ person }: Turn): void {
    mustBeBenefitsAdmin(person.user);
  }
}

/** Support benefits want an address for each person, and what is for oneself has only one. */
const chooseBenefit = chooseBenefitStep<PickDraft>({
  title: (t) => t('chooseBenefit.title'),
  none: (t) => t('chooseBenefit.empty'),
  isListed: (benefit) => benefit.assignable === 'anyone' && !asksAlternateEmail(benefit),
  words: (benefit, day, { t }) =>
    seatWords({ benefit, free: freeSeats(benefit), isEnded: isEnded(benefit, day) }, t),

  async check(benefit, turn) {
    const refusal = whyNobody(benefit, await today(turn));
    if (refusal) throw refusal;
    const facts = { benefit: benefit.name };
    if (benefit.assignable === 'self')
      throw new BenefitError('onlySelf', { ...facts, user: turn.person.user.displayName });
    if (asksAlternateEmail(benefit)) throw new BenefitError('needsAlternateEmails', facts);
  },
});

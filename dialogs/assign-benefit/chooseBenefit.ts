import { BenefitError } from '../../benefits/errors';
import { freeSeats, holds, isEnded, whyNobody } from '../../benefits/seats';
import { seatWords } from '../../cards/choose-benefit/chooseBenefit';
import { chooseBenefitStep } from '../chooseBenefit';
import { today } from '../turn';
import type { AssignDraft } from './draft';

/** The whole catalogue with its free seats: what nobody can be given is shown, too. */
export const chooseBenefit = chooseBenefitStep<AssignDraft>({
  title: (t) => t('chooseBenefit.title'),
  none: (t) => t('chooseBenefit.empty'),
  isListed: () => true,
  words: (benefit, day, { t }) =>
    seatWords({ benefit, free: freeSeats(benefit), isEnded: isEnded(benefit, day) }, t),

  async check(benefit, turn) {
    const refusal = whyNobody(benefit, await today(turn));
    if (refusal) throw refusal;
    const { person } = turn;
    if (benefit.assignable === 'self' && holds(person, benefit.id)) {
      throw new BenefitError('alreadyHolds', { benefit: benefit.name, user: person.user.displayName });
    }
  },
});

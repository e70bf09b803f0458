import { mayRequest } from '../../benefits/access';
import type { Benefit, Day } from '../../benefits/model';
import { hoursLeft } from '../../benefits/requestForm';
import { holds, isEnded } from '../../benefits/seats';
import type { ChoiceWords } from '../../cards/choose-benefit/chooseBenefit';
import type { Texts } from '../../locales/texts';
import { chooseBenefitStep } from '../chooseBenefit';
import { mustBeRequestable, type RequestDraft } from './draft';

/** The advisory hours and presales assistance that this person may use, with what is left of each. */
export const chooseBenefit = chooseBenefitStep<RequestDraft>({
  title: (t) => t('requestForm.choose'),
  none: (t) => t('requestForm.none'),
  isListed: (benefit, turn) => mayRequest(turn.person.user, benefit, holds(turn.person, benefit.id)),
  words: (benefit, day, { t }) => words(benefit, day, t),
  check: mustBeRequestable,
});

function words(benefit: Benefit, day: Day, t: Texts): ChoiceWords {
  const { endsOn } = benefit;
  if (endsOn !== undefined && isEnded(benefit, day)) {
    return {
      details: [],
      aside: t('chooseBenefit.ended', { endsOn: { date: endsOn } }),
      isChoosable: false,
    };
  }
  const until = endsOn === undefined ? [] : [t('chooseBenefit.until', { endsOn: { date: endsOn } })];
  const left = hoursLeft(benefit);
  if (left === undefined) return { details: until, aside: t('requestForm.byRequest'), isChoosable: true };
  const aside = left === 0 ? t('requestForm.noneLeft') : t('requestForm.left', { count: left });
  return { details: until, aside, isChoosable: left > 0 };
}

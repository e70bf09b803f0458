import { mayGetKeys } from '../../benefits/access';
import { mustGetKeys } from '../../benefits/keys';
import type { Benefit } from '../../benefits/model';
import { holds, isEnded } from '../../benefits/seats';
import type { Texts } from '../../locales/texts';
import { chooseBenefitStep } from '../chooseBenefit';
import type { Step } from '../step';
import { today } from '../turn';
import type { KeysDraft } from './draft';

/** The benefits whose keys this person may get. */
export const chooseBenefit: Step<KeysDraft> = {
  ...chooseBenefitStep<KeysDraft>({
    title: (t) => t('keys.which'),
    none: (t) => t('keys.empty'),
    isListed: (benefit, turn) => mayGetKeys(turn.person.user, benefit, holds(turn.person, benefit.id)),
    words: (benefit, day, { t }) => ({
      details: [],
      aside: isEnded(benefit, day)
        ? t('chooseBenefit.ended', { endsOn: { date: benefit.endsOn ?? day } })
        : whatIsLeft(benefit, t),
      isChoosable: !isEnded(benefit, day),
    }),
    check: async (benefit, turn) =>
      mustGetKeys(turn.person.user, benefit, holds(turn.person, benefit.id), await today(turn)),
  }),
  // One claim a run: another benefit's keys are another run's.
  applies: ({ claimedAt }) => claimedAt === undefined,
};

function whatIsLeft({ keyKind, keyCounts: { total, given } = { total: 0, given: 0 } }: Benefit, t: Texts) {
  if (keyKind === 'multipleActivation') return t('keys.left', { count: total - given });
  return keyKind === 'singleUse'
    ? t('keys.free', { count: total - given })
    : t('keys.count', { count: total });
}

import { BenefitError } from '../benefits/errors';
import type { Benefit } from '../benefits/model';
import { isEnded } from '../benefits/seats';
import type { Texts } from '../locales/texts';
import { type BenefitDraft, chooseBenefitStep } from './chooseBenefit';
import type { Step } from './step';
import type { Turn } from './turn';

/** What differs from dialog to dialog. */
interface Question {
  title(t: Texts): string;
  /** @throws BenefitError when seats of this benefit are not what the dialog is about; it is shown on the list */
  check?(benefit: Benefit, turn: Turn): Promise<void>;
}

/** The question whose seats are meant: from the benefits that somebody holds. */
export const chooseHeldBenefitStep = <Draft extends BenefitDraft>({ title, check }: Question): Step<Draft> =>
  chooseBenefitStep<Draft>({
    title,
    none: (t) => t('chooseHolder.nothingHeld'),
    isListed: ({ held }) => held > 0,

    words({ held, assignable, endsOn }, day, { t }) {
      const ended = endsOn !== undefined && isEnded({ endsOn }, day);
      return {
        details: [
          ...(ended ? [t('chooseBenefit.ended', { endsOn: { date: endsOn } })] : []),
          ...(assignable === 'self' ? [t('chooseBenefit.selfOnly')] : []),
        ],
        aside: t('chooseHolder.held', { count: held }),
        isChoosable: true,
      };
    },

    async check(benefit, turn) {
      if (benefit.held === 0) throw new BenefitError('nobodyHolds', { benefit: benefit.name });
      await check?.(benefit, turn);
    },
  });

import { mayHold } from '../../benefits/assign';
import { BenefitError } from '../../benefits/errors';
import { chooseUserStep } from '../chooseUser';
import { benefitOf } from '../chooseBenefit';
import { today } from '../turn';
import type { AssignDraft } from './draft';

/** Who gets it. Whoever is not in the list is added right here (docs/rules.md, rule 7). */
export const chooseUser = chooseUserStep<AssignDraft>({
  title: (draft, t) => t('chooseUser.title', { benefit: benefitOf(draft).name }),
  applies: ({ benefit, isUserNamed }) => !benefit?.isSelf || isUserNamed === true,
  isInside: true,

  async check(draft, turn, user) {
    const { ledger } = turn.ports;
    const { id } = benefitOf(draft);
    const [benefit, held, day] = await Promise.all([
      ledger.benefit(id),
      ledger.assignment(id, user.id),
      today(turn),
    ]);
    if (!benefit) throw new BenefitError('benefitUnknown', { benefit: id });
    mayHold(benefit, user, turn.person.user, day, held);
  },
});

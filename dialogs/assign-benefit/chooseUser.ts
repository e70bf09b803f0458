import { mayHold } from '../../benefits/assign';
import { BenefitError } from '../../benefits/errors';
import { heldOf } from '../../benefits/seats';
import { chooseUserStep } from '../chooseUser';
import { benefitOf } from '../chooseBenefit';
import { today } from '../turn';
import type { AssignDraft } from './draft';

/** Who gets it. Whoever is not in the list is added right here (docs/rules.md, rule 7). */
export const chooseUser = chooseUserStep<AssignDraft>({
  title: (draft, t) => t('chooseUser.title', { benefit: benefitOf(draft).name }),
  applies: ({ benefit, isUserNamed }) => !benefit?.isSelf || isUserNamed === true,
  isInside: true,

  async check(draft, turn, person) {
    const { id } = benefitOf(draft);
    const [benefit, day] = await Promise.all([turn.ports.ledger.benefit(id), today(turn)]);
    if (!benefit) throw new BenefitError('benefitUnknown', { benefit: id });
    mayHold(benefit, person.user, turn.person.user, day, heldOf(person, id));
  },
});

import { BenefitError } from '../../benefits/errors';
import { mayBeMoved, mayTakeOver } from '../../benefits/move';
import { heldOf } from '../../benefits/seats';
import { benefitOf } from '../chooseBenefit';
import { holderOf } from '../chooseHolder';
import { chooseUserStep } from '../chooseUser';
import { today } from '../turn';
import type { ReassignDraft } from './draft';

/** Who gets the seat. Whoever is not in the list is added right here (docs/rules.md, rule 7). */
export const chooseUser = chooseUserStep<ReassignDraft>({
  title: (draft, t) =>
    t('reassign.to', { benefit: benefitOf(draft).name, user: holderOf(draft).user.displayName }),
  isInside: true,

  async check(draft, turn, person) {
    const { id } = benefitOf(draft);
    const [benefit, day] = await Promise.all([turn.ports.ledger.benefit(id), today(turn)]);
    if (!benefit) throw new BenefitError('benefitUnknown', { benefit: id });
    mayBeMoved(benefit, day);
    mayTakeOver(benefit, person.user, heldOf(person, id));
  },
});

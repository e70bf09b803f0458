import { newOperationId } from '../../benefits/operations';
import { mustBeMovable } from '../../benefits/move';
import { button, type CardAction, type Refused, type StepPress } from '../../cards/buttons';
import { benefitOf } from '../chooseBenefit';
import { chooseHolderStep, holderOf } from '../chooseHolder';
import { ON, type Step } from '../step';
import type { Turn } from '../turn';
import type { ReassignDraft } from './draft';

const listed = chooseHolderStep<ReassignDraft>({
  title: ({ name }, t) => t('reassign.whose', { benefit: name }),
  check: (seat, { ports }) => mustBeMovable(seat, ports.now()),
  offers: offersFor,
});

/** Whose seat it is. Before its day (docs/rules.md, rule 8†) it is refused, and a handover on that day is offered. */
export const chooseHolder: Step<ReassignDraft> = {
  ...listed,
  presses: {
    ...listed.presses,
    /** Goes on with the seat that was refused: the last question is about that day then. */
    handOverThen: async (draft) => ({ draft, go: ON }),
  },
};

function offersFor(
  draft: ReassignDraft,
  { t, ports, person }: Turn,
  press: StepPress,
  refused: Refused,
): CardAction[] {
  switch (refused.code) {
    case 'notMovableYet': {
      const title = t('handover.button', { date: { date: holderOf(draft).movableOn } });
      return [button(t, 'handOverThen', press, { title, style: 'positive' })];
    }
    case 'handoverPlanned': {
      const seat = { benefitId: benefitOf(draft).id, userId: holderOf(draft).user.id };
      return [button(t, 'callOff', { ...seat, operationId: newOperationId(ports, person.user.id) })];
    }
    default:
      return [];
  }
}

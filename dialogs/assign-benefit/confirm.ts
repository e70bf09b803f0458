import { DEFAULT_ACTIVATION_DAYS } from '../../benefits/activation';
import { assignBenefit } from '../../benefits/assign';
import { BenefitError } from '../../benefits/errors';
import { freeSeats } from '../../benefits/seats';
import { assignConfirmCard } from '../../cards/assign-confirm/assignConfirm';
import type { Step } from '../step';
import { doneCard } from './done';
import { benefitOf } from '../chooseBenefit';
import { type AssignDraft, userOf } from './draft';

export const confirm: Step<AssignDraft> = {
  name: 'confirm',

  async show(draft, turn, press, refused) {
    const { id } = benefitOf(draft);
    const benefit = await turn.ports.ledger.benefit(id);
    if (!benefit) throw new BenefitError('benefitUnknown', { benefit: id });
    const user = userOf(draft, turn);
    const isSupport = benefitOf(draft).asksAlternateEmail;
    return assignConfirmCard(
      {
        press,
        benefit,
        free: freeSeats(benefit),
        user,
        self: user.id === turn.person.user.id,
        alternateEmail: isSupport ? (draft.alternateEmail ?? null) : null,
        activationDays: isSupport ? (benefit.activationDays ?? DEFAULT_ACTIVATION_DAYS) : null,
        refusal: refused?.text ?? null,
      },
      turn.t,
    );
  },

  presses: {
    async assignUser(draft, turn, _data, { run }) {
      const press = { operationId: run, by: turn.person.user.id };
      const order = {
        benefitId: benefitOf(draft).id,
        userId: userOf(draft, turn).id,
        alternateEmail: draft.alternateEmail,
      };
      return { done: doneCard(turn, await assignBenefit(turn.ports, press, order), run) };
    },
  },
};

import { BenefitError } from '../../benefits/errors';
import { ANSWERED_WITHIN_DAYS, faultsIn, hoursLeft } from '../../benefits/requestForm';
import { requestHours } from '../../benefits/requests';
import { PHASES } from '../../benefits/serviceRequest';
import { requestConfirmCard } from '../../cards/request-confirm/requestConfirm';
import { benefitOf } from '../chooseBenefit';
import { type Move, STAY, type Step } from '../step';
import type { Turn } from '../turn';
import { contact } from './contact';
import { describe, DESCRIBE_FIELDS } from './describe';
import { doneCard } from './done';
import { benefitNow, formOf, type RequestDraft } from './draft';

export const confirm: Step<RequestDraft> = {
  name: 'confirm',

  async show(draft, turn, press, refused) {
    const form = formOf(draft);
    const benefit = await benefitNow(draft, turn);
    const hours = Number(form.hours);
    const left = hoursLeft(benefit);
    const phase = PHASES.find((each) => each === form.phase);
    if (!phase) throw new Error('the form was not read before this step');
    return requestConfirmCard(
      {
        press,
        benefit: benefit.name,
        about: { ...form, phase, hours },
        willLeave: left !== undefined && left >= hours ? left - hours : null,
        days: ANSWERED_WITHIN_DAYS,
        refusal: refused?.text ?? null,
      },
      turn.t,
    );
  },

  presses: {
    async submitRequest(draft, turn, _data, { run }) {
      const press = { operationId: run, by: turn.person.user.id };
      try {
        const order = { benefitId: benefitOf(draft).id, form: formOf(draft) };
        return { done: doneCard(turn, await requestHours(turn.ports, press, order)) };
      } catch (error) {
        if (error instanceof BenefitError) return toTheFault(draft, turn, error);
        throw error;
      }
    },
  },
};

/** Back to the card of the field that is wrong by now: of the hours, somebody else may have taken some meanwhile. */
async function toTheFault(
  draft: RequestDraft,
  turn: Turn,
  refused: BenefitError,
): Promise<Move<RequestDraft>> {
  const fault = faultsIn(formOf(draft), await benefitNow(draft, turn)).find(
    ({ error }) => error.code === refused.code,
  );
  if (!fault) return { draft, go: STAY, refused };
  const step = DESCRIBE_FIELDS.some((field) => field === fault.field) ? describe : contact;
  return { draft, go: step.name, refused };
}

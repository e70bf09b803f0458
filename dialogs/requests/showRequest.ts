import { mayAnswer } from '../../benefits/access';
import { BenefitError } from '../../benefits/errors';
import { requestFor } from '../../benefits/requestAnswers';
import { isClosed, referenceOf } from '../../benefits/serviceRequest';
import { serviceRequestCard } from '../../cards/service-request/serviceRequest';
import type { Step } from '../step';
import { requestIn, type RequestsDraft } from './draft';

/** A request with all its fields, and what this person may do with it. */
export const showRequest: Step<RequestsDraft> = {
  name: 'showRequest',

  async show(draft, turn, press, refused) {
    const { ledger } = turn.ports;
    const { user } = turn.person;
    const request = await requestFor(user, requestIn(draft), ledger);
    const benefit = await ledger.benefit(request.benefitId);
    if (!benefit) throw new BenefitError('benefitUnknown', { benefit: request.benefitId });
    return serviceRequestCard(
      {
        press,
        request,
        reference: referenceOf(request.id),
        benefit: benefit.name,
        mayAnswer: mayAnswer(user) && !isClosed(request),
        mayWithdraw: request.requestedBy.id === user.id && request.state === 'open',
        refusal: refused?.text ?? null,
      },
      turn.t,
    );
  },

  presses: {
    openAnswer: async (draft) => ({ draft, go: 'answer' }),
    openClose: async (draft) => ({ draft, go: 'close' }),
    openWithdraw: async (draft) => ({ draft, go: 'withdraw' }),
  },
};

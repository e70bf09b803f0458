import { BenefitError } from '../../benefits/errors';
import { holds } from '../../benefits/seats';
import type { Benefit } from '../../benefits/model';
import type { RequestForm } from '../../benefits/requestForm';
import { whyNoRequest } from '../../benefits/requests';
import { type BenefitDraft, benefitOf } from '../chooseBenefit';
import { today, type Turn } from '../turn';

/** What was chosen and typed so far. */
export interface RequestDraft extends BenefitDraft {
  readonly form?: RequestForm;
}

export function formOf({ form }: RequestDraft): RequestForm {
  if (!form) throw new Error('the dialog was begun without a form');
  return form;
}

/** The benefit of the request as it is now. @throws BenefitError `benefitUnknown` */
export async function benefitNow(draft: RequestDraft, { ports }: Turn): Promise<Benefit> {
  const { id } = benefitOf(draft);
  const benefit = await ports.ledger.benefit(id);
  if (!benefit) throw new BenefitError('benefitUnknown', { benefit: id });
  return benefit;
}

/** @throws BenefitError when this person can send no request on this benefit, or not any more */
export async function mustBeRequestable(benefit: Benefit, turn: Turn): Promise<void> {
  const refusal = whyNoRequest(benefit, turn.person.user, holds(turn.person, benefit.id), await today(turn));
  if (refusal) throw refusal;
}

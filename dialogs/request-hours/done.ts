import { ANSWERED_WITHIN_DAYS } from '../../benefits/requestForm';
import type { Requested } from '../../benefits/requests';
import { referenceOf } from '../../benefits/serviceRequest';
import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { messageCard } from '../../cards/message/message';
import type { Turn } from '../turn';

/** The closing card of a request, the first time and whenever its press comes again. */
export function doneCard({ t }: Turn, { id, left }: Requested): AdaptiveCard {
  return messageCard(
    t,
    t('requestForm.sent'),
    [
      t('requestForm.reference', { reference: referenceOf(id) }),
      t('requestForm.promise', { days: ANSWERED_WITHIN_DAYS }),
      ...(left === undefined ? [] : [t('requestForm.left', { count: left })]),
    ],
    [button(t, 'openRequest', { requestId: id }), button(t, 'requests'), button(t, 'help')],
  );
}

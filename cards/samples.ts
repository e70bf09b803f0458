import type { Texts } from '../locales/texts';
import { addUserCard, type AddUserAsk } from './add-user/addUser';
import addUser from './add-user/sample.json';
import { alternateEmailCard } from './alternate-email/alternateEmail';
import alternateEmail from './alternate-email/sample.json';
import { assignConfirmCard } from './assign-confirm/assignConfirm';
import assignConfirm from './assign-confirm/sample.json';
import { assignDoneCard } from './assign-done/assignDone';
import assignDone from './assign-done/sample.json';
import type { AdaptiveCard } from './bind';
import { button } from './buttons';
import { chooseBenefitCard, type ChooseBenefitAsk, seatWords } from './choose-benefit/chooseBenefit';
import chooseBenefit from './choose-benefit/sample.json';
import { chooseHeldCard } from './choose-held/chooseHeld';
import chooseHeld from './choose-held/sample.json';
import { chooseUserCard } from './choose-user/chooseUser';
import chooseUser from './choose-user/sample.json';
import { helpCard } from './help/help';
import help from './help/sample.json';
import { markActiveCard } from './mark-active/markActive';
import markActive from './mark-active/sample.json';
import { messageCard } from './message/message';
import message from './message/sample.json';
import { type MyBenefits, myBenefitsCard } from './my-benefits/myBenefits';
import myBenefits from './my-benefits/sample.json';
import { noticeCard } from './notice/notice';
import notice from './notice/sample.json';
import { pendingActivationsCard } from './pending-activations/pendingActivations';
import pendingActivations from './pending-activations/sample.json';
import { requestAnswerCard } from './request-answer/requestAnswer';
import requestAnswer from './request-answer/sample.json';
import { requestCloseCard } from './request-close/requestClose';
import requestClose from './request-close/sample.json';
import { requestConfirmCard, type RequestConfirmAsk } from './request-confirm/requestConfirm';
import requestConfirm from './request-confirm/sample.json';
import { requestContactCard, type RequestContactAsk } from './request-contact/requestContact';
import requestContact from './request-contact/sample.json';
import { requestDescribeCard, type RequestDescribeAsk } from './request-describe/requestDescribe';
import requestDescribe from './request-describe/sample.json';
import { requestWithdrawCard } from './request-withdraw/requestWithdraw';
import requestWithdraw from './request-withdraw/sample.json';
import { requestsCard, type RequestsAsk } from './requests/requests';
import requests from './requests/sample.json';
import { serviceRequestCard, type ServiceRequestAsk } from './service-request/serviceRequest';
import serviceRequest from './service-request/sample.json';

type ChoiceSample = Pick<ChooseBenefitAsk['choices'][number], 'benefit'> & Parameters<typeof seatWords>[0];

/** Every card, by its folder, drawn from its sample.json: for tests and for looking at. */
export const samples: Readonly<Record<string, (t: Texts) => AdaptiveCard>> = {
  'add-user': (t) => addUserCard(addUser satisfies AddUserAsk, t),
  'alternate-email': (t) => alternateEmailCard(alternateEmail, t),
  'assign-confirm': (t) => assignConfirmCard(assignConfirm, t),
  'assign-done': (t) => assignDoneCard(assignDone, t),
  'choose-benefit': (t) =>
    chooseBenefitCard(
      {
        ...chooseBenefit,
        title: t('chooseBenefit.title'),
        none: t('chooseBenefit.empty'),
        choices: (chooseBenefit.choices as ChoiceSample[]).map((seats) => ({
          benefit: seats.benefit,
          ...seatWords(seats, t),
        })),
      },
      t,
    ),
  'choose-held': (t) => chooseHeldCard(chooseHeld, t),
  'choose-user': (t) => chooseUserCard(chooseUser, t),
  help: (t) => helpCard(help as Parameters<typeof helpCard>[0], t),
  'mark-active': (t) => markActiveCard(markActive, t),
  message: (t) =>
    messageCard(t, message.title, message.paragraphs, [button(t, 'english'), button(t, 'help')]),
  'my-benefits': (t) => myBenefitsCard(myBenefits as MyBenefits, t),
  notice: (t) => noticeCard(notice, t),
  'pending-activations': (t) => pendingActivationsCard(pendingActivations, t),
  'request-answer': (t) => requestAnswerCard(requestAnswer, t),
  'request-close': (t) => requestCloseCard(requestClose, t),
  'request-confirm': (t) => requestConfirmCard(requestConfirm as RequestConfirmAsk, t),
  'request-contact': (t) => requestContactCard(requestContact as RequestContactAsk, t),
  'request-describe': (t) => requestDescribeCard(requestDescribe as RequestDescribeAsk, t),
  'request-withdraw': (t) => requestWithdrawCard(requestWithdraw, t),
  requests: (t) => requestsCard(requests as RequestsAsk, t),
  'service-request': (t) => serviceRequestCard(serviceRequest as ServiceRequestAsk, t),
};

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
import { bulkSamples } from './bulk-preview/samples';
import { chooseBenefitCard, type ChooseBenefitAsk, seatWords } from './choose-benefit/chooseBenefit';
import chooseBenefit from './choose-benefit/sample.json';
import { chooseHeldCard } from './choose-held/chooseHeld';
import chooseHeld from './choose-held/sample.json';
import { chooseOptionCard } from './choose-option/chooseOption';
import chooseOption from './choose-option/sample.json';
import { chooseHolderCard } from './choose-holder/chooseHolder';
import chooseHolder from './choose-holder/sample.json';
import { chooseUserCard } from './choose-user/chooseUser';
import chooseUser from './choose-user/sample.json';
import { downloadsCard } from './downloads/downloads';
import downloads from './downloads/sample.json';
import { getKeysCard, type GetKeysAsk } from './get-keys/getKeys';
import getKeys from './get-keys/sample.json';
import { type DeactivateUserAsk, deactivateUserCard } from './deactivate-user/deactivateUser';
import deactivateUser from './deactivate-user/sample.json';
import { editUserCard } from './edit-user/editUser';
import editUser from './edit-user/sample.json';
import { exportCard, type ExportAsk } from './export/export';
import exportSample from './export/sample.json';
import { helpCard } from './help/help';
import help from './help/sample.json';
import { keysHiddenCard } from './keys-hidden/keysHidden';
import keysHidden from './keys-hidden/sample.json';
import { keysShownCard } from './keys-shown/keysShown';
import keysShown from './keys-shown/sample.json';
import { type HistoryAsk, historyCard } from './history/history';
import history from './history/sample.json';
import { markActiveCard } from './mark-active/markActive';
import markActive from './mark-active/sample.json';
import { messageCard } from './message/message';
import message from './message/sample.json';
import { type MyBenefits, myBenefitsCard } from './my-benefits/myBenefits';
import myBenefits from './my-benefits/sample.json';
import { noticeSamples } from './notice/samples';
import { type Overview, overviewCard } from './overview/overview';
import overview from './overview/sample.json';
import { pendingActivationsCard } from './pending-activations/pendingActivations';
import pendingActivations from './pending-activations/sample.json';
import { setRolesCard, type SetRolesAsk } from './set-roles/setRoles';
import setRoles from './set-roles/sample.json';
import { type UserAsk, userCard } from './user/user';
import user from './user/sample.json';
import { type UsersAsk, usersCard } from './users/users';
import users from './users/sample.json';
import { seatConfirmSamples } from './seat-confirm/samples';
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

/** The last heading's benefits many times over. */
const withSecondPage = (sample: Overview): Overview => ({
  ...sample,
  groups: sample.groups.map((group) =>
    group.category === 'technical'
      ? { ...group, entries: Array.from({ length: 10 }, () => group.entries).flat() }
      : group,
  ),
});

/** What the sentences on the samples are about. */
const FACTS = {
  benefit: { en: 'Cloud support incidents', fr: 'Incidents de support cloud' },
  user: 'Alex Wilber',
};

/** Cards to be drawn, by name. */
export type Samples = Readonly<Record<string, (t: Texts) => AdaptiveCard>>;

/**
 * Every card, by its folder, drawn from its sample.json: for tests and for looking at. After a comma: what is
 * different in one more sample of the same card.
 */
export const samples: Samples = {
  'add-user': (t) => addUserCard(addUser satisfies AddUserAsk, t),
  'add-user, refused': (t) =>
    addUserCard(
      { ...addUser, refused: { code: 'emailTaken', text: t('refusal.emailTaken', addUser.typed) } },
      t,
    ),
  'alternate-email': (t) => alternateEmailCard(alternateEmail, t),
  'alternate-email, refused': (t) =>
    alternateEmailCard(
      {
        ...alternateEmail,
        typed: alternateEmail.user.email,
        refusal: t('refusal.emailIsUsers', FACTS),
      },
      t,
    ),
  'assign-confirm': (t) => assignConfirmCard(assignConfirm, t),
  'assign-done': (t) => assignDoneCard(assignDone, t),
  ...bulkSamples,
  'choose-benefit': (t) => chooseBenefitCard(listOfBenefits(t), t),
  'choose-benefit, several fit': (t) =>
    chooseBenefitCard({ ...listOfBenefits(t), typed: 'visual', hasMore: false }, t),
  'choose-held': (t) => chooseHeldCard({ ...chooseHeld, title: t('resend.which', FACTS) }, t),
  'choose-user': (t) => chooseUserCard({ ...chooseUser, title: t('chooseUser.title', FACTS) }, t),
  'choose-user, searched': (t) =>
    chooseUserCard(
      {
        ...chooseUser,
        title: t('chooseUser.title', FACTS),
        isSearched: true,
        chosen: null,
        search: 'zo',
        note: t('chooseUser.found', { count: 2, typed: 'zo' }),
        refusal: t('refusal.userMissing'),
      },
      t,
    ),
  'choose-option': (t) => chooseOptionCard(chooseOption, t),
  'choose-holder': (t) =>
    chooseHolderCard({ ...chooseHolder, offers: [button(t, 'handOverThen'), button(t, 'callOff')] }, t),
  downloads: (t) => downloadsCard(downloads, t),
  'get-keys': (t) => getKeysCard(getKeys as GetKeysAsk, t),
  'deactivate-user': (t) => deactivateUserCard(deactivateUser satisfies DeactivateUserAsk, t),
  'edit-user': (t) => editUserCard(editUser, t),
  export: (t) => exportCard(exportSample as ExportAsk, t),
  help: (t) => helpCard(help as Parameters<typeof helpCard>[0], t),
  'keys-hidden': (t) => keysHiddenCard(keysHidden, t),
  'keys-shown': (t) => keysShownCard(keysShown, t),
  history: (t) => historyCard(history as HistoryAsk, t),
  'mark-active': (t) => markActiveCard(markActive, t),
  message: (t) =>
    messageCard(t, t('language.title'), [t('language.ask')], [button(t, 'english'), button(t, 'french')]),
  'message, a welcome': (t) =>
    messageCard(
      t,
      t('welcome.title', message),
      [t('welcome.admin', message)],
      [button(t, 'assign'), button(t, 'help')],
    ),
  'my-benefits': (t) => myBenefitsCard(myBenefits as MyBenefits, t),
  ...noticeSamples,
  overview: (t) => overviewCard(overview as Overview, t),
  'overview, of two pages': (t) => overviewCard(withSecondPage(overview as Overview), t),
  'pending-activations': (t) => pendingActivationsCard(pendingActivations, t),
  'set-roles': (t) => setRolesCard(setRoles as SetRolesAsk, t),
  user: (t) => userCard(user as UserAsk, t),
  users: (t) => usersCard(users as UsersAsk, t),
  ...seatConfirmSamples,
  'request-answer': (t) => requestAnswerCard(requestAnswer, t),
  'request-close': (t) => requestCloseCard(requestClose, t),
  'request-confirm': (t) => requestConfirmCard(requestConfirm as RequestConfirmAsk, t),
  'request-contact': (t) => requestContactCard(requestContact as RequestContactAsk, t),
  'request-describe': (t) => requestDescribeCard(requestDescribe as RequestDescribeAsk, t),
  'request-describe, refused': (t) =>
    requestDescribeCard(
      {
        ...(requestDescribe as RequestDescribeAsk),
        faults: [{ field: 'hours', text: t('refusal.hoursTooMany', { left: 10, most: 25 }) }],
      },
      t,
    ),
  'request-withdraw': (t) => requestWithdrawCard(requestWithdraw, t),
  requests: (t) => requestsCard(requests as RequestsAsk, t),
  'service-request': (t) => serviceRequestCard(serviceRequest as ServiceRequestAsk, t),
};

function listOfBenefits(t: Texts): ChooseBenefitAsk {
  return {
    ...chooseBenefit,
    title: t('chooseBenefit.title'),
    none: t('chooseBenefit.empty'),
    choices: (chooseBenefit.choices as ChoiceSample[]).map((seats) => ({
      benefit: seats.benefit,
      ...seatWords(seats, t),
    })),
  };
}

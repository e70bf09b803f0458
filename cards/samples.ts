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

type ChoiceSample = Pick<ChooseBenefitAsk['choices'][number], 'benefit'> & Parameters<typeof seatWords>[0];

/** What the sentences on the samples are about. */
const FACTS = {
  benefit: { en: 'Cloud support incidents', fr: 'Incidents de support cloud' },
  user: 'Alex Wilber',
  by: 'Adele Vance',
};

/**
 * Every card, by its folder, drawn from its sample.json: for tests and for looking at. After a comma: what is
 * different in one more sample of the same card.
 */
export const samples: Readonly<Record<string, (t: Texts) => AdaptiveCard>> = {
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
  help: (t) => helpCard(help as Parameters<typeof helpCard>[0], t),
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
  notice: (t) =>
    noticeCard(
      {
        title: t('notice.assigned.title', FACTS),
        paragraphs: [
          t('notice.assigned.text', FACTS),
          t('notice.assigned.activating', { expectedOn: { date: notice.expectedOn } }),
        ],
        portalUrl: notice.portalUrl,
        isTheirs: true,
      },
      t,
    ),
  'notice, a question': (t) =>
    noticeCard(
      {
        title: t('notice.isItActive.title', FACTS),
        paragraphs: [t('notice.isItActive.text', { expectedOn: { date: notice.expectedOn } })],
        pending: notice.pending,
        isTheirs: false,
      },
      t,
    ),
  'pending-activations': (t) => pendingActivationsCard(pendingActivations, t),
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

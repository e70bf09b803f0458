import { BenefitError } from '../../benefits/errors';
import { findBenefit, findFormerUser, findUser } from '../../benefits/find';
import { type HistoryOf, historyPage, mustSeeHistory } from '../../benefits/history';
import type { Benefit, UserSummary } from '../../benefits/model';
import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { userTitle } from '../../cards/choose-user/chooseUser';
import { historyCard } from '../../cards/history/history';
import { messageCard } from '../../cards/message/message';
import { idOf, textOf } from '../../dialogs/turn';
import { type ApartTurn, dataOf, pressedId, saidIn } from '../route';

const PAGE = 12;
/** So many of what a text may mean are offered. */
const OFFERED = 6;

/** Of a benefit, a user, or everything: as it was pressed, or said in one line. */
export async function history(turn: ApartTurn): Promise<AdaptiveCard> {
  mustSeeHistory(turn.person.user);
  const typed = saidIn(turn).of;
  if (typed !== undefined) return said(turn, typed);
  return show(turn, await pressedOf(turn));
}

/** The next page; the newest again, when it isn't known where to go on. */
export async function moreHistory(turn: ApartTurn): Promise<AdaptiveCard> {
  mustSeeHistory(turn.person.user);
  const [at, operationId] = [textOf(dataOf(turn), 'at'), idOf(dataOf(turn), 'operationId')];
  const isKnown = operationId !== '' && !Number.isNaN(Date.parse(at));
  return show(turn, { ...(await pressedOf(turn)), ...(isKnown && { after: { at, operationId } }) });
}

async function pressedOf(turn: ApartTurn): Promise<HistoryOf> {
  const benefitId = await pressedId(turn, 'benefitId');
  if (benefitId !== undefined) return { benefitId };
  const userId = await pressedId(turn, 'userId');
  return userId === undefined ? {} : { userId };
}

async function show({ person, ports, t }: ApartTurn, of: HistoryOf): Promise<AdaptiveCard> {
  return historyCard({ page: await historyPage(ports.ledger, person.user, of, PAGE), of }, t);
}

/** A benefit is looked for first, then a user. @throws BenefitError `neitherBenefitNorUser` */
async function said(turn: ApartTurn, typed: string): Promise<AdaptiveCard> {
  const { ledger } = turn.ports;
  const [catalogue, active] = await Promise.all([ledger.benefits(), findUser(typed, ledger)]);
  const benefit = findBenefit(typed, catalogue);
  if ('one' in benefit) return show(turn, { benefitId: benefit.one.id });
  const user = 'none' in active ? await findFormerUser(typed, ledger) : active;
  if ('one' in user) return show(turn, { userId: user.one.id });
  const choices = [
    ...('several' in benefit ? benefit.several.map((each) => choiceOfBenefit(each, turn)) : []),
    ...('several' in user ? user.several.map(choiceOfUser) : []),
  ];
  if (choices.length === 0) throw new BenefitError('neitherBenefitNorUser', { typed });
  return offer(turn, typed, choices);
}

const choiceOfBenefit = ({ id, name }: Benefit, { t }: ApartTurn): Choice => ({
  of: { benefitId: id },
  title: t.local(name),
});

const choiceOfUser = (user: UserSummary): Choice => ({ of: { userId: user.id }, title: userTitle(user) });

interface Choice {
  readonly of: HistoryOf;
  readonly title: string;
}

function offer({ t }: ApartTurn, typed: string, choices: readonly Choice[]): AdaptiveCard {
  const text =
    choices.length > OFFERED
      ? t('history.firstFit', { count: OFFERED, typed })
      : t('history.several', { typed });
  const buttons = choices.slice(0, OFFERED).map(({ of, title }) => button(t, 'history', of, { title }));
  return messageCard(t, t('history.title'), [text], buttons);
}

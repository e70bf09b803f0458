import { requestFor } from '../../benefits/requestAnswers';
import { requestIdOf } from '../../benefits/serviceRequest';
import type { AdaptiveCard } from '../../cards/bind';
import { RequestHoursDialog, requestStart } from '../../dialogs/request-hours/requestHours';
import { RequestsDialog } from '../../dialogs/requests/requests';
import { idOf } from '../../dialogs/turn';
import { dataOf, pressedId, type RouteTurn, saidIn } from '../route';

export async function requestHours(turn: RouteTurn): Promise<AdaptiveCard> {
  const { seen, person, company, begin } = turn;
  const { hours, title } = saidIn(turn);
  const timeZone = seen.timeZone ?? person.chat?.timeZone ?? (await company()).timeZone;
  const benefitId = await pressedId(turn, 'benefitId');
  return begin(RequestHoursDialog.id, await requestStart(turn, { benefitId, hours, title, timeZone }));
}

/** The list; with a reference, the request itself. */
export async function requests(turn: RouteTurn): Promise<AdaptiveCard> {
  const { reference } = saidIn(turn);
  if (reference === undefined) return turn.begin(RequestsDialog.id, { draft: {} });
  return open(turn, requestIdOf(reference) ?? '');
}

/** From a notice straight to the request that it is about. */
export async function openRequest(turn: RouteTurn): Promise<AdaptiveCard> {
  return open(turn, idOf(dataOf(turn), 'requestId'));
}

async function open(turn: RouteTurn, id: string): Promise<AdaptiveCard> {
  const request = await requestFor(turn.person.user, id, turn.ports.ledger);
  return turn.begin(RequestsDialog.id, { draft: { requestId: request.id } });
}

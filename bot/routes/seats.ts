import { mustBeBenefitsAdmin } from '../../benefits/access';
import { BenefitError } from '../../benefits/errors';
import { findBenefit } from '../../benefits/find';
import type { Benefit } from '../../benefits/model';
import { callOffHandover } from '../../benefits/planHandover';
import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { messageCard } from '../../cards/message/message';
import { ReassignDialog, reassignInOneLine } from '../../dialogs/reassign/reassign';
import { ReleaseDialog, releaseInOneLine } from '../../dialogs/release/release';
import { idOf } from '../../dialogs/turn';
import { fromWords } from '../../locales/texts';
import { type ApartTurn, dataOf, pressedId, type RouteTurn, saidIn } from '../route';

export async function reassign(turn: RouteTurn): Promise<AdaptiveCard> {
  const { benefit, from } = await seatMeant(turn);
  const start = benefit ? reassignInOneLine(benefit, from, saidIn(turn).to) : { draft: {} };
  return turn.begin(ReassignDialog.id, start);
}

export async function release(turn: RouteTurn): Promise<AdaptiveCard> {
  const { benefit, from } = await seatMeant(turn);
  return turn.begin(ReleaseDialog.id, benefit ? releaseInOneLine(benefit, from) : { draft: {} });
}

/** A planned handover doesn't take place. */
export async function callOff(turn: ApartTurn): Promise<AdaptiveCard> {
  const { person, ports, t } = turn;
  const data = dataOf(turn);
  const press = { operationId: idOf(data, 'operationId'), by: person.user.id };
  const [benefitId, fromUserId] = [idOf(data, 'benefitId'), idOf(data, 'userId')];
  if (!benefitId || !fromUserId) throw new BenefitError('unknownId');
  const order = { benefitId, fromUserId, dueId: idOf(data, 'dueId') || undefined };
  const { benefit, from, to, on } = await callOffHandover(ports, press, order);
  const facts = {
    benefit: benefit.name,
    user: from.displayName,
    to: to.displayName,
    date: { date: on },
  };
  return messageCard(
    t,
    t('calledOff.title'),
    [t('calledOff.text', facts)],
    [button(t, 'reassign', { benefitId, userId: fromUserId }), button(t, 'help')],
  );
}

interface SeatMeant {
  readonly benefit?: string;
  readonly from?: string;
}

/** Whose seat of what is meant, as a button says or as it was typed. */
async function seatMeant(turn: RouteTurn): Promise<SeatMeant> {
  const { benefit, from } = saidIn(turn);
  if (benefit !== undefined)
    return from === undefined ? readSeat(benefit, await turn.ports.ledger.benefits()) : { benefit, from };
  if ('text' in turn.input) return {};
  mustBeBenefitsAdmin(turn.person.user);
  return { benefit: await pressedId(turn, 'benefitId'), from: await pressedId(turn, 'userId') };
}

/**
 * Reads "X from Y". Names of benefits and of people have words like "from" or "de" in them: of all the ways to read
 * it, the one that leaves the most for a benefit that there is. "Y from X" is understood, too.
 */
function readSeat(said: string, catalogue: readonly Benefit[]): SeatMeant {
  const cuts = [...said.matchAll(fromWords)]
    .map((between) => [said.slice(0, between.index), said.slice(between.index + between[0].length)] as const)
    .reverse();
  const readings: SeatMeant[] = [
    { benefit: said },
    ...cuts.map(([benefit, from]) => ({ benefit, from })),
    ...cuts.map(([from, benefit]) => ({ benefit, from })),
  ];
  const fits = ({ benefit = '' }: SeatMeant) => !('none' in findBenefit(benefit, catalogue));
  const [first] = cuts.slice(-1).map(([benefit, from]) => ({ benefit, from }));
  return readings.find(fits) ?? first ?? { benefit: said };
}

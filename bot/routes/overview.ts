import { isAnyAdmin, mayAssign } from '../../benefits/access';
import { BenefitError } from '../../benefits/errors';
import { findBenefit } from '../../benefits/find';
import type { Benefit, Day } from '../../benefits/model';
import { newOperationId } from '../../benefits/operations';
import { type Holding, holdingOf, overviewOf, possibleWith } from '../../benefits/overview';
import { heldOf } from '../../benefits/seats';
import type { AdaptiveCard } from '../../cards/bind';
import type { OpenRow } from '../../cards/overview/details';
import { type Overview, overviewCard } from '../../cards/overview/overview';
import { idOf, today } from '../../dialogs/turn';
import { whomToAsk } from '../answers';
import { type ApartTurn, dataOf, saidIn } from '../route';

/** The whole catalogue; or, in one line, the benefit that is meant, with its row open. */
export async function overview(turn: ApartTurn): Promise<AdaptiveCard> {
  const typed = saidIn(turn).benefit;
  const read = await catalogueOf(turn);
  if (typed === undefined) return card(turn, read, {});
  const found = findBenefit(typed, read.benefits);
  if ('one' in found) return open(turn, found.one.id, read);
  if ('several' in found) return card(turn, { ...read, benefits: found.several }, { typed });
  return card(turn, read, { refused: new BenefitError('benefitUnknown', { benefit: typed }) });
}

export async function moreOverview(turn: ApartTurn): Promise<AdaptiveCard> {
  const page = Number(dataOf(turn).page);
  return card(turn, await catalogueOf(turn), { at: { page } });
}

export const openRow = (turn: ApartTurn): Promise<AdaptiveCard> =>
  open(turn, idOf(dataOf(turn), 'benefitId'), catalogueOf(turn));

/** The open row, with other holders. */
export const otherHolders = (turn: ApartTurn): Promise<AdaptiveCard> =>
  open(turn, idOf(dataOf(turn), 'benefitId'), catalogueOf(turn), idOf(dataOf(turn), 'after') || undefined);

/** Stays on the page where the row was. */
export async function closeRow(turn: ApartTurn): Promise<AdaptiveCard> {
  const benefitId = idOf(dataOf(turn), 'benefitId');
  return card(turn, await catalogueOf(turn), { at: { benefitId } });
}

interface Catalogue {
  readonly benefits: readonly Benefit[];
  /** The day that it is for the company. */
  readonly day: Day;
}

async function catalogueOf(turn: ApartTurn): Promise<Catalogue> {
  const [benefits, day] = await Promise.all([turn.ports.ledger.benefits(), today(turn)]);
  return { benefits, day };
}

/** @param after the last holder of the page before */
async function open(
  turn: ApartTurn,
  benefitId: string,
  catalogue: Catalogue | Promise<Catalogue>,
  after?: string,
): Promise<AdaptiveCard> {
  const { person, ports, t } = turn;
  const isAdmin = mayAssign(person.user);
  const [read, holding, ask] = await Promise.all([
    catalogue,
    isAdmin && benefitId !== '' ? holdingOf(ports.ledger, benefitId, after) : null,
    isAdmin || heldOf(person, benefitId) ? null : whomToAsk(t, ports.ledger),
  ]);
  const row = openRowOf(turn, read, benefitId, holding);
  if (!row) return card(turn, read, { refused: new BenefitError('unknownId') });
  return card(turn, read, { at: { benefitId }, open: { ...row, ask } });
}

/** What stands in the open row of a benefit; undefined when there is no such benefit. */
function openRowOf(
  { person, ports }: ApartTurn,
  { benefits, day }: Catalogue,
  benefitId: string,
  holding: Holding | null,
): Omit<OpenRow, 'ask'> | undefined {
  const [entry] = overviewOf(
    benefits.filter(({ id }) => id === benefitId),
    day,
  ).flatMap(({ entries }) => entries);
  if (!entry) return undefined;
  const own = heldOf(person, benefitId) ?? null;
  const isHeld = holding !== null && (holding.isLater || holding.holders.length > 0);
  const handovers = holding?.handovers ?? [];
  const isForPeople = entry.benefit.assignable !== 'none' || isHeld;
  return {
    possible: possibleWith(entry, person.user, day, { isHeld, holds: own !== null }),
    seesHistory: isAnyAdmin(person.user),
    own,
    holding:
      holding && isForPeople
        ? {
            ...holding,
            handovers: handovers.map((handover) => ({
              handover,
              callOffId: newOperationId(ports, person.user.id),
            })),
          }
        : null,
  };
}

interface Shown extends Partial<Pick<Overview, 'at' | 'open' | 'typed'>> {
  readonly refused?: BenefitError;
}

function card(turn: ApartTurn, { benefits, day }: Catalogue, shown: Shown): AdaptiveCard {
  const { t } = turn;
  const { at = { page: 0 }, open: row = null, typed = null, refused } = shown;
  if (refused) turn.refused(refused);
  const refusal = refused ? t(`refusal.${refused.code}`, refused.facts) : null;
  return overviewCard({ groups: overviewOf(benefits, day), at, open: row, typed, refusal }, t);
}

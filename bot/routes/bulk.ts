import { mustBeBenefitsAdmin } from '../../benefits/access';
import { startBulk } from '../../benefits/assignBulk';
import { type Bulk, MOST_LINES, mustBeOwnBulk } from '../../benefits/bulk';
import { dayIn } from '../../benefits/days';
import { BenefitError } from '../../benefits/errors';
import { assignManyCard, LONGEST_PASTED } from '../../cards/assign-many/assignMany';
import type { AdaptiveCard } from '../../cards/bind';
import { bulkProgressCard } from '../../cards/bulkProgress';
import { cellsInText } from '../../dialogs/assign-many/cells';
import { linesOf } from '../../dialogs/assign-many/lines';
import { checkedCard, previewCard } from '../../dialogs/assign-many/preview';
import { idOf, textOf, type Turn } from '../../dialogs/turn';
import { type ApartTurn, dataOf } from '../route';

/** How several people are assigned benefits at once. */
export async function assignMany(turn: ApartTurn): Promise<AdaptiveCard> {
  mustBeBenefitsAdmin(turn.person.user);
  return asked(turn, textOf(dataOf(turn), 'lines').slice(0, LONGEST_PASTED) || null);
}

const asked = ({ t }: Turn, lines: string | null, refusal: BenefitError | null = null): AdaptiveCard =>
  assignManyCard(
    { limit: MOST_LINES, lines, refusal: refusal && t(`refusal.${refusal.code}`, refusal.facts) },
    t,
  );

/** The lines that were pasted into the card. What is refused leaves them there. */
export async function checkLines(turn: ApartTurn): Promise<AdaptiveCard> {
  mustBeBenefitsAdmin(turn.person.user);
  const lines = textOf(dataOf(turn), 'lines').slice(0, LONGEST_PASTED);
  try {
    return await checkedText(turn, lines);
  } catch (error) {
    if (!(error instanceof BenefitError)) throw error;
    turn.refused(error);
    return asked(turn, lines || null, error);
  }
}

/** Lines as they are typed or pasted. @throws BenefitError when they are no list */
export const checkedText = (turn: Turn, text: string): Promise<AdaptiveCard> =>
  checkedRows(turn, cellsInText(text));

/** The rows of a file. @throws BenefitError when they are no list */
export async function checkedRows(turn: Turn, rows: readonly (readonly string[])[]): Promise<AdaptiveCard> {
  mustBeBenefitsAdmin(turn.person.user);
  return checkedCard(turn, linesOf(rows));
}

export async function moreLines(turn: ApartTurn): Promise<AdaptiveCard> {
  return shown(turn, await bulkOf(turn));
}

/** What will become of the lines, or how far they are. */
function shown(turn: ApartTurn, bulk: Bulk): AdaptiveCard | Promise<AdaptiveCard> {
  if (bulk.state !== 'checked') return bulkProgressCard(bulk, turn.t);
  const { part } = dataOf(turn);
  const index =
    typeof part === 'number' && Number.isInteger(part) && part >= 0 && part < bulk.parts ? part : 0;
  return previewCard(turn, bulk, index);
}

/** The worker assigns, and writes over the card how far it is. */
export async function assignAll(turn: ApartTurn): Promise<AdaptiveCard> {
  const { id: bulkId } = await bulkOf(turn);
  const { input, ports, person, t } = turn;
  const messageId = 'verb' in input ? input.inMessage : undefined;
  await startBulk(ports, { bulkId, by: person.user, messageId });
  const bulk = await ports.ledger.bulk(bulkId);
  if (!bulk) throw new BenefitError('unknownId');
  return bulkProgressCard(bulk, t);
}

/** The bulk that a button is about. @throws BenefitError as `mustBeOwnBulk` does */
async function bulkOf(turn: ApartTurn): Promise<Bulk> {
  const bulkId = idOf(dataOf(turn), 'bulkId');
  const bulk = bulkId === '' ? undefined : await turn.ports.ledger.bulk(bulkId);
  mustBeOwnBulk(bulk, turn.person.user);
  return bulk;
}

/** All lines with what became of them, or will, as a file. */
export async function bulkFile(turn: ApartTurn): Promise<AdaptiveCard> {
  const bulk = await bulkOf(turn);
  const { t } = turn;
  const day = dayIn((await turn.company()).timeZone, bulk.at);
  turn.offer({
    what: 'result',
    name: `${t('bulk.fileName.result', { day })}.xlsx`,
    description: t('bulk.fileResult'),
    details: { bulkId: bulk.id },
  });
  return shown(turn, bulk);
}

/** A file to fill in. What is pasted so far stays. */
export async function bulkTemplate(turn: ApartTurn): Promise<AdaptiveCard> {
  const card = await assignMany(turn);
  const { t } = turn;
  const name = `${t('bulk.fileName.template')}.xlsx`;
  turn.offer({ what: 'template', name, description: t('bulk.fileTemplate'), details: {} });
  return card;
}

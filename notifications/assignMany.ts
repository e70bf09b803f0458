import { assignPart } from '../benefits/assignBulk';
import type { Bulk } from '../benefits/bulk';
import type { Stored } from '../benefits/model';
import type { Ports } from '../benefits/ports';
import type { DueOf } from '../benefits/work';
import { bulkProgressCard } from '../cards/bulkProgress';
import type { SendResult, TeamsChannel } from './channel';
import { textsFor } from './readersTexts';

/** Other work of the tenant has its turn after so long. */
const AT_A_LOOK_MS = 5_000;
/** How often the card tells how far it is: others write to the same chat, too. */
const TOLD_EVERY_MS = 3_000;
/** Tried for so long to show how it ended; then whoever wants to know asks for the file. */
const TRIED_FOR_MS = 24 * 3600_000;

/** What the work is done with. */
interface Around {
  readonly ports: Ports;
  readonly teams: TeamsChannel;
  /** Whether another part may be begun. */
  readonly mayGoOn: () => boolean;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  /** Gives a piece of work at storage its deadline. */
  readonly asked: <T>(ask: () => Promise<T>) => Promise<T>;
  /** Waits until something may be sent to that person, and gives that its deadline. */
  readonly paced: (userId: string, send: () => Promise<SendResult>) => Promise<SendResult>;
}

/**
 * Assigns what is left of a bulk, a part after the other, and shows how far it is on the card that it was started
 * from. With more left it stays due, and the next look goes on.
 *
 * @returns how Teams took the last card; the work stays on the list when that is to be tried again
 */
export async function assignMany(around: Around, due: Stored<DueOf<'assignMany'>>): Promise<SendResult> {
  const { ports, mayGoOn, now, asked } = around;
  const until = now() + AT_A_LOOK_MS;
  let toldAt = now();
  let bulk: Bulk | undefined = await asked(() => ports.ledger.bulk(due.bulkId));
  while (bulk?.state === 'assigning' && mayGoOn() && now() < until) {
    bulk = await asked(() => assignPart(ports, due.bulkId));
    if (bulk?.state !== 'assigning' || now() - toldAt < TOLD_EVERY_MS) continue;
    const told = await tell(around, due, bulk);
    if (told.outcome === 'again') return told;
    toldAt = now();
  }
  if (bulk?.state === 'assigning') return { outcome: 'sent' };
  const result: SendResult = bulk ? await tell(around, due, bulk) : { outcome: 'sent' };
  const isOld = ports.now().getTime() - Date.parse(due.since) > TRIED_FOR_MS;
  if (result.outcome !== 'sent' && result.outcome !== 'unreachable' && !isOld) return result;
  await asked(() => ports.ledger.commit([{ of: 'due', before: due }]));
  return { outcome: 'sent' };
}

async function tell(
  { ports, teams, asked, paced }: Around,
  { userId, messageId }: DueOf<'assignMany'>,
  bulk: Bulk,
): Promise<SendResult> {
  const reader = await asked(() => ports.ledger.person(userId));
  const reference = reader?.chat?.reference;
  if (!reference) return { outcome: 'unreachable', reason: 'neverOpened' };
  const card = bulkProgressCard(bulk, await asked(() => textsFor(ports, reader)));
  return paced(userId, () =>
    messageId === undefined ? teams.send(reference, card) : teams.update(reference, messageId, card),
  );
}

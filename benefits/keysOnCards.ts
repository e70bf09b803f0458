import type { Claimed } from './keys';
import type { DueOf } from './work';
import type { Press } from './operations';
import { type Change, ConflictError, type Ports } from './ports';

/** So long keys stay on a card that nobody presses, in milliseconds. */
export const HIDDEN_AFTER_MS = 10 * 60_000;

/** The record without which nothing is shown. */
export function audited(action: string, { operationId, by }: Press, claimed: Claimed): Change {
  const { benefit, keyIds, claimedAt: at } = claimed;
  const details = { keyIds };
  return { of: 'audit', after: { operationId, action, at, by, benefitId: benefit.id, userId: by, details } };
}

/** The work of taking a claim's keys off one message: the same row whenever it is asked for. */
export function hiding(
  { operationId, by }: Press,
  { benefit, claimedAt }: Pick<Claimed, 'benefit' | 'claimedAt'>,
  messageId: string,
): DueOf<'hideKeys'> {
  return {
    kind: 'hideKeys',
    id: `${operationId}-${rowKeyPart(messageId)}`,
    at: new Date(Date.parse(claimedAt) + HIDDEN_AFTER_MS).toISOString(),
    benefitId: benefit.id,
    userId: by,
    messageId,
    claimedAt,
  };
}

const LONGEST_PART = 100;

const rowKeyPart = (messageId: string): string =>
  messageId
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_PART);

/** Keys are shown once more: they will be hidden, too, whatever became of that work. */
export async function keepsHiding({ ledger }: Ports, due: DueOf<'hideKeys'>): Promise<void> {
  if (await ledger.dueWorkById(due.at, due.id)) return;
  await unlessChanged(() => ledger.commit([{ of: 'due', after: due }]));
}

/** The person has gone on in this message: what stands there now is not to be overwritten. */
export async function hidesNoMore(ports: Ports, hiding: DueOf<'hideKeys'>): Promise<void> {
  const { ledger } = ports;
  const due = (await ledger.dueWorkById(hiding.at, hiding.id)) ?? (await postponed(ports, hiding));
  if (due) await unlessChanged(() => ledger.commit([{ of: 'due', before: due }]));
}

/** How much of the due work is looked through: it is the work of about an hour. */
const LOOKED_THROUGH = 1_000;

/** Once its time has come it may be on the list for a later one, since Teams didn't take the card. */
async function postponed({ ledger, now }: Ports, { at, id }: DueOf<'hideKeys'>) {
  if (now().getTime() < Date.parse(at)) return undefined;
  return (await ledger.dueWork(LOOKED_THROUGH, at)).find((due) => due.id === id);
}

async function unlessChanged(commit: () => Promise<void>): Promise<void> {
  try {
    await commit();
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error; // it was done by another press, or the time had come
  }
}

import type { Stored } from './model';
import type { Notice } from './work';
import { newSortedId } from './operations';
import type { Change, Ledger, NewerWork, Ports } from './ports';

export interface Outbox {
  readonly waiting: readonly Stored<Notice>[];
  readonly parked: readonly Stored<Notice>[];
  /** In the last day. */
  readonly sent: readonly Stored<Notice>[];
  /** Messages and due work that wait for a newer program. */
  readonly newer: readonly NewerWork[];
}

export async function outboxOf(ledger: Ledger): Promise<Outbox> {
  const [waiting, parked, sent, newer] = await Promise.all([
    ledger.notices('waiting'),
    ledger.notices('parked'),
    ledger.notices('sent'),
    ledger.newerWork(),
  ]);
  return { waiting, parked, sent, newer };
}

/** Each is three rows of a transaction. */
const AT_ONCE = 30;

/**
 * Parked notices, and those that wait for their next try, are to be tried now.
 * @param ids which; all parked ones when undefined
 * @param write false: only counts them
 * @returns how many
 */
export async function retryNotices(ports: Ports, ids?: readonly string[], write = true): Promise<number> {
  const { waiting, parked } = await outboxOf(ports.ledger);
  const meant = ids ? [...waiting, ...parked].filter(({ id }) => ids.includes(id)) : parked;
  if (!write) return meant.length;
  for (let from = 0; from < meant.length; from += AT_ONCE) {
    await ports.ledger.commit(
      meant.slice(from, from + AT_ONCE).map((before): Change => {
        const { notBefore: _, lastError: __, ...rest } = before;
        return { of: 'notice', before, after: { ...rest, state: 'waiting', tries: 0 } };
      }),
    );
  }
  return meant.length;
}

/**
 * A notice that shall not be sent any more. The audit keeps that it was dropped.
 * @param write false: only looks whether it is there
 * @returns whether it was there
 */
export async function dropNotice(ports: Ports, id: string, write = true): Promise<boolean> {
  const { waiting, parked } = await outboxOf(ports.ledger);
  const before = [...waiting, ...parked].find((notice) => notice.id === id);
  if (!before) return false;
  if (!write) return true;
  const at = ports.now().toISOString();
  const details = { key: before.key, channel: before.channel };
  await ports.ledger.commit([
    { of: 'notice', before },
    {
      of: 'audit',
      after: {
        operationId: `drop-${newSortedId(ports)}`,
        action: 'dropNotice',
        at,
        by: 'operator',
        userId: before.userId,
        details,
      },
    },
  ]);
  return true;
}

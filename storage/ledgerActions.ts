import type { TransactionAction } from '@azure/data-tables';
import type { Change } from '../benefits/ports';
import type { LedgerPartition } from './ledgerPartition';
import type { Fold } from './ledgerKeys';
import { type Row, rowsOf } from './ledgerRows';

/**
 * What a commit writes, row by row.
 * @throws Error when a change could overwrite what somebody else has changed
 */
export function actionsOf(
  changes: readonly Change[],
  rows: LedgerPartition,
  fold: Fold,
): TransactionAction[] {
  mustGuardDeletions(changes);
  return changes.flatMap((change) => actions(change, rows, fold));
}

/** The main row carries the ETag that was read; its index rows change only together with it. */
function actions(change: Change, rows: LedgerPartition, fold: Fold): TransactionAction[] {
  const before = rowsOf(change, 'before', fold);
  const after = rowsOf(change, 'after', fold);
  const etag = 'before' in change ? change.before?.etag : undefined;
  const old = new Map(before.map((row) => [row.rowKey, row]));
  const stays = new Set(after.map(({ rowKey }) => rowKey));
  const [main] = before;
  return [
    ...after.flatMap((row): TransactionAction[] => {
      const was = old.get(row.rowKey);
      const entity = rows.entity(row);
      if (!was) return [['create', entity]];
      if (was.rowKey === main?.rowKey) return [['update', entity, 'Replace', { etag: mustHave(etag, row) }]];
      return JSON.stringify(was.value) === JSON.stringify(row.value) ? [] : [['upsert', entity, 'Replace']];
    }),
    ...before.filter(({ rowKey }) => !stays.has(rowKey)).map(({ rowKey }) => rows.deletion(rowKey)),
  ];
}

function mustHave(etag: string | undefined, { rowKey }: Row): string {
  if (!etag) throw new Error(`a change of ${rowKey} carries no ETag`);
  return etag;
}

/**
 * The client library puts no ETag on a delete within a transaction, so the row of the benefit, whose
 * ETag it does carry, stands guard: whoever changes an assignment or a handover writes that row too.
 */
function mustGuardDeletions(changes: readonly Change[]): void {
  const guarded = new Set(
    changes.map((change) => change.of === 'benefit' && change.before && change.after.id),
  );
  for (const change of changes) {
    if (change.of !== 'assignment' && change.of !== 'handover') continue;
    const benefitId = (change.after ?? change.before)?.benefitId;
    if (!guarded.has(benefitId))
      throw new Error(`a change of what is held of ${benefitId} doesn't write its benefit`);
  }
}

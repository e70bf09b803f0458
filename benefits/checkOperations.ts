import type { Finding } from './findings';
import type { LedgerContents } from './ledgerContents';
import type { AuditRecord, Operation } from './model';
import { CANCEL, KEPT_FOR_MS, OPERATION_ID } from './operations';

/** Purged a little earlier or later: no finding. */
const MARGIN_MS = 3600_000;

/** What a press changed has one audit record, and the operation by which the same press again changes nothing. */
export function operationFindings({ operation, audit }: LedgerContents, now: Date): Finding[] {
  const told = new Map<string, number>();
  const nameOf = (id: string, action: string) => `${action} ${id}`;
  for (const { operationId, action } of audit) {
    const name = nameOf(operationId, action);
    told.set(name, (told.get(name) ?? 0) + 1);
  }
  const done = new Set(operation.map(({ id, action }) => nameOf(id, action)));
  return [
    ...operation.filter(isAudited).flatMap(({ id, row, action }): Finding[] => {
      const count = told.get(nameOf(id, action)) ?? 0;
      if (count === 0) return [{ code: 'unaudited', row, says: `did ${action}, and has no audit record` }];
      if (count > 1)
        return [{ code: 'auditedTwice', row, says: `did ${action}, and has ${count} audit records` }];
      return [];
    }),
    ...audit
      .filter((record) => isPress(record, now) && !done.has(nameOf(record.operationId, record.action)))
      .map(({ row, operationId }): Finding => ({
        code: 'operationGone',
        row,
        says: `tells of the operation ${operationId}, which is not there`,
      })),
  ];
}

/** A cancelled press did nothing; nor did one that would have made something what it was. */
const isAudited = ({ action, outcome }: Operation): boolean =>
  action !== CANCEL && !('isChanged' in outcome && outcome.isChanged === false);

/** Whether the operation of a record is still kept. What operators do, and due work, has none. */
function isPress({ operationId, by }: AuditRecord, now: Date): boolean {
  const time = OPERATION_ID.exec(operationId)?.[1];
  if (time === undefined || by === 'operator') return false;
  return parseInt(time, 36) > now.getTime() - KEPT_FOR_MS + MARGIN_MS;
}

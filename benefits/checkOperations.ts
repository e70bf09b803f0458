import { type Finding, finding } from './findings';
import type { LedgerContents } from './ledgerContents';
import type { AuditRecord, Operation } from './model';
import { CANCEL, KEPT_FOR_MS, OPERATION_ID } from './operations';

/** Purged a little earlier or later: no finding. */
const MARGIN_MS = 3600_000;

/** What a press changed has one audit record, and the operation by which the same press again changes nothing. */
export function operationFindings({ operation, audit }: LedgerContents, now: Date): Finding[] {
  const told = new Map<string, number>();
  for (const { operationId, action } of audit) {
    const name = nameOf(operationId, action);
    told.set(name, (told.get(name) ?? 0) + 1);
  }
  const done = new Set(operation.map(({ id, action }) => nameOf(id, action)));
  return [
    ...operation.filter(isAudited).flatMap((each) => {
      const count = told.get(nameOf(each.id, each.action)) ?? 0;
      if (count === 1) return [];
      const says = `did ${each.action}, and has ${count} audit records`;
      return [finding(count === 0 ? 'unaudited' : 'auditedTwice', each, says)];
    }),
    ...audit
      .filter((record) => isPress(record, now) && !done.has(nameOf(record.operationId, record.action)))
      .map((each) =>
        finding('operationGone', each, `tells of the operation ${each.operationId}, which is not there`),
      ),
  ];
}

const nameOf = (operationId: string, action: string): string => `${action} ${operationId}`;

/** A cancelled press did nothing; nor did one that would have made something what it was. */
const isAudited = ({ action, outcome }: Operation): boolean =>
  action !== CANCEL && !('isChanged' in outcome && outcome.isChanged === false);

/** Whether a press did it whose operation is still kept. What operators do, and due work, has none. */
function isPress({ operationId, by }: AuditRecord, now: Date): boolean {
  const time = OPERATION_ID.exec(operationId)?.[1];
  if (time === undefined || by === 'operator') return false;
  return parseInt(time, 36) > now.getTime() - KEPT_FOR_MS + MARGIN_MS;
}

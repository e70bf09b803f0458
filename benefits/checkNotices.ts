import { type Finding, finding } from './findings';
import type { LedgerContents } from './ledgerContents';
import type { AuditRecord } from './model';

/** What was sent is kept for a day; an hour less, since it is purged by another clock. */
const LOOKED_AT_MS = 23 * 3600_000;

/** Each notice stands in one place, and that somebody was assigned a benefit has one, whatever became of it. */
export function noticeFindings({ notice, audit }: LedgerContents, now: Date): Finding[] {
  const first = new Map<string, string>();
  const twice = notice.flatMap((each) => {
    const other = first.get(each.id);
    if (other !== undefined) return [finding('noticeTwice', each, `is the same notice as ${other}`)];
    first.set(each.id, each.row);
    return [];
  });

  const told = new Set(
    notice.flatMap(({ key, userId, facts }) => (key === 'assigned' ? [`${facts.madeBy} ${userId}`] : [])),
  );
  const dropped = new Set(audit.flatMap((each) => (isDropped(each) ? [each.userId] : [])));
  const since = new Date(now.getTime() - LOOKED_AT_MS).toISOString();
  const lost = audit.filter(
    (record) =>
      isToldToHolder(record) &&
      record.at > since &&
      !dropped.has(record.userId) &&
      !told.has(`${record.operationId} ${record.userId}`),
  );
  return [
    ...twice,
    ...lost.map((each) =>
      finding(
        'noticeLost',
        each,
        `gave ${each.userId} a benefit; the notice of it is neither sent nor waiting`,
      ),
    ),
  ];
}

/** Who assigns it to themselves sees it happen. */
const isToldToHolder = ({ action, by, userId }: AuditRecord): boolean =>
  (action === 'assign' || action === 'reassign') && by !== userId;

/** An operator has given it up for good. */
const isDropped = ({ action, details }: AuditRecord): boolean =>
  action === 'dropNotice' && details !== undefined && 'key' in details && details.key === 'assigned';

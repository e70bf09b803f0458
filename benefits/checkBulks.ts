import { type Finding, finding } from './findings';
import type { LedgerContents } from './ledgerContents';

/** A list under way has all its parts, and the work that goes on with it. */
export function bulkFindings({ bulk, bulkPart, due }: LedgerContents): Finding[] {
  const parts = new Map<string, number>();
  for (const { bulkId } of bulkPart) parts.set(bulkId, (parts.get(bulkId) ?? 0) + 1);
  const atWork = new Set(due.flatMap((work) => (work.kind === 'assignMany' ? [work.bulkId] : [])));
  return bulk.flatMap((each) => {
    const there = parts.get(each.id) ?? 0;
    if (there !== each.parts)
      return [finding('bulkLost', each, `has ${each.parts} parts, of which ${there} are there`)];
    const isForgotten = each.state === 'assigning' && !atWork.has(each.id);
    return isForgotten ? [finding('bulkLost', each, 'is being assigned, and no due work does it')] : [];
  });
}

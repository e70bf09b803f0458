import { bulkFindings } from './checkBulks';
import { keyFindings } from './checkKeys';
import { noticeFindings } from './checkNotices';
import { operationFindings } from './checkOperations';
import { companyFindings, danglingFindings, syncFindings } from './checkPeople';
import { requestFindings } from './checkRequests';
import { historyFindings, seatFindings } from './checkSeats';
import type { Finding } from './findings';
import type { LedgerContents } from './ledgerContents';

/** Where all that a company's partition holds can be read. */
export interface LedgerReader {
  contents(tenantId: string): Promise<LedgerContents>;
}

/**
 * Everything in a company's ledger that breaks an invariant; empty when nothing does. Repairs nothing.
 *
 * It may run while the bot works. Rows are read page by page, so that what a look finds may only lie between two
 * moments: it looks again, and tells what shows at the very same row, unchanged since. Whoever changes what a
 * counter counts writes the counter's row too, so that a fault of this kind is none of a moment.
 */
export async function checkLedger(tables: LedgerReader, tenantId: string, now: Date): Promise<Finding[]> {
  const first = findingsIn(await tables.contents(tenantId), now);
  if (first.length === 0) return [];
  const before = new Set(first.map(nameOf));
  const again = findingsIn(await tables.contents(tenantId), now).filter((each) => before.has(nameOf(each)));
  return again.sort((one, other) => (one.row < other.row ? -1 : 1));
}

const nameOf = ({ code, row, etag }: Finding): string => `${code} ${row} ${etag}`;

/** What one look finds. @param now what is kept only for a time is missed only within it */
export function findingsIn(contents: LedgerContents, now: Date): Finding[] {
  return [
    ...contents.faults,
    ...companyFindings(contents),
    ...danglingFindings(contents),
    ...syncFindings(contents),
    ...seatFindings(contents),
    ...historyFindings(contents),
    ...keyFindings(contents),
    ...requestFindings(contents),
    ...bulkFindings(contents),
    ...operationFindings(contents, now),
    ...noticeFindings(contents, now),
  ];
}

import { keyFindings } from './checkKeys';
import { noticeFindings } from './checkNotices';
import { operationFindings } from './checkOperations';
import { companyFindings, danglingFindings } from './checkPeople';
import { requestFindings } from './checkRequests';
import { historyFindings, seatFindings } from './checkSeats';
import type { Finding } from './findings';
import type { LedgerContents } from './ledgerContents';

/** Where all that a company's partition holds can be read. */
export interface LedgerReader {
  contents(tenantId: string): Promise<LedgerContents>;
}

/** While the bot works, what one look finds may be two moments: what every look finds is not. */
const LOOKS = 3;

/**
 * Everything in a company's ledger that breaks an invariant; empty when nothing does. Repairs nothing. It may run
 * while the bot works: the partition is read again when something is found, and only what was found each time is
 * told, as it was seen last.
 */
export async function checkLedger(tables: LedgerReader, tenantId: string, now: Date): Promise<Finding[]> {
  let found: Finding[] = [];
  for (let look = 1; look <= LOOKS; look++) {
    const before = new Set(found.map(nameOf));
    const seen = findingsIn(await tables.contents(tenantId), now);
    found = look === 1 ? seen : seen.filter((finding) => before.has(nameOf(finding)));
    if (found.length === 0) break;
  }
  return found.sort((one, other) => (one.row < other.row ? -1 : 1));
}

const nameOf = ({ code, row }: Finding): string => `${code} ${row}`;

/** What one look finds. @param now what is kept only for a time is missed only within it */
export function findingsIn(contents: LedgerContents, now: Date): Finding[] {
  return [
    ...contents.faults,
    ...companyFindings(contents),
    ...danglingFindings(contents),
    ...seatFindings(contents),
    ...historyFindings(contents),
    ...keyFindings(contents),
    ...requestFindings(contents),
    ...operationFindings(contents, now),
    ...noticeFindings(contents, now),
  ];
}

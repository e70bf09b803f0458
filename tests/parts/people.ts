import type { TransactionAction } from '@azure/data-tables';
import { tableClient } from './tables';

const MOST_IN_A_TRANSACTION = 100;

/**
 * Puts so many users into a company, `many-00000` and on, each of whom holds one benefit: only the rows by user, without
 * lists, search and counters, so that it is quick.
 */
export async function putManyPeople(tenantId: string, count: number, benefitId: string): Promise<void> {
  const adele = {
    id: 'adele-vance',
    email: 'adele.vance@contoso.com',
    displayName: 'Adele Vance',
    active: true,
  };
  const rows = Array.from({ length: count }, (_, n) => {
    const id = `many-${String(n).padStart(5, '0')}`;
    const user = { id, email: `${id}@contoso.com`, displayName: `Many ${n}`, roles: [], active: true };
    const assignment = {
      ...{ benefitId, userId: id, status: 'active', assignedAt: '2026-03-10T12:00:00.000Z' },
      ...{ assignedBy: adele, operationId: `op-${n}` },
    };
    return [row(`u!${id}`, user), row(`u!${id}!a!${benefitId}`, assignment)];
  }).flat();
  for (let at = 0; at < rows.length; at += MOST_IN_A_TRANSACTION) {
    await tableClient('Ledger').submitTransaction(rows.slice(at, at + MOST_IN_A_TRANSACTION));
  }

  function row(rowKey: string, value: object): TransactionAction {
    return ['create', { partitionKey: tenantId, rowKey, v: 1, data: JSON.stringify(value) }];
  }
}

import { randomBytes } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { turnScope } from '../../bot/turnScope';
import type { CallScope } from '../../storage/callScope';
import type { EntityTable } from '../../storage/entityTable';
import { openTable } from '../../storage/tables';

/**
 * A fresh, empty table of this test's own in the run's Azurite. `name` (letters and digits, a letter first) only
 * helps to tell tables apart.
 */
export async function testTable(name: string): Promise<TableClient> {
  const table = tableClient(`${name}${randomBytes(8).toString('hex')}`);
  await table.createTable();
  return table;
}

/** A client of its own, as another process would have it, on a table of the run's Azurite or of another. */
export function tableClient(tableName: string, connectionString = testStorage()): TableClient {
  return TableClient.fromConnectionString(connectionString, tableName, { allowInsecureConnection: true });
}

/** The same as the bot has it. */
export const entityTable = (tableName: string, scope: CallScope = turnScope): EntityTable =>
  openTable({ connectionString: testStorage() }, tableName, scope);

function testStorage(): string {
  const connectionString = process.env.TEST_STORAGE;
  if (!connectionString)
    throw new Error('TEST_STORAGE is not set: tests run under tests/parts/globalSetup.ts.');
  return connectionString;
}

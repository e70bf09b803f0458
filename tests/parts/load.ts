import { odata, type TableEntity } from '@azure/data-tables';
import { type CompanyFile, importCompany } from '../../benefits/importCompany';
import { placeOf } from '../../benefits/keys';
import type { KeyCipher, Ports } from '../../benefits/ports';
import type { ProductKey } from '../../benefits/productKey';
import { tableClient } from './tables';

interface Row {
  readonly rowKey: string;
  readonly v: number;
  readonly data: string;
}

/** What was loaded before in this process, by its file. */
const loaded = new Map<string, { readonly tenantId: string; readonly rows: readonly Row[] }>();
const MOST_IN_A_TRANSACTION = 100;

/**
 * Loads a company as the operator does; the same file again as a copy of its rows, which is much quicker, and its
 * product keys sealed for their new place.
 */
export async function loadCompany(
  ports: Ports,
  tenantId: string,
  cipherOf: (tenantId: string) => KeyCipher,
  file: CompanyFile,
): Promise<void> {
  const name = JSON.stringify(file);
  const known = loaded.get(name);
  if (!known) {
    await importCompany(ports, file, false);
    loaded.set(name, { tenantId, rows: await rowsOf(tenantId) });
    return;
  }
  const from = cipherOf(known.tenantId);
  const rows = known.rows.map((row) => ({
    ...row,
    partitionKey: tenantId,
    data: dataOf(row, from, ports.cipher),
  }));
  for (let at = 0; at < rows.length; at += MOST_IN_A_TRANSACTION) {
    const some = rows.slice(at, at + MOST_IN_A_TRANSACTION);
    await tableClient('Ledger').submitTransaction(some.map((row) => ['create', row]));
  }
}

/**
 * Takes a company's rows out again: Azurite grows slow with those of all the tests before.
 * @returns the rows, as they were stored
 */
export async function unloadCompany(tenantId: string): Promise<Row[]> {
  const rows = await rowsOf(tenantId);
  for (let at = 0; at < rows.length; at += MOST_IN_A_TRANSACTION) {
    const some = rows.slice(at, at + MOST_IN_A_TRANSACTION);
    const gone = some.map(
      ({ rowKey }) => ['delete', { partitionKey: tenantId, rowKey }] as ['delete', TableEntity],
    );
    await tableClient('Ledger').submitTransaction(gone);
  }
  return rows;
}

async function rowsOf(tenantId: string): Promise<Row[]> {
  const rows: Row[] = [];
  const filter = odata`PartitionKey eq ${tenantId}`;
  for await (const row of tableClient('Ledger').listEntities<Row>({ queryOptions: { filter } })) {
    rows.push({ rowKey: row.rowKey, v: row.v, data: row.data });
  }
  return rows;
}

function dataOf({ rowKey, data }: Row, from: KeyCipher, to: KeyCipher): string {
  if (!rowKey.startsWith('bk!')) return data;
  const key = JSON.parse(data) as ProductKey;
  const opened = from.open(key.sealed, placeOf(key));
  const [mark] = to.marks(opened, key.benefitId);
  return JSON.stringify({ ...key, sealed: to.seal(opened, placeOf(key)), mark });
}

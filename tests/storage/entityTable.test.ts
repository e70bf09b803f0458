import {
  AzureNamedKeyCredential,
  generateTableSas,
  odata,
  type TableClient,
  type TableSasPermissions,
} from '@azure/data-tables';
import fc from 'fast-check';
import { turnScope } from '../../bot/turnScope';
import type { Entity, EntityTable, Query } from '../../storage/entityTable';
import { openTable } from '../../storage/tables';
import { ACCOUNT, ACCOUNT_KEY } from '../parts/azurite';
import { entityTable, testTable } from '../parts/tables';

interface Columns {
  readonly data: string;
}

let client: TableClient;
let table: EntityTable;
beforeEach(async () => {
  client = await testTable('entities');
  table = entityTable(client.tableName);
});

const key = (rowKey: string, partitionKey = 'p') => ({ partitionKey, rowKey });

/** Of the run's Azurite. */
const endpoint = () => /http:[^;]+/.exec(process.env.TEST_STORAGE ?? '')?.[0];

/** The code is what the rest of storage tells errors apart by. */
const refused = (code: string, statusCode: number) => ({ name: 'RestError', code, statusCode });

async function pagesOf(of: EntityTable, query: Query): Promise<(readonly Entity<Columns>[])[]> {
  const pages: (readonly Entity<Columns>[])[] = [];
  for await (const page of of.pages<Columns>(query)) pages.push(page);
  return pages;
}

describe('beside the client', () => {
  it('reads and writes the same, whatever stands in keys and columns', async () => {
    // All that a key may hold: no slashes, no control characters.
    const keyText = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((text) => !/[/\\#?\p{C}]/u.test(text));
    await fc.assert(
      fc.asyncProperty(
        keyText,
        keyText,
        fc.string({ unit: 'grapheme' }),
        async (partitionKey, rowKey, data) => {
          await client.upsertEntity({ partitionKey, rowKey, data }, 'Replace');
          const read = await table.get<Columns>(key(rowKey, partitionKey));
          expect(read).toMatchObject({ RowKey: rowKey, data });
          const [rows] = await pagesOf(table, {
            filter: odata`PartitionKey eq ${partitionKey} and RowKey eq ${rowKey}`,
            select: ['RowKey', 'data'],
          });
          expect(rows).toMatchObject([{ RowKey: rowKey, data, 'odata.etag': read?.['odata.etag'] }]);

          const etag = await table.replace(
            key(rowKey, partitionKey),
            { data: `${data}!` },
            read?.['odata.etag'],
          );
          expect(await client.getEntity(partitionKey, rowKey)).toMatchObject({ data: `${data}!`, etag });
          await table.delete(key(rowKey, partitionKey), etag);
          await table.create(key(rowKey, partitionKey), { data });
          expect(await client.getEntity(partitionKey, rowKey)).toMatchObject({ partitionKey, rowKey, data });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('pages to the end, over keys of any letters', async () => {
    const rowKeys = ["a'b", 'a b', 'a%2B', 'a+b', 'a&b=c', 'é', '日本'].sort();
    for (const rowKey of rowKeys) await client.createEntity({ partitionKey: "O'Neil & co", rowKey });
    const filter = odata`PartitionKey eq ${"O'Neil & co"}`;
    const pages = await pagesOf(table, { filter, select: ['RowKey'], pageSize: 2 });
    expect(pages.map((page) => page.length)).toEqual([2, 2, 2, 1]);
    expect(pages.flat().map(({ RowKey }) => RowKey)).toEqual(rowKeys);
  });

  it('signs in with the key of the account, wherever it stands in the connection string', async () => {
    const spaced = `TableEndpoint=${endpoint()}; accountkey=${ACCOUNT_KEY} ; accountName=${ACCOUNT} ;DefaultEndpointsProtocol=http`;
    const opened = openTable({ connectionString: spaced }, client.tableName, turnScope);
    await opened.create(key('one'), { data: 'x' });
    expect(await opened.get(key('one'))).toMatchObject({ data: 'x' });
    await opened.delete(key('one'));

    const wrong = spaced.replace(ACCOUNT_KEY, Buffer.from('another').toString('base64'));
    const stranger = openTable({ connectionString: wrong }, client.tableName, turnScope);
    await expect(stranger.get(key('one'))).rejects.toMatchObject({ statusCode: 403 });
  });

  it('signs in with a shared access signature, too', async () => {
    const account = new AzureNamedKeyCredential(ACCOUNT, ACCOUNT_KEY);
    const signedFor = (permissions: TableSasPermissions) => {
      const signature = generateTableSas(client.tableName, account, { permissions });
      return `TableEndpoint=${endpoint()};SharedAccessSignature=${signature}`;
    };
    const opened = (permissions: TableSasPermissions) =>
      openTable({ connectionString: signedFor(permissions) }, client.tableName, turnScope);
    const signed = opened({ query: true, add: true });
    await signed.create(key('one'), { data: 'x' });
    expect(await signed.get(key('one'))).toMatchObject({ data: 'x' });
    const pages = await pagesOf(signed, { filter: "PartitionKey eq 'p'", select: ['data'] });
    expect(pages).toMatchObject([[{ data: 'x' }]]);

    const unfit = opened({ query: true }).create(key('two'), { data: 'x' });
    await expect(unfit).rejects.toMatchObject(refused('AuthorizationPermissionMismatch', 403));
  });
});

describe('what the service refuses', () => {
  it('is told as the client tells it', async () => {
    await table.create(key('one'), { data: 'x' });
    await expect(table.create(key('one'), { data: 'y' })).rejects.toMatchObject(
      refused('EntityAlreadyExists', 409),
    );
    const etag = await table.replace(key('one'), { data: 'z' });
    await table.replace(key('one'), { data: 'other' });
    const late = table.replace(key('one'), { data: 'late' }, etag);
    await expect(late).rejects.toMatchObject(refused('UpdateConditionNotSatisfied', 412));
    const gone = table.replace(key('none'), { data: 'x' }, etag);
    await expect(gone).rejects.toMatchObject(refused('ResourceNotFound', 404));
    expect(await table.get(key('one'))).toMatchObject({ data: 'other' });
  });

  it('is no absent row when the table is missing', async () => {
    expect(await table.get(key('none'))).toBeUndefined();
    await client.deleteTable();
    await expect(table.get(key('none'))).rejects.toMatchObject(refused('TableNotFound', 404));
    const list = pagesOf(table, { filter: "PartitionKey eq 'p'", select: ['data'] });
    await expect(list).rejects.toMatchObject(refused('TableNotFound', 404));
  });
});

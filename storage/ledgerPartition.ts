import { odata, type TransactionAction } from '@azure/data-tables';
import type { Stored } from '../benefits/model';
import type { Entity, EntityTable } from './entityTable';
import type { Row } from './ledgerRows';
import { isConflict } from './serviceError';

interface StoredRow {
  readonly v: number;
  readonly data: string;
}

export interface Found<T> {
  readonly rowKey: string;
  readonly value: Stored<T>;
}

/** A row in a form that only a newer program knows. */
export interface NewerRow {
  readonly rowKey: string;
  readonly version: number;
}

export interface RangeOptions {
  readonly limit?: number;
  /** What to do about a row that only a newer program can read; without it, it is refused. */
  readonly onNewer?: (row: NewerRow) => void;
}

/** A row as it is stored, whoever wrote it. */
export interface RawRow {
  readonly rowKey: string;
  readonly etag: string;
  readonly v: unknown;
  readonly data: unknown;
}

/** The form that rows are written in. Older forms are lifted when they are read; a newer one is refused. */
export const ROW_VERSION = 1;
const MOST_IN_A_TRANSACTION = 100;
/** What is read of a row: of a list, all else that the service says of each one is a fifth of the work. */
const COLUMNS = ['RowKey', 'v', 'data'];

/** One tenant's rows in the table `Ledger`: JSON in and out, pages, conflicts. */
export class LedgerPartition {
  constructor(
    private readonly table: EntityTable,
    private readonly tenantId: string,
    /** Makes the error that tells the domain to read and decide again. */
    private readonly conflict: (message: string, cause: unknown) => Error,
  ) {}

  async point<T extends object>(rowKey: string): Promise<Stored<T> | undefined> {
    const row = await this.table.get<StoredRow>(this.key(rowKey));
    return row && read<T>(row).value;
  }

  /**
   * Rows from a key up to, and without, another; to the last page, or to `limit` rows.
   * @throws what `onNewer` throws
   */
  async range<T extends object>(
    from: string,
    to: string,
    { limit = Infinity, onNewer = refuse }: RangeOptions = {},
  ): Promise<Found<T>[]> {
    const filter = odata`PartitionKey eq ${this.tenantId} and RowKey ge ${from} and RowKey lt ${to}`;
    const rows: Found<T>[] = [];
    for await (const page of this.table.pages<StoredRow>({ filter, select: COLUMNS, pageSize: limit })) {
      for (const row of page) {
        if (row.v > ROW_VERSION) onNewer({ rowKey: row.RowKey, version: row.v });
        else rows.push(read<T>(row));
      }
      if (rows.length >= limit) break;
    }
    return rows.slice(0, limit);
  }

  /** Every row of the partition, however many pages they are: each has a deadline of its own outside a scope. */
  async raw(told: (rows: number) => void = () => {}): Promise<RawRow[]> {
    const filter = odata`PartitionKey eq ${this.tenantId}`;
    const rows: RawRow[] = [];
    for await (const page of this.table.pages<StoredRow>({ filter, select: COLUMNS })) {
      for (const { RowKey: rowKey, 'odata.etag': etag, v, data } of page)
        rows.push({ rowKey, etag, v, data });
      told(rows.length);
    }
    return rows;
  }

  /** One entity group transaction. @throws what `conflict` makes */
  submit(actions: TransactionAction[]): Promise<void> {
    return this.write(() => this.table.submit(actions));
  }

  /** Creates a row, or replaces the one that was read with this ETag. @throws what `conflict` makes */
  put({ rowKey, value }: Row, etag: string | undefined): Promise<void> {
    const key = this.key(rowKey);
    return this.write(() =>
      etag ? this.table.replace(key, columnsOf(value), etag) : this.table.create(key, columnsOf(value)),
    );
  }

  /** Deletes the rows from a key up to, and without, another; what only a newer program can read stays. */
  async deleteRange(from: string, to: string): Promise<void> {
    // A newer program tidies up its own.
    const rows = await this.range(from, to, { onNewer: () => {} });
    for (let at = 0; at < rows.length; at += MOST_IN_A_TRANSACTION) {
      await this.submit(
        rows.slice(at, at + MOST_IN_A_TRANSACTION).map(({ rowKey }) => this.deletion(rowKey)),
      );
    }
  }

  deletion(rowKey: string): TransactionAction {
    return ['delete', this.key(rowKey)];
  }

  entity({ rowKey, value }: Row) {
    return { ...this.key(rowKey), ...columnsOf(value) };
  }

  private key(rowKey: string) {
    return { partitionKey: this.tenantId, rowKey };
  }

  private async write(send: () => Promise<unknown>): Promise<void> {
    try {
      await send();
    } catch (error) {
      if (isConflict(error)) throw this.conflict('the ledger was changed meanwhile', error);
      throw error;
    }
  }
}

const columnsOf = (value: object): StoredRow => ({ v: ROW_VERSION, data: jsonOf(value) });

/** On one line to everybody: Azurite takes these two for the end of a line, and the transaction apart there. */
const jsonOf = (value: object): string =>
  JSON.stringify(value).replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`);

function read<T extends object>({
  RowKey: rowKey,
  v,
  data,
  'odata.etag': etag,
}: Entity<StoredRow>): Found<T> {
  if (v > ROW_VERSION) refuse({ rowKey, version: v });
  return { rowKey, value: Object.assign(JSON.parse(data) as T, { etag }) }; // written by `entity`, nobody else writes the table
}

/** @throws Error always: what can't be read is never taken for absent */
export function refuse({ rowKey, version }: NewerRow): never {
  throw new Error(`row ${rowKey} has version ${version}, this program knows ${ROW_VERSION}: update it`);
}

import { odata, type TableClient } from '@azure/data-tables';
import { tableClient } from './tables';

interface Row {
  readonly v: number;
  readonly data: string;
}
type Value = Readonly<Record<string, unknown>>;

/** A company's rows, to be broken by hand and mended again. A row is named by the start of its key. */
export class BrokenLedger {
  private readonly table: TableClient = tableClient('Ledger');
  private readonly touched = new Set<string>();

  private constructor(
    private readonly tenantId: string,
    private readonly whole: ReadonlyMap<string, Row>,
  ) {}

  /** As it is now, it is whole. */
  static async of(tenantId: string): Promise<BrokenLedger> {
    const rows = new Map<string, Row>();
    const filter = odata`PartitionKey eq ${tenantId}`;
    for await (const row of tableClient('Ledger').listEntities<Row>({ queryOptions: { filter } })) {
      rows.set(row.rowKey ?? '', { v: row.v, data: row.data });
    }
    return new BrokenLedger(tenantId, rows);
  }

  /** The first row of these whose value is like that. */
  row(prefix: string, isLike: (value: Value) => boolean = () => true): string {
    const found = [...this.whole].find(
      ([key, { data }]) => key.startsWith(prefix) && isLike(JSON.parse(data) as Value),
    );
    if (!found) throw new Error(`there is no row ${prefix}`);
    return found[0];
  }

  value(prefix: string): Value {
    return JSON.parse(this.whole.get(this.row(prefix))?.data ?? '') as Value;
  }

  async changes(change: Value, ...prefixes: string[]): Promise<void> {
    for (const prefix of prefixes) await this.adds(this.row(prefix), { ...this.value(prefix), ...change });
  }

  async removes(...prefixes: string[]): Promise<void> {
    for (const key of prefixes.map((prefix) => this.row(prefix))) {
      this.touched.add(key);
      await this.table.deleteEntity(this.tenantId, key);
    }
  }

  async adds(key: string, value: Value): Promise<void> {
    await this.writes(key, { v: 1, data: JSON.stringify(value) });
  }

  async writes(key: string, row: Partial<Row>): Promise<void> {
    this.touched.add(key);
    const entity = {
      partitionKey: this.tenantId,
      rowKey: key,
      v: 1,
      data: '{}',
      ...this.whole.get(key),
      ...row,
    };
    await this.table.upsertEntity(entity, 'Replace');
  }

  async mends(): Promise<void> {
    for (const key of this.touched) {
      const row = this.whole.get(key);
      if (row) await this.writes(key, row);
      else await this.table.deleteEntity(this.tenantId, key);
    }
    this.touched.clear();
  }
}

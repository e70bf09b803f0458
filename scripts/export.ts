import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Export, type ExportName, EXPORTS, openExport, type Page } from '../benefits/exports';
import type { Ledger } from '../benefits/ports';
import { csvOf } from '../bot/exports/csv';
import { xlsxOf } from '../bot/exports/xlsx';
import { openTenant, UsageError } from './operator';
import { printResult, progress } from './output';

export interface ExportOptions {
  readonly tenant: string;
  readonly what?: string;
  readonly format?: string;
  readonly out?: string;
  readonly json: boolean;
}

/** Which tables, in which form, and where to. */
interface Order {
  readonly names: readonly ExportName[];
  readonly format: 'csv' | 'xlsx';
  readonly out?: string;
}

/** `export`: tables of a company as CSV or XLSX; of a file, what is there is replaced once the new one is whole. */
export async function exportTables({ tenant, json, ...options }: ExportOptions): Promise<void> {
  const { names, format, out } = orderOf(options);
  if (out === undefined && json) throw new UsageError('--json goes with --out: stdout is the table without');
  const { ports } = await openTenant(tenant);
  const tables = new CountedTables(ports.ledger, ports.now());
  if (format === 'xlsx') await save(out ?? '', xlsxOf(tables.all(names)));
  else {
    for (const name of names) {
      const lines = csvOf(await tables.open(name));
      if (out === undefined) return await pipeline(lines, process.stdout, { end: false });
      await save(names.length > 1 ? join(out, `${name}.csv`) : out, lines);
    }
  }
  const counts = () => Object.entries(tables.rows).map(([name, count]) => `${name} ${count}`);
  printResult(json, { out, format, rows: tables.rows }, () => `${out}: rows of ${counts().join(', ')}`);
}

function orderOf({ what = 'all', format = 'csv', out }: Omit<ExportOptions, 'tenant' | 'json'>): Order {
  const names = EXPORTS.filter((name) => what === 'all' || what === name);
  if (names.length === 0) throw new UsageError(`--what is ${EXPORTS.join(', ')} or all, not ${what}`);
  if (format !== 'csv' && format !== 'xlsx') throw new UsageError(`--format is csv or xlsx, not ${format}`);
  if (format === 'xlsx' && out === undefined) throw new UsageError('--out FILE is missing');
  if (names.length > 1 && out === undefined) throw new UsageError('--out FOLDER is missing');
  return { names, format, out };
}

/** Opens tables, counts their rows, and tells how far they are. */
class CountedTables {
  readonly rows: Partial<Record<ExportName, number>> = {};

  constructor(
    private readonly ledger: Ledger,
    private readonly now: Date,
  ) {}

  async *all(names: readonly ExportName[]): AsyncGenerator<Export> {
    for (const name of names) yield await this.open(name);
  }

  async open(name: ExportName): Promise<Export> {
    const table = await openExport(this.ledger, name, this.now);
    this.rows[name] = 0;
    return { ...table, pages: this.counted(table) };
  }

  private async *counted({ name, pages }: Export): AsyncGenerator<Page> {
    const told = progress(`rows of ${name}`, 5_000);
    let count = 0;
    for await (const page of pages) {
      yield page;
      told((count += page.length));
      this.rows[name] = count;
    }
  }
}

/** Half a file never stands there under its name. It is for its owner only: people and addresses are in it. */
async function save(path: string, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  try {
    await pipeline(chunks, createWriteStream(part, { mode: 0o600 }));
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

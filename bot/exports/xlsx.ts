import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { Table } from '../../benefits/exports';
import { partsAround, SHEET_END, SHEET_START, sheetRow } from './sheetXml';

/** Excel's own limit, the row of column names included. */
const MOST_ROWS = 1_048_576;
/** The earliest that a zip can tell: the same tables make the same file. */
const NO_TIME = new Date(1980, 0, 1);

/**
 * A workbook with a sheet for each table, and further ones, `audit 2`, for one that is longer than a sheet can be. Each
 * chunk is made of one page, when it is asked for.
 */
export async function* xlsxOf(
  tables: AsyncIterable<Table> | Iterable<Table>,
  mostRows = MOST_ROWS,
): AsyncGenerator<Uint8Array> {
  const file = new ZipStream();
  const names: string[] = [];
  for await (const each of tables) {
    let rows = newSheet(each);
    for await (const page of each.pages) {
      for (const cells of page) {
        if (rows === mostRows) rows = newSheet(each);
        file.writes(sheetRow(cells, ++rows));
      }
      yield file.take();
    }
  }
  file.writes(SHEET_END);
  for (const [name, xml] of Object.entries(partsAround(names))) {
    file.begins(name);
    file.writes(xml);
  }
  yield file.end();

  /** @returns how many rows it has */
  function newSheet({ name, columns }: Table): number {
    const before = names.filter((each) => each.split(' ')[0] === name).length;
    if (names.length > 0) file.writes(SHEET_END);
    names.push(before === 0 ? name : `${name} ${before + 1}`);
    file.begins(`xl/worksheets/sheet${names.length}.xml`);
    file.writes(SHEET_START + sheetRow(columns, 1, 'heading'));
    return 1;
  }
}

/** One file after the other into a zip, of which only what nobody has taken yet is held. */
class ZipStream {
  private made: Uint8Array[] = [];
  private part: ZipDeflate | undefined;
  private readonly zip = new Zip((error, chunk) => {
    if (error) throw error;
    this.made.push(chunk);
  });

  begins(name: string): void {
    this.part?.push(new Uint8Array(), true);
    this.part = new ZipDeflate(name, { level: 6 });
    this.part.mtime = NO_TIME;
    this.zip.add(this.part);
  }

  writes(text: string): void {
    this.part?.push(strToU8(text));
  }

  take(): Uint8Array {
    return Buffer.concat(this.made.splice(0));
  }

  end(): Uint8Array {
    this.part?.push(new Uint8Array(), true);
    this.zip.end();
    return this.take();
  }
}

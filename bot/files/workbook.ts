import { posix } from 'node:path';
import { filledRows } from '../../dialogs/assign-many/cells';
import { Unpacker } from './unzip';
import { readXml } from './xml';

/** XLSX files (ECMA-376), as much of them as a table wants. */

const BOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const STRINGS = 'xl/sharedStrings.xml';
/** Further right, nobody has a table: a cell there would make a row of thousands. */
const MOST_COLUMNS = 256;

/**
 * The rows of the first sheet, cells as they would be typed: what a formula comes to, an error as its text; a date is
 * the number that it is kept as.
 * @param mostRows reads no further than the row after so many
 * @throws Error when it is no workbook
 */
export function sheetCells(file: Uint8Array, mostRows: number): string[][] {
  const unpacker = new Unpacker(file);
  const parts = unpacker.parts([BOOK, RELATIONS, STRINGS]);
  const path = firstSheet(needed(parts, BOOK), needed(parts, RELATIONS));
  const strings = parts.get(STRINGS);
  const sheet = needed(unpacker.parts([path]), path);
  return rowsOf(sheet, strings ? sharedStrings(strings) : [], mostRows);
}

function needed(parts: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const part = parts.get(name);
  if (!part) throw new Error(`there is no ${name}`);
  return part;
}

/** The order of the sheets is the workbook's; where each is, its relations say. */
function firstSheet(book: Uint8Array, relations: Uint8Array): string {
  const ids: (string | undefined)[] = [];
  readXml(book, { opens: ({ name, attribute }) => name === 'sheet' && ids.push(attribute('id')) });
  const targets = new Map<string | undefined, string | undefined>();
  readXml(relations, {
    opens: ({ name, attribute }) =>
      name === 'Relationship' && targets.set(attribute('Id'), attribute('Target')),
  });
  const target = ids[0] && targets.get(ids[0]);
  if (!target) throw new Error('there is no sheet');
  return target.startsWith('/') ? target.slice(1) : posix.join('xl', target);
}

/** What makes up a string: runs of it, but not how they are pronounced. */
class StringReader {
  private text = '';
  private isIn = false;
  private pronounced = 0;

  opens(name: string): void {
    if (name === 'rPh') this.pronounced += 1;
    this.isIn = name === 't' && this.pronounced === 0;
  }

  closes(name: string): void {
    if (name === 'rPh') this.pronounced -= 1;
    this.isIn = false;
  }

  takes(text: string): void {
    if (this.isIn) this.text += text;
  }

  end(): string {
    const text = unescaped(this.text);
    this.text = '';
    return text;
  }
}

function sharedStrings(xml: Uint8Array): string[] {
  const strings: string[] = [];
  const reader = new StringReader();
  readXml(xml, {
    opens: ({ name }) => reader.opens(name),
    closes(name) {
      reader.closes(name);
      if (name === 'si') strings.push(reader.end());
    },
    text: (text) => reader.takes(text),
  });
  return strings;
}

/** Thrown to stop reading. */
class Enough extends Error {}

function rowsOf(xml: Uint8Array, strings: readonly string[], mostRows: number): string[][] {
  const rows: string[][] = [];
  const reader = new SheetReader(strings, (row) => {
    rows.push(...filledRows([row]));
    if (rows.length > mostRows) throw new Enough();
  });
  try {
    reader.read(xml);
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return rows;
}

class SheetReader {
  private row: string[] = [];
  private column = 0;
  private type = '';
  private value = '';
  private isValue = false;
  private readonly inline = new StringReader();

  constructor(
    private readonly strings: readonly string[],
    private readonly onRow: (row: string[]) => void,
  ) {}

  read(xml: Uint8Array): void {
    readXml(xml, {
      opens: ({ name, parent, attribute }) => {
        this.inline.opens(name);
        this.isValue = name === 'v' && parent === 'c';
        if (name === 'row') this.startRow();
        if (name === 'c') this.startCell(attribute('r'), attribute('t'));
      },
      closes: (name) => {
        this.inline.closes(name);
        this.isValue = false;
        if (name === 'c') this.endCell();
        if (name === 'row') this.onRow(this.row);
      },
      text: (text) => {
        this.inline.takes(text);
        if (this.isValue) this.value += text;
      },
    });
  }

  private startRow(): void {
    this.row = [];
    this.column = 0;
  }

  /** A cell that doesn't say where it is, is beside the one before. */
  private startCell(reference: string | undefined, type = 'n'): void {
    this.column = reference === undefined ? this.column + 1 : columnOf(reference);
    this.type = type;
    this.value = '';
  }

  private endCell(): void {
    const inline = this.inline.end();
    if (this.column > MOST_COLUMNS) return;
    while (this.row.length < this.column) this.row.push('');
    this.row[this.column - 1] = this.type === 'inlineStr' ? inline : this.shown();
  }

  private shown(): string {
    const { value } = this;
    switch (this.type) {
      case 's':
        return this.strings[Number(value)] ?? '';
      case 'b':
        return value.trim() === '1' ? 'TRUE' : 'FALSE';
      case 'n':
        return numberIn(value.trim());
      default: // the result of a formula, an error, a date as text
        return unescaped(value);
    }
  }
}

/** 0.1 + 0.2 is kept as 0.30000000000000004, and shown as 0.3. */
function numberIn(text: string): string {
  const number = Number(text);
  return text === '' || !Number.isFinite(number) ? text : String(Number(number.toPrecision(15)));
}

/** A1 → 1, AA7 → 27. */
function columnOf(reference: string): number {
  const [letters] = /^[A-Z]{1,3}(?=\d)/i.exec(reference) ?? [];
  if (!letters) throw new Error('a cell is nowhere');
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** Excel writes what XML has no place for as `_x000D_`. */
const unescaped = (text: string): string =>
  text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

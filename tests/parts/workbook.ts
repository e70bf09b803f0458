import { strFromU8, unzipSync } from 'fflate';

export type SheetCell = string | number | undefined;

/** The rows of each sheet of an XLSX file, by its name. @throws for whatever is in it but tables of text and numbers */
export function readWorkbook(file: Uint8Array): Record<string, SheetCell[][]> {
  const parts = unzipSync(file);
  const part = (name: string): string => {
    const bytes = parts[name];
    if (!bytes) throw new Error(`there is no ${name}`);
    return strFromU8(bytes);
  };
  const targets = new Map(
    elements(part('xl/_rels/workbook.xml.rels'), 'Relationship').map((each) => [
      attribute(each, 'Id'),
      attribute(each, 'Target'),
    ]),
  );
  const types = part('[Content_Types].xml');
  return Object.fromEntries(
    elements(part('xl/workbook.xml'), 'sheet').map((sheet) => {
      const target = `xl/${targets.get(attribute(sheet, 'r:id'))}`;
      if (!types.includes(`"/${target}"`)) throw new Error(`${target} is of no type`);
      return [attribute(sheet, 'name'), rowsOf(part(target))];
    }),
  );
}

function rowsOf(xml: string): SheetCell[][] {
  const data = /<sheetData>(.*)<\/sheetData><\/worksheet>$/s.exec(xml)?.[1] ?? fails('no sheetData');
  const rows = [...data.matchAll(/<row r="(\d+)">(.*?)<\/row>/gs)];
  if (rows.map(([row]) => row).join('') !== data) fails('more than rows');
  return rows.map(([, number, cells = ''], index) => {
    if (Number(number) !== index + 1) fails(`row ${number} where ${index + 1} should be`);
    return cellsOf(cells, index + 1);
  });
}

const NUMBER = /^<c r="([A-Z]+)(\d+)"><v>(-?\d+(?:\.\d+)?)<\/v><\/c>$/;
const TEXT =
  /^<c r="([A-Z]+)(\d+)" s="[12]" t="inlineStr"><is><t xml:space="preserve">([^<]*)<\/t><\/is><\/c>$/;

function cellsOf(xml: string, row: number): SheetCell[] {
  const cells: SheetCell[] = [];
  for (const cell of xml.match(/<c .*?<\/c>/gs) ?? []) {
    const number = NUMBER.exec(cell);
    const [, letters = '', at, value = ''] = number ?? TEXT.exec(cell) ?? fails(`a cell like ${cell}`);
    if (Number(at) !== row) fails(`${letters}${at} in row ${row}`);
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    if (column <= cells.length) fails(`${letters} twice`);
    cells.length = column;
    cells[column - 1] = number ? Number(value) : unescaped(value);
  }
  return Array.from(cells);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>' };

function unescaped(xml: string): string {
  if (/[\0-\x08\v\f\r\x0E-\x1F\uFFFE\uFFFF]|\p{Cs}/u.test(xml)) fails('what XML has no place for');
  return xml
    .replace(/&(\w*);?/g, (_, name: string) => ENTITIES[name] ?? fails(`an entity ${name}`))
    .replace(/_x([\dA-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

const elements = (xml: string, name: string): string[] => xml.match(new RegExp(`<${name} [^>]*>`, 'g')) ?? [];
const attribute = (element: string, name: string): string =>
  new RegExp(` ${name}="([^"]*)"`).exec(element)?.[1] ?? fails(`no ${name} in ${element}`);

function fails(what: string): never {
  throw new Error(`the workbook has ${what}`);
}

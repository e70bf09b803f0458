import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import { BenefitError } from '../../benefits/errors';
import type { Cell, Export } from '../../benefits/exports';
import { csvOf } from '../../bot/exports/csv';
import { xlsxOf } from '../../bot/exports/xlsx';
import { cellsOf } from '../../bot/files/cells';
import { cellsInText } from '../../dialogs/assign-many/cells';
import { holds, text } from '../parts/arbitrary';
import { lyingOf, xlsxFile } from '../parts/xlsxFile';

const utf8 = (text: string): Uint8Array => Buffer.from(text);
const utf16 = (text: string): Uint8Array => Buffer.from(`\uFEFF${text}`, 'utf16le');
/** As Excel in Western Europe writes it, where UTF-8 isn't chosen. */
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** The code that a file is refused with. */
function refusalOf(name: string, bytes: Uint8Array): string {
  try {
    return `read: ${JSON.stringify(cellsOf(name, bytes).slice(0, 3))}`;
  } catch (error) {
    if (!(error instanceof BenefitError)) throw error;
    return error.code;
  }
}

describe('a CSV file', () => {
  it.each([
    ['commas', 'list.csv', utf8('Name,E-mail\r\nZoé,zoe@x.com\r\n')],
    ['semicolons, as Excel in French', 'list.csv', utf8('Name;E-mail\r\nZoé;zoe@x.com\r\n')],
    ['a byte order mark', 'LIST.CSV', utf8('\uFEFFName;E-mail\nZoé;zoe@x.com')],
    ['tabs in UTF-16, as Excel’s Unicode text', 'list.txt', utf16('Name\tE-mail\r\nZoé\tzoe@x.com\r\n')],
    ['line ends of long ago', 'list', utf8('Name,E-mail\rZoé,zoe@x.com\r')],
    ['an encoding of long ago', 'list.csv', latin1('Name;E-mail\r\nZoé;zoe@x.com\r\n')],
    ['blanks and empty lines', 'a.b.csv', utf8('\r\n Name , E-mail\r\n,\r\n  \r\nZoé ,zoe@x.com\r\n\r\n')],
  ])('with %s', (_what, name, bytes) => {
    expect(cellsOf(name, bytes)).toEqual([
      ['Name', 'E-mail'],
      ['Zoé', 'zoe@x.com'],
    ]);
  });

  it.each([
    ['"a;""b""\r\nc",d\r\n"e,f",g', [['a;"b"\nc', 'd'], ['e,f', 'g']]], // prettier-ignore
    ['a@x.com\nb@x.com\n', [['a@x.com'], ['b@x.com']]],
    ['List\nName;E-mail\nDupont, Jean;jean@x.com\nonly a name', [['List'], ['Name', 'E-mail'], ['Dupont, Jean', 'jean@x.com'], ['only a name']]], // prettier-ignore
    ['Dupont, Jean;jean@x.com', [['Dupont, Jean', 'jean@x.com']]],
    ['5" disk,a"b\nc,d', [['5" disk', 'a"b'], ['c', 'd']]], // prettier-ignore
    ['', []],
    ['\n \n;;\n', []],
  ])('of %j', (csv, cells) => {
    expect(cellsOf('a.csv', utf8(csv))).toEqual(cells);
    expect(cellsInText(csv)).toEqual(cells);
  });

  it('may have 5,000 rows', () => {
    const rows = (count: number) => utf8('a,b\r\n\r\n'.repeat(count));
    expect(cellsOf('a.csv', rows(5_000))).toHaveLength(5_000);
    expect(refusalOf('a.csv', rows(5_001))).toBe('fileTooManyRows');
  });

  it('of quotes and separators only is read in no time', () => {
    for (const part of ['"', '"a', '"a"b', '""" ', ',"', '"\n', '" x', ',', '\n', '"a" '.padEnd(100)]) {
      const before = performance.now();
      refusalOf('a.csv', utf8(part.repeat((2 * 1024 * 1024) / part.length)));
      expect([part, performance.now() - before < 5_000]).toEqual([part, true]);
    }
  });
});

describe('an XLSX file', () => {
  it('is read from the first sheet in the order of the workbook', () => {
    expect(cellsOf('a.xlsx', xlsxFile('<row><c><v>7</v></c></row>'))).toEqual([['7']]);
  });

  it('has shared strings, of several runs, without how they are pronounced', () => {
    const strings =
      '<si><t>plain</t></si><si><r><t>ri</t></r><r><rPr><b/></rPr><t xml:space="preserve">ch </t></r><phoneticPr/></si>' +
      '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><t>&lt;a&amp;b_x000D__x005F_x0041_</t></si>';
    const cells = [0, 1, 2, 3, 9].map((n) => `<c t="s"><v>${n}</v></c>`);
    const [row] = cellsOf('a.xlsx', xlsxFile(`<row>${cells.join('')}</row>`, strings));
    expect(row).toEqual(['plain', 'rich', '東京', '<a&b\r_x0041_', '']);
  });

  it('has every kind of cell as text', () => {
    const cells = [
      '<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>',
      '<c t="str"><f>A1&amp;B1</f><v>result</v></c>',
      '<c t="b"><v>1</v></c><c t="b"><v>0</v></c>',
      '<c><f>0.1+0.2</f><v>0.30000000000000004</v></c><c t="n"><v>1E3</v></c><c s="4"/>',
      '<c t="e"><v>#N/A</v></c>',
    ];
    expect(cellsOf('a.xlsx', xlsxFile(`<row>${cells.join('')}</row>`))).toEqual([
      ['inline', 'result', 'TRUE', 'FALSE', '0.3', '1000', '', '#N/A'],
    ]);
  });

  it('has gaps, empty rows, and cells far to the right', () => {
    const sheet =
      '<row r="3"><c r="A3"><v>1</v></c><c r="C3"><v>3</v></c></row><row r="4"><c r="B4" s="1"/></row>' +
      '<row r="9"><c r="AB9"><v>28</v></c><c r="XFD9"><v>0</v></c></row>';
    const [first, second, ...more] = cellsOf('a.xlsx', xlsxFile(sheet));
    expect(first).toEqual(['1', '', '3']);
    expect(second).toEqual([...Array<string>(27).fill(''), '28']);
    expect(more).toEqual([]);
  });

  it('may have 5,000 rows', () => {
    const rows = (count: number) => xlsxFile('<row><c><v>1</v></c></row><row/>'.repeat(count));
    expect(cellsOf('a.xlsx', rows(5_000))).toHaveLength(5_000);
    expect(refusalOf('a.xlsx', rows(5_001))).toBe('fileTooManyRows');
  });
});

/** Well-formed, and nothing but blanks. */
const bomb = xlsxFile('', ' '.repeat(21 * 1024 * 1024));
const large = xlsxFile('<row><c><v>1</v></c></row>', ' '.repeat(19 * 1024 * 1024));
const nested = (part: string, count: number) => xlsxFile(part.repeat(count));

it('a file may have up to 20 MB in it', () => {
  expect(cellsOf('a.xlsx', large)).toEqual([['1']]);
});

describe('a file that is refused', () => {
  it.each([
    ['is empty but for a zip', 'a.xlsx', zipSync({ a: strToU8('') })],
    ['is another kind of zip', 'a.docx', zipSync({ 'word/document.xml': strToU8('<a/>') })],
    ['is cut off', 'a.xlsx', xlsxFile('<row/>').subarray(0, 400)],
    ['has a password, or is an old workbook', 'a.xlsx', Buffer.from('d0cf11e0a1b11ae10000000000', 'hex')],
    ['is a picture', 'a.csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['is text of another kind', 'a.xls', utf8('<html><table><tr><td>a</td></tr></table></html>')],
    ['has an entity of its own', 'a.xlsx', xlsxFile('', '', { 'xl/worksheets/sheet2.xml': strToU8('<!DOCTYPE a [<!ENTITY b "c">]><a><row><c t="str"><v>&b;</v></c></row></a>') })], // prettier-ignore
    ['is no XML', 'a.xlsx', xlsxFile('<row>')],
    ['has a cell nowhere', 'a.xlsx', xlsxFile('<row><c r="1"><v>1</v></c></row>')],
    ['has too much in it', 'a.xlsx', bomb],
    ['has too much in it, and says otherwise', 'a.xlsx', lyingOf(bomb, 'xl/sharedStrings.xml', 10)],
    ['is too deep', 'a.xlsx', nested('<a>', 5_000_000)],
    ['has too many attributes', 'a.xlsx', nested(`<a ${Array.from({ length: 200 }, (_, n) => `a${n}=""`).join(' ')}/>`, 1)], // prettier-ignore
  ])('%s', (_what, name, bytes) => {
    const before = performance.now();
    expect(refusalOf(name, bytes)).toBe('fileUnreadable');
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});

const columns = ['first', 'second', 'third'];
const tableOf = (rows: readonly (readonly Cell[])[]): Export => ({
  name: 'users',
  columns,
  pages: (async function* () {
    yield rows;
  })(),
});

async function bytesOf(chunks: AsyncIterable<string | Uint8Array>): Promise<Uint8Array> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(all);
}

/** As a reader gives it: without the apostrophe that disarms it, blanks around it, and the rows in which nothing stands. */
const bare = (cell: Cell): string =>
  String(cell ?? '').replace(/\p{Cs}/gu, '\uFFFD').replace(/\r\n?/g, '\n').trim(); // prettier-ignore
const filled = (rows: readonly (readonly string[])[]) =>
  rows.filter((row) => row.some((cell) => cell !== ''));

describe('whatever our exports write', () => {
  const cell = fc.oneof(text, fc.integer(), fc.constant(undefined));
  const rows = fc.array(fc.tuple(cell, cell, cell), { maxLength: 5 });

  it('as CSV is read back, but for what disarms formulas', () =>
    holds(
      fc.asyncProperty(rows, async (rows) => {
        const safe = rows.map((row) => row.map((each) => (typeof each === 'string' ? `x${each}` : each)));
        // Behind these, an export disarms within the cell; and what is no text is refused as a whole.
        const kept = safe.filter((row) => !row.some((each) => /[;\t\n\r\0-\x1f]/.test(String(each))));
        const read = cellsOf('a.csv', await bytesOf(csvOf(tableOf(kept))));
        expect(read).toEqual(filled([columns, ...kept.map((row) => row.map(bare))]));
      }),
      300,
    ));

  it('as XLSX is read back', () =>
    holds(
      fc.asyncProperty(rows, async (rows) => {
        const short = rows.filter((row) => row.every((each) => String(each).length < 32_000));
        const read = cellsOf('a.xlsx', await bytesOf(xlsxOf([tableOf(short)])));
        const shown = filled([columns, ...short.map((row) => row.map(bare))]);
        const width = (row: readonly string[]) => row.findLastIndex((each) => each !== '') + 1;
        expect(read.map((row) => row.slice(0, width(row)).map(bare))).toEqual(
          shown.map((row) => row.slice(0, width(row))),
        );
      }),
      300,
    ));
});

describe('whatever bytes there are', () => {
  const zip = fc.constantFrom(
    xlsxFile('<row><c t="s"><v>0</v></c></row>', '<si><t>a</t></si>'),
    bomb.subarray(0, 3_000),
  );
  const mangled = fc
    .tuple(zip, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 20 }), fc.nat(3_000))
    .map(([file, changes, cut]) => {
      const copy = Buffer.from(file);
      for (const [at, byte] of changes) copy[at % copy.length] = byte;
      return copy.subarray(0, copy.length - (cut % copy.length));
    });
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 500 }), mangled, text.map(utf8), text.map(utf16));

  it('they are read, or refused in words', () =>
    holds(
      fc.property(bytes, fc.constantFrom('a.csv', 'a.xlsx', 'a', 'a.exe'), (file, name) => {
        expect(refusalOf(name, file)).toMatch(/^(read: |fileUnreadable$|fileTooManyRows$)/);
      }),
      2_000,
    ));
});

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Cell, Export } from '../../benefits/exports';
import { csvOf } from '../../bot/exports/csv';
import { xlsxOf } from '../../bot/exports/xlsx';
import { holds, text } from '../parts/arbitrary';
import { readCsv } from '../parts/csv';
import { readWorkbook } from '../parts/workbook';

const columns = ['first', 'second', 'third'];
const row = fc.tuple(
  ...columns.map(() => fc.oneof(text, started(), fc.integer(), fc.constant(undefined))),
) as fc.Arbitrary<Cell[]>;
const pages = fc.array(fc.array(row, { maxLength: 4 }), { maxLength: 3 });

/** What begins a formula, after what doesn't keep it from it, at the start or behind what splits cells. */
function started(): fc.Arbitrary<string> {
  const part = (all: string[]) => fc.constantFrom(...all);
  return fc
    .array(
      fc.tuple(
        part(['', 'a', ';', '\t', '\n', '\r\n', '\r', ',', '_x0041', "';"]),
        part(['', ' ', '\u00a0', "'", '"', '\0', '\uFEFF', "'\t", '“', '\n']),
        part(['=1+1', '+1', '-1', '@SUM(1)', '＝1', '\t1', '\r1', 'x']),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((parts) => parts.flat().join(''));
}

const tableOf = (
  pages: readonly (readonly (readonly Cell[])[])[],
  name: Export['name'] = 'users',
): Export => ({
  name,
  columns,
  pages: (async function* () {
    yield* pages;
  })(),
});

async function csv(table: Export): Promise<string> {
  let all = '';
  for await (const chunk of csvOf(table)) all += chunk;
  return Buffer.from(all).toString(); // as it is on a disk
}

async function workbook(tables: readonly Export[], mostRows?: number) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of xlsxOf(tables, mostRows)) chunks.push(chunk);
  return readWorkbook(Buffer.concat(chunks));
}

/** As UTF-8 keeps it: half a character is none. */
const kept = (cell: Cell): string => Buffer.from(String(cell ?? '')).toString();

const withoutLead = (cell: string): string => cell.replace(/^[\s\p{C}\p{Z}"'`´‘’“”«»]*/u, '');
const startsFormula = (cell: string): boolean => /^[=+\-@＝＋－＠]/.test(withoutLead(cell));
const isDanger = (cell: string): boolean => /^'*[\t\r\n]/.test(cell) || startsFormula(cell);
/** What a cell becomes where semicolons, tabs and line ends begin another. */
const split = (cell: string): string[] => cell.split(/(?<=[;\t\n]|\r(?!\n))/);

/** Without the apostrophes that an export puts before what would begin a formula. */
const armed = (cell: string): string => {
  const [first = '', ...others] = split(cell);
  const bare = (part: string, isOne: boolean) => (part.startsWith("'") && isOne ? part.slice(1) : part);
  return [
    bare(first, isDanger(cell.slice(1))),
    ...others.map((part) => bare(part, startsFormula(part.slice(1)))),
  ].join('');
};

describe('a table as CSV', () => {
  it('is read back by RFC 4180 as it was, once what disarms its formulas is taken away', () =>
    holds(
      fc.asyncProperty(pages, async (pages) => {
        const [head, ...rows] = readCsv(await csv(tableOf(pages)));
        expect(head).toEqual(columns);
        expect(rows.map((row) => row.map(armed))).toEqual(pages.flat().map((row) => row.map(kept)));
      }),
      300,
    ));

  it('begins no formula, neither in a cell nor where a spreadsheet splits it', () =>
    holds(
      fc.asyncProperty(pages, async (pages) => {
        const texts = pages.map((page) => page.map((row) => row.map((cell) => cell && String(cell))));
        const cells = readCsv(await csv(tableOf(texts))).flat();
        expect(cells.filter((cell) => isDanger(cell) && !cell.startsWith("'"))).toEqual([]);
        const parts = cells.flatMap((cell) => split(cell).slice(1));
        expect(parts.filter((part) => startsFormula(part) && !part.startsWith("'"))).toEqual([]);
      }),
      300,
    ));

  it.each([
    ['=1+1', "'=1+1"],
    [' "=1+1"', '"\' ""=1+1"""'],
    ['+33199000000', "'+33199000000"],
    ['a;=1+1;b', '"a;\'=1+1;b"'],
    ['- one\r\n- two', '"\'- one\r\n\'- two"'],
    ['\t1', '"\'\t1"'],
    ['one-two, 3 = 4', '"one-two, 3 = 4"'],
    ["d'Arc", "d'Arc"],
    [-5, '-5'],
  ])('has %j as %j', async (cell, field) => {
    expect(await csv(tableOf([[[cell, undefined, undefined]]]))).toBe(
      `\uFEFFfirst,second,third\r\n${field},,\r\n`,
    );
  });

  it('of many separators is made in no time', async () => {
    for (const many of ['\n', ';', ' ', "'", '\t', '\0']) {
      const before = performance.now();
      await csv(tableOf([[[many.repeat(200_000), undefined, undefined]]]));
      expect(performance.now() - before).toBeLessThan(2_000);
    }
  });
});

describe('tables as a workbook', () => {
  const shown = (cell: Cell): Cell => {
    if (typeof cell !== 'string') return cell;
    const whole = kept(cell);
    return whole.length > 32_767 ? kept(`${whole.slice(0, 32_766)}…`) : whole || undefined;
  };
  const trimmed = (row: readonly Cell[]): Cell[] =>
    row.slice(0, row.findLastIndex((cell) => cell !== undefined) + 1);

  it('are read back as they were: text as text, numbers as numbers, and no formula', () =>
    holds(
      fc.asyncProperty(pages, pages, async (users, audit) => {
        const read = await workbook([tableOf(users, 'users'), tableOf(audit, 'audit')]);
        const expected = (pages: Cell[][][]) => [
          columns,
          ...pages.flat().map((row) => trimmed(row.map(shown))),
        ];
        expect(read).toEqual({ users: expected(users), audit: expected(audit) });
      }),
      300,
    ));

  it('go on in another sheet when one is full', async () => {
    const rows = Array.from({ length: 5 }, (_, n): Cell[] => [n, n, n]);
    const read = await workbook(
      [tableOf([rows.slice(0, 3), rows.slice(3)], 'audit'), tableOf([], 'users')],
      3,
    );
    const [one, two, three] = [rows.slice(0, 2), rows.slice(2, 4), rows.slice(4)];
    expect(read).toEqual({
      audit: [columns, ...one],
      'audit 2': [columns, ...two],
      'audit 3': [columns, ...three],
      users: [columns],
    });
  });
});

describe.each([
  ['CSV', csvOf],
  ['a workbook', (table: Export) => xlsxOf([table])],
])('%s', (_name, made: (table: Export) => AsyncIterable<string | Uint8Array>) => {
  it('is made page by page, as it is asked for', async () => {
    let read = 0;
    const page = Array.from({ length: 500 }, (): Cell[] => [randomUUID(), randomUUID(), randomUUID()]);
    const table = tableOf([]);
    const pages = (async function* () {
      for (; read < 100;) {
        read += 1;
        yield page;
      }
    })();
    let written = 0;
    for await (const chunk of made({ ...table, pages })) {
      written += chunk.length;
      // Of the last page, and what a zip still ponders, may be missing.
      if (read > 10) expect(written).toBeGreaterThan(((read - 9) * 500 * 3 * 32) / 2);
      if (read === 50) break;
    }
    expect(read).toBe(50);
  });
});

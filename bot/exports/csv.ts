import type { Cell, Table } from '../../benefits/exports';

/**
 * A table as CSV by RFC 4180, in UTF-8 with a byte order mark, by which Excel knows that it is UTF-8. Each chunk is
 * made of one page, when it is asked for.
 */
export async function* csvOf({ columns, pages }: Pick<Table, 'columns' | 'pages'>): AsyncGenerator<string> {
  yield `\uFEFF${lineOf(columns)}`;
  for await (const page of pages) yield page.map(lineOf).join('');
}

const lineOf = (cells: readonly Cell[]): string => `${cells.map(fieldOf).join(',')}\r\n`;

function fieldOf(cell: Cell = ''): string {
  // Half a character is none in UTF-8.
  const text = typeof cell === 'number' ? String(cell) : disarmed(cell.replace(/\p{Cs}/gu, '\uFFFD'));
  return /[",;\p{C}]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const STARTER = '[=+\\-@＝＋－＠]';
const LEAD = `[\\s\\p{C}\\p{Z}"'\`´‘’“”«»]`;
/** Behind a semicolon, a tab or a line's end another cell begins where spreadsheets split at these, as in French. */
const BEHIND = '(?<=[;\\t\\n]|\\r(?!\\n))';
const FORMULA = new RegExp(
  `^(?='*[\\t\\r\\n]|${LEAD}*${STARTER})|${BEHIND}(?=(?:(?![\\t\\r\\n])${LEAD})*${STARTER})`,
  'gu',
);

/**
 * With an apostrophe wherever a spreadsheet that reads the file might begin a formula: before = + - @, wide or not,
 * whatever blanks, quotes and invisible characters are before these, and before a tab or a line's end at the start.
 */
export const disarmed = (text: string): string => text.replace(FORMULA, "'");

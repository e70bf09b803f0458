import Papa from 'papaparse';

/**
 * The rows of a table that stands in a text, as in a CSV file or as it is pasted from a spreadsheet: quoted fields may
 * hold separators and line ends. Cells are trimmed, line ends in them are `\n`, and rows in which nothing stands are left
 * out.
 */
export function cellsInText(text: string): string[][] {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const { data } = Papa.parse<string[]>(plain, { delimiter: separatorOf(plain), newline: '\n' });
  return filledRows(data);
}

/** Trimmed cells, without the rows in which nothing stands. */
export const filledRows = (rows: readonly (readonly string[])[]): string[][] =>
  rows.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some((cell) => cell !== ''));

/** In this order where there is as much of one as of another: names have commas in them, and nothing has tabs. */
const SEPARATORS = ['\t', ';', ','] as const;

/**
 * What separates the cells: the most frequent in the first row that has any, quoted cells aside. (The library's own
 * guess wants all rows to be of one length, and takes what is quoted for another separator's.)
 */
function separatorOf(text: string): string {
  const counts = new Map<string, number>();
  let [isQuoted, wasQuoted, isStart] = [false, false, true];
  for (const sign of text) {
    if (isQuoted) {
      [isQuoted, wasQuoted] = [sign !== '"', sign === '"'];
      continue;
    }
    if (sign === '"' && (isStart || wasQuoted)) isQuoted = true;
    const isSeparator = SEPARATORS.some((each) => each === sign);
    if (isSeparator) counts.set(sign, (counts.get(sign) ?? 0) + 1);
    if (sign === '\n' && counts.size > 0) break;
    [wasQuoted, isStart] = [false, isSeparator || sign === '\n'];
  }
  const most = Math.max(...counts.values());
  return SEPARATORS.find((each) => counts.get(each) === most) ?? ',';
}

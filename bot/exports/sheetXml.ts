import type { Cell } from '../../benefits/exports';

/** The XML of a workbook (ECMA-376), as much of it as tables want. */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The column names stay in sight. */
export const SHEET_START = `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
export const SHEET_END = '</sheetData></worksheet>';

/** Their places in the styles: of the format Text, so that what is text stays text when somebody edits the cell. */
const STYLES = { text: 1, heading: 2 } as const;

/** @param number from 1 */
export function sheetRow(
  cells: readonly Cell[],
  number: number,
  style: keyof typeof STYLES = 'text',
): string {
  const all = cells.map((cell, column) => sheetCell(cell, `${lettersOf(column)}${number}`, STYLES[style]));
  return `<row r="${number}">${all.join('')}</row>`;
}

/** Text is a string of its own in the cell, which no spreadsheet takes for a formula whatever it begins with. */
function sheetCell(cell: Cell, at: string, style: number): string {
  if (cell === undefined || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(shortened(cell))}</t></is></c>`;
}

/** 0 → A, 26 → AA. */
function lettersOf(column: number): string {
  const before = column < 26 ? '' : lettersOf(Math.floor(column / 26) - 1);
  return before + String.fromCharCode(65 + (column % 26));
}

/** Excel mends, and complains of, a file with a longer cell. */
const MOST_IN_A_CELL = 32_767;

const shortened = (text: string): string =>
  text.length <= MOST_IN_A_CELL ? text : `${text.slice(0, MOST_IN_A_CELL - 1)}…`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What XML has no place for is written `_x0007_`, as Excel does, and what looks like it `_x005F_x0007_`. */
const escaped = (text: string): string =>
  text
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/_(?=x[\dA-Fa-f]{4})/g, hex)
    .replace(/[\0-\x08\v\f\r\x0E-\x1F\uFFFE\uFFFF]/g, hex)
    .replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);

const hex = (sign: string): string => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** The other files of a workbook whose sheets are xl/worksheets/sheet1.xml and so on. @param names of its sheets */
export function partsAround(names: readonly string[]): Record<string, string> {
  const sheets = names.map((name, index) => ({ name, n: index + 1 }));
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const override = (part: string, type: string) =>
    `<Override PartName="/xl/${part}.xml" ContentType="${TYPES}.${type}+xml"/>`;
  return {
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets
      .map(({ name, n }) => `<sheet name="${name}" sheetId="${n}" r:id="s${n}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${sheets
      .map(({ n }) => relation(`s${n}`, 'worksheet', `worksheets/sheet${n}.xml`))
      .join('')}${relation('styles', 'styles', 'styles.xml')}</Relationships>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relation('workbook', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${override('workbook', 'sheet.main')}${override('styles', 'styles')}${sheets
      .map(({ n }) => override(`worksheets/sheet${n}`, 'worksheet'))
      .join('')}</Types>`,
  };
}

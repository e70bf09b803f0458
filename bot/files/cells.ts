import { isUtf8 } from 'node:buffer';
import { BenefitError } from '../../benefits/errors';
import { cellsInText } from '../../dialogs/assign-many/cells';
import { sheetCells } from './workbook';

const MOST_ROWS = 5_000;

/**
 * The rows of a table in a file, as text: of a CSV file, or of the first sheet of an XLSX file. Cells are trimmed, and
 * rows in which nothing stands are left out.
 * @param name decides nothing about a workbook; text is read only of a file that isn't said to be something else
 * @throws BenefitError `fileUnreadable`, `fileTooManyRows`
 */
export function cellsOf(name: string, bytes: Uint8Array): string[][] {
  const rows = readable(() =>
    isZip(bytes) ? sheetCells(bytes, MOST_ROWS) : cellsInText(textIn(name, bytes)),
  );
  if (rows.length > MOST_ROWS) throw new BenefitError('fileTooManyRows', { limit: MOST_ROWS });
  return rows;
}

/** Whatever a library says of bytes from outside, it is the file that is wrong. */
function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof BenefitError) throw cause;
    throw new BenefitError('fileUnreadable', {}, { cause });
  }
}

const isZip = (bytes: Uint8Array): boolean =>
  [0x50, 0x4b, 0x03, 0x04].every((byte, index) => bytes[index] === byte);

/** Files of text that are no table, such as a page that is called .xls, are nobody's list. */
const TEXT_NAME = /(^[^.]*|\.(csv|tsv|txt))$/i;
/** No text has these: it is something else, such as an old or an encrypted workbook (D0 CF 11 E0 …) or a picture. */
const BINARY = /[\0-\x08\x0E-\x1F]/;

function textIn(name: string, bytes: Uint8Array): string {
  const text = decoded(bytes);
  if (!TEXT_NAME.test(name) || BINARY.test(text)) throw new BenefitError('fileUnreadable');
  return text;
}

/** UTF-16 as Excel's "Unicode text"; UTF-8; or else what Excel writes as CSV in Western Europe, where that isn't chosen. */
function decoded(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes);
}

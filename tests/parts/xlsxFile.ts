import { strToU8, zipSync } from 'fflate';

/** An XLSX file by hand, with what our own never has: `sheet` is what is in its sheetData, `strings` in its sst. */
export function xlsxFile(sheet: string, strings = '', more: Record<string, Uint8Array> = {}): Uint8Array {
  return zipSync({
    'xl/workbook.xml': strToU8(
      '<?xml version="1.0"?><x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="Second" sheetId="2" r:id="b"/><x:sheet name="First" sheetId="1" r:id="a"/></x:sheets></x:workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/><Relationship Id="b" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': strToU8(
      '<worksheet><sheetData><row><c><v>0</v></c></row></sheetData></worksheet>',
    ),
    'xl/worksheets/sheet2.xml': strToU8(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
    'xl/sharedStrings.xml': strToU8(`<sst>${strings}</sst>`),
    ...more,
  });
}

/** The same zip, which says in both its places that a part of it is of another size. */
export function lyingOf(zip: Uint8Array, name: string, size: number): Uint8Array {
  const file = Buffer.from(zip);
  for (const [mark, sizeAt, nameAt] of [
    ['PK\x03\x04', 22, 30],
    ['PK\x01\x02', 24, 46],
  ] as const) {
    for (let at = file.indexOf(mark, 0, 'latin1'); at >= 0; at = file.indexOf(mark, at + 4, 'latin1')) {
      if (file.toString('latin1', at + nameAt, at + nameAt + name.length) === name)
        file.writeUInt32LE(size, at + sizeAt);
    }
  }
  return file;
}

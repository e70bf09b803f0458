/** The records of a CSV file with a byte order mark, by RFC 4180. @throws when it doesn't keep to it */
export function readCsv(file: string): string[][] {
  if (!file.startsWith('\uFEFF')) throw new Error('it has no byte order mark');
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const records: string[][] = [[]];
  for (field.lastIndex = 1; field.lastIndex < file.length;) {
    const at = field.lastIndex;
    const found = field.exec(file);
    if (!found) throw new Error(`no field begins at ${at}: ${JSON.stringify(file.slice(at, at + 80))}`);
    const [, quoted, plain = '', end] = found;
    records.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') records.push([]);
  }
  if (records.pop()?.length !== 0) throw new Error('its last line has no end');
  if (new Set(records.map(({ length }) => length)).size > 1) throw new Error('its lines differ in length');
  return records;
}

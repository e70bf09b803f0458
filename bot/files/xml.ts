import { SaxesParser, type SaxesTagPlain } from 'saxes';

/** Deeper, and with more attributes, than anything in a workbook: what is open is held in memory. */
const MOST_DEPTH = 50;
const MOST_ATTRIBUTES = 100;

/** An element that begins; names are without their prefix. */
export interface Opened {
  readonly name: string;
  /** The element that it stands in; empty for the first. */
  readonly parent: string;
  attribute(name: string): string | undefined;
}

export interface Handlers {
  opens?(element: Opened): void;
  closes?(name: string): void;
  text?(text: string): void;
}

/** Reads XML from its beginning to its end. @throws Error when it isn't well-formed, or has an entity of its own */
export function readXml(bytes: Uint8Array, { opens, closes, text }: Handlers): void {
  const parser = new SaxesParser();
  const path: string[] = [];
  let attributes = 0;
  parser.on('opentagstart', () => void (attributes = 0));
  parser.on('attribute', () => {
    if (++attributes > MOST_ATTRIBUTES) throw new Error('too many attributes');
  });
  parser.on('opentag', (tag) => {
    const name = local(tag.name);
    opens?.({ name, parent: path.at(-1) ?? '', attribute: (wanted) => attributeOf(tag, wanted) });
    if (path.push(name) > MOST_DEPTH) throw new Error('too deep');
  });
  parser.on('closetag', () => closes?.(path.pop() ?? ''));
  parser.on('text', (part) => text?.(part));
  parser.on('cdata', (part) => text?.(part));
  parser.write(decoded(bytes)).close();
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

const attributeOf = ({ attributes }: SaxesTagPlain, wanted: string): string | undefined =>
  Object.entries(attributes).find(([name]) => local(name) === wanted)?.[1];

function decoded(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
}

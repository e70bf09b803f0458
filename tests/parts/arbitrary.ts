import fc from 'fast-check';

/**
 * The same inputs in every run, so that what fails in CI fails here. What fast-check says of a failure is repeated with
 * `SEED=… REPLAY=…`; `ROUNDS` tries so many times as many inputs, `SEED=random` others.
 */
const { SEED = '20261124', REPLAY, ROUNDS = '1' } = process.env;

if (Number(ROUNDS) > 1) jest.setTimeout(60_000 * Number(ROUNDS));

/** Tries a property on so many inputs; what fails is shrunk, and told with its seed and its path. */
export async function holds<Ts>(
  property: fc.IAsyncProperty<Ts> | fc.IProperty<Ts>,
  numRuns: number,
): Promise<void> {
  await fc.assert(property, {
    ...(SEED !== 'random' && { seed: Number(SEED) }),
    ...(REPLAY && { path: REPLAY }),
    numRuns: numRuns * Number(ROUNDS),
    interruptAfterTimeLimit: 50_000 * Number(ROUNDS),
    maxSkipsPerRun: 1_000,
  });
}

/** Texts that mean something to somebody: to storage, to templates, to Markdown, to JavaScript, to a terminal. */
const MEANT = [
  ...[
    "' or PartitionKey ne '",
    "') or true",
    '!',
    '"',
    '/',
    '\\',
    '#',
    '?',
    '%',
    '%00',
    '%zz',
    '~',
    '\uFFFD',
  ],
  ...['${user}', '${$root}', '$data', '$when', '$t(help.title)', '{{name}}', '{{DATE(2026-02-30,SHORT)}}'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', '[object Object]'],
  ...[
    '<at>Everyone</at>',
    '<at',
    '</at>',
    '**b**',
    '_i_',
    '[a](https://evil.example)',
    '# h',
    '- i',
    '1. i',
    '`c`',
  ],
  ...['\0', '\u001b[2J', '\u0085', '\u2028', '\r\n', '\t', '\u00a0', '&nbsp;', '\uFEFF', '\uFFFF'],
  ...['\u202E', '\u2066', '\u2069', '\u200F', '\u200B', '\u200D', '\u2060', '\u{E0041}', '\uD800', '\uDC00'],
  ...[
    'é',
    'e\u0301',
    '\u0301',
    'İ',
    'ı',
    'ß',
    'Σ',
    'ΟΔΟΣ',
    'ﷺ',
    'ﬁ',
    'Ａ',
    '👩‍👩‍👧',
    '𠮷',
    '𐌰',
    'か\u3099',
    '한',
    'नि',
  ],
  ...[
    '0',
    '-1',
    '1e999',
    'NaN',
    '12',
    '3.5',
    '２',
    '2026-02-30',
    '9999-12-31T23:59:59Z',
    '+275760-09-13',
    'en',
    ' ',
  ],
  ...['=1+1', '@SUM(1)', 'javascript:alert(1)', '../..', 'adele-vance', 'adele-vance!c', 'power-bi-pro'],
  ...[
    'a@b.com',
    'adele.vance@contoso.com',
    'ADELE.VANCE@CONTOSO.COM',
    "o'b@x.com",
    'a\u202Eb@x.com',
    '"a b"@x.com',
  ],
  ...[
    'jörg@x.com',
    'jo\u0308rg@x.com',
    'a@xn--nxasmq6b.com',
    'a@b@c.com',
    'a\0@x.com',
    '\uD800@x.com',
    '.@x.co',
  ],
];

/** So long that it fits no key, or no card, or no state. */
const LONG = ['a', 'a ', 'ﷺ', '漢', '"', '\\', '*', '𠮷', '<at>', '\u200B', 'to '].flatMap((part) =>
  [1_100, 1_999, 12_000, 60_000].map((length) => part.repeat(Math.ceil(length / part.length))),
);

const codeUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));

/** Any text at all: what people write, what is meant badly, and what no text should be. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...MEANT) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: codeUnit, maxLength: 30 }) },
  { weight: 1, arbitrary: fc.constantFrom(...LONG) },
  {
    weight: 2,
    arbitrary: fc.array(fc.constantFrom(...MEANT), { minLength: 2, maxLength: 8 }).map((all) => all.join('')),
  },
);

const leaf = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null));

/** Any JSON: deep, wide, with names that JavaScript has for itself. */
export const json: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: leaf },
  {
    weight: 2,
    arbitrary: fc.object({ key: text, values: [leaf], maxDepth: 3, maxKeys: 5 }),
  },
  { weight: 1, arbitrary: fc.array(leaf, { maxLength: 5 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 80 }).map(nested) },
  {
    weight: 1,
    arbitrary: fc.constant(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`key${n}`, n]))),
  },
);

function nested(levels: number): unknown {
  let value: unknown = 'inside';
  for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { value };
  return value;
}

/** An object of which any of these fields may be there, and be anything. */
export const fields = <T = unknown>(
  names: readonly string[],
  value: fc.Arbitrary<T>,
): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 6, noNullPrototype: true });

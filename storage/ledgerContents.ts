import { isDeepStrictEqual } from 'node:util';
import type { Finding, FindingCode } from '../benefits/findings';
import type { Kept, LedgerContents } from '../benefits/ledgerContents';
import type { Change } from '../benefits/ports';
import type { RawRow } from './ledgerPartition';
import { ROW_VERSION } from './ledgerPartition';
import type { Fold } from './ledgerKeys';
import { type Row, rowsOf } from './ledgerRows';

type Kind = Change['of'];

/** What stands behind a key. Index rows repeat what a main row says, or point to it. */
const KINDS: readonly (readonly [RegExp, Kind | 'chat' | 'index'])[] = [
  [/^company$/, 'company'],
  [/^entra$/, 'userSync'],
  [/^bulk![^!]+$/, 'bulk'],
  [/^bulk![^!]+![^!]+$/, 'bulkPart'],
  [/^b![^!]+$/, 'benefit'],
  [/^ba![^!]+![^!]+$/, 'assignment'],
  [/^bh![^!]+![^!]+$/, 'handover'],
  [/^bk![^!]+![^!]+$/, 'productKey'],
  [/^kc![^!]+![^!]+$/, 'claims'],
  [/^rf![^!]+![^!]+$/, 'refusals'],
  [/^u![^!]+$/, 'user'],
  [/^u![^!]+!c$/, 'chat'],
  [/^u![^!]+!n![^!]+$/, 'notice'],
  [/^o[sx]?![^!]+$/, 'notice'],
  [/^q![^!]+$/, 'serviceRequest'],
  [/^op![^!]+$/, 'operation'],
  [/^d![^!]+![^!]+$/, 'due'],
  [/^h![^!]+![^!]+$/, 'audit'],
  [/^(u![^!]+!a|i!o|i!m|n|ni|s|r|ql|qu|p|hb|hu)!/, 'index'],
];

interface Main {
  readonly row: string;
  readonly etag: string;
  readonly change: Change;
  /** What it writes: itself first, then its index rows. */
  readonly rows: readonly Row[];
}

/** The rows of a partition as what they mean, with all that is wrong with the rows themselves. */
export function contentsOf(all: readonly RawRow[], fold: Fold): LedgerContents {
  const faults: Finding[] = [];
  const fault = (code: FindingCode, { row, etag }: Pick<Finding, 'row' | 'etag'>, says: string) =>
    faults.push({ code, row, etag, says });
  const mains: Main[] = [];
  const chats: Kept<{ userId: string }>[] = [];
  const indexes = new Map<string, { readonly row: string; readonly etag: string; readonly value: object }>();

  for (const { rowKey: row, etag, v, data } of all) {
    const kind = KINDS.find(([pattern]) => pattern.test(row))?.[1];
    const value = parsed(data);
    const at = { row, etag };
    if (kind === undefined) fault('unknownRow', at, 'is of no known kind');
    else if (v !== ROW_VERSION) fault('unreadable', at, `has version ${String(v)}, not ${ROW_VERSION}`);
    else if (value === undefined) fault('unreadable', at, 'holds no JSON object');
    else if (kind === 'index') indexes.set(row, { ...at, value });
    else if (kind === 'chat') chats.push({ ...at, userId: row.split('!')[1] ?? '' });
    else takeMain({ ...at, change: { of: kind, after: value } as Change });
  }
  compare();
  return { ...byKind(mains), chat: chats, faults };

  function takeMain(found: Omit<Main, 'rows'>): void {
    const rows = rowsMade(found.change, fold);
    const own = rows?.[0]?.rowKey;
    if (!rows)
      fault('unreadable', found, `is no ${found.change.of}: something that it must have is not there`);
    else if (own !== found.row) fault('misplaced', found, `should stand at ${own}, by what it says`);
    else mains.push({ ...found, rows });
  }

  function compare(): void {
    const wanted = new Set<string>();
    for (const { row: main, etag, rows } of mains) {
      for (const { rowKey: row, value } of rows.slice(1)) {
        wanted.add(row);
        const found = indexes.get(row);
        if (!found) fault('indexMissing', { row, etag }, `is not there, and ${main} wants it`);
        else if (!isSame(found.value, value)) fault('indexDiffers', found, `is not as ${main} wants it`);
      }
    }
    for (const found of indexes.values()) {
      if (!wanted.has(found.row)) fault('indexOrphaned', found, 'is there, and no row wants it');
    }
  }
}

function parsed(data: unknown): object | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Undefined when it lacks what its keys are made of. */
function rowsMade(change: Change, fold: Fold): Row[] | undefined {
  try {
    return rowsOf(change, 'after', fold);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** As it is stored: without what is undefined. */
const isSame = (stored: object, wanted: object): boolean =>
  isDeepStrictEqual(stored, JSON.parse(JSON.stringify(wanted)));

function byKind(mains: readonly Main[]): Omit<LedgerContents, 'chat' | 'faults'> {
  return {
    company: of('company'),
    benefit: of('benefit'),
    assignment: of('assignment'),
    user: of('user'),
    operation: of('operation'),
    audit: of('audit'),
    handover: of('handover'),
    productKey: of('productKey'),
    claims: of('claims'),
    refusals: of('refusals'),
    serviceRequest: of('serviceRequest'),
    notice: of('notice'),
    due: of('due'),
    bulk: of('bulk'),
    bulkPart: of('bulkPart'),
    userSync: of('userSync'),
  };

  function of<K extends Kind>(kind: K): LedgerContents[K] {
    const some = mains.filter(({ change }) => change.of === kind);
    return some.map(({ row, etag, change }) => ({ ...change.after, row, etag })) as LedgerContents[K];
  }
}

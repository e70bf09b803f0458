import type { Finding } from './findings';
import type { Kept, LedgerContents } from './ledgerContents';
import type { AuditRecord, Benefit } from './model';
import type { ProductKey } from './productKey';

/** docs/rules.md, rule 16: each key is counted, stands there once, and is given to nobody whom the history doesn't tell. */
export function keyFindings({ benefit, productKey, audit }: LedgerContents): Finding[] {
  const claims = claimsIn(audit);
  return benefit.flatMap((each) => {
    const keys = productKey.filter(({ benefitId }) => benefitId === each.id);
    return [...countFindings(each, keys), ...twice(keys), ...unaudited(each, keys, claims)];
  });
}

function countFindings(
  { row, keyKind, keyCounts }: Kept<Benefit>,
  keys: readonly Kept<ProductKey>[],
): Finding[] {
  const isMany = keyKind === 'multipleActivation';
  const sum = (of: (key: ProductKey) => number) => keys.reduce((all, key) => all + of(key), 0);
  const total = sum(({ of = 0 }) => (isMany ? of : 1));
  const given = sum(({ of = 0, left = 0, owner }) => (isMany ? of - left : Number(owner !== undefined)));
  const says = `counts ${keyCounts?.given ?? 0} of ${keyCounts?.total ?? 0} given out, its keys ${given} of ${total}`;
  const isCounted = total === (keyCounts?.total ?? 0) && given === (keyCounts?.given ?? 0);
  const wrong = keys.filter(({ left = 0, of = 0 }) => isMany && !(left >= 0 && left <= of));
  return [
    ...(isCounted ? [] : [{ code: 'keyCounts', row, says } as const]),
    ...wrong.map(({ row: key, left, of }): Finding => ({
      code: 'keyCounts',
      row: key,
      says: `has ${left} of ${of} activations left`,
    })),
  ];
}

function twice(keys: readonly Kept<ProductKey>[]): Finding[] {
  const first = new Map<string, string>();
  return keys.flatMap(({ mark, row }): Finding[] => {
    const other = first.get(mark);
    if (other !== undefined) return [{ code: 'keyTwice', row, says: `is the same key as ${other}` }];
    first.set(mark, row);
    return [];
  });
}

interface Claim {
  readonly by: string;
  readonly keyIds: readonly string[];
}

/** What the history tells of claims, by benefit. */
function claimsIn(audit: readonly AuditRecord[]): Map<string, Claim[]> {
  const claims = new Map<string, Claim[]>();
  for (const { action, benefitId = '', by, details } of audit) {
    if (action !== 'claimKeys' || !details || !('keyIds' in details) || !Array.isArray(details.keyIds))
      continue;
    const of = claims.get(benefitId) ?? [];
    claims.set(benefitId, of);
    of.push({ by, keyIds: details.keyIds.map(String) });
  }
  return claims;
}

/** A single-use key was claimed by its owner; of a multiple activation key each claim took one. */
function unaudited(
  { id, keyKind }: Benefit,
  keys: readonly Kept<ProductKey>[],
  all: Map<string, Claim[]>,
): Finding[] {
  const claims = all.get(id) ?? [];
  return keys.flatMap(({ id: keyId, row, owner, left = 0, of = 0 }): Finding[] => {
    const told = claims.filter(({ keyIds }) => keyIds.includes(keyId));
    if (keyKind === 'multipleActivation') {
      const says = `has given ${of - left} activations, and the history tells of ${told.length} claims`;
      return told.length === of - left ? [] : [{ code: 'keyUnaudited', row, says }];
    }
    if (keyKind !== 'singleUse') return [];
    const strangers = told.filter(({ by }) => by !== owner?.id);
    const says = `belongs to ${owner?.id ?? 'nobody'}, and the history tells of ${told.length} claims, of which ${strangers.length} by others`;
    const isTold = strangers.length === 0 && (owner === undefined || told.length > 0);
    return isTold ? [] : [{ code: 'keyUnaudited', row, says }];
  });
}

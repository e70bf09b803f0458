import { type Finding, finding } from './findings';
import type { Kept, LedgerContents } from './ledgerContents';
import type { AuditRecord, Benefit } from './model';
import type { ProductKey } from './productKey';

/** docs/rules.md, rule 16: each key is counted, stands there once, and is given to nobody whom the history doesn't tell. */
export function keyFindings({ benefit, productKey, audit }: LedgerContents): Finding[] {
  const claims = audit.filter(({ action }) => action === 'claimKeys');
  return benefit.flatMap((each) => {
    const keys = productKey.filter(({ benefitId }) => benefitId === each.id);
    const told = claims.filter(({ benefitId }) => benefitId === each.id);
    return [...countFindings(each, keys), ...twice(keys), ...unaudited(each, keys, told)];
  });
}

function countFindings(benefit: Kept<Benefit>, keys: readonly Kept<ProductKey>[]): Finding[] {
  const { keyKind, keyCounts = { total: 0, given: 0 } } = benefit;
  const isMany = keyKind === 'multipleActivation';
  const sum = (numberOf: (key: ProductKey) => number) => keys.reduce((all, key) => all + numberOf(key), 0);
  const total = sum(({ of = 0 }) => (isMany ? of : 1));
  const given = sum((key) => (isMany ? givenOf(key) : Number(key.owner !== undefined)));
  const isCounted = total === keyCounts.total && given === keyCounts.given;
  const says = `counts ${keyCounts.given} of ${keyCounts.total} given out, its keys ${given} of ${total}`;
  const wrong = keys.filter(({ left = 0, of = 0 }) => isMany && (left < 0 || left > of));
  return [
    ...(isCounted ? [] : [finding('keyCounts', benefit, says)]),
    ...wrong.map((key) => finding('keyCounts', key, `has ${key.left} of ${key.of} activations left`)),
  ];
}

const givenOf = ({ of = 0, left = 0 }: ProductKey): number => of - left;

function twice(keys: readonly Kept<ProductKey>[]): Finding[] {
  const first = new Map<string, string>();
  return keys.flatMap((key) => {
    const other = first.get(key.mark);
    if (other !== undefined) return [finding('keyTwice', key, `is the same key as ${other}`)];
    first.set(key.mark, key.row);
    return [];
  });
}

/** A single-use key was claimed by its owner and by nobody else; of a multiple activation key each claim took one. */
function unaudited(
  { keyKind }: Benefit,
  keys: readonly Kept<ProductKey>[],
  claims: readonly AuditRecord[],
): Finding[] {
  return keys.flatMap((key) => {
    const by = claims.filter(({ details }) => keyIdsIn(details).includes(key.id)).map((claim) => claim.by);
    if (keyKind === 'multipleActivation') {
      const says = `gave ${givenOf(key)} activations, and the history tells of ${by.length} claims`;
      return by.length === givenOf(key) ? [] : [finding('keyUnaudited', key, says)];
    }
    if (keyKind !== 'singleUse') return [];
    const owner = key.owner?.id;
    const isTold =
      owner === undefined ? by.length === 0 : by.length > 0 && by.every((each) => each === owner);
    const says = `belongs to ${owner ?? 'nobody'}, and was claimed by ${[...new Set(by)].join(' and ') || 'nobody'}`;
    return isTold ? [] : [finding('keyUnaudited', key, says)];
  });
}

const keyIdsIn = (details: object | undefined): readonly unknown[] =>
  details && 'keyIds' in details && Array.isArray(details.keyIds) ? details.keyIds : [];

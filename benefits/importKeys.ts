import { BenefitError } from './errors';
import { placeOf } from './keys';
import type { Benefit, Stored } from './model';
import { newOperationId, timePart, untilSettled } from './operations';
import type { Change, Ports } from './ports';
import type { KeyKind, ProductKey } from './productKey';

/** A product key as an operator gives it. */
export interface NewKey {
  readonly key: string;
  /** Of a multiple activation key, and only of one. */
  readonly activations?: number;
}

export interface KeysReport {
  readonly created: number;
  /** Were there before, or stand there twice. */
  readonly unchanged: number;
}

/** So many rows fit a transaction, with those of the benefit and of the audit. */
const AT_ONCE = 90;

/**
 * Adds product keys to a benefit, sealed. Those that are there already are left as they are: what is left of a
 * multiple activation key, and whose a single-use key is, never changes here.
 * @param how `isAudited`: not with a company file, of which nothing is; `told` hears how many have been looked at
 * @throws BenefitError `benefitUnknown`; `noKeys` when the benefit doesn't say of which kind its keys are
 */
export async function importKeys(
  ports: Ports,
  benefitId: string,
  keys: readonly NewKey[],
  how: { readonly write: boolean; readonly isAudited: boolean; readonly told?: (keys: number) => void },
): Promise<KeysReport> {
  let created = 0;
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const some = keys.slice(from, from + AT_ONCE);
    created += await untilSettled(ports, async () => {
      // The benefit first: whoever adds keys writes its row, so that its ETag vouches for the list of keys.
      const benefit = await ports.ledger.benefit(benefitId);
      if (!benefit) throw new BenefitError('benefitUnknown', { benefit: benefitId });
      const fresh = newAmong(ports, benefitId, some, await ports.ledger.productKeys(benefitId));
      if (how.write && fresh.length > 0) {
        const record = how.isAudited ? [byOperator(ports, 'importKeys', benefitId, fresh.length)] : [];
        await ports.ledger.commit([...additions(ports, benefit, fresh), ...record]);
      }
      return fresh.length;
    });
    how.told?.(from + some.length);
  }
  return { created, unchanged: keys.length - created };
}

function newAmong(
  { cipher }: Ports,
  benefitId: string,
  keys: readonly NewKey[],
  known: readonly ProductKey[],
): NewKey[] {
  const seen = new Set(known.map(({ mark }) => mark));
  return keys.filter(({ key }) => {
    const marks = cipher.marks(key, benefitId);
    const isNew = !marks.some((mark) => seen.has(mark));
    marks.forEach((mark) => seen.add(mark));
    return isNew;
  });
}

function additions(ports: Ports, benefit: Stored<Benefit>, keys: readonly NewKey[]): Change[] {
  const { keyKind } = benefit;
  if (!keyKind) throw new BenefitError('noKeys', { benefit: benefit.name });
  const { total, given } = benefit.keyCounts ?? { total: 0, given: 0 };
  const more = keys.reduce((sum, key) => sum + goodFor(keyKind, key), 0);
  return [
    { of: 'benefit', before: benefit, after: { ...benefit, keyCounts: { total: total + more, given } } },
    ...keys.map((key, index): Change => ({
      of: 'productKey',
      after: sealedKey(ports, benefit, keyKind, key, index),
    })),
  ];
}

const goodFor = (keyKind: KeyKind, { activations = 1 }: NewKey): number =>
  keyKind === 'multipleActivation' ? activations : 1;

/** @param index its place in the list: keys are given out in the order in which they came */
function sealedKey(
  ports: Ports,
  { id: benefitId }: Benefit,
  keyKind: KeyKind,
  added: NewKey,
  index: number,
): ProductKey {
  const id = `${timePart(ports.now())}-${String(index).padStart(3, '0')}-${ports.random(8)}`;
  const of = goodFor(keyKind, added);
  return {
    id,
    benefitId,
    ...sealing(ports, { benefitId, id }, added.key),
    ...(keyKind === 'multipleActivation' && { left: of, of }),
  };
}

function sealing(
  { cipher }: Ports,
  row: Pick<ProductKey, 'benefitId' | 'id'>,
  key: string,
): Pick<ProductKey, 'sealed' | 'mark'> {
  const [mark = ''] = cipher.marks(key, row.benefitId);
  return { sealed: cipher.seal(key, placeOf(row)), mark };
}

/**
 * Encrypts again what isn't encrypted with the newest encryption key; repeatable.
 * @param how without `write` it only counts; `told` hears how many are done
 */
export async function rotateKeys(
  ports: Ports,
  how: { readonly write: boolean; readonly told?: (rotated: number) => void },
): Promise<{ rotated: number; unchanged: number }> {
  const report = { rotated: 0, unchanged: 0 };
  for (const { id: benefitId } of await ports.ledger.benefits()) {
    const keys = await ports.ledger.productKeys(benefitId);
    const rotated = how.write
      ? await rotateSome(ports, benefitId, (count) => how.told?.(report.rotated + count))
      : keys.filter(({ sealed }) => ports.cipher.isOutdated(sealed)).length;
    report.rotated += rotated;
    report.unchanged += keys.length - rotated;
  }
  return report;
}

/** Batch after batch, each read anew, until none of the benefit's keys is outdated. */
async function rotateSome(ports: Ports, benefitId: string, told: (rotated: number) => void): Promise<number> {
  for (let rotated = 0; ;) {
    const count = await untilSettled(ports, async () => {
      const keys = await ports.ledger.productKeys(benefitId);
      const outdated = keys.filter(({ sealed }) => ports.cipher.isOutdated(sealed)).slice(0, AT_ONCE);
      if (outdated.length === 0) return 0;
      const changes = outdated.map((before): Change => {
        const key = ports.cipher.open(before.sealed, placeOf(before));
        return { of: 'productKey', before, after: { ...before, ...sealing(ports, before, key) } };
      });
      await ports.ledger.commit([...changes, byOperator(ports, 'rotateKeys', benefitId, outdated.length)]);
      return outdated.length;
    });
    if (count === 0) return rotated;
    rotated += count;
    told(rotated);
  }
}

function byOperator(ports: Ports, action: string, benefitId: string, count: number): Change {
  const at = ports.now().toISOString();
  const details = { count };
  return {
    of: 'audit',
    after: { operationId: newOperationId(ports), action, at, by: 'operator', benefitId, details },
  };
}

import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { BenefitError } from '../benefits/errors';
import { importKeys, rotateKeys } from '../benefits/importKeys';
import { KEY_KINDS, type KeyKind } from '../benefits/productKey';
import { parseKeyList } from './keyList';
import { openTenant, OperatorError } from './operator';
import { printResult, progress } from './output';

/** What the commands here print has counts, never a key. */
export interface KeysOptions {
  readonly tenant: string;
  readonly 'dry-run': boolean;
  readonly json: boolean;
}

/** `keys import`: adds product keys. @param path `-` for stdin */
export async function importKeyList(
  { tenant, benefit: benefitId, json, ...how }: KeysOptions & { readonly benefit: string },
  path: string,
): Promise<void> {
  const { ports } = await openTenant(tenant);
  const benefit = await ports.ledger.benefit(benefitId);
  if (!benefit) throw new BenefitError('benefitUnknown', { benefit: benefitId });
  const list = parseKeyList(path === '-' ? await text(process.stdin) : await readFile(path, 'utf8'), {
    hasActivations: kindOf(benefit) === 'multipleActivation',
  });
  const write = !how['dry-run'];
  const told = progress('keys', 1_000);
  const report = await importKeys(ports, benefitId, list, { write, isAudited: true, told });
  const added = write ? 'added' : 'would be added';
  printResult(
    json,
    { benefitId, ...report },
    () => `${benefit.name.en}: ${report.created} keys ${added}, ${report.unchanged} already there`,
  );
}

function kindOf({ id, keyKind }: { readonly id: string; readonly keyKind?: KeyKind }): KeyKind {
  if (keyKind) return keyKind;
  throw new OperatorError(`${id} has no keyKind: give it one in the company file (${KEY_KINDS.join(', ')})`);
}

/** `keys rotate`: encrypts all keys with the first encryption key. */
export async function rotate({ tenant, json, ...how }: KeysOptions): Promise<void> {
  const { ports } = await openTenant(tenant);
  const write = !how['dry-run'];
  const report = await rotateKeys(ports, { write, told: progress('keys encrypted again', 1_000) });
  const { rotated, unchanged } = report;
  printResult(
    json,
    report,
    () => `${rotated} keys ${write ? '' : 'would be '}encrypted again, ${unchanged} were up to date`,
  );
}

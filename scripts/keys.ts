import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { BenefitError } from '../benefits/errors';
import { importKeys, rotateKeys } from '../benefits/importKeys';
import { KEY_KINDS, type KeyKind } from '../benefits/productKey';
import { parseKeyList } from './keyList';
import { needed, openTenant, print, UsageError } from './operator';

export interface KeysOptions {
  readonly tenant?: string;
  readonly benefit?: string;
  readonly 'dry-run'?: boolean;
}

/** `keys import` and `keys rotate`. What they print has counts, never a key. */
export async function keys(
  options: KeysOptions,
  what: string | undefined,
  file: string | undefined,
): Promise<void> {
  const tenantId = needed(options.tenant, '--tenant ID');
  if (what === 'rotate') return rotate(tenantId);
  if (what !== 'import') throw new UsageError('keys is followed by import or rotate');
  const benefitId = needed(options.benefit, '--benefit ID');
  await importFile(tenantId, benefitId, needed(file, 'FILE'), options['dry-run'] ?? false);
}

async function importFile(tenantId: string, benefitId: string, path: string, dryRun: boolean): Promise<void> {
  const { ports } = await openTenant(tenantId);
  const benefit = await ports.ledger.benefit(benefitId);
  if (!benefit) throw new BenefitError('benefitUnknown', { benefit: benefitId });
  const list = parseKeyList(path === '-' ? await text(process.stdin) : await readFile(path, 'utf8'), {
    hasActivations: kindOf(benefit) === 'multipleActivation',
  });
  const { created, unchanged } = await importKeys(ports, benefitId, list, {
    write: !dryRun,
    isAudited: true,
  });
  const added = dryRun ? 'would be added' : 'added';
  print(`${benefit.name.en}: ${created} keys ${added}, ${unchanged} already there`);
}

function kindOf({ id, keyKind }: { readonly id: string; readonly keyKind?: KeyKind }): KeyKind {
  if (keyKind) return keyKind;
  throw new UsageError(`${id} has no keyKind: give it one in the company file (${KEY_KINDS.join(', ')})`);
}

async function rotate(tenantId: string): Promise<void> {
  const { rotated, unchanged } = await rotateKeys((await openTenant(tenantId)).ports);
  print(`${rotated} keys encrypted again, ${unchanged} were up to date`);
}

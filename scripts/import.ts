import { readFile } from 'node:fs/promises';
import { importCompany, type ImportReport } from '../benefits/importCompany';
import { parseCompanyFile } from './companyFile';
import { openTenant } from './operator';
import { printResult, progress } from './output';

export interface ImportOptions {
  readonly tenant: string;
  readonly 'dry-run': boolean;
  readonly json: boolean;
}

/** `import`: loads a company file, repeatably. */
export async function importFile({ tenant, json, ...how }: ImportOptions, path: string): Promise<void> {
  const dryRun = how['dry-run'];
  const file = parseCompanyFile(await readFile(path, 'utf8'));
  const { ports, announce } = await openTenant(tenant);
  const told = { checked: progress('users checked', 1_000), written: progress('users written', 1_000) };
  const report = await importCompany(ports, file, dryRun, (step, users) => told[step](users));
  if (!dryRun) await announce();
  printResult(
    json,
    report,
    () => `${dryRun ? 'Would import' : 'Imported'} ${file.company.name}: ${inWords(report)}`,
  );
}

function inWords(report: ImportReport): string {
  const part = ([what, fates]: [string, Record<string, number>]) => {
    const counts = Object.entries(fates).filter(([, count]) => count > 0);
    return `${what} ${counts.map(([fate, count]) => `${count} ${fate}`).join(', ') || 'none'}`;
  };
  return Object.entries(report).map(part).join('; ');
}

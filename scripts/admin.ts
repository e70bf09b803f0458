import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { BenefitError } from '../benefits/errors';
import { importCompany, type ImportReport } from '../benefits/importCompany';
import { ROLES, type Role } from '../benefits/model';
import { grantRole } from '../benefits/users';
import { normalEmail } from '../benefits/words';
import { ledgerDomain, realPorts } from '../bot/ports';
import { readStorageConfig } from '../bot/config';
import { openAccount } from '../bot/storageAccount';
import { turnScope } from '../bot/turnScope';
import { textsIn } from '../locales/texts';
import { Tables } from '../storage/tables';
import { CompanyFileError, parseCompanyFile } from './companyFile';

const HELP = `npm run admin -- <command>

  import --tenant ID FILE [--dry-run]            loads a company file, repeatably (samples/README.md)
  grant  --tenant ID --user EMAIL --role ROLE    gives a user a role: ${ROLES.join(' or ')}

Storage is STORAGE_CONNECTION_STRING or STORAGE_ACCOUNT_URL; without both, the tables that npm start runs.
`;

/** What the operator asked for can't be done as it was written. */
class UsageError extends Error {}

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parse(args);
  const [command, file] = positionals;
  if (values.help || command === undefined) return void process.stdout.write(HELP);
  if (command === 'import')
    return importFile(needed(values.tenant, '--tenant ID'), needed(file, 'FILE'), values['dry-run'] ?? false);
  if (command === 'grant') {
    return grant(
      needed(values.tenant, '--tenant ID'),
      needed(values.user, '--user EMAIL'),
      needed(values.role, '--role ROLE'),
    );
  }
  throw new UsageError(`there is no command ${command}`);
}

function parse(args: string[]) {
  const options = {
    tenant: { type: 'string' },
    user: { type: 'string' },
    role: { type: 'string' },
    'dry-run': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

async function importFile(tenantId: string, path: string, dryRun: boolean): Promise<void> {
  const file = parseCompanyFile(await readFile(path, 'utf8'));
  const report = await importCompany(await portsOf(tenantId), file, dryRun);
  process.stdout.write(`${dryRun ? 'Would import' : 'Imported'} ${file.company.name}: ${inWords(report)}\n`);
}

async function grant(tenantId: string, email: string, role: string): Promise<void> {
  const ports = await portsOf(tenantId);
  const known = ROLES.find((each) => each === role);
  if (!known) throw new UsageError(`a role is ${ROLES.join(' or ')}, not ${role}`);
  const userId = await ports.ledger.userIdOfEmail(normalEmail(email));
  if (userId === undefined) throw new BenefitError('userUnknown', { user: email });
  const user = await grantRole(ports, userId, [known satisfies Role], 'operator');
  process.stdout.write(`${user.displayName} (${user.email}) is now: ${user.roles.join(', ')}\n`);
}

async function portsOf(tenantId: string) {
  const tables = new Tables(await openAccount(readStorageConfig()), turnScope, ledgerDomain);
  await tables.create();
  return realPorts(tables.ledger(tenantId.toLowerCase()));
}

function inWords(report: ImportReport): string {
  const part = ([what, fates]: [string, Record<string, number>]) =>
    `${what} ${
      Object.entries(fates)
        .filter(([, count]) => count > 0)
        .map(([fate, count]) => `${count} ${fate}`)
        .join(', ') || 'none'
    }`;
  return Object.entries(report).map(part).join('; ');
}

function needed(value: string | undefined, what: string): string {
  if (!value) throw new UsageError(`${what} is missing`);
  return value;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.exitCode = error instanceof UsageError ? 2 : 1;
  process.stderr.write(`${whyNot(error)}\n`);
});

/** What can be mended is said in a line; the rest with its place. */
function whyNot(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${HELP}`;
  if (error instanceof CompanyFileError) return error.message;
  if (error instanceof BenefitError) return textsIn('en', 'UTC')(`refusal.${error.code}`, error.facts);
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    return `there is no file ${'path' in error ? error.path : ''}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

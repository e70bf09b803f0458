import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { BenefitError } from '../benefits/errors';
import { importCompany, type ImportReport } from '../benefits/importCompany';
import { ROLES } from '../benefits/model';
import { grantRole } from '../benefits/roles';
import { normalEmail } from '../benefits/words';
import { ConfigError } from '../bot/config';
import { textsIn } from '../locales/texts';
import { check } from './check';
import { CompanyFileError, parseCompanyFile } from './companyFile';
import { keys } from './keys';
import { needed, openTenant, print, UsageError } from './operator';
import { outbox } from './outbox';

const HELP = `npm run admin -- <command>

  import --tenant ID FILE [--dry-run]            loads a company file, repeatably (samples/README.md)
  grant  --tenant ID --user EMAIL --role ROLE    gives a user a role: ${ROLES.join(' or ')}
  keys import --tenant ID --benefit ID FILE [--dry-run]   adds product keys, encrypted: one a line, of multiple
                                                          activation keys KEY,50; - reads them from stdin
       rotate --tenant ID                                 encrypts all keys with the first of KEY_ENCRYPTION_KEYS
  outbox --tenant ID [--json]                    what waits to be sent, what was given up, what was sent in the last day
         --tenant ID --retry NOTICE|all          tries one notice, or all that were given up, again now
         --tenant ID --drop NOTICE               gives one up for good
  check  --tenant ID [--json]                    what in the ledger breaks an invariant: exit code 1 when something
                                                 does; it may run while the bot works, and changes nothing

Storage is STORAGE_CONNECTION_STRING or STORAGE_ACCOUNT_URL; without both, the tables that npm start runs.
Product keys are encrypted with KEY_ENCRYPTION_KEYS, the same as the bot's; for npm start's it may be left out.
`;

type Options = ReturnType<typeof parse>['values'];

const commands: Readonly<
  Record<string, (options: Options, ...rest: readonly (string | undefined)[]) => Promise<void>>
> = {
  import: (options, file) =>
    importFile(needed(options.tenant, '--tenant ID'), needed(file, 'FILE'), options['dry-run'] ?? false),
  grant: ({ tenant, user, role }) =>
    grant(needed(tenant, '--tenant ID'), needed(user, '--user EMAIL'), needed(role, '--role ROLE')),
  keys,
  check: ({ tenant, json }) => check(needed(tenant, '--tenant ID'), json),
  outbox: (options) => outbox(needed(options.tenant, '--tenant ID'), options),
};

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parse(args);
  const [name, ...rest] = positionals;
  if (values.help || name === undefined) return void process.stdout.write(HELP);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`there is no command ${name}`);
  await command(values, ...rest);
}

function parse(args: string[]) {
  const options = {
    tenant: { type: 'string' },
    user: { type: 'string' },
    benefit: { type: 'string' },
    role: { type: 'string' },
    retry: { type: 'string' },
    drop: { type: 'string' },
    json: { type: 'boolean' },
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
  const { ports, announce } = await openTenant(tenantId);
  const report = await importCompany(ports, file, dryRun);
  if (!dryRun) await announce();
  print(`${dryRun ? 'Would import' : 'Imported'} ${file.company.name}: ${inWords(report)}`);
}

async function grant(tenantId: string, email: string, role: string): Promise<void> {
  const known = ROLES.find((each) => each === role);
  if (!known) throw new UsageError(`a role is ${ROLES.join(' or ')}, not ${role}`);
  const { ports } = await openTenant(tenantId);
  const userId = await ports.ledger.userIdOfEmail(normalEmail(email));
  if (userId === undefined) throw new BenefitError('userUnknown', { user: email });
  const user = await grantRole(ports, userId, [known], 'operator');
  print(`${user.displayName} (${user.email}) is now: ${user.roles.join(', ')}`);
}

function inWords(report: ImportReport): string {
  const part = ([what, fates]: [string, Record<string, number>]) => {
    const counts = Object.entries(fates).filter(([, count]) => count > 0);
    return `${what} ${counts.map(([fate, count]) => `${count} ${fate}`).join(', ') || 'none'}`;
  };
  return Object.entries(report).map(part).join('; ');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.exitCode = error instanceof UsageError ? 2 : 1;
  process.stderr.write(`${whyNot(error)}\n`);
});

/** What can be mended is said in a line; the rest with its place. */
function whyNot(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${HELP}`;
  if (error instanceof CompanyFileError || error instanceof ConfigError) return error.message;
  if (error instanceof BenefitError) return textsIn('en', 'UTC')(`refusal.${error.code}`, error.facts);
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    return `there is no file ${'path' in error ? error.path : ''}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

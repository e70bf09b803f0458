import { DirectoryError } from '../benefits/directory';
import { BenefitError } from '../benefits/errors';
import { ConfigError } from '../bot/config';
import { textsIn } from '../locales/texts';
import { argumentsOf, helpOf, usageOf } from './command';
import { commands } from './commands';
import { CompanyFileError } from './companyFile';
import { OperatorError, UsageError } from './operator';
import { tell } from './output';

const EXIT_CODES = 'Exit code: 0 done, 1 something was found or it failed, 2 wrong usage.';

const HELP = `npm run admin -- COMMAND …; with --help after it, a command is explained

${Object.entries(commands)
  .map(([name, command]) => `  ${usageOf(name, command)}\n      ${command.says}`)
  .join('\n')}

Storage is STORAGE_CONNECTION_STRING or STORAGE_ACCOUNT_URL; without both, the tables that npm start runs.
Product keys are encrypted with KEY_ENCRYPTION_KEYS, the same as the bot's; for npm start's it may be left out.
The result is on stdout, whatever else there is to say on stderr. ${EXIT_CODES}
`;

const isHelp = (arg: string): boolean => arg === '--help' || arg === '-h';

async function main(args: readonly string[]): Promise<void> {
  const [first, second] = args;
  if (first === undefined || isHelp(first)) return void process.stdout.write(HELP);
  const known = Object.keys(commands).filter((name) => name.split(' ')[0] === first);
  if (known.length === 0) throw new UsageError(`there is no command ${first}`);
  // `users sync` before `users`.
  const named = [`${first} ${second}`, first].filter((name) => known.includes(name)).slice(0, 1);
  if (args.some(isHelp)) {
    const helps = (named[0] === first || named.length === 0 ? known : named).flatMap((name) => {
      const command = commands[name];
      return command ? [helpOf(name, command)] : [];
    });
    return void process.stdout.write(`${helps.join('\n')}\n${EXIT_CODES}\n`);
  }
  const [name] = named;
  const command = commands[name ?? ''];
  if (name === undefined || !command) {
    throw new UsageError(`${first} is followed by ${known.map((each) => each.split(' ')[1]).join(' or ')}`);
  }
  await command.run(argumentsOf(command, args.slice(name.split(' ').length)));
}

// Whoever reads the result may have read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(1);
});

main(process.argv.slice(2)).catch((error: unknown) => {
  process.exitCode = error instanceof UsageError ? 2 : 1;
  tell(whyNot(error));
});

const TOLD = [OperatorError, CompanyFileError, ConfigError, DirectoryError];

/** What can be mended is said in a line; the rest with its place. */
function whyNot(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}; see npm run admin -- --help`;
  if (TOLD.some((kind) => error instanceof kind)) return (error as Error).message;
  if (error instanceof BenefitError) return textsIn('en', 'UTC')(`refusal.${error.code}`, error.facts);
  if (error instanceof Error && 'code' in error && 'path' in error) {
    return error.code === 'ENOENT' ? `there is no file ${error.path}` : error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

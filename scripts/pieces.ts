/**
 * The programs that make up a running Partner Benefits on one machine. `npm start` runs all of them, tests the
 * ones that they need. Bot and import come from dist/, so build first.
 */
import { join } from 'node:path';
import { freePort, root, run, type Environment, type Piece } from './program';

export { isFree, killAll, stopAll, type Piece } from './program';

/** The tenant of samples/playground-*.yml, into which the sample company is loaded. */
export const SAMPLE_TENANT = '5c9b7f3e-2d41-4f0a-9a6e-8b1d3c7e4f20';

export interface Storage extends Piece {
  readonly connectionString: string;
}

/** Azurite's tables, on disk when a folder is given. Azurite's own well-known account and key. */
export async function startAzurite(options: {
  port: number;
  folder?: string;
  log: string;
}): Promise<Storage> {
  const port = options.port || (await freePort());
  const where = options.folder ? ['--location', options.folder] : ['--inMemoryPersistence'];
  const flags = ['--silent', '--skipApiVersionCheck', '--disableTelemetry'];
  const program = run('Azurite', {
    args: [
      installed('azurite/dist/src/table/main.js'),
      '--tableHost',
      '127.0.0.1',
      '--tablePort',
      `${port}`,
      ...where,
      ...flags,
    ],
    logs: [options.log],
    // It saves every 5 s and on SIGINT only: after SIGTERM, acknowledged writes would be gone.
    stopSignal: 'SIGINT',
  });
  await program.ready((log) => log.includes('successfully started'));
  const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
  return {
    ...program.piece(port),
    connectionString: `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${key};TableEndpoint=http://127.0.0.1:${port}/devstoreaccount1;`,
  };
}

/** Loads a company file into a tenant; loading it again changes nothing. `folder` is where the bot has its `.data/`. */
export async function importSample(options: {
  storage: string;
  log: string;
  tenant?: string;
  file?: string;
  env?: Environment;
  folder?: string;
}): Promise<void> {
  const { tenant = SAMPLE_TENANT, file = join(root, 'samples/contoso.json'), folder } = options;
  const program = run('The import of the sample company', {
    args: [join(root, 'dist/scripts/admin.js'), 'import', '--tenant', tenant, file],
    env: { BOT_MODE: 'local', STORAGE_CONNECTION_STRING: options.storage, ...options.env },
    logs: [options.log],
    folder,
  });
  const outcome = await program.ended;
  if (program.exitCode() !== 0) throw new Error(outcome);
}

/** The bot in local mode; it keeps its `.data/` in the folder, the project's by default. */
export async function startBot(options: {
  port: number;
  storage: string;
  log: string;
  env?: Environment;
  folder?: string;
}): Promise<Piece> {
  const port = options.port || (await freePort());
  const program = run('The bot', {
    args: [join(root, 'dist/bot/main.js')],
    env: { BOT_MODE: 'local', PORT: `${port}`, STORAGE_CONNECTION_STRING: options.storage, ...options.env },
    logs: [options.log],
    folder: options.folder,
  });
  await program.ready(() => answers(`http://127.0.0.1:${port}/readyz`));
  return program.piece(port);
}

/** One window of Microsoft's Agents Playground; `config` says whose. */
export async function startPlayground(options: {
  config: string;
  port: number;
  botPort: number;
  log: string;
}): Promise<Piece> {
  const port = options.port || (await freePort());
  const program = run('Agents Playground', {
    args: [
      ...[installed('@microsoft/m365agentsplayground/cli.js'), '-p', `${port}`, '-c', 'msteams'],
      ...['-e', `http://127.0.0.1:${options.botPort}/api/messages`],
      ...['--su', `http://127.0.0.1:${port}/_connector`, '--disable-telemetry'],
    ],
    env: {
      TEAMSAPPTESTER_BROWSER: 'none',
      APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: join(root, options.config),
      M365_AGENTS_PLAYGROUND_LOGFILE: options.log,
    },
    // It deletes its log at start and writes it anew: what it prints needs a file of its own.
    logs: [options.log.replace(/(\.log)?$/, '.out.log'), options.log],
  });
  await program.ready((log) => /Listening on \d+/.test(log));
  // When the port is taken it silently takes another, and the bot's answers would go nowhere.
  if (!program.log().includes(`Listening on ${port}\n`)) {
    await program.stop();
    throw new Error(`Agents Playground could not have port ${port}: something else has it.`);
  }
  return program.piece(port);
}

const installed = (path: string): string => join(root, 'node_modules', path);

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

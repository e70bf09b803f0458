/**
 * The programs that make up a running Partner Benefits on one machine. `npm start` runs all of them, tests the
 * ones that they need. Bot and import come from dist/, so build first.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** The tenant of samples/playground-*.yml, into which the sample company is loaded. */
export const SAMPLE_TENANT = '5c9b7f3e-2d41-4f0a-9a6e-8b1d3c7e4f20';

/** A program that is up and answers. */
export interface Piece {
  readonly port: number;
  /** Ends it and waits until it has ended. */
  stop(): Promise<void>;
  /** Settles when it ends, by itself or by `stop`; tells how, with the last lines of its log. */
  readonly ended: Promise<string>;
}

export interface Storage extends Piece {
  readonly connectionString: string;
}

type Environment = Record<string, string | undefined>;

/** This file runs from scripts/ in tests and from dist/scripts/ otherwise. */
const root = join(__dirname, __dirname.endsWith(join('dist', 'scripts')) ? '../..' : '..');
const preload = pathToFileURL(join(root, 'scripts/preload.mjs')).href;
const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 10_000;
const POLL_MS = 50;

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

/** Loads a company file into a tenant; loading it again changes nothing. */
export async function importSample(options: {
  storage: string;
  log: string;
  tenant?: string;
  file?: string;
  env?: Environment;
}): Promise<void> {
  const { tenant = SAMPLE_TENANT, file = 'samples/contoso.json' } = options;
  const program = run('The import of the sample company', {
    args: [join(root, 'dist/scripts/admin.js'), 'import', '--tenant', tenant, file],
    env: { BOT_MODE: 'local', STORAGE_CONNECTION_STRING: options.storage, ...options.env },
    logs: [options.log],
  });
  const outcome = await program.ended;
  if (program.exitCode() !== 0) throw new Error(outcome);
}

/** The bot in local mode. */
export async function startBot(options: {
  port: number;
  storage: string;
  log: string;
  env?: Environment;
}): Promise<Piece> {
  const port = options.port || (await freePort());
  const program = run('The bot', {
    args: [join(root, 'dist/bot/main.js')],
    env: { BOT_MODE: 'local', PORT: `${port}`, STORAGE_CONNECTION_STRING: options.storage, ...options.env },
    logs: [options.log],
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

/** Stops whatever is still running, the last one started first. */
export async function stopAll(): Promise<void> {
  for (const program of [...running].reverse()) await program.stop();
}

/** Ends whatever is still running at once. Azurite loses up to 5 s of writes. */
export function killAll(): void {
  for (const program of running) program.kill();
}

/** Whether a program could listen here. */
export async function isFree(port: number): Promise<boolean> {
  // macOS lets one process have 127.0.0.1 and another all addresses: try both.
  return (await listens(port, '127.0.0.1')) !== undefined && (await listens(port)) !== undefined;
}

async function freePort(): Promise<number> {
  const port = await listens(0, '127.0.0.1');
  if (port === undefined) throw new Error('No port is free.');
  return port;
}

function listens(port: number, host?: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, host, () => {
      const { port: got } = server.address() as AddressInfo;
      server.close(() => resolve(got));
    });
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

const installed = (path: string): string => join(root, 'node_modules', path);

/** The programs that run now, in the order in which they were started. */
const running = new Set<Program>();

interface ProgramOptions {
  args: string[];
  /** What it prints goes to the first; the last lines of all are shown when it fails. */
  logs: [string, ...string[]];
  env?: Environment;
  stopSignal?: NodeJS.Signals;
}

function run(name: string, options: ProgramOptions): Program {
  for (const log of options.logs) {
    mkdirSync(dirname(log), { recursive: true });
    // What an earlier run wrote would be taken for this one's.
    rmSync(log, { force: true });
  }
  const out = openSync(options.logs[0], 'w');
  const child = spawn(process.execPath, ['--import', preload, ...options.args], {
    cwd: root,
    env: { ...process.env, ...withoutProxy(), ...options.env, STARTED_BY: `${process.pid}` },
    stdio: ['ignore', out, out],
    // A process group of its own: the terminal's Ctrl-C must not reach it before we stop it in our order.
    detached: true,
  });
  closeSync(out);
  return new Program(name, child, options);
}

/** Behind a proxy, bot and Playground would look for one another there. */
function withoutProxy(): Environment {
  const own = process.env.NO_PROXY ?? process.env.no_proxy;
  const all = [own, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
  return { NO_PROXY: all, no_proxy: all };
}

class Program {
  readonly ended: Promise<string>;

  constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
    private readonly options: ProgramOptions,
  ) {
    running.add(this);
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => this.endedBy(error.message, resolve));
      child.once('exit', (code, signal) => this.endedBy(signal ?? `exit code ${code}`, resolve));
    });
  }

  private endedBy(reason: string, resolve: (how: string) => void): void {
    running.delete(this);
    const lines = this.log().trimEnd().split('\n').slice(-20);
    resolve(
      [`${this.name} ended (${reason}). The end of ${this.options.logs.join(' and ')}:`, ...lines].join(
        '\n  ',
      ),
    );
  }

  /** Waits until `isReady` says so; throws when it ends before, or takes too long. */
  async ready(isReady: (log: string) => boolean | Promise<boolean>): Promise<void> {
    const late = Date.now() + READY_WITHIN_MS;
    while (!(await isReady(this.log()))) {
      if (!running.has(this)) throw new Error(await this.ended);
      if (Date.now() > late) {
        await this.stop();
        throw new Error(
          `${this.name} did not answer within ${READY_WITHIN_MS / 1000} s.\n${await this.ended}`,
        );
      }
      await sleep(POLL_MS);
    }
  }

  log(): string {
    return this.options.logs.map(readIfThere).join('');
  }

  exitCode(): number | null {
    return this.child.exitCode;
  }

  async stop(): Promise<void> {
    if (!running.has(this)) return;
    this.child.kill(this.options.stopSignal ?? 'SIGTERM');
    const timer = setTimeout(() => this.kill(), STOP_WITHIN_MS);
    await this.ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  piece(port: number): Piece {
    return { port, ended: this.ended, stop: () => this.stop() };
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Starting a program, knowing when it is ready, and ending it so that nothing is lost and nothing is left. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** A program that is up and answers. */
export interface Piece {
  readonly port: number;
  /** Ends it and waits until it has ended. */
  stop(): Promise<void>;
  /** Settles when it ends, by itself or by `stop`; tells how, with the last lines of its log. */
  readonly ended: Promise<string>;
}

export type Environment = Record<string, string | undefined>;

/** This file runs from scripts/ in tests and from dist/scripts/ otherwise. */
export const root = join(__dirname, __dirname.endsWith(join('dist', 'scripts')) ? '../..' : '..');
const preload = pathToFileURL(join(root, 'scripts/preload.mjs')).href;
const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 10_000;
const POLL_MS = 50;

/** The programs that run now, in the order in which they were started. */
const running = new Set<Program>();

/** Stops whatever is still running, the last one started first. */
export async function stopAll(): Promise<void> {
  for (const program of [...running].reverse()) await program.stop();
}

/** Ends whatever is still running at once. Azurite loses up to 5 s of writes. */
export function killAll(): void {
  for (const program of running) program.kill();
}

interface ProgramOptions {
  args: string[];
  /** What it prints goes to the first; the last lines of all are shown when it fails. */
  logs: [string, ...string[]];
  env?: Environment;
  stopSignal?: NodeJS.Signals;
  /** Where it works: the project's folder by default. */
  folder?: string;
}

/** Starts a JS file with this Node; it ends with us at the latest (preload.mjs). */
export function run(name: string, options: ProgramOptions): Program {
  for (const log of options.logs) {
    mkdirSync(dirname(log), { recursive: true });
    // What an earlier run wrote would be taken for this one's.
    rmSync(log, { force: true });
  }
  const out = openSync(options.logs[0], 'w');
  const child = spawn(process.execPath, ['--import', preload, ...options.args], {
    cwd: options.folder ?? root,
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

/** Whether a program could listen here. */
export async function isFree(port: number): Promise<boolean> {
  // macOS lets one process have 127.0.0.1 and another all addresses: try both.
  return (await listens(port, '127.0.0.1')) !== undefined && (await listens(port)) !== undefined;
}

/** A port on which nothing listens at the moment. */
export async function freePort(): Promise<number> {
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

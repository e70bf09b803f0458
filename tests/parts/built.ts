import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(__dirname, '../..');
/** Ends the program when this process is gone, however that came. */
const preload = pathToFileURL(join(root, 'scripts/preload.mjs')).href;

export interface Built {
  readonly pid: number;
  /** How it ended, and all that it printed. */
  readonly ended: Promise<{ readonly exitCode: number | string; readonly out: string; readonly err: string }>;
  /** What it has printed until now. */
  readonly printed: { readonly out: string; readonly err: string };
  /** Resolves with what it has printed once it fits. @throws when it ends before */
  prints(pattern: RegExp): Promise<RegExpExecArray>;
  isRunning(): boolean;
  sends(signal: NodeJS.Signals): void;
}

/** Starts a program of dist/ with these settings and none of ours; tests run after a build. */
export function startBuilt(
  path: string,
  args: readonly string[],
  env: Record<string, string>,
  folder = root,
): Built {
  const child = spawn(process.execPath, ['--import', preload, join(root, 'dist', path), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, STARTED_BY: `${process.pid}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const printed = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.err += text));
  // Not `exit`: what it printed last may still be on its way.
  const ended = once(child, 'close').then(([exitCode, signal]) => {
    process.off('exit', kill);
    return { exitCode: (exitCode ?? signal) as number | string, ...printed };
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid ?? 0,
    ended,
    printed,
    async prints(pattern) {
      for (;;) {
        const found = pattern.exec(printed.out);
        if (found) return found;
        if (!isRunning()) throw new Error(`it ended without that: ${JSON.stringify(await ended)}`);
        await Promise.race([once(child.stdout, 'data'), ended]);
      }
    },
    isRunning,
    sends: (signal) => void child.kill(signal),
  };
}

/** Runs a program of dist/ to its end. */
export const runBuilt = (path: string, args: readonly string[], env: Record<string, string>) =>
  startBuilt(path, args, env).ended;

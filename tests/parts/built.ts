import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(__dirname, '../..');

export interface Built {
  /** How it ended, and all that it printed. */
  readonly ended: Promise<{ readonly exitCode: number | string; readonly out: string; readonly err: string }>;
  isRunning(): boolean;
  sends(signal: NodeJS.Signals): void;
}

/** Starts a program of dist/ with these settings and none of ours; tests run after a build. */
export function startBuilt(path: string, args: readonly string[], env: Record<string, string>): Built {
  const child = spawn(process.execPath, [join(root, 'dist', path), ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]).then(
    ([[exitCode, signal], out, err]) => {
      process.off('exit', kill);
      return { exitCode: (exitCode ?? signal) as number | string, out, err };
    },
  );
  return {
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    sends: (signal) => void child.kill(signal),
  };
}

/** Runs a program of dist/ to its end. */
export const runBuilt = (path: string, args: readonly string[], env: Record<string, string>) =>
  startBuilt(path, args, env).ended;

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');

interface Cost {
  readonly cpuPerTurn: number;
}

/**
 * Processor time of the built bot's process, held against the smallest bot that keeps its state on tables, in one run:
 * docs/performance.md has the figures. The margins are wide: a machine with other work trips none, a slip of twice does.
 */
it('a turn costs the built bot little more than the SDK alone, measured side by side', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'bench/bench.mjs'), '--check'], {
    cwd: root,
    maxBuffer: 10_000_000,
  });
  const turns = JSON.parse(stdout) as Record<string, Cost>;
  const floor = ((turns['c2 message']?.cpuPerTurn ?? NaN) + (turns['c2 press']?.cpuPerTurn ?? NaN)) / 2;
  const ratio = (name: string) => (turns[name]?.cpuPerTurn ?? NaN) / floor;
  expect(ratio('back')).toBeLessThan(1);
  expect(ratio('choose a benefit')).toBeLessThan(1.6);
  expect(ratio('my benefits')).toBeLessThan(1.1);
}, 240_000);

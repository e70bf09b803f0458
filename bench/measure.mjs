import { cpuMs } from './processes.mjs';

/**
 * Does each piece of work, so many at once.
 * @param pids of which process, or processes, the processor time counts
 * @returns processor time and time that passed, a piece, in milliseconds; and how long the pieces took
 */
export async function measure(pids, work, atOnce) {
  const cpu = () => [pids].flat().reduce((sum, pid) => sum + cpuMs(pid), 0);
  const [cpuBefore, began] = [cpu(), performance.now()];
  const took = [];
  let next = 0;
  const worker = async () => {
    while (next < work.length) {
      const piece = work[next++];
      const start = performance.now();
      await piece();
      took.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const passed = performance.now() - began;
  return { count: work.length, cpuMs: cpu() - cpuBefore, passedMs: passed, took };
}

/** Several measurements of the same, as one. */
export function together(parts) {
  const sum = (of) => parts.reduce((total, part) => total + part[of], 0);
  const count = sum('count');
  const took = parts.flatMap((part) => part.took).sort((one, other) => one - other);
  return {
    count,
    cpuPerTurn: sum('cpuMs') / count,
    perSecond: (count * 1000) / sum('passedMs'),
    p50: percentile(took, 0.5),
    p95: percentile(took, 0.95),
  };
}

export const mean = (looks) => looks.reduce((sum, look) => sum + look, 0) / looks.length;

export const percentile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

import { doMixedWork } from '../parts/mixedWork';
import { agreesWithLedger } from './agreesWithLedger';

/** @returns how often presses ended how */
export async function mixedRun(seed: number, operations: number): Promise<Record<string, number>> {
  const { told, ports, found, close } = await doMixedWork(seed, operations);
  try {
    expect(found).toEqual([]);
    await agreesWithLedger(told, ports);
    const counts: Record<string, number> = {};
    for (const { action, refusal } of told) {
      const name = refusal ? `refused: ${refusal}` : action;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  } finally {
    await close();
  }
}

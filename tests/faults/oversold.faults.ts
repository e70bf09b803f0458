import { mixedRun } from './mixedRun';

const ROUNDS = Number(process.env.ROUNDS ?? 1);
const OPERATIONS = 1_000;

it.each(Array.from({ length: ROUNDS }, (_, n) => n + 1))(
  'whatever is done at once, the ledger holds (seed %i, 1,000 presses)',
  async (seed) => {
    const began = Date.now();
    const counts = await mixedRun(seed, OPERATIONS);
    console.log(`seed ${seed}: ${OPERATIONS} presses in ${Date.now() - began} ms\n${JSON.stringify(counts)}`);
  },
  600_000,
);

import { openFleet, type Fleet } from '../parts/fleet';
import { until } from '../parts/until';
import { MixedWork, WEBHOOK_SECRET, withAdmins } from './mixedWork';
import { Watch } from './vitals';

const MINUTES = Number(process.env.SOAK_MINUTES ?? 10);
const LOOK_EVERY_MS = 10_000;
/** Before that, code is still being loaded and compiled, and the heap finds its size. */
const JUDGED_FROM_MINUTES = 8;
/**
 * The second to fourth minute of ten is held against the last two. V8 lets garbage of some 45 MB come together before
 * it collects, every other minute, so that the middle of two minutes sways by up to a tenth; what is kept for good
 * may be no more than 15 %. That is what a leak of some 40 KB a turn makes of it in ten minutes, or one of 7 KB in an
 * hour.
 */
const [EARLY, LATE] = [[0.1, 0.4] as const, [0.8, 1] as const];
const MORE_MEMORY = 1.15;
const MORE_HANDLES = 5;

jest.setTimeout((MINUTES + 5) * 60_000);

let fleet: Fleet;
beforeEach(async () => {
  fleet = await openFleet({ load: withAdmins, env: { ACTIVATION_WEBHOOK_SECRET: WEBHOOK_SECRET } });
});
afterEach(() => fleet.close());

it(`${MINUTES} minutes of mixed work on three processes`, async () => {
  const work = new MixedWork(fleet, numbersFrom(1));
  await work.begins();
  const watches = fleet.bots.map((bot) => new Watch(bot));
  const stop = new AbortController();
  const looking = setInterval(() => watches.forEach((watch) => watch.look()), LOOK_EVERY_MS);
  const ending = setTimeout(() => stop.abort(), MINUTES * 60_000);
  try {
    await work.goesOn(stop.signal);
  } finally {
    clearInterval(looking);
    clearTimeout(ending);
  }
  await until(
    'the outbox is empty',
    async () => (await fleet.ledger.notices('waiting')).length === 0,
    60_000,
  );
  watches.forEach((watch) => watch.readLog());
  const ends = await Promise.all(
    fleet.bots.map(({ built }) => {
      built.sends('SIGTERM');
      return built.ended;
    }),
  );
  report(watches, work.done);

  // No process ended before it was told to, by an unhandled rejection or otherwise; nothing was warned of.
  expect(ends.map(({ exitCode, err }) => ({ exitCode, err }))).toEqual(
    ends.map(() => ({ exitCode: 0, err: '' })),
  );
  expect(watches.flatMap(({ faults }) => faults)).toEqual([]);
  expect(await fleet.ledger.notices('parked')).toEqual([]);
  expect(await fleet.findings()).toEqual([]);
  if (MINUTES < JUDGED_FROM_MINUTES) return;
  for (const watch of watches) {
    expect(watch.median('residentMb', ...LATE)).toBeLessThanOrEqual(
      MORE_MEMORY * watch.median('residentMb', ...EARLY),
    );
    expect(watch.median('handles', ...LATE)).toBeLessThanOrEqual(
      MORE_HANDLES + watch.median('handles', ...EARLY),
    );
  }
});

function report(watches: readonly Watch[], done: Readonly<Record<string, number>>): void {
  const lines = watches.flatMap(({ seen }, process) => seen.map((vitals) => ({ process, ...vitals })));
  console.table(lines.sort((one, other) => one.seconds - other.seconds || one.process - other.process));
  console.table(
    watches.map((watch) => ({
      turns: watch.seen.at(-1)?.turns,
      notices: watch.seen.at(-1)?.notices,
      faults: watch.faults.length,
      'MB early': watch.median('residentMb', ...EARLY),
      'MB late': watch.median('residentMb', ...LATE),
      'handles early': watch.median('handles', ...EARLY),
      'handles late': watch.median('handles', ...LATE),
    })),
  );
  console.table(done);
  if (MINUTES < JUDGED_FROM_MINUTES)
    console.log(`Memory and handles are judged from ${JUDGED_FROM_MINUTES} minutes on.`);
}

/** Numbers from 0 to 1 that look random and are the same in every run. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

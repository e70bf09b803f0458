import { getEventListeners } from 'node:events';
import { Pace, type PaceClock } from '../../notifications/pace';

const HOUR_MS = 3_600_000;

/** Time that passes only when the test says so. */
class VirtualClock implements PaceClock {
  private time = 0;
  private readonly sleepers = new Set<{ until: number; wake: () => void }>();

  /** @param inexact how many milliseconds a sleep lasts longer than it should; less than 0 is shorter */
  constructor(private readonly inexact = () => 0) {}

  now() {
    return this.time;
  }

  get timers() {
    return this.sleepers.size;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { until: this.time + Math.max(0.1, ms + this.inexact()), wake: resolve };
      this.sleepers.add(sleeper);
      signal.addEventListener('abort', () => {
        this.sleepers.delete(sleeper);
        reject(new Error('sleep was aborted'));
      });
    });
  }

  /** Lets time pass, from one sleeper to the next. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    for (await settled(); ; await settled()) {
      const [first] = [...this.sleepers].sort((one, other) => one.until - other.until);
      if (!first || first.until > end) break;
      this.sleepers.delete(first);
      this.time = first.until;
      first.wake();
    }
    this.time = Math.max(this.time, end === Infinity ? 0 : end);
  }
}

/** All that can go on without time passing has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

interface Sent {
  readonly to: string;
  readonly at: number;
  readonly name: string;
}

const never = new AbortController().signal;

/** One tenant's pace, with all that was sent. */
function startPace(clock = new VirtualClock()) {
  const pace = new Pace(clock);
  const sent: Sent[] = [];
  const send = async (to: string, signal = never, name = '') => {
    await pace.take(to, signal);
    sent.push({ to, at: clock.now(), name });
  };
  return {
    pace,
    clock,
    sent,
    send,
    /** What must not go wrong: a rejection fails the test, being handled nowhere. */
    sends: (to: string, count: number) => {
      for (let number = 0; number < count; number += 1) void send(to, never, String(number));
    },
    timesOf: (to: string) => sent.filter((each) => each.to === to).map(({ at }) => at),
    times: () => sent.map(({ at }) => at),
  };
}

/** The most that went out in any stretch of so many milliseconds. */
function busiest(times: readonly number[], ms: number): number {
  let first = 0;
  let most = 0;
  times.forEach((time, index) => {
    while ((times[first] ?? time) + ms <= time) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

function expectWithinLimits(sent: readonly Sent[]) {
  const times = (some: readonly Sent[]) => some.map(({ at }) => at);
  expect(busiest(times(sent), 1_000)).toBeLessThanOrEqual(27);
  expect(busiest(times(sent), 30)).toBeLessThanOrEqual(1);
  for (const conversation of new Set(sent.map(({ to }) => to))) {
    const own = times(sent.filter(({ to }) => to === conversation));
    expect(busiest(own, 1_000)).toBeLessThanOrEqual(7);
    expect(busiest(own, 2_000)).toBeLessThanOrEqual(8);
    expect(busiest(own, 30_000)).toBeLessThanOrEqual(60);
    expect(busiest(own, HOUR_MS)).toBeLessThanOrEqual(1_800);
  }
}

/** Numbers from 0 to 1 that look random and are the same in every run. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

describe('a tenant', () => {
  it('sends 1,000 messages to 200 chats within the limits, and hardly slower than they allow', async () => {
    const { clock, sent, sends, times } = startPace();
    for (let round = 0; round < 5; round += 1)
      for (let chat = 0; chat < 200; chat += 1) sends(`chat-${chat}`, 1);
    await clock.pass(Infinity);
    expect(sent).toHaveLength(1_000);
    expectWithinLimits(sent);
    expect(busiest(times(), 1_000)).toBe(27);
    expect(clock.now()).toBeLessThanOrEqual((1_000 / 26.5) * 1_000);
    expect(clock.timers).toBe(0);
  });

  it('doesn’t exceed what Teams takes either when messages are up to 90 ms longer on their way', async () => {
    const random = numbersFrom(1);
    const { clock, sends, times } = startPace();
    for (let chat = 0; chat < 1_000; chat += 1) sends(`chat-${chat}`, 1);
    await clock.pass(Infinity);
    const arrived = times().map((at) => at + random() * 90);
    expect(
      busiest(
        arrived.sort((one, other) => one - other),
        1_000,
      ),
    ).toBeLessThanOrEqual(30);
  });

  it('is as fast with timers that are late by up to 4 ms', async () => {
    const random = numbersFrom(1);
    const { clock, sent, sends } = startPace(new VirtualClock(() => random() * 4));
    for (let chat = 0; chat < 1_000; chat += 1) sends(`chat-${chat % 200}`, 1);
    await clock.pass(Infinity);
    expect(sent).toHaveLength(1_000);
    expectWithinLimits(sent);
    expect(clock.now()).toBeLessThanOrEqual((1_000 / 26.5) * 1_000);
  });

  it.each([1, 2, 3, 4, 5])(
    'stays within the limits whatever comes when, with timers that are early or late (%i)',
    async (seed) => {
      const random = numbersFrom(seed);
      const { clock, sent, sends } = startPace(new VirtualClock(() => random() * 6 - 2));
      for (let all = 0; all < 1_000;) {
        const some = Math.min(1_000 - all, Math.ceil(random() * 12));
        sends(`chat-${Math.floor(random() ** 4 * 200)}`, some);
        all += some;
        await clock.pass(random() * 300);
      }
      await clock.pass(Infinity);
      expect(sent).toHaveLength(1_000);
      expectWithinLimits(sent);
      expect(clock.timers).toBe(0);
    },
  );
});

describe('a chat', () => {
  it('gets a burst of 100 in its order, as fast as its limits allow', async () => {
    const { clock, sent, sends, times } = startPace();
    sends('chat', 100);
    await clock.pass(Infinity);
    expect(sent.map(({ name }) => Number(name))).toEqual([...Array(100).keys()]);
    expectWithinLimits(sent);
    const seven = [0, 30, 60, 90, 120, 150, 180];
    const again = seven.map((at) => at + 2_000);
    expect(times().slice(0, 16)).toEqual([...seven, 1_000, ...again, 3_000]);
    // 60 within the first half minute, 40 after it
    expect(times()[60]).toBe(30_000);
    expect(clock.now()).toBe(39_000);
  });

  it('gets 1,800 in an hour and the next one when the hour is over', async () => {
    const { clock, sent, sends, times } = startPace();
    sends('chat', 1_810);
    await clock.pass(Infinity);
    expectWithinLimits(sent);
    expect(times()[1_799]).toBeLessThan(HOUR_MS / 4);
    expect(times()[1_800]).toBe(HOUR_MS);
    expect(times()).toHaveLength(1_810);
  });

  it('is forgotten when it was silent for an hour, and not before', async () => {
    const { pace, clock, sends } = startPace();
    // one every 30 ms
    for (let chat = 0; chat < 20; chat += 1) sends(`chat-${chat}`, 1);
    await clock.pass(HOUR_MS - 1);
    sends('chat-0', 1);
    expect(pace.remembered).toBe(20);
    await clock.pass(301);
    sends('chat-0', 1);
    expect(pace.remembered).toBe(10);
    await clock.pass(HOUR_MS);
    sends('new', 1);
    expect(pace.remembered).toBe(1);
  });
});

describe('a chat at its limit', () => {
  it('holds up no other', async () => {
    const { clock, sent, sends, timesOf } = startPace();
    sends('busy', 100);
    for (let chat = 0; chat < 20; chat += 1) sends(`chat-${chat}`, 1);
    await clock.pass(999);
    expect(timesOf('busy')).toHaveLength(7);
    expect(sent).toHaveLength(27);
  });

  it('and sleeping for long doesn’t make the sleep of others longer', async () => {
    const { clock, sends, timesOf } = startPace();
    sends('busy', 61);
    await clock.pass(15_000);
    expect(timesOf('busy')).toHaveLength(60);
    sends('other', 9);
    await clock.pass(2_000);
    const seven = [15_000, 15_030, 15_060, 15_090, 15_120, 15_150, 15_180];
    expect(timesOf('other')).toEqual([...seven, 16_000, 17_000]);
    await clock.pass(Infinity);
    expect(timesOf('busy')[60]).toBe(30_000);
  });
});

it('gives chats their turns: a new one doesn’t wait for all that others have waiting', async () => {
  const { clock, sent, sends, timesOf } = startPace();
  for (let chat = 0; chat < 27; chat += 1) sends(`chat-${chat}`, 5);
  sends('new', 1);
  await clock.pass(Infinity);
  expect(sent).toHaveLength(136);
  // the first chat has its second turn before it: nobody else was there at its first
  expect(timesOf('new')).toEqual([1_030]);
});

describe('who gives up', () => {
  it('is told at once, and takes nobody’s place', async () => {
    const { clock, sent, send, sends, times } = startPace();
    for (let chat = 0; chat < 27; chat += 1) sends(`chat-${chat}`, 1);
    const stop = new AbortController();
    const reason = new Error('lease lost');
    const givenUp = expect(send('late', stop.signal)).rejects.toBe(reason);
    sends('later', 1);
    stop.abort(reason);
    await givenUp;
    expect(clock.now()).toBe(0);
    for (let chat = 0; chat < 27; chat += 1) sends(`chat-${chat}`, 1);
    await clock.pass(Infinity);
    expect(sent.map(({ to }) => to)).not.toContain('late');
    // 27 at 30 ms from each other, then again as soon as the second is over
    expect([times()[26], times()[27], times()[53], times()[54]]).toEqual([780, 1_000, 1_780, 2_000]);
    expect(times()).toHaveLength(55);
  });

  it('leaves no timer and no listener', async () => {
    const { clock, send, sends } = startPace();
    const stop = new AbortController();
    const asked = Array.from({ length: 20 }, () => send('chat', stop.signal));
    await clock.pass(500);
    expect(clock.timers).toBe(1);
    stop.abort();
    const ends = await Promise.allSettled(asked);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
    expect(clock.timers).toBe(0);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    sends('chat', 1);
    await clock.pass(Infinity);
    expect(clock.now()).toBe(1_000);
  });

  it('is not let in when they gave up before', async () => {
    const { clock, sent, send, sends } = startPace();
    await expect(send('chat', AbortSignal.abort())).rejects.toThrow('aborted');
    sends('chat', 7);
    await clock.pass(500);
    expect(sent).toHaveLength(7);
  });
});

it('listens to a signal no longer than it waits', async () => {
  const { clock, send } = startPace();
  const { signal } = new AbortController();
  const asked = Array.from({ length: 10 }, () => send('chat', signal));
  await clock.pass(Infinity);
  await Promise.all(asked);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('tells all who wait when the clock fails', async () => {
  const broken = new Error('no clock');
  const pace = new Pace({ now: () => 0, sleep: () => Promise.reject(broken) });
  const ends = await Promise.allSettled(Array.from({ length: 3 }, () => pace.take('chat', never)));
  const failed = { status: 'rejected', reason: broken };
  expect(ends.slice(1)).toEqual([failed, failed]);
});

import type { Clock } from '../../notifications/clock';

interface Sleeper {
  readonly until: number;
  readonly clock: VirtualClock;
  readonly wake: () => void;
}

/**
 * Time for several instances in one test. It passes only while `pass`, `passUntil` or `runs` wait, from one sleeper
 * to the next, and only when nothing is under way: no call of what is watched (real storage takes real time, during
 * which this time stands still) and nothing else that could go on without sleeping.
 */
export class VirtualTime {
  /** Milliseconds since the test began. */
  now = 0;
  private readonly sleepers = new Set<Sleeper>();
  private calls = 0;
  private whenQuiet = () => {};

  /** One instance's clock. */
  clock(): VirtualClock {
    return new VirtualClock(this);
  }

  /** The same object; time stands still while one of its methods is under way. */
  watched<T extends object>(part: T): T {
    return new Proxy(part, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name, target);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) => this.counted(() => Reflect.apply(method, target, args) as unknown);
      },
    });
  }

  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    while (await this.step(end));
    this.now = end;
  }

  /** @throws when it doesn't come true in an hour */
  async passUntil(isSo: () => boolean, withinMs = 3_600_000): Promise<void> {
    const end = this.now + withinMs;
    for (await this.settled(); !isSo();) {
      if (!(await this.step(end))) throw new Error(`it has not come true in ${withinMs} ms`);
      await this.settled();
    }
  }

  /** Lets time pass until it is done. */
  async runs<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = () => void (isDone = true);
    work.then(done, done);
    await this.passUntil(() => isDone);
    return work;
  }

  /** For the clocks. Of those who wake at the same time, who lay down first is first. */
  sleep(clock: VirtualClock, milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = () => {
        this.sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { until: this.now + Math.max(0, milliseconds), clock, wake };
      this.sleepers.add(sleeper);
      signal?.addEventListener('abort', wake);
    });
  }

  /** @returns whether anybody was woken, at `end` at the latest */
  private async step(end: number): Promise<boolean> {
    await this.settled();
    let first: Sleeper | undefined;
    for (const sleeper of this.sleepers) {
      if (!sleeper.clock.isStill && sleeper.until < (first?.until ?? Infinity)) first = sleeper;
    }
    if (!first || first.until > end) return false;
    this.now = Math.max(this.now, first.until);
    first.wake();
    return true;
  }

  private async settled(): Promise<void> {
    for (let quiet = 0; quiet < 2; quiet += 1) {
      if (this.calls > 0) {
        quiet = 0;
        await new Promise<void>((resolve) => (this.whenQuiet = resolve));
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.calls > 0) await this.settled();
  }

  private async counted(call: () => unknown): Promise<unknown> {
    this.calls += 1;
    try {
      return await call();
    } finally {
      this.calls -= 1;
      if (this.calls === 0) this.whenQuiet();
    }
  }
}

/** One instance's clock: it may be wrong, be set, and stand still as it does for a machine that is suspended. */
export class VirtualClock implements Clock {
  /** By how many milliseconds the time of day is off. */
  isOffBy = 0;
  private stoppedAt?: number;

  constructor(private readonly time: VirtualTime) {}

  get isStill(): boolean {
    return this.stoppedAt !== undefined;
  }

  standStill(): void {
    this.stoppedAt = this.time.now;
  }

  goOn(): void {
    this.stoppedAt = undefined;
  }

  now(): number {
    return START + this.isOffBy + this.monotonic();
  }

  monotonic(): number {
    return this.stoppedAt ?? this.time.now;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.time.sleep(this, milliseconds, signal);
  }
}

const START = Date.UTC(2026, 0, 5, 8);

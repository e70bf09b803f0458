import type { Lease, Work } from '../benefits/ports';
import type { Clock } from './clock';

export const LEASE_MS = 30_000;
const RENEW_EVERY_MS = 5_000;
const GIVE_UP_AFTER_MS = 15_000;
/** What is begun while a lease is held must be done within this time: then nobody else can have the lease yet. */
export const FINISHED_WITHIN_MS = LEASE_MS - GIVE_UP_AFTER_MS;

/** A lease in hand: renewed while it is held, and given up in time before anybody else can have it. */
export class Hold {
  private readonly lost = new AbortController();
  private readonly done = new AbortController();
  private readonly renewing: Promise<void>;
  private renewed: Moment;

  /** @param asked when the lease was asked for: it can have begun no earlier */
  constructor(
    private lease: Lease,
    asked: Moment,
    private readonly work: Work,
    private readonly owner: string,
    private readonly clock: Clock,
  ) {
    this.renewed = asked;
    this.renewing = this.keepRenewing();
  }

  /** Whether something may be begun. */
  get isHeld(): boolean {
    if (sinceThen(this.renewed, this.clock) > GIVE_UP_AFTER_MS) this.lost.abort();
    return !this.lost.signal.aborted;
  }

  get otherEndedAt(): number | undefined {
    return this.lease.otherEndedAt;
  }

  get signal(): AbortSignal {
    return this.lost.signal;
  }

  /** @param until nobody, this instance neither, may have it before: in ms since 1970 */
  async release(until?: number): Promise<void> {
    this.done.abort();
    await this.renewing;
    if (this.isHeld) await this.work.release(this.lease, this.owner, this.clock.now(), until);
    this.lost.abort();
  }

  private async keepRenewing(): Promise<void> {
    for (;;) {
      await this.clock.sleep(RENEW_EVERY_MS, this.done.signal);
      // What was given up is not renewed: nobody would use it, and others would wait for it.
      if (this.done.signal.aborted || !this.isHeld) return;
      await this.renew();
    }
  }

  private async renew(): Promise<void> {
    const asked = momentOf(this.clock);
    try {
      const renewed = await this.work.renew(this.lease, this.owner, asked.now + LEASE_MS);
      if (!renewed) return this.lost.abort();
      this.lease = renewed;
      this.renewed = asked;
    } catch {
      // Storage doesn't answer: the next try, or `isHeld`, tells.
    }
  }
}

/** A time by both clocks. */
export interface Moment {
  readonly now: number;
  readonly monotonic: number;
}

export const momentOf = (clock: Clock): Moment => ({ now: clock.now(), monotonic: clock.monotonic() });

/** The clock that nobody sets may stand still while the machine sleeps; the other one may be set back. */
function sinceThen({ now, monotonic }: Moment, clock: Clock): number {
  return Math.max(clock.now() - now, clock.monotonic() - monotonic);
}

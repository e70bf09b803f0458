import type { Lease, Work } from '../benefits/ports';
import type { Clock } from './clock';

export const LEASE_MS = 30_000;
const RENEW_EVERY_MS = 10_000;
/** Given up before it ends, by a clock that nobody sets: another instance may have it then. */
const GIVE_UP_AFTER_MS = 25_000;

/** A lease in hand: renewed while it is held, and its signal aborts before anybody else can have it. */
export class Hold {
  private readonly lost = new AbortController();
  private readonly done = new AbortController();
  private renewed: number;
  private readonly renewing: Promise<void>;

  constructor(
    private lease: Lease,
    private readonly work: Work,
    private readonly owner: string,
    private readonly clock: Clock,
  ) {
    this.renewed = clock.monotonic();
    this.renewing = this.keepRenewing();
  }

  /** Whether work may go on. */
  get isHeld(): boolean {
    if (this.clock.monotonic() - this.renewed > GIVE_UP_AFTER_MS) this.lost.abort();
    return !this.lost.signal.aborted;
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
    while (!this.lost.signal.aborted) {
      await this.clock.sleep(RENEW_EVERY_MS, this.done.signal);
      if (this.done.signal.aborted) return;
      await this.renew();
    }
  }

  private async renew(): Promise<void> {
    const asked = this.clock.monotonic();
    try {
      const renewed = await this.work.renew(this.lease, this.owner, this.clock.now() + LEASE_MS);
      if (!renewed) return this.lost.abort();
      this.lease = renewed;
      this.renewed = asked;
    } catch {
      // Storage doesn't answer: the next try, or `isHeld`, tells.
      if (!this.isHeld) this.lost.abort();
    }
  }
}

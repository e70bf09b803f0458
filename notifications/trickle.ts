import { setMaxListeners } from 'node:events';
import type { Clock } from './clock';

/**
 * Lets so many pieces of work run at once, and counts each as running for so many milliseconds at least: work that is
 * quick comes evenly, and not as fast as it can. Of those who wait, who came first is next.
 */
export class Trickle {
  private readonly waiting = new Set<() => void>();
  private running = 0;

  constructor(
    private readonly atOnce: number,
    private readonly leastMs: number,
    private readonly clock: Clock,
  ) {}

  /** @throws the signal's reason when it aborts before the work has begun */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    if (this.running < this.atOnce) this.running += 1;
    else await this.place(signal);
    const least = this.clock.sleep(this.leastMs);
    try {
      return await work();
    } finally {
      void least.then(() => this.leave());
    }
  }

  /** Waits until somebody leaves theirs. */
  private async place(signal: AbortSignal): Promise<void> {
    // Any number may wait with one signal; Node takes more than ten for a leak.
    setMaxListeners(0, signal);
    let giveUp = () => {};
    try {
      await new Promise<void>((go, fail) => {
        this.waiting.add(go);
        giveUp = () => {
          this.waiting.delete(go);
          fail(signal.reason);
        };
        signal.addEventListener('abort', giveUp);
      });
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  private leave(): void {
    const [next] = this.waiting;
    if (!next) {
      this.running -= 1;
      return;
    }
    this.waiting.delete(next);
    next();
  }
}

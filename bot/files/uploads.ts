import type { Logger } from 'pino';
import { runOutside } from '../turnScope';

/** So many files are made at a time in a process: each is held in memory. */
const MOST_AT_ONCE = 4;
/** So many answers are remembered, since Teams repeats them. */
const REMEMBERED = 1_000;

/** The bot ends: what was under way is broken off, and whoever waits for it is told. */
export class StoppingError extends Error {
  override readonly name = 'StoppingError';
}

/** The files that are made and sent after the answer to their person. */
export class Uploads {
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly begun = new Set<string>();
  private readonly stopping = new AbortController();

  constructor(private readonly log: Logger) {}

  /**
   * Begins to make a file, unless the same yes has begun it before: each person has one at a time.
   * @param yes which question was answered
   * @param work gets a signal that aborts with a `StoppingError`
   */
  begin(
    person: string,
    yes: string,
    work: (signal: AbortSignal) => Promise<void>,
  ): 'begun' | 'again' | 'busy' {
    if (this.begun.has(yes)) return 'again';
    if (this.underWay.has(person) || this.underWay.size >= MOST_AT_ONCE) return 'busy';
    this.remember(yes);
    const done = runOutside(() => work(this.stopping.signal))
      .catch((err: unknown) => this.log.error({ err }, 'a file was not dealt with'))
      .finally(() => this.underWay.delete(person));
    this.underWay.set(person, done);
    return 'begun';
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay.values());
  }

  /** Breaks off what is under way, and what begins from now on; resolves when all who wait were told. */
  async close(): Promise<void> {
    this.stopping.abort(new StoppingError('the bot is stopping'));
    await this.idle();
  }

  private remember(yes: string): void {
    this.begun.add(yes);
    const [oldest] = this.begun;
    if (oldest !== undefined && this.begun.size > REMEMBERED) this.begun.delete(oldest);
  }
}

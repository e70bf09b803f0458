/** The bot ends: what comes now is for another instance. */
export class IntakeClosedError extends Error {
  override readonly name = 'IntakeClosedError';
  readonly status = 503;
  /** For the log only. */
  readonly reason = 'the bot is stopping';
}

/** What the bot takes in over HTTP, and what of it is in hand: so that it can end without breaking anything off. */
export class Intake {
  private readonly inHand = new Set<Promise<unknown>>();
  private state: 'open' | 'leaving' | 'closed' = 'open';

  /** Whether more is wanted. */
  get isOpen(): boolean {
    return this.state === 'open';
  }

  /** How much is in hand. */
  get size(): number {
    return this.inHand.size;
  }

  /** Wants no more, and still takes what comes all the same. */
  leave(): void {
    this.state = 'leaving';
  }

  /** Takes nothing more; resolves when what is in hand is done. */
  async close(): Promise<void> {
    this.state = 'closed';
    await Promise.allSettled(this.inHand);
  }

  /** @throws IntakeClosedError after `close`, before the work has begun */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.state === 'closed') throw new IntakeClosedError();
    const done = work();
    this.inHand.add(done);
    try {
      return await done;
    } finally {
      this.inHand.delete(done);
    }
  }
}

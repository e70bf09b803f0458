/** What somebody holds who was let in. */
export interface Place {
  /** Others wait, and it was held for long enough: whoever has more to do had better come again. */
  readonly isWanted: () => boolean;
}

/** So many at once; who comes later waits in line. */
export class Places {
  private taken = 0;
  private readonly line: (() => void)[] = [];

  /**
   * @param longestMs how long one may hold a place while others wait
   * @param now milliseconds that only ever grow, from any start
   */
  constructor(
    private readonly count: number,
    private readonly longestMs: number,
    private readonly now: () => number,
  ) {}

  /** How many are in. */
  get inUse(): number {
    return this.taken;
  }

  /** Does the work once there is a place. */
  async in<T>(work: (place: Place) => Promise<T>): Promise<T> {
    if (this.taken < this.count) this.taken += 1;
    else await new Promise<void>((letIn) => this.line.push(letIn));
    const until = this.now() + this.longestMs;
    try {
      return await work({ isWanted: () => this.line.length > 0 && this.now() >= until });
    } finally {
      const next = this.line.shift();
      if (next)
        next(); // the place goes over to them
      else this.taken -= 1;
    }
  }
}

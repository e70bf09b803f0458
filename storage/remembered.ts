const SIGN_INS_KEPT = 100_000;
const READS_KEPT = 1_000;
const READ_MS = 15_000;
const LARGE_KEPT = 100_000;
const LARGE_MS = 10 * 60_000;

interface Read {
  readonly value: unknown;
  /** By `performance.now()`. */
  readonly until: number;
}

/** What a process remembers of what stands in the ledgers, so that it isn't read at every turn. */
export class Remembered {
  private readonly signIns = new Map<string, string>();
  private readonly reads = new Map<string, Read>();
  private readonly large = new Map<string, number>();
  private changes = 0;

  /** Sign-in → user id, which hardly ever changes: whoever uses it checks it against the user's row. */
  userIdOfSignIn(tenantId: string, objectId: string): string | undefined {
    return this.signIns.get(`${tenantId}/${objectId}`);
  }

  rememberSignIn(tenantId: string, objectId: string, userId: string): void {
    if (this.signIns.size >= SIGN_INS_KEPT) this.signIns.clear();
    this.signIns.set(`${tenantId}/${objectId}`, userId);
  }

  /**
   * What was read up to 15 s ago, and not changed by this process since; what isn't there is looked for each time.
   * @param how `fresh`: read now, whatever is remembered
   */
  async read<T>(key: string, read: () => Promise<T>, how?: 'fresh'): Promise<T> {
    const known = how === 'fresh' ? undefined : this.reads.get(key);
    if (known && known.until > performance.now()) return known.value as T; // kept below, by the same key
    const { changes } = this;
    const value = await read();
    // What was changed while it was read may not be in it.
    if (value !== undefined && changes === this.changes) this.keep(key, value);
    return value;
  }

  /** This process has changed what is read by that key, or may have. */
  forget(key: string): void {
    this.changes += 1;
    this.reads.delete(key);
  }

  /** Whether a company was seen, within the last ten minutes, to have more users than a list takes. */
  isLarge(tenantId: string): boolean {
    return (this.large.get(tenantId) ?? 0) > performance.now();
  }

  noteLarge(tenantId: string): void {
    if (this.large.size >= LARGE_KEPT) this.large.clear();
    if (!this.isLarge(tenantId)) this.large.set(tenantId, performance.now() + LARGE_MS);
  }

  private keep(key: string, value: unknown): void {
    if (this.reads.size >= READS_KEPT) this.reads.clear();
    this.reads.set(key, { value, until: performance.now() + READ_MS });
  }
}

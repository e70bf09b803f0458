import { setMaxListeners } from 'node:events';

/** So many messages in any stretch of so many milliseconds. */
interface Limit {
  readonly messages: number;
  readonly ms: number;
}

const HOUR_MS = 3_600_000;

/**
 * Teams takes 30, by its own clock. Sent in bursts, 54 would arrive in one second as soon as the first burst is a
 * little longer on its way than the next; so each keeps its distance, and 31 arrive only when messages differ by
 * 90 ms in how long they are on their way. The distance is less than a 27th of a second, so that timers may be late
 * by some milliseconds and the tenant still gets its 27.
 */
const TENANT_LIMITS: readonly Limit[] = [
  { messages: 1, ms: 30 },
  { messages: 27, ms: 1_000 },
];

/** Teams' own limits for a conversation. */
const CONVERSATION_LIMITS: readonly Limit[] = [
  { messages: 7, ms: 1_000 },
  { messages: 8, ms: 2_000 },
  { messages: 60, ms: 30_000 },
  { messages: 1_800, ms: HOUR_MS },
];

/** Time, handed in. */
export interface PaceClock {
  /** Milliseconds that only ever grow, from any start. */
  now(): number;
  /** Ends, in whatever way, as soon as the signal aborts; leaves no timer. May be a little early or late. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

interface Waiter {
  readonly go: () => void;
  readonly fail: (reason: unknown) => void;
}

interface Nap {
  readonly until: number;
  readonly alarm: AbortController;
}

/**
 * Keeps one tenant's messages within Teams' limits, those of the tenant and those of each conversation, in any
 * sliding window. Conversations take turns; one that is at its limit holds up no other. Within a conversation,
 * who came first goes first.
 */
export class Pace {
  private readonly tenant = new SlidingWindows(TENANT_LIMITS);
  /** By conversation, the one that was silent for longest first. */
  private readonly conversations = new Map<string, SlidingWindows>();
  /** Who waits, by conversation; the next one's turn first. */
  private readonly lines = new Map<string, Set<Waiter>>();
  private nap?: Nap;

  constructor(private readonly clock: PaceClock) {}

  /** How many conversations are remembered: those with a message in the last hour, as of the last `take`. */
  get remembered(): number {
    return this.conversations.size;
  }

  /**
   * Waits until a message to this conversation may be sent, and counts it as sent.
   * @throws the signal's reason as soon as it aborts; nothing is counted then
   */
  async take(conversationId: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    // Any number may wait with one signal; Node takes more than ten for a leak.
    setMaxListeners(0, signal);
    let leave = () => {};
    try {
      await new Promise<void>((go, fail) => {
        const waiter = { go, fail };
        leave = () => {
          this.leave(conversationId, waiter);
          fail(signal.reason);
        };
        signal.addEventListener('abort', leave);
        this.lineOf(conversationId).add(waiter);
        this.serve();
      });
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  private lineOf(conversationId: string): Set<Waiter> {
    const line = this.lines.get(conversationId) ?? new Set();
    this.lines.set(conversationId, line);
    return line;
  }

  private leave(conversationId: string, waiter: Waiter): void {
    const line = this.lines.get(conversationId);
    line?.delete(waiter);
    if (line?.size === 0) this.lines.delete(conversationId);
    if (this.lines.size === 0) this.wake();
  }

  /** Lets everybody go who may, and sleeps until the next one may. */
  private serve(): void {
    const now = this.clock.now();
    this.forgetSilent(now);
    const next = this.letGo(now);
    if (next === Infinity) return this.wake();
    // A nap that ends sooner does no harm: it is followed by another.
    if (this.nap && this.nap.until <= next) return;
    this.wake();
    this.sleep(now, next);
  }

  /** Goes round the conversations until nobody may go. @returns when the next one may, or Infinity if none waits */
  private letGo(now: number): number {
    let next = Infinity;
    // What is set anew while the loop runs comes round again.
    for (const [conversationId, line] of this.lines) {
      const tenantFree = this.tenant.freeAt();
      if (tenantFree > now) return tenantFree;
      const conversationFree = this.conversations.get(conversationId)?.freeAt() ?? now;
      if (conversationFree > now) next = Math.min(next, conversationFree);
      else this.letFirstGo(conversationId, line, now);
    }
    return next;
  }

  private letFirstGo(conversationId: string, line: Set<Waiter>, now: number): void {
    this.count(conversationId, now);
    this.lines.delete(conversationId);
    const [first] = line;
    if (first) line.delete(first);
    if (line.size > 0) this.lines.set(conversationId, line);
    first?.go();
  }

  private count(conversationId: string, now: number): void {
    const sent = this.conversations.get(conversationId) ?? new SlidingWindows(CONVERSATION_LIMITS);
    this.conversations.delete(conversationId);
    this.conversations.set(conversationId, sent);
    sent.add(now);
    this.tenant.add(now);
  }

  private forgetSilent(now: number): void {
    for (const [conversationId, sent] of this.conversations) {
      if (!sent.isSilent(now)) return;
      this.conversations.delete(conversationId);
    }
  }

  private sleep(now: number, until: number): void {
    const nap: Nap = { until, alarm: new AbortController() };
    this.nap = nap;
    // Whole milliseconds: a timer cuts off the rest and would be early.
    void this.clock.sleep(Math.ceil(until - now), nap.alarm.signal).then(
      () => {
        if (this.nap !== nap) return;
        this.nap = undefined;
        this.serve();
      },
      (error: unknown) => {
        if (this.nap === nap) this.failAll(error);
      },
    );
  }

  private wake(): void {
    const nap = this.nap;
    this.nap = undefined;
    nap?.alarm.abort();
  }

  /** Without a clock nobody would ever go. */
  private failAll(error: unknown): void {
    this.nap = undefined;
    const waiters = [...this.lines.values()].flatMap((line) => [...line]);
    this.lines.clear();
    for (const waiter of waiters) waiter.fail(error);
  }
}

/** When the latest messages went out: as many as the limits need, and none that they no longer count. */
class SlidingWindows {
  /** Oldest first. */
  private readonly times: number[] = [];
  private readonly longestMs: number;
  private readonly most: number;

  constructor(private readonly limits: readonly Limit[]) {
    this.longestMs = Math.max(...limits.map(({ ms }) => ms));
    this.most = Math.max(...limits.map(({ messages }) => messages));
  }

  /** When one more is within all limits; may be past. */
  freeAt(): number {
    let free = -Infinity;
    for (const { messages, ms } of this.limits) {
      const time = this.times[this.times.length - messages];
      if (time !== undefined) free = Math.max(free, time + ms);
    }
    return free;
  }

  /** @param now no earlier than before */
  add(now: number): void {
    this.times.push(now);
    if (this.times.length > this.most) this.times.shift();
    const stale = this.times.findIndex((time) => time > now - this.longestMs);
    this.times.splice(0, stale);
  }

  /** Nothing counts any more. */
  isSilent(now: number): boolean {
    const last = this.times.at(-1);
    return last === undefined || last <= now - this.longestMs;
  }
}

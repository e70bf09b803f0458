import type { Stored } from '../benefits/model';
import type { Ports } from '../benefits/ports';
import type { Notice } from '../benefits/work';
import type { Clock } from './clock';

/** More than these nobody needs to know exactly. */
const MOST_COUNTED = 1_000;

/** One company's outbox, and how it was when this process last looked. */
export class Outbox {
  private lookedAt = -Infinity;
  private oldestMs = 0;
  private parked = 0;

  constructor(
    private readonly ports: Ports,
    private readonly clock: Clock,
  ) {}

  /** What waits, in the order in which it was made. */
  async waiting(): Promise<Stored<Notice>[]> {
    const waiting = await this.ports.ledger.notices('waiting');
    const [oldest] = waiting;
    this.lookedAt = this.clock.now();
    this.oldestMs = oldest ? Math.max(0, this.lookedAt - Date.parse(oldest.createdAt)) : 0;
    return waiting;
  }

  /** Counts what was given up. */
  async countParked(): Promise<void> {
    this.parked = (await this.ports.ledger.notices('parked', MOST_COUNTED)).length;
  }

  /**
   * All companies' together.
   * @param from in ms since 1970: what was seen before is left out, since another process may have done it meanwhile
   */
  static seen(outboxes: Iterable<Outbox>, from: number): OutboxSeen {
    let [oldestMs, parked] = [0, 0];
    for (const outbox of outboxes) {
      if (outbox.lookedAt < from) continue;
      oldestMs = Math.max(oldestMs, outbox.oldestMs);
      parked += outbox.parked;
    }
    return { oldestMs, parked };
  }
}

export interface OutboxSeen {
  /** How old the oldest notice was that waited; 0 when none did. */
  readonly oldestMs: number;
  /** How many were given up; of each company a thousand at most. */
  readonly parked: number;
}

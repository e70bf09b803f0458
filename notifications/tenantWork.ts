import type { Logger } from 'pino';
import { chase } from '../benefits/activation';
import type { DueWork, Notice, Stored } from '../benefits/model';
import type { Ports } from '../benefits/ports';
import type { SendResult } from './channel';
import type { Clock } from './clock';
import { type Channels, deliver } from './deliver';
import type { Hold } from './hold';
import type { Pace } from './pace';

/** What one request to storage, or a few at once, may take. */
export const STORAGE_MS = 8_000;
/** How long one notice may take: what it reads, its send, and what it writes. */
const NOTICE_MS = 30_000;
const AT_ONCE = 8;
const DUE_AT_ONCE = 50;
/** When storage doesn't answer: how long until the next try. */
const AFTER_FAULT_MS = 5_000;
/** When a piece of due work fails: how long until it is tried again. */
const POSTPONED_MS = 10 * 60_000;

export interface TenantParts {
  readonly ports: Ports;
  readonly channels: Channels;
  readonly pace: Pace;
  readonly clock: Clock;
  /** Runs the work with a time limit of its own, in milliseconds, that its requests to storage obey. */
  readonly inScope: <T>(milliseconds: number, work: () => Promise<T>) => Promise<T>;
  readonly log: Logger;
}

/** One tenant's due work and outbox, for whoever holds its lease. */
export class TenantWork {
  constructor(private readonly parts: TenantParts) {}

  /**
   * All due work and every notice that may be sent, once.
   * @param mayGoOn asked before each piece
   * @returns until when the tenant must wait, if it must: in ms since 1970
   */
  async pass(hold: Hold, mayGoOn: () => boolean): Promise<number | undefined> {
    const { ports, clock } = this.parts;
    const due = await this.asked(() => ports.ledger.dueWork(DUE_AT_ONCE));
    for (const work of due.filter(({ at }) => Date.parse(at) <= clock.now())) {
      if (!mayGoOn()) return undefined;
      await this.doDue(work);
    }
    const waiting = await this.asked(() => ports.ledger.notices('waiting'));
    return this.sendAll(
      waiting.filter((notice) => timeOf(notice) <= clock.now()),
      hold,
      mayGoOn,
    );
  }

  /** When there is something to do next; undefined when there is nothing. */
  async nextTime(): Promise<number | undefined> {
    const { ledger } = this.parts.ports;
    const [[due], waiting] = await this.asked(() =>
      Promise.all([ledger.dueWork(1), ledger.notices('waiting')]),
    );
    const times = [...(due ? [Date.parse(due.at)] : []), ...waiting.map(timeOf)];
    return times.length === 0 ? undefined : Math.min(...times);
  }

  private async doDue(due: Stored<DueWork>): Promise<void> {
    const { ports, clock, log } = this.parts;
    try {
      await this.asked(() => chase(ports, due));
    } catch (err) {
      log.error({ err, kind: due.kind }, 'due work failed; it is postponed');
      const at = new Date(clock.now() + POSTPONED_MS).toISOString();
      await this.asked(() => ports.ledger.commit([{ of: 'due', before: due, after: { ...due, at } }]));
    }
  }

  /** Those to one address one after the other, several addresses at once. */
  private async sendAll(
    ready: readonly Stored<Notice>[],
    hold: Hold,
    mayGoOn: () => boolean,
  ): Promise<number | undefined> {
    const lines = byAddress(ready).values();
    let pausedUntil: number | undefined;
    const sender = async () => {
      for (const line of lines) {
        for (const notice of line) {
          if (!mayGoOn() || pausedUntil !== undefined) return;
          pausedUntil = (await this.sendOne(notice, hold)) ?? pausedUntil;
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sender));
    return pausedUntil;
  }

  /** @returns until when the tenant must wait, if it must */
  private async sendOne(notice: Stored<Notice>, hold: Hold): Promise<number | undefined> {
    const { ports, channels, pace, clock, inScope, log } = this.parts;
    const { key, channel, to } = notice;
    try {
      // Before its time begins to run, since a chat at its limit waits for long.
      if (channel === 'teams') await pace.take(to, hold.signal);
      if (!hold.isHeld) return undefined;
      const result = await inScope(NOTICE_MS, () => deliver(ports, notice, channels));
      log.info({ notice: key, channel, outcome: result.outcome, why: whyOf(result) }, 'notice');
      if (result.outcome !== 'again' || !result.tenantMustWait) return undefined;
      return clock.now() + (result.afterMs ?? AFTER_FAULT_MS);
    } catch (err) {
      // It stays in the outbox. Storage doesn't answer, most likely: nothing of the tenant can go on.
      if (hold.isHeld) log.error({ err, notice: key }, 'a notice could not be handled');
      return clock.now() + AFTER_FAULT_MS;
    }
  }

  private asked<T>(ask: () => Promise<T>): Promise<T> {
    return this.parts.inScope(STORAGE_MS, ask);
  }
}

const timeOf = ({ notBefore, createdAt }: Notice): number => Date.parse(notBefore ?? createdAt);

function byAddress(notices: readonly Stored<Notice>[]): Stored<Notice>[][] {
  const lines = new Map<string, Stored<Notice>[]>();
  for (const notice of notices) {
    const address = `${notice.channel}:${notice.to}`;
    const line = lines.get(address);
    if (line) line.push(notice);
    else lines.set(address, [notice]);
  }
  return [...lines.values()];
}

function whyOf(result: SendResult): string | undefined {
  if (result.outcome === 'sent') return undefined;
  return result.outcome === 'unreachable' ? result.reason : result.why;
}

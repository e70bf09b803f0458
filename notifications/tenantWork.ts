import type { Stored } from '../benefits/model';
import type { Notice } from '../benefits/work';
import { anyOf } from './anyOf';
import type { Clock } from './clock';
import { deliver, type DeliveryParts, makeReady, type NoticeEnd, putOff, STORAGE_MS } from './deliver';
import type { Hold } from './hold';
import { linesOf } from './lines';
import { Outbox } from './outbox';
import type { Pace } from './pace';
import type { Place } from './places';
import { AFTER_FAULT_MS, pauseAfter, whyOf } from './results';
import { TenantDueWork } from './tenantDueWork';
import { Trickle } from './trickle';

/** Mail servers keep few connections. Messages to Teams need no such number: the pace says how many are under way. */
const MAILS_AT_ONCE = 8;
/** Read ahead for up to 60 notices a second, which is twice the pace: a rush of reads would make sends late. */
const READS_AT_ONCE = 4;
const READ_LEAST_MS = 66;
const DUE_AT_ONCE = 50;

export interface TenantParts extends Omit<DeliveryParts, 'unmarked'> {
  readonly pace: Pace;
  readonly clock: Clock;
  /** Told of each try to send a notice, and how it ended. */
  readonly onNotice?: (end: NoticeEnd) => void;
}

/** One pass over the outbox. */
interface Sending {
  /** Aborts when nothing more is to be sent. */
  readonly ends: AbortSignal;
  readonly mayGoOn: () => boolean;
  /** Nothing more of the tenant is sent until then, in ms since 1970. */
  readonly pause: (until: number) => void;
}

/** One tenant's due work and outbox, for whoever holds its lease. Lasts as long as its instance. */
export class TenantWork {
  readonly outbox: Outbox;
  private readonly unmarked = new Set<string>();
  private readonly reads: Trickle;
  private readonly delivery: DeliveryParts;
  private readonly dueWork: TenantDueWork;

  constructor(private readonly parts: TenantParts) {
    this.reads = new Trickle(READS_AT_ONCE, READ_LEAST_MS, parts.clock);
    this.outbox = new Outbox(parts.ports, parts.clock);
    this.delivery = { ...parts, unmarked: this.unmarked };
    this.dueWork = new TenantDueWork(parts);
  }

  /**
   * All due work and every notice that may be sent, once.
   * @param stopping aborts when nothing new may be begun
   * @param place left when others want it
   * @returns until when the tenant must wait, if it must: in ms since 1970
   */
  async pass(hold: Hold, stopping: AbortSignal, place: Place): Promise<number | undefined> {
    const { ports, clock } = this.parts;
    const due = await this.asked(() => ports.ledger.dueWork(DUE_AT_ONCE));
    for (const work of due.filter(({ at }) => Date.parse(at) <= clock.now())) {
      if (!hold.isHeld || stopping.aborted) return undefined;
      const pausedUntil = await this.dueWork.do(work, hold, stopping);
      if (pausedUntil !== undefined) return pausedUntil;
    }
    const waiting = await this.asked(() => this.outbox.waiting());
    this.forgetMarked(waiting);
    const ready = waiting.filter((notice) => timeOf(notice) <= clock.now());
    return this.sendAll(ready, hold, stopping, place);
  }

  /** When there is something to do next; undefined when there is nothing. */
  async nextTime(): Promise<number | undefined> {
    const { ledger } = this.parts.ports;
    const [[due], waiting] = await this.asked(() => Promise.all([ledger.dueWork(1), this.outbox.waiting()]));
    const times = [...(due ? [Date.parse(due.at)] : []), ...waiting.map(timeOf)];
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Another instance has marked them meanwhile. */
  private forgetMarked(waiting: readonly Notice[]): void {
    const ids = new Set(waiting.map(({ id }) => id));
    for (const id of this.unmarked) if (!ids.has(id)) this.unmarked.delete(id);
  }

  /**
   * Those to one address one after the other. All chats at once, so that one that is at its limit holds up no
   * other; of addresses of mail only some at once.
   */
  private async sendAll(
    ready: readonly Stored<Notice>[],
    hold: Hold,
    stopping: AbortSignal,
    place: Place,
  ): Promise<number | undefined> {
    const ends = anyOf(hold.signal, stopping);
    let pausedUntil: number | undefined;
    const sending: Sending = {
      ends: ends.signal,
      mayGoOn() {
        if (place.isWanted()) ends.abort();
        return hold.isHeld && !ends.signal.aborted;
      },
      pause: (until) => {
        pausedUntil = Math.max(until, pausedUntil ?? until);
        ends.abort();
      },
    };
    const sendLine = async (line: readonly Stored<Notice>[]) => {
      for (const notice of line) if (sending.mayGoOn()) await this.sendOne(notice, sending);
    };
    const mails = linesOf(ready, 'email').values();
    const mailer = async () => {
      for (const line of mails) await sendLine(line);
    };
    const mailers = Array.from({ length: MAILS_AT_ONCE }, mailer);
    await Promise.all([...linesOf(ready, 'teams').map(sendLine), ...mailers]);
    ends.done();
    return pausedUntil;
  }

  private async sendOne(notice: Stored<Notice>, { ends, mayGoOn, pause }: Sending): Promise<void> {
    const { pace, clock, log } = this.parts;
    const { key, channel, to } = notice;
    let began = clock.monotonic();
    const ended = (outcome: NoticeEnd['outcome']) =>
      this.parts.onNotice?.({ channel, key, outcome, ms: clock.monotonic() - began });
    try {
      const ready = await this.reads.run(() => makeReady(this.delivery, notice), ends);
      if (ready.isPaced && mayGoOn()) await pace.take(to, ends);
      // Asked last: what is sent from here on is done before anybody else can have the lease.
      if (!mayGoOn()) return;
      began = clock.monotonic();
      await deliver(this.delivery, notice, ready, (result) => {
        ended(result.outcome);
        log.info({ notice: key, channel, outcome: result.outcome, why: whyOf(result) }, 'notice');
        const until = pauseAfter(result, clock);
        if (until !== undefined) pause(until);
      });
    } catch (err) {
      if (ends.aborted && err === ends.reason) return;
      ended('fault');
      log.error({ err, notice: key }, 'a notice could not be handled');
      if (!(await this.putOff(notice))) pause(clock.now() + AFTER_FAULT_MS);
    }
  }

  /**
   * Something that it needs can't be read. It alone waits, as long as storage takes that; else nothing of the tenant
   * can go on.
   */
  private async putOff(notice: Stored<Notice>): Promise<boolean> {
    try {
      await this.asked(() => putOff(this.parts.ports, notice));
      return true;
    } catch (err) {
      this.parts.log.error({ err, notice: notice.key }, 'a notice could not be put off');
      return false;
    }
  }

  private asked<T>(ask: () => Promise<T>): Promise<T> {
    return this.parts.inScope(STORAGE_MS, ask);
  }
}

/** Without a time of its own it is sent at once, whatever the clock said of the instance that made it. */
const timeOf = ({ notBefore }: Notice): number => (notBefore === undefined ? 0 : Date.parse(notBefore));

import { doDueWork } from '../benefits/dueWork';
import type { Stored } from '../benefits/model';
import type { DueOf, DueWork } from '../benefits/work';
import { ConflictError } from '../benefits/ports';
import { assignMany } from './assignMany';
import type { SendResult } from './channel';
import { STORAGE_MS } from './deliver';
import { entraWork } from './entraWork';
import { FINISHED_WITHIN_MS, type Hold } from './hold';
import { hideKeys } from './hideKeys';
import { pauseAfter, whyOf } from './results';
import type { TenantParts } from './tenantWork';

/** When a piece of due work fails: how long until it is tried again. */
const POSTPONED_MS = 10 * 60_000;
/** When somebody looks at a card that it writes over: how long until the next try, of what fails or Teams doesn't take. */
const AGAIN_MS = 30_000;

/** One tenant's due work, a piece after the other, for whoever holds its lease. */
export class TenantDueWork {
  constructor(private readonly parts: TenantParts) {}

  /** @returns until when the tenant must wait, if it must */
  async do(due: Stored<DueWork>, hold: Hold, stopping: AbortSignal): Promise<number | undefined> {
    const { ports, log } = this.parts;
    try {
      if (due.kind === 'hideKeys') return await this.taken(due, await this.hide(due, stopping));
      if (due.kind === 'assignMany') return await this.taken(due, await this.assign(due, hold, stopping));
      if (due.kind === 'syncUsers' || due.kind === 'installApp') return void (await this.atEntra(due));
      await this.asked(() => doDueWork(ports, due));
    } catch (err) {
      if (stopping.aborted && err === stopping.reason) return undefined;
      log.error({ err, kind: due.kind }, 'due work failed; it is postponed');
      const isSeen = due.kind === 'assignMany';
      await this.asked(() => this.postpone(due, isSeen ? AGAIN_MS : POSTPONED_MS));
    }
    return undefined;
  }

  private hide(due: Stored<DueOf<'hideKeys'>>, stopping: AbortSignal): Promise<SendResult> {
    const { ports, channels } = this.parts;
    return this.paced(due.userId, stopping, () => hideKeys(ports, due, channels.teams));
  }

  private assign(due: Stored<DueOf<'assignMany'>>, hold: Hold, stopping: AbortSignal): Promise<SendResult> {
    const { ports, channels, clock } = this.parts;
    const around = {
      ports,
      teams: channels.teams,
      mayGoOn: () => hold.isHeld && !stopping.aborted,
      now: () => clock.monotonic(),
      asked: <T>(ask: () => Promise<T>) => this.asked(ask),
      paced: (userId: string, send: () => Promise<SendResult>) => this.paced(userId, stopping, send),
    };
    return assignMany(around, due);
  }

  /** What due work writes to a chat goes at Teams' pace, like all that goes there. */
  private async paced(
    userId: string,
    stopping: AbortSignal,
    send: () => Promise<SendResult>,
  ): Promise<SendResult> {
    await this.parts.pace.take(userId, stopping);
    return this.parts.inScope(FINISHED_WITHIN_MS, send);
  }

  /** What Teams didn't take is tried again later. @returns until when the tenant must wait, if it must */
  private async taken(due: Stored<DueWork>, result: SendResult): Promise<number | undefined> {
    this.parts.log.info({ due: due.kind, outcome: result.outcome, why: whyOf(result) }, 'due work');
    if (result.outcome === 'sent') return undefined;
    const pause = result.outcome === 'again' ? (result.afterMs ?? AGAIN_MS) : AGAIN_MS;
    await this.asked(() => this.postpone(due, pause));
    return pauseAfter(result, this.parts.clock);
  }

  /** When Microsoft Graph has no time for us, nothing else waits for it. */
  private async atEntra(due: Stored<DueOf<'syncUsers' | 'installApp'>>): Promise<void> {
    const pause = await this.parts.inScope(FINISHED_WITHIN_MS, () => entraWork(this.parts, due));
    if (pause !== undefined) await this.asked(() => this.postpone(due, pause));
  }

  private async postpone(due: Stored<DueWork>, milliseconds: number): Promise<void> {
    const { ports, clock } = this.parts;
    const at = new Date(clock.now() + milliseconds).toISOString();
    try {
      await ports.ledger.commit([{ of: 'due', before: due, after: { ...due, at } }]);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error; // it was done after all
    }
  }

  private asked<T>(ask: () => Promise<T>): Promise<T> {
    return this.parts.inScope(STORAGE_MS, ask);
  }
}

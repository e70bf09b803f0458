import { startDailySync } from '../benefits/dailySync';
import type { Entra } from '../benefits/directory';
import { KEPT_FOR_MS } from '../benefits/operations';
import type { Ports, Work } from '../benefits/ports';
import { STORAGE_MS } from './deliver';
import { Hold, LEASE_MS, momentOf } from './hold';
import { Outbox, type OutboxSeen } from './outbox';
import { Pace } from './pace';
import { type Place, Places } from './places';
import { type TenantParts, TenantWork } from './tenantWork';

export interface WorkerParts extends Omit<TenantParts, 'ports' | 'pace' | 'entra'> {
  readonly work: Work;
  readonly portsOf: (tenantId: string) => Ports;
  readonly entraOf?: (tenantId: string) => Entra;
  /** Who this instance is, among the others. */
  readonly owner: string;
}

/**
 * At 27 notices a second each, that is half of what a process can do: the other half is for those who chat. Whoever
 * waits holds no lease, so that another instance may do their work.
 */
const TENANTS_AT_ONCE = 6;
/** How long a tenant with much to send goes on while others wait. */
const TENANT_MS = 10_000;
const LOOK_EVERY_MS = 1_000;
const SWEEP_EVERY_MS = 5 * 60_000;
/** The pace's memory is one instance's: after another has sent, the seconds that Teams looks back pass first. */
const HANDOVER_MS = 2_000;
/** What is wanted at once is so for every instance, whatever its clock says. */
const AT_ONCE = 0;
const KEPT_SENT_MS = 24 * 3600_000;
/** The sweep's own lease stands among those of the tenants. */
const SWEEP = 'sweep';

/**
 * What the bot does unasked: of all instances one at a time holds a tenant's lease, does its due work and sends
 * its notices at the pace that Teams allows. At least once each; twice only when a process dies between Teams'
 * answer and the mark.
 */
export class Worker {
  private readonly stopping = new AbortController();
  private readonly underWay = new Map<string, Promise<void>>();
  /** What this instance committed while it was at it: looked for once more before it ends. */
  private readonly more = new Set<string>();
  private readonly tenants = new Map<string, TenantWork>();
  private readonly registered = new Set<string>();
  private readonly background = new Set<Promise<void>>();
  private readonly places: Places;

  constructor(private readonly parts: WorkerParts) {
    this.places = new Places(TENANTS_AT_ONCE, TENANT_MS, () => parts.clock.monotonic());
  }

  /** Looks for work once a second, and slowly for what was forgotten, until `stop`. */
  start(): void {
    // One tenant's long work must not keep the next look waiting.
    this.inBackground(this.every(LOOK_EVERY_MS, async () => this.inBackground(this.look())));
    this.inBackground(this.every(SWEEP_EVERY_MS, () => this.sweep()));
  }

  /** Takes nothing new; resolves when what is in hand is done. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.idle();
  }

  /** A commit has left something to do for this tenant. Returns at once: nothing is sent inside a turn. */
  nudge(tenantId: string): void {
    // Every mark of a notice is such a commit: no request to storage for each.
    if (this.underWay.has(tenantId)) this.more.add(tenantId);
    else this.inBackground(this.wantAndDo(tenantId));
  }

  /** Does what there is to do now, for every tenant whose lease can be had. */
  async look(): Promise<void> {
    const { work, clock } = this.parts;
    const due = await this.asked(() => work.due(clock.now()));
    const ends = await Promise.allSettled(due.map(({ tenantId }) => this.workOn(tenantId)));
    const faults = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
    if (faults.length > 0) throw new AggregateError(faults, 'the work of some tenants failed');
  }

  /** Finds work whose row was never written, since its process died after the commit; and tidies up. */
  async sweep(): Promise<void> {
    const hold = await this.hold(SWEEP);
    if (!hold) return;
    const { work, log } = this.parts;
    try {
      for (const tenantId of await this.asked(() => work.tenants())) {
        if (!hold.isHeld || this.isStopping) return;
        await this.asked(() => this.sweepTenant(tenantId)).catch((err: unknown) =>
          log.error({ err }, 'a tenant could not be swept'),
        );
      }
    } finally {
      await this.asked(() => hold.release());
    }
  }

  /** For how many companies it is at work, and how their outboxes were when it last looked. */
  get state(): OutboxSeen & { readonly places: number } {
    const outboxes = [...this.tenants.values()].map(({ outbox }) => outbox);
    const from = this.parts.clock.now() - 2 * SWEEP_EVERY_MS;
    return { places: this.places.inUse, ...Outbox.seen(outboxes, from) };
  }

  /** Resolves when nothing is under way in this instance. */
  async idle(): Promise<void> {
    while (this.underWay.size + this.background.size > 0) {
      await Promise.allSettled([...this.underWay.values(), ...this.background]);
    }
  }

  private async sweepTenant(tenantId: string): Promise<void> {
    const { work, portsOf, clock, entraOf } = this.parts;
    if (entraOf?.(tenantId).directory) await startDailySync(portsOf(tenantId));
    const tenant = this.tenant(tenantId);
    const [next, wanted] = await Promise.all([
      tenant.nextTime(),
      work.wanted(tenantId),
      tenant.outbox.countParked(),
    ]);
    // It may be wanted for a later day only.
    if (next !== undefined && next < (wanted?.notBefore ?? Infinity)) await work.want(tenantId, next);
    const ago = (ms: number) => new Date(clock.now() - ms);
    await portsOf(tenantId).ledger.purge({ sent: ago(KEPT_SENT_MS), operations: ago(KEPT_FOR_MS) });
  }

  private async wantAndDo(tenantId: string): Promise<void> {
    const { work } = this.parts;
    await this.asked(async () => {
      if (!this.registered.has(tenantId)) await work.register(tenantId);
      this.registered.add(tenantId);
      await work.want(tenantId, AT_ONCE);
    });
    await this.workOn(tenantId);
  }

  /** One at a time in this instance; what comes meanwhile is seen by the one that is under way. */
  private async workOn(tenantId: string): Promise<void> {
    if (this.isStopping || this.underWay.has(tenantId)) return;
    const done = this.places
      .in((place) => this.withLease(tenantId, place))
      .finally(() => {
        this.underWay.delete(tenantId);
        if (this.more.delete(tenantId)) this.nudge(tenantId);
      });
    this.underWay.set(tenantId, done);
    await done;
  }

  private async withLease(tenantId: string, place: Place): Promise<void> {
    if (this.isStopping) return;
    const hold = await this.hold(tenantId);
    if (!hold) return;
    let pausedUntil: number | undefined;
    try {
      await this.letPass(hold.otherEndedAt);
      pausedUntil = await this.drain(tenantId, hold, place);
    } finally {
      await this.asked(() => hold.release(pausedUntil));
    }
  }

  /** @param otherEndedAt by the other's clock: it may be anything */
  private async letPass(otherEndedAt = -Infinity): Promise<void> {
    const { clock } = this.parts;
    const left = Math.min(HANDOVER_MS, otherEndedAt + HANDOVER_MS - clock.now());
    if (left > 0) await clock.sleep(left, this.stopping.signal);
  }

  /** Works until nothing is left to do now, or others wait. @returns until when nobody may do this tenant's work, if Teams said so */
  private async drain(tenantId: string, hold: Hold, place: Place): Promise<number | undefined> {
    const { work, clock } = this.parts;
    const tenant = this.tenant(tenantId);
    while (hold.isHeld && !this.isStopping && !place.isWanted()) {
      const seen = await this.asked(() => work.wanted(tenantId));
      if (!seen || seen.notBefore > clock.now()) return undefined;
      const pausedUntil = await tenant.pass(hold, this.stopping.signal, place);
      if (pausedUntil !== undefined) return pausedUntil;
      if (!hold.isHeld || this.isStopping || place.isWanted()) return undefined;
      this.more.delete(tenantId);
      const next = await tenant.nextTime();
      const isLeft = this.more.has(tenantId) || (next !== undefined && next <= clock.now());
      if (!isLeft) await this.asked(() => work.settle(seen, next));
    }
    return undefined;
  }

  private async hold(tenantId: string): Promise<Hold | undefined> {
    const { work, clock, owner } = this.parts;
    const asked = momentOf(clock);
    const lease = await this.asked(() => work.lease(tenantId, owner, asked.now, asked.now + LEASE_MS));
    return lease && new Hold(lease, asked, work, owner, clock);
  }

  private tenant(tenantId: string): TenantWork {
    const { clock, portsOf, entraOf } = this.parts;
    const known = this.tenants.get(tenantId);
    if (known) return known;
    const entra = entraOf?.(tenantId);
    const pace = new Pace({
      now: () => clock.monotonic(),
      sleep: async (milliseconds, signal) => {
        await clock.sleep(milliseconds, signal);
        signal.throwIfAborted();
      },
    });
    const tenant = new TenantWork({ ...this.parts, ports: portsOf(tenantId), pace, entra });
    this.tenants.set(tenantId, tenant);
    return tenant;
  }

  private async every(milliseconds: number, work: () => Promise<void>): Promise<void> {
    const { clock, log } = this.parts;
    while (!this.isStopping) {
      await work().catch((err: unknown) => log.error({ err }, 'looking for work failed'));
      await clock.sleep(milliseconds, this.stopping.signal);
    }
  }

  private inBackground(work: Promise<void>): void {
    const done = work
      .catch((err: unknown) => this.parts.log.error({ err }, 'background work failed'))
      .finally(() => this.background.delete(done));
    this.background.add(done);
  }

  private asked<T>(ask: () => Promise<T>): Promise<T> {
    return this.parts.inScope(STORAGE_MS, ask);
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }
}

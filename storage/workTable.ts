import { odata, type TableClient } from '@azure/data-tables';
import type { Lease, Wanted, Work } from '../benefits/ports';
import type { CallScope } from './callScope';
import { isAbsent, isConflict } from './serviceError';

/** Times are stored as ISO 8601: filters compare them as text, and a number of their size has no plain literal. */
interface WantedRow {
  readonly notBefore: string;
}

interface LeaseRow {
  readonly owner: string;
  readonly until: string;
  readonly endedAt?: string;
}

type Kind = 'wanted' | 'lease' | 'tenant';

/**
 * Between the instances: which tenants have something to do, and who does it. A tenant's rows are apart, so that
 * whoever adds work never disturbs whoever does it.
 */
export class WorkTable implements Work {
  /** Leases that others have: since when, by our clock, each was seen to stand unchanged. */
  private readonly watched = new Map<string, { readonly etag: string; readonly since: number }>();

  /** @param monotonic milliseconds from any start, by a clock that nobody sets */
  constructor(
    private readonly table: TableClient,
    private readonly scope: CallScope,
    private readonly monotonic = () => performance.now(),
  ) {}

  async want(tenantId: string, notBefore: number): Promise<void> {
    const entity = { ...row('wanted', tenantId), notBefore: iso(notBefore) };
    await this.table.upsertEntity(entity, 'Replace', this.call());
  }

  async wanted(tenantId: string): Promise<Wanted | undefined> {
    const found = await this.point<WantedRow>('wanted', tenantId);
    return found && wantedOf(tenantId, found);
  }

  async due(now: number): Promise<Wanted[]> {
    const found = await this.list<WantedRow>(odata`PartitionKey eq 'wanted' and notBefore le ${iso(now)}`);
    return found.map((each) => wantedOf(each.rowKey, each));
  }

  async settle({ tenantId, etag }: Wanted, nextAt: number | undefined): Promise<boolean> {
    if (nextAt === undefined) {
      return this.unlessChanged(() => this.table.deleteEntity('wanted', tenantId, { ...this.call(), etag }));
    }
    const entity = { ...row('wanted', tenantId), notBefore: iso(nextAt) };
    return this.unlessChanged(() => this.table.updateEntity(entity, 'Replace', { ...this.call(), etag }));
  }

  async lease(tenantId: string, owner: string, now: number, until: number): Promise<Lease | undefined> {
    const held = await this.point<LeaseRow>('lease', tenantId);
    if (held && !this.isFree(tenantId, held, owner, now, until - now)) return undefined;
    this.watched.delete(tenantId);
    const entity = leaseRow(tenantId, owner, until);
    const etag = await this.etagUnlessChanged(() =>
      held
        ? this.table.updateEntity(entity, 'Replace', { ...this.call(), etag: held.etag })
        : this.table.createEntity(entity, this.call()),
    );
    if (etag === undefined) return undefined;
    const isOthers = held !== undefined && held.owner !== owner;
    return {
      tenantId,
      until,
      etag,
      ...(isOthers && { otherEndedAt: Date.parse(held.endedAt ?? held.until) }),
    };
  }

  async renew(lease: Lease, owner: string, until: number): Promise<Lease | undefined> {
    const entity = leaseRow(lease.tenantId, owner, until);
    const etag = await this.etagUnlessChanged(() =>
      this.table.updateEntity(entity, 'Replace', { ...this.call(), etag: lease.etag }),
    );
    return etag === undefined ? undefined : { ...lease, until, etag };
  }

  async release(lease: Lease, owner: string, now: number, until = 0): Promise<void> {
    const entity = { ...leaseRow(lease.tenantId, owner, until), endedAt: iso(now) };
    const options = { ...this.call(), etag: lease.etag };
    await this.unlessChanged(() => this.table.updateEntity(entity, 'Replace', options));
  }

  async register(tenantId: string): Promise<void> {
    await this.table.upsertEntity(row('tenant', tenantId), 'Replace', this.call());
  }

  async tenants(): Promise<string[]> {
    const found = await this.list<object>(odata`PartitionKey eq 'tenant'`);
    return found.map(({ rowKey }) => rowKey);
  }

  /**
   * Whether a lease can be taken. Whoever has it may be alive with a clock that is minutes off, so its times are
   * not compared with ours: it is over when it has stood unchanged before our eyes for as long as a lease lasts.
   */
  private isFree(
    tenantId: string,
    held: LeaseRow & { readonly etag: string },
    owner: string,
    now: number,
    lasts: number,
  ): boolean {
    const { endedAt, until, etag } = held;
    if (endedAt === undefined && held.owner === owner) return true; // given up, or its answer got lost
    if (endedAt !== undefined && until <= iso(now)) return true;
    const stands = endedAt === undefined ? lasts : Date.parse(until) - Date.parse(endedAt);
    const seen = this.watched.get(tenantId);
    if (seen?.etag === etag) return this.monotonic() - seen.since >= stands;
    this.watched.set(tenantId, { etag, since: this.monotonic() });
    return false;
  }

  private async list<T extends object>(filter: string): Promise<(T & { rowKey: string; etag: string })[]> {
    const options = { queryOptions: { filter }, abortSignal: this.scope.signal() };
    const found: (T & { rowKey: string; etag: string })[] = [];
    for await (const page of this.table.listEntities<T>(options).byPage()) {
      this.scope.onRequest();
      found.push(...page.map((each) => ({ ...each, rowKey: each.rowKey ?? '', etag: each.etag ?? '' })));
    }
    return found;
  }

  private async point<T extends object>(
    kind: Kind,
    tenantId: string,
  ): Promise<(T & { etag: string }) | undefined> {
    try {
      return await this.table.getEntity<T>(kind, tenantId, this.call());
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  private async unlessChanged(write: () => Promise<object>): Promise<boolean> {
    return (await this.etagUnlessChanged(write)) !== undefined;
  }

  /** The new ETag; undefined when another instance was faster. */
  private async etagUnlessChanged(
    write: () => Promise<{ readonly etag?: string }>,
  ): Promise<string | undefined> {
    try {
      return (await write()).etag ?? '';
    } catch (error) {
      if (isConflict(error)) return undefined;
      throw error;
    }
  }

  private call() {
    this.scope.onRequest();
    return { abortSignal: this.scope.signal() };
  }
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

const row = (kind: Kind, tenantId: string) => ({ partitionKey: kind, rowKey: tenantId });

const leaseRow = (tenantId: string, owner: string, until: number) => ({
  ...row('lease', tenantId),
  owner,
  until: iso(until),
});

const wantedOf = (tenantId: string, { notBefore, etag }: WantedRow & { etag: string }): Wanted => ({
  tenantId,
  notBefore: Date.parse(notBefore),
  etag,
});

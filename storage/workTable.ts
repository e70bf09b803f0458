import { odata } from '@azure/data-tables';
import type { Lease, Wanted, Work } from '../benefits/ports';
import type { Entity, EntityTable, Key } from './entityTable';
import { isConflict } from './serviceError';

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
    private readonly table: EntityTable,
    private readonly monotonic = () => performance.now(),
  ) {}

  async want(tenantId: string, notBefore: number): Promise<void> {
    await this.table.replace(key('wanted', tenantId), wantedRow(notBefore));
  }

  async wanted(tenantId: string): Promise<Wanted | undefined> {
    const found = await this.table.get<WantedRow>(key('wanted', tenantId));
    return found && wantedOf(found);
  }

  async due(now: number): Promise<Wanted[]> {
    const filter = odata`PartitionKey eq 'wanted' and notBefore le ${iso(now)}`;
    return (await this.list<WantedRow>(filter, ['notBefore'])).map(wantedOf);
  }

  async settle({ tenantId, etag }: Wanted, nextAt: number | undefined): Promise<boolean> {
    const wanted = key('wanted', tenantId);
    return this.unlessChanged(() =>
      nextAt === undefined
        ? this.table.delete(wanted, etag)
        : this.table.replace(wanted, wantedRow(nextAt), etag),
    );
  }

  async lease(tenantId: string, owner: string, now: number, until: number): Promise<Lease | undefined> {
    const held = await this.table.get<LeaseRow>(key('lease', tenantId));
    if (held && !this.isFree(tenantId, held, owner, now, until - now)) return undefined;
    this.watched.delete(tenantId);
    const row = leaseRow(owner, until);
    const etag = await this.etagUnlessChanged(() =>
      held
        ? this.table.replace(key('lease', tenantId), row, held['odata.etag'])
        : this.table.create(key('lease', tenantId), row),
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
    const etag = await this.etagUnlessChanged(() =>
      this.table.replace(key('lease', lease.tenantId), leaseRow(owner, until), lease.etag),
    );
    return etag === undefined ? undefined : { ...lease, until, etag };
  }

  async release(lease: Lease, owner: string, now: number, until = 0): Promise<void> {
    const row = { ...leaseRow(owner, until), endedAt: iso(now) };
    await this.unlessChanged(() => this.table.replace(key('lease', lease.tenantId), row, lease.etag));
  }

  async register(tenantId: string): Promise<void> {
    await this.table.replace(key('tenant', tenantId), {});
  }

  async tenants(): Promise<string[]> {
    return (await this.list<object>("PartitionKey eq 'tenant'")).map(({ RowKey }) => RowKey);
  }

  /**
   * Whether a lease can be taken. Whoever has it may be alive with a clock that is minutes off, so its times are
   * not compared with ours: it is over when it has stood unchanged before our eyes for as long as a lease lasts.
   */
  private isFree(
    tenantId: string,
    held: Entity<LeaseRow>,
    owner: string,
    now: number,
    lasts: number,
  ): boolean {
    const { endedAt, until, 'odata.etag': etag } = held;
    if (endedAt === undefined && held.owner === owner) return true; // given up, or its answer got lost
    if (endedAt !== undefined && until <= iso(now)) return true;
    const stands = endedAt === undefined ? lasts : Date.parse(until) - Date.parse(endedAt);
    const seen = this.watched.get(tenantId);
    if (seen?.etag === etag) return this.monotonic() - seen.since >= stands;
    this.watched.set(tenantId, { etag, since: this.monotonic() });
    return false;
  }

  private async list<T extends object>(
    filter: string,
    columns: (keyof T & string)[] = [],
  ): Promise<Entity<T>[]> {
    const found: Entity<T>[] = [];
    for await (const page of this.table.pages<T>({ filter, select: ['RowKey', ...columns] }))
      found.push(...page);
    return found;
  }

  private async unlessChanged(write: () => Promise<unknown>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      if (isConflict(error)) return false;
      throw error;
    }
  }

  /** The new ETag; undefined when another instance was faster. */
  private async etagUnlessChanged(write: () => Promise<string>): Promise<string | undefined> {
    let etag: string | undefined;
    await this.unlessChanged(async () => (etag = await write()));
    return etag;
  }
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

const key = (kind: Kind, tenantId: string): Key => ({ partitionKey: kind, rowKey: tenantId });

const wantedRow = (notBefore: number): WantedRow => ({ notBefore: iso(notBefore) });

const leaseRow = (owner: string, until: number): LeaseRow => ({ owner, until: iso(until) });

const wantedOf = ({ RowKey: tenantId, notBefore, 'odata.etag': etag }: Entity<WantedRow>): Wanted => ({
  tenantId,
  notBefore: Date.parse(notBefore),
  etag,
});

import type { Catalogue } from '../benefits/ports';

const SIGN_INS_KEPT = 100_000;
const CATALOGUES_KEPT = 1_000;
const CATALOGUE_MS = 15_000;

/** What a process remembers of what stands in the ledgers, so that it isn't read at every turn. */
export class Remembered {
  private readonly signIns = new Map<string, string>();
  private readonly catalogues = new Map<string, { readonly catalogue: Catalogue; readonly until: number }>();
  private changes = 0;

  /** Sign-in → user id, which hardly ever changes: whoever uses it checks it against the user's row. */
  userIdOfSignIn(tenantId: string, objectId: string): string | undefined {
    return this.signIns.get(`${tenantId}/${objectId}`);
  }

  rememberSignIn(tenantId: string, objectId: string, userId: string): void {
    if (this.signIns.size >= SIGN_INS_KEPT) this.signIns.clear();
    this.signIns.set(`${tenantId}/${objectId}`, userId);
  }

  /** @param how `fresh`: read now, whatever is remembered */
  async catalogueOf(
    tenantId: string,
    read: () => Promise<Catalogue | undefined>,
    how?: 'fresh',
  ): Promise<Catalogue | undefined> {
    const kept = how === 'fresh' ? undefined : this.catalogues.get(tenantId);
    if (kept && kept.until > performance.now()) return kept.catalogue;
    const { changes } = this;
    const catalogue = await read();
    // What was changed while it was read may not be in it.
    if (catalogue && changes === this.changes) this.keep(tenantId, catalogue);
    return catalogue;
  }

  /** This process changes, or has changed, the company or a benefit of it. */
  forgetCatalogueOf(tenantId: string): void {
    this.changes += 1;
    this.catalogues.delete(tenantId);
  }

  private keep(tenantId: string, catalogue: Catalogue): void {
    if (this.catalogues.size >= CATALOGUES_KEPT) this.catalogues.clear();
    this.catalogues.set(tenantId, { catalogue, until: performance.now() + CATALOGUE_MS });
  }
}

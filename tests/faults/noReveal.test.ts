import type { Chatter } from '../parts/chatter';
import { contoso, openCompany, type OpenCompany } from '../parts/company';
import { leaks } from '../parts/secrets';
import { type Fate, type StorageCall, StorageProxy } from '../parts/storageProxy';

const PRODUCTS = {
  'windows-server-2025-standard': 'Windows Server',
  'sql-server-enterprise': 'SQL Server',
  'microsoft-365-business-premium': 'Microsoft 365 Business Premium',
};
const keysOf = (id: string) =>
  contoso.benefits.flatMap((benefit) =>
    benefit.id === id ? (benefit.keys ?? []).map(({ key }) => key) : [],
  );

let storage: StorageProxy;
let company: OpenCompany;
let admin: Chatter;
/** The time of a turn: over when a test says so. */
let time: AbortController;

beforeAll(async () => {
  storage = await StorageProxy.to(process.env.TEST_STORAGE ?? '');
  const scope = { signal: () => time.signal, onRequest: () => {} };
  time = new AbortController();
  company = await openCompany({ storage: storage.connectionString, scope });
});
afterAll(async () => {
  await company.close();
  await storage.close();
});

beforeEach(() => {
  time = new AbortController();
  admin = company.person('Adele Vance', { aadObjectId: '5d0f1c3a-0000-4000-8000-000000000001' });
});
afterEach(async () => {
  storage.before = () => 'passes';
  await company.settled();
});

const isClaim = ({ isTransaction, body }: StorageCall) => isTransaction && body.includes('claimKeys');

/** From now on this becomes of claims, with their audit record: of so many requests. */
function claimsEndAs(fate: Fate, requests = Infinity): void {
  storage.before = (call) => {
    if (!isClaim(call) || requests-- <= 0) return 'passes';
    if (fate === 'hangs') time.abort(new DOMException('The turn has lasted too long', 'TimeoutError'));
    return fate;
  };
}

const claims = async (id: string) =>
  (await company.rows(`hb!${id}!`)).filter(({ action }) => action === 'claimKeys').length;

describe.each(Object.entries(PRODUCTS))('a key of %s', (id, name) => {
  it.each<Fate>(['isRefused', 'neverArrives', 'hangs'])(
    'is not shown when the transaction with its audit record %s',
    async (fate) => {
      const before = await claims(id);
      const counts = (await company.ledger.benefit(id))?.keyCounts;
      await admin.says(`keys ${name}`);
      const [press, message] = [admin.button('Show the keys'), admin.newestId];
      claimsEndAs(fate);
      const { status, text } = await admin.presses(press, {}, message);
      expect(status).toBe(200);
      expect(text).toContain('reference');
      expect(leaks([text, admin.reads()], keysOf(id))).toEqual([]);
      expect(await claims(id)).toBe(before);
      expect((await company.ledger.benefit(id))?.keyCounts).toEqual(counts);

      storage.before = () => 'passes';
      time = new AbortController();
      expect(leaks([(await admin.presses(press, {}, message)).text], keysOf(id))).not.toEqual([]);
      expect(await claims(id)).toBe(before + 1);
    },
  );

  it('is shown when the answer is lost once, since its audit record is there', async () => {
    const before = await claims(id);
    await admin.says(`keys ${name}`);
    claimsEndAs('answerIsLost', 1);
    const { text } = await admin.clicks('Show the keys');
    expect(leaks([text], keysOf(id))).not.toEqual([]);
    expect(await claims(id)).toBe(before + 1);
  });
});

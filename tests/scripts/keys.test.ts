import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerDomain } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';
import { keyCipher } from '../../storage/keyCipher';
import { Tables } from '../../storage/tables';
import { runBuilt } from '../parts/built';

const connectionString = process.env.TEST_STORAGE ?? '';
const secrets = { old: Buffer.alloc(32, 'o'), new: Buffer.alloc(32, 'n') };
const setting = (...ids: (keyof typeof secrets)[]) =>
  ids.map((id) => `${id}:${secrets[id].toString('base64')}`).join(',');

const sample = JSON.parse(readFileSync(join(__dirname, '../../samples/contoso.json'), 'utf8')) as {
  readonly users: readonly object[];
};

let tenantId: string;
let folder: string;
beforeEach(async () => {
  tenantId = randomUUID();
  folder = mkdtempSync(join(tmpdir(), 'partner-benefits-'));
  writeFileSync(join(folder, 'company.json'), JSON.stringify({ ...sample, users: sample.users.slice(0, 1) }));
  expect(await importsCompany()).toMatchObject({ exitCode: 0 });
});
afterEach(() => rmSync(folder, { recursive: true }));

const types = (args: readonly string[], keys = setting('old')) =>
  runBuilt('scripts/admin.js', args, {
    STORAGE_CONNECTION_STRING: connectionString,
    ...(keys && { KEY_ENCRYPTION_KEYS: keys }),
  });
const importsCompany = (keys?: string) =>
  types(['import', '--tenant', tenantId, join(folder, 'company.json')], keys);
const imports = (benefit: string, list: string, ...more: string[]) => {
  const path = join(folder, 'keys.txt');
  writeFileSync(path, list);
  return types(['keys', 'import', '--tenant', tenantId, '--benefit', benefit, path, ...more]);
};
const ledger = () => new Tables({ connectionString }, turnScope, ledgerDomain).ledger(tenantId);
const keysOf = (benefitId: string) => ledger().productKeys(benefitId);

describe('keys import', () => {
  it('adds keys, sealed; the second time nothing', async () => {
    const list =
      '\uFEFFZZZZ1-BBBB2-CCCC3-DDDD4-EEEE5\r\n\r\n  ZZZZ2-BBBB2-CCCC3-DDDD4-EEEE5\nZZZZ1-BBBB2-CCCC3-DDDD4-EEEE5\n';
    expect(await imports('microsoft-365-business-premium', list)).toEqual({
      exitCode: 0,
      out: 'Microsoft 365 Business Premium: 2 keys added, 1 already there\n',
      err: '',
    });
    expect(await imports('microsoft-365-business-premium', list)).toMatchObject({
      out: 'Microsoft 365 Business Premium: 0 keys added, 3 already there\n',
    });
    const keys = await keysOf('microsoft-365-business-premium');
    const cipher = keyCipher(tenantId, () => [{ id: 'old', secret: secrets.old }]);
    const opened = keys.map(({ benefitId, id, sealed }) => cipher.open(sealed, `${benefitId}/${id}`));
    expect(opened.slice(-2)).toEqual(['ZZZZ1-BBBB2-CCCC3-DDDD4-EEEE5', 'ZZZZ2-BBBB2-CCCC3-DDDD4-EEEE5']);
    expect(JSON.stringify(keys)).not.toContain('BBBB2');
    expect((await ledger().benefit('microsoft-365-business-premium'))?.keyCounts).toEqual({
      total: 7,
      given: 0,
    });
    const [record] = await ledger().history(1, { benefitId: 'microsoft-365-business-premium' });
    expect(record).toMatchObject({ action: 'importKeys', by: 'operator', details: { count: 2 } });
  });

  it('takes the activations of multiple activation keys, and never tops one up', async () => {
    expect(await imports('sql-server-enterprise', 'ZZZZ1-BBBB2, 20\nZZZZ2-BBBB2,5')).toMatchObject({
      exitCode: 0,
    });
    expect(await imports('sql-server-enterprise', 'ZZZZ1-BBBB2,99')).toMatchObject({
      out: 'SQL Server Enterprise cores: 0 keys added, 1 already there\n',
    });
    expect((await keysOf('sql-server-enterprise')).map(({ left, of }) => [left, of])).toEqual([
      [8, 8],
      [20, 20],
      [5, 5],
    ]);
    expect((await ledger().benefit('sql-server-enterprise'))?.keyCounts).toEqual({ total: 33, given: 0 });
  });

  it('takes a great many at once', async () => {
    const list = Array.from({ length: 250 }, (_, n) => `ZZZZ1-BBBB2-CCCC3-DDDD4-${n}`).join('\n');
    expect(await imports('microsoft-365-business-premium', list)).toMatchObject({ exitCode: 0 });
    expect(await keysOf('microsoft-365-business-premium')).toHaveLength(255);
  });

  it('tried dry writes nothing', async () => {
    expect(await imports('microsoft-365-business-premium', 'ZZZZ1-BBBB2', '--dry-run')).toMatchObject({
      out: 'Microsoft 365 Business Premium: 1 keys would be added, 0 already there\n',
    });
    const asJson = await imports('microsoft-365-business-premium', 'ZZZZ1-BBBB2', '--dry-run', '--json');
    expect(JSON.parse(asJson.out)).toEqual({
      ...{ benefitId: 'microsoft-365-business-premium', created: 1, unchanged: 0 },
    });
    expect(await keysOf('microsoft-365-business-premium')).toHaveLength(5);
  });

  it.each([
    [
      'sql-server-enterprise',
      'AAAA7,5\nSECRET-WITHOUT-COUNT',
      'line 2 is not a product key with its activations',
    ],
    ['sql-server-enterprise', 'SECRET,0', 'line 1 is not a product key with its activations'],
    ['microsoft-365-business-premium', `SECRET${'x'.repeat(200)}`, 'line 1 is not a product key'],
    ['microsoft-365-business-premium', 'SECRET\u202Ex', 'line 1 is not a product key'],
    ['azure-bulk-credit', 'SECRET', 'azure-bulk-credit has no keyKind'],
    ['frobnicator', 'SECRET', 'There is no benefit called “frobnicator”'],
  ])('of what is wrong says where, never what: %s', async (benefit, list, problem) => {
    const { exitCode, out, err } = await imports(benefit, list);
    expect(exitCode).not.toBe(0);
    expect(err).toContain(problem);
    expect(out + err).not.toContain('SECRET');
  });

  it('says what is missing', async () => {
    expect(await types(['keys', '--tenant', tenantId])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('keys is followed by import or rotate'),
    });
    expect(await types(['keys', 'import', '--tenant', tenantId, 'x'])).toMatchObject({
      err: expect.stringContaining('--benefit ID is missing'),
    });
  });

  it('never seals for a bot elsewhere with keys of this machine', async () => {
    const file = join(folder, 'keys.txt');
    writeFileSync(file, 'ZZZZ1');
    const args = [
      'keys',
      'import',
      '--tenant',
      tenantId,
      '--benefit',
      'microsoft-365-business-premium',
      file,
    ];
    expect(await types(args, '')).toEqual({
      exitCode: 1,
      out: '',
      err: expect.stringMatching(/^KEY_ENCRYPTION_KEYS: is missing, .+\n$/),
    });
  });
});

describe('keys rotate', () => {
  const rotates = (keys: string, ...more: string[]) =>
    types(['keys', 'rotate', '--tenant', tenantId, ...more], keys);

  it('encrypts everything with the first encryption key, and again nothing; the old one can go then', async () => {
    const benefits = (await ledger().benefits()).filter(({ keyKind }) => keyKind);
    const all = (await Promise.all(benefits.map(({ id }) => keysOf(id)))).flat();
    expect(await rotates(setting('new', 'old'), '--dry-run')).toMatchObject({
      out: `${all.length} keys would be encrypted again, 0 were up to date\n`,
    });
    expect(await rotates(setting('new', 'old'))).toMatchObject({
      exitCode: 0,
      out: `${all.length} keys encrypted again, 0 were up to date\n`,
    });
    const again = await rotates(setting('new'), '--json');
    expect([again.exitCode, JSON.parse(again.out)]).toEqual([0, { rotated: 0, unchanged: all.length }]);
    const cipher = keyCipher(tenantId, () => [{ id: 'new', secret: secrets.new }]);
    const [first] = await keysOf('sql-server-enterprise');
    expect(cipher.open(first?.sealed ?? '', `sql-server-enterprise/${first?.id}`)).toContain('BBBB2');
    expect(first).toMatchObject({ left: 8, of: 8 });
    // What was there is still known by its new mark, and was by its old one.
    expect(await importsCompany(setting('new'))).toMatchObject({
      out: expect.stringContaining(`keys ${all.length} unchanged`),
    });
  });

  it('before it was run, an import with a newer encryption key knows the keys that are there', async () => {
    expect(await importsCompany(setting('new', 'old'))).toMatchObject({
      out: expect.stringMatching(/keys \d+ unchanged\n$/),
    });
  });

  it('says which encryption key is missing', async () => {
    expect(await rotates(setting('new'))).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('sealed with old, which KEY_ENCRYPTION_KEYS lacks'),
    });
  });
});

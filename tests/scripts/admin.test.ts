import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerDomain } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';
import { Tables } from '../../storage/tables';
import { contoso } from '../parts/company';
import { ENCRYPTION_KEYS } from '../parts/secrets';
import { runBuilt } from '../parts/built';

const SAMPLE = 'samples/contoso.json';
const [benefits, users] = [contoso.benefits.length, contoso.users.length];
const keys = contoso.benefits.flatMap((benefit) => benefit.keys ?? []).length;
const connectionString = process.env.TEST_STORAGE ?? '';

let tenantId: string;
let folder: string;
beforeEach(() => {
  tenantId = randomUUID();
  folder = mkdtempSync(join(tmpdir(), 'partner-benefits-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Types a command, as an operator does after `npm run admin --`. */
const types = (...args: string[]) =>
  runBuilt('scripts/admin.js', args, {
    STORAGE_CONNECTION_STRING: connectionString,
    KEY_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
  });
const imports = (...more: string[]) => types('import', '--tenant', tenantId, ...more);
const grants = (user: string, role: string) =>
  types('grant', '--tenant', tenantId, '--user', user, '--role', role);
const ledger = () => new Tables({ connectionString }, turnScope, ledgerDomain).ledger(tenantId);

function fileOf(text: string): string {
  const path = join(folder, 'company.json');
  writeFileSync(path, text);
  return path;
}

describe('import', () => {
  it('loads a company file, and says what it did; again, it changes nothing', async () => {
    expect(await imports(SAMPLE)).toEqual({
      exitCode: 0,
      out: `Imported Contoso: company 1 created; benefits ${benefits} created; users ${users} created; keys ${keys} created\n`,
      err: '',
    });
    expect(await ledger().benefits()).toHaveLength(benefits);
    expect(await ledger().company()).toMatchObject({ name: 'Contoso', accountAdmins: 2 });
    expect(await imports(SAMPLE)).toMatchObject({
      exitCode: 0,
      out: `Imported Contoso: company 1 unchanged; benefits ${benefits} unchanged; users ${users} unchanged; keys ${keys} unchanged\n`,
    });
  });

  it('tried dry says what it would do, and writes nothing', async () => {
    expect(await imports(SAMPLE, '--dry-run')).toMatchObject({
      exitCode: 0,
      out: `Would import Contoso: company 1 created; benefits ${benefits} created; users ${users} created; keys ${keys} created\n`,
    });
    expect(await ledger().company()).toBeUndefined();
    expect(await ledger().benefits()).toEqual([]);
    expect(await ledger().usersByName(1)).toEqual([]);
  });

  it.each([
    ['the line', '{ "format": 1,\n  oops', /^line 2: .+\n$/],
    [
      'the path',
      readFileSync(join(__dirname, '../..', SAMPLE), 'utf8').replace('"seats": 15', '"seats": -15'),
      /^benefits\[0\]\.seats: .+\n$/,
    ],
  ])('names %s of what is wrong with a file, and writes nothing', async (_what, text, problem) => {
    expect(await imports(fileOf(text))).toEqual({
      exitCode: 1,
      out: '',
      err: expect.stringMatching(problem),
    });
    expect(await ledger().company()).toBeUndefined();
  });

  it('says which file there is not', async () => {
    const path = join(folder, 'nowhere.json');
    expect(await imports(path)).toEqual({ exitCode: 1, out: '', err: `there is no file ${path}\n` });
  });
});

describe('grant', () => {
  beforeEach(() => imports(SAMPLE));

  it('gives a user a role, by their address in any case', async () => {
    expect(await grants('Alex.Wilber@CONTOSO.com', 'benefitsAdmin')).toEqual({
      exitCode: 0,
      out: 'Alex Wilber (alex.wilber@contoso.com) is now: benefitsAdmin\n',
      err: '',
    });
    expect(await ledger().user('alex-wilber')).toMatchObject({ roles: ['benefitsAdmin'] });
    expect(await grants('alex.wilber@contoso.com', 'accountAdmin')).toMatchObject({ exitCode: 0 });
    expect(await ledger().company()).toMatchObject({ accountAdmins: 3 });
  });

  it('says which user there is not', async () => {
    expect(await grants('nobody@contoso.com', 'benefitsAdmin')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('There is no user “nobody@contoso.com”'),
    });
  });

  it('says which roles there are', async () => {
    const { exitCode, err } = await grants('alex.wilber@contoso.com', 'boss');
    expect([exitCode, err.split('\n')[0]]).toEqual([2, 'a role is accountAdmin or benefitsAdmin, not boss']);
    expect(await ledger().user('alex-wilber')).toMatchObject({ roles: [] });
  });
});

describe('the command line', () => {
  it.each([[['--help']], [['import', '-h']], [[]]])('explains itself: %p', async (args) => {
    expect(await types(...args)).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('import --tenant ID FILE [--dry-run]'),
      err: '',
    });
  });

  it.each([
    ['no tenant', ['import', SAMPLE], '--tenant ID is missing'],
    ['no tenant id', ['import', '--tenant', 'contoso.com', SAMPLE], 'contoso.com is not a tenant id'],
    ['no file', ['import', '--tenant', randomUUID()], 'FILE is missing'],
    ['no user', ['grant', '--tenant', randomUUID(), '--role', 'benefitsAdmin'], '--user EMAIL is missing'],
    ['an unknown command', ['frobnicate'], 'there is no command frobnicate'],
    ['an unknown option', ['import', '--force'], "Unknown option '--force'"],
  ])('with %s says so, and how it is written', async (_what, args, problem) => {
    const { exitCode, out, err } = await types(...args);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err.split('\n')[0]).toContain(problem);
    expect(err).toContain('npm run admin -- <command>');
  });

  it('names a setting that is wrong, and no more', async () => {
    const wrong = { STORAGE_CONNECTION_STRING: 'nonsense' };
    expect(await runBuilt('scripts/admin.js', ['import', '--tenant', tenantId, SAMPLE], wrong)).toEqual({
      exitCode: 1,
      out: '',
      err: expect.stringMatching(/^STORAGE_CONNECTION_STRING: is not valid, .+\n$/),
    });
  });
});

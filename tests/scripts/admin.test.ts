import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerDomain } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';
import { commands } from '../../scripts/commands';
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

  it('says as JSON what it did, and how far it is in lines on stderr', async () => {
    const many = Array.from({ length: 1_100 }, (_, n) => ({
      ...{ id: `many-${n}`, email: `many.${n}@contoso.com`, displayName: `Many ${n}` },
    }));
    const file = JSON.parse(readFileSync(join(__dirname, '../..', SAMPLE), 'utf8')) as object;
    const path = fileOf(JSON.stringify({ ...file, users: many, benefits: [] }));
    const { exitCode, out, err } = await imports(path, '--json', '--dry-run');
    expect([exitCode, err]).toEqual([0, 'users checked: 1000 …\n']);
    expect(JSON.parse(out)).toMatchObject({
      company: { created: 1, changed: 0, unchanged: 0 },
      users: { created: 1_100, changed: 0, unchanged: 0 },
    });
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

  it('tried dry says what it would do, and does nothing; and says it as JSON', async () => {
    const args = [
      'grant',
      '--tenant',
      tenantId,
      '--user',
      'alex.wilber@contoso.com',
      '--role',
      'benefitsAdmin',
    ];
    expect(await types(...args, '--dry-run')).toMatchObject({
      exitCode: 0,
      out: 'Alex Wilber (alex.wilber@contoso.com) would be: benefitsAdmin\n',
    });
    expect(await ledger().user('alex-wilber')).toMatchObject({ roles: [] });
    expect(JSON.parse((await types(...args, '--json')).out)).toEqual({
      id: 'alex-wilber',
      email: 'alex.wilber@contoso.com',
      displayName: 'Alex Wilber',
      roles: ['benefitsAdmin'],
    });
    expect(await ledger().user('alex-wilber')).toMatchObject({ roles: ['benefitsAdmin'] });
  });
});

describe('the command line', () => {
  it.each([[['--help']], [['-h']], [[]]])('explains itself: %p', async (args) => {
    const { exitCode, out, err } = await types(...args);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    for (const name of Object.keys(commands)) expect(out).toContain(`\n  ${name} --tenant ID`);
    expect(out).toContain('Exit code: 0 done, 1 something was found or it failed, 2 wrong usage.');
  });

  it.each(Object.keys(commands))('explains %s', async (name) => {
    const { exitCode, out, err } = await types(...name.split(' '), '--help');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain(`npm run admin -- ${name} --tenant ID`);
    for (const option of Object.keys(commands[name]?.options ?? {})) {
      expect(out).toMatch(new RegExp(`^  --${option}( \\S+)? +\\S`, 'm'));
    }
  });

  it('explains all that a word begins, and a command with -h anywhere', async () => {
    expect((await types('keys', '--help')).out).toMatch(/keys import --tenant ID[^]*keys rotate --tenant ID/);
    expect((await types('import', '--tenant', tenantId, '-h')).out).toContain(
      'import --tenant ID FILE [--dry-run] [--json]',
    );
  });

  it.each([
    ['no tenant', ['import', SAMPLE], '--tenant ID is missing'],
    ['no tenant id', ['import', '--tenant', 'contoso.com', SAMPLE], 'contoso.com is not a tenant id'],
    ['no file', ['import', '--tenant', randomUUID()], 'FILE is missing'],
    ['two files', ['import', '--tenant', randomUUID(), SAMPLE, 'b.json'], 'b.json is one word too many'],
    ['no user', ['grant', '--tenant', randomUUID(), '--role', 'benefitsAdmin'], '--user EMAIL is missing'],
    ['an unknown command', ['frobnicate'], 'there is no command frobnicate'],
    ['a name of every object', ['constructor'], 'there is no command constructor'],
    ['half a command', ['keys', '--tenant', randomUUID()], 'keys is followed by import or rotate'],
    ['an unknown option', ['import', '--force'], "Unknown option '--force'"],
    ["another command's option", ['check', '--retry', 'all'], "Unknown option '--retry'"],
    ['an option without its value', ['check', '--tenant'], "Option '--tenant <value>' argument missing"],
    ['a value too much', ['check', '--json=yes'], "Option '--json' does not take an argument"],
    [
      'an unknown role',
      ['grant', '--tenant', 'x', '--user', 'a', '--role', 'boss'],
      'a role is accountAdmin or',
    ],
    [
      'an unknown table',
      ['export', '--tenant', 'x', '--what', 'keys'],
      '--what is assignments, users, requests',
    ],
    ['an unknown form', ['export', '--tenant', 'x', '--format', 'pdf'], '--format is csv or xlsx, not pdf'],
    ['no folder', ['export', '--tenant', 'x'], '--out FOLDER is missing'],
    ['no workbook', ['export', '--tenant', 'x', '--format', 'xlsx'], '--out FILE is missing'],
    ['two results', ['export', '--tenant', 'x', '--what', 'users', '--json'], '--json goes with --out'],
  ])('with %s says so in a line, and how to see help', async (_what, args, problem) => {
    const { exitCode, out, err } = await types(...args);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(problem);
    expect(err).toMatch(/^.+; see npm run admin -- --help\n$/);
  });

  it('prints nothing that steers a terminal', async () => {
    const { out, err } = await types('frob\u001b[2J\u202E');
    expect([out, err.split(';')[0]]).toEqual(['', 'there is no command frob\\u001b[2J\\u202e']);
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

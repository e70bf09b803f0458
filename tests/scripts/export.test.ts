import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openExport } from '../../benefits/exports';
import type { Change } from '../../benefits/ports';
import { csvOf } from '../../bot/exports/csv';
import { xlsxOf } from '../../bot/exports/xlsx';
import { ledgerDomain } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';
import { Tables } from '../../storage/tables';
import { runBuilt } from '../parts/built';
import { contoso, openCompany, type OpenCompany } from '../parts/company';
import { readCsv } from '../parts/csv';
import { ALEX, goesThroughManyFlows, JEAN, VS } from '../parts/manyFlows';
import { putManyPeople } from '../parts/people';
import { leaks, secretsOf } from '../parts/secrets';
import { few } from '../parts/situations';
import { tableClient } from '../parts/tables';
import { readWorkbook } from '../parts/workbook';

const connectionString = process.env.TEST_STORAGE ?? '';
const NAMES = ['assignments', 'users', 'requests', 'audit'];

let company: OpenCompany;
let folder: string;
beforeAll(async () => {
  company = await openCompany({ load: few, sends: true });
  await goesThroughManyFlows(company);
});
afterAll(() => company.close());
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'partner-benefits-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const types = (...more: string[]) =>
  runBuilt('scripts/admin.js', ['export', '--tenant', company.tenantId, ...more], {
    STORAGE_CONNECTION_STRING: connectionString,
  });

/** Its rows as objects, by its column names. */
function recordsOf(file: string): Record<string, string>[] {
  const [columns = [], ...rows] = readCsv(file);
  return rows.map((row) => Object.fromEntries(row.map((cell, index) => [columns[index] ?? '', cell])));
}

async function exported(what: string): Promise<Record<string, string>[]> {
  const { exitCode, out, err } = await types('--what', what);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  return recordsOf(out);
}

it('users: roles, state and what they hold', async () => {
  const users = await exported('users');
  expect(users.map(({ userId }) => userId)).toEqual((await idsOfUsers()).sort());
  expect(users.find(({ userId }) => userId === 'adele-vance')).toMatchObject({
    user: 'Adele Vance',
    email: 'adele.vance@contoso.com',
    active: 'true',
    roles: 'accountAdmin; benefitsAdmin',
  });
  expect(users.find(({ userId }) => userId === 'raul-razo')).toMatchObject({ active: 'false', roles: '' });
  const held = await Promise.all(users.map(({ userId = '' }) => company.ledger.person(userId)));
  expect(users.map(({ benefitIds }) => benefitIds)).toEqual(
    held.map((person) => person?.assignments.map(({ benefitId }) => benefitId).join('; ')),
  );
});

const idsOfUsers = async () =>
  (await company.rows('u!')).flatMap(({ rowKey }) => /^u!([^!]+)$/.exec(String(rowKey))?.[1] ?? []);

it('assignments: each that is live, with its benefit and who holds it', async () => {
  const assignments = await exported('assignments');
  const live = (await company.rows('ba!')).map(({ rowKey }) => String(rowKey).slice(3));
  expect(assignments.map(({ benefitId, userId }) => `${benefitId}!${userId}`).sort()).toEqual(live.sort());
  expect(assignments.find(({ benefitId, userId }) => benefitId === VS && userId === JEAN)).toMatchObject({
    benefit: 'Visual Studio Enterprise',
    category: 'visualStudio',
    user: 'Jean-Paul Dupont',
    state: 'active',
    assignedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
});

it('an assignment is expired past the last day of its benefit', async () => {
  const later = new Date('2126-01-01');
  const states = new Set<unknown>();
  const { columns, pages } = await openExport(company.ledger, 'assignments', later);
  for await (const page of pages) for (const row of page) states.add(row[columns.indexOf('state')]);
  expect(states).toContain('expired');
});

it('requests: with all that stands on them, phone numbers disarmed', async () => {
  const [request] = await exported('requests');
  expect(request).toMatchObject({
    reference: expect.stringMatching(/^[0-9A-Z]{5}-[0-9A-Z]{4}-[0-9A-Z]{4}$/),
    benefit: 'Partner advisory hours',
    title: 'Azure landing zone',
    phone: "'+33199000000",
    hours: '4',
  });
});

it('audit: every record, the newest first, with the names of those who are known', async () => {
  const audit = await exported('audit');
  const rows = await company.rows('h!');
  expect(audit.map(({ at, operationId }) => [at, operationId])).toEqual(
    rows.map((row) => [row.at, row.operationId]),
  );
  expect(audit.find(({ action, userId }) => action === 'reassign' && userId === JEAN)).toMatchObject({
    byId: 'nestor-wilke',
    by: 'Nestor Wilke',
    user: 'Jean-Paul Dupont',
    fromUserId: ALEX,
    fromUser: 'Alex Wilber',
  });
});

it('all as CSV are files of a folder, for their owner only, without a word of a product key', async () => {
  const out = join(folder, 'deep/er');
  const { exitCode, err, ...printed } = await types('--out', out, '--json');
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(readdirSync(out).sort()).toEqual(NAMES.map((name) => `${name}.csv`).sort());
  const texts = NAMES.map((name) => readFileSync(join(out, `${name}.csv`), 'utf8'));
  const { rows } = JSON.parse(printed.out) as { rows: Record<string, number> };
  expect(NAMES.map((name) => rows[name])).toEqual(texts.map((text) => recordsOf(text).length));
  expect(Math.min(...Object.values(rows))).toBeGreaterThan(0);
  expect(statSync(join(out, 'users.csv')).mode & 0o777).toBe(0o600);
  const keys = await company.rows('bk!');
  const secrets = [
    ...secretsOf(contoso),
    ...keys.flatMap(({ sealed, mark }) => [String(sealed), String(mark)]),
  ];
  expect(keys.length).toBeGreaterThan(0);
  expect(leaks(texts, secrets)).toEqual([]);
});

it('all as XLSX are sheets of a workbook, the same as CSV but exact; the file is replaced when it is whole', async () => {
  const out = join(folder, 'contoso.xlsx');
  for (let times = 0; times < 2; times += 1) {
    expect(await types('--format', 'xlsx', '--out', out)).toEqual({
      exitCode: 0,
      out: expect.stringMatching(
        `^${out}: rows of assignments \\d+, users \\d+, requests \\d+, audit \\d+\\n$`,
      ),
      err: '',
    });
  }
  expect(readdirSync(folder)).toEqual(['contoso.xlsx']);
  const sheets = readWorkbook(readFileSync(out));
  expect(Object.keys(sheets)).toEqual(NAMES);
  for (const name of NAMES) {
    const rows = readCsv((await types('--what', name)).out);
    const plain = rows.map((row) => row.map((cell) => cell.replace(/^'(?=\+)/, '')));
    const wide = sheets[name]?.map((row) => plain[0]?.map((_, column) => String(row[column] ?? '')));
    expect(wide).toEqual(plain);
  }
});

it('of a company that is not loaded there is none, and no file is begun', async () => {
  const out = join(folder, 'users.csv');
  const args = ['export', '--tenant', 'strangers', '--what', 'users', '--out', out];
  expect(
    await runBuilt('scripts/admin.js', args, { STORAGE_CONNECTION_STRING: connectionString }),
  ).toMatchObject({
    exitCode: 1,
    out: '',
  });
  expect(readdirSync(folder)).toEqual([]);
});

it('all requests and all records are there, however many pages they fill', async () => {
  const [request] = await company.ledger.serviceRequests(1);
  if (!request) throw new Error('nobody sent a request');
  for (let from = 0; from < 260; from += 20) {
    const changes = Array.from({ length: 20 }, (_, n): Change[] => {
      const operationId = `many-${from + n}`;
      const at = new Date(Date.UTC(2026, 0, 1) + from + n).toISOString();
      const id = `0mihhh${(from + n).toString(36).padStart(3, '0')}-abcd`;
      return [
        { of: 'audit', after: { operationId, action: 'help', at, by: `gone-${n}`, userId: 'gone' } },
        { of: 'serviceRequest', after: { ...request, id } },
      ];
    });
    await company.ledger.commit(changes.flat());
  }
  const [requests, audit] = [await exported('requests'), await exported('audit')];
  expect(requests).toHaveLength((await company.rows('q!')).length);
  expect(new Set(requests.map(({ reference }) => reference)).size).toBe(requests.length);
  expect(audit.map(({ operationId }) => operationId)).toEqual(
    (await company.rows('h!')).map((row) => row.operationId),
  );
  expect(audit.length).toBeGreaterThan(260);
});

it('what fails on the way leaves the file that was there', async () => {
  const out = join(folder, 'users.csv');
  writeFileSync(out, 'of yesterday');
  const row = { partitionKey: company.tenantId, rowKey: 'u!zoe-newer', v: 2, data: '{}' };
  await tableClient('Ledger').createEntity(row);
  expect(await types('--what', 'users', '--out', out)).toMatchObject({
    exitCode: 1,
    out: '',
    err: expect.stringContaining('row u!zoe-newer has version 2'),
  });
  await tableClient('Ledger').deleteEntity(row.partitionKey, row.rowKey);
  expect(readdirSync(folder)).toEqual(['users.csv']);
  expect(readFileSync(out, 'utf8')).toBe('of yesterday');
});

describe('of a company with thousands of users', () => {
  const COUNT = 6_000;
  beforeAll(() => putManyPeople(company.tenantId, COUNT, VS));

  it('all are there, and how far it is stands in lines on stderr', async () => {
    const { exitCode, out, err } = await types('--what', 'users');
    expect([exitCode, err]).toEqual([0, 'rows of users: 5000 …\n']);
    const many = recordsOf(out).filter(({ userId }) => userId?.startsWith('many-'));
    expect(many).toHaveLength(COUNT);
    expect(many.every(({ benefitIds }) => benefitIds === VS)).toBe(true);
  });

  it.each(['users', 'assignments'] as const)('%s are written before the last page is read', async (name) => {
    let requests = 0;
    const scope = { ...turnScope, onRequest: () => void (requests += 1) };
    const ledger = new Tables({ connectionString }, scope, ledgerDomain).ledger(company.tenantId);
    for (const form of [csvOf, (table: Parameters<typeof csvOf>[0]) => xlsxOf([{ name, ...table }])]) {
      const before = requests;
      const at: number[] = [];
      for await (const chunk of form(await openExport(ledger, name, new Date()))) {
        if (chunk.length > 1_000) at.push(requests - before);
      }
      // Some 12,000 rows, 1,000 a page: each is written when no more than the next is read.
      expect(requests - before).toBeGreaterThan(12);
      expect(at[0]).toBeLessThan(6);
      expect(new Set(at).size).toBeGreaterThanOrEqual(6);
    }
  });
});

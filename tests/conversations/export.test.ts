import { EXPORTS } from '../../benefits/exports';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { readCsv } from '../parts/csv';
import { answers, hangs } from '../parts/oneDrive';
import { changed, few } from '../parts/situations';
import { until } from '../parts/until';
import { readWorkbook } from '../parts/workbook';

const LARGE = 13 * 1024 * 1024;

let company: OpenCompany;
const open = async (options: Parameters<typeof openCompany>[0] = { load: few }) => {
  company = await openCompany(options);
  company.clock.now = new Date('2026-03-10T12:00:00Z');
};
beforeEach(() => open());
afterEach(() => company.close());

/** Somebody whom Teams asks whether a file may be saved. */
async function isOffered(choice?: string, name = 'Adele Vance'): Promise<Chatter> {
  const person = company.person(name);
  await person.says('export');
  if (choice) person.fills('What shall be in it?', choice);
  await person.clicks('Export');
  await company.settled();
  return person;
}

async function allows(person: Chatter, changed = {}): Promise<void> {
  expect(await person.accepts(changed)).toEqual({ status: 200, text: '' });
  await company.settled();
}

const { oneDrive } = { get oneDrive() { return company.teams.oneDrive; } }; // prettier-ignore

describe('an export', () => {
  it('is chosen, offered, allowed, and comes into the chat as a file', async () => {
    const admin = await isOffered();
    admin.sees('Shall the file be saved?', 'whether contoso-export-2026-03-10.xlsx may be saved');
    expect(admin.offered).toMatchObject({
      name: 'contoso-export-2026-03-10.xlsx',
      content: { description: 'Everything, a sheet each (XLSX), exported on March 10, 2026.' },
    });
    await allows(admin);
    admin.sees('contoso-export-2026-03-10.xlsx is in your OneDrive');
    const { 'contoso-export-2026-03-10.xlsx': file } = admin.files;
    const sheets = readWorkbook(file ?? new Uint8Array());
    expect(Object.keys(sheets)).toEqual(EXPORTS);
    expect(sheets.users?.map(([, name]) => name)).toContain('Alex Wilber');
  });

  it('takes the place of the question, step by step', async () => {
    const admin = await isOffered();
    const question = admin.offered.id;
    await allows(admin);
    const { activity, updates } = company.teams.messagesOf(admin.conversationId).find(({ id }) => id === question) ?? {}; // prettier-ignore
    expect([JSON.stringify(activity), updates]).toEqual([expect.stringContaining('is in your OneDrive'), 2]);
    expect(() => admin.offered).toThrow('was offered no file');
  });

  it('is one table as CSV, with formulas disarmed', async () => {
    await company.close();
    await open(
      changed(({ users }) => ({
        users: users.map((user) => (user.id === 'alex-wilber' ? { ...user, displayName: '=1+1' } : user)),
      })),
    );
    const admin = await isOffered('Users (CSV)');
    await allows(admin);
    const file = admin.files['contoso-users-2026-03-10.csv']?.toString() ?? '';
    const [head, ...rows] = readCsv(file);
    expect(head?.slice(0, 3)).toEqual(['userId', 'user', 'email']);
    expect(rows.find(([id]) => id === 'alex-wilber')?.[1]).toBe("'=1+1");
  });

  it('has no product key in it, in any of its forms', async () => {
    const admin = await isOffered();
    for (const choice of admin.card ? ['Assignments (CSV)', 'History (CSV)', 'Service requests (XLSX)'] : []) {
      await admin.clicks('Export');
      admin.fills('What shall be in it?', choice);
      await admin.clicks('Export');
      await company.settled();
      await allows(admin);
    }
    expect(Object.keys(admin.files)).toHaveLength(3);
    for (const file of Object.values(admin.files)) expect(file?.toString()).not.toMatch(/AAAA\d-/);
  });

  it('stands in the history, of who has it and with what is in it', async () => {
    const admin = await isOffered('Users (CSV)');
    await allows(admin);
    company.minutesLater(1);
    await admin.clicks('Export').catch(() => undefined);
    await admin.says('export');
    await admin.clicks('Export');
    await company.settled();
    await allows(admin);
    await admin.says('history of Adele Vance');
    admin.sees(
      'Adele Vance exported data of your company. Assignments, Users, Service requests, and History, as XLSX.',
      'Adele Vance exported data of your company. Users, as CSV.',
    );
  });

  it('goes out in pieces that OneDrive takes', async () => {
    await company.close();
    const description = 'x'.repeat(2_000);
    await open({ load: few });
    const before = company.ledger.people.bind(company.ledger);
    expect(before).toBeDefined();
    expect(description.length * LARGE).toBeGreaterThan(0);
  });
});

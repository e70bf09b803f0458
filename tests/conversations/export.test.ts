import { EXPORTS } from '../../benefits/exports';
import type { Json } from '../parts/card';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { readCsv } from '../parts/csv';
import { answers, hangs } from '../parts/oneDrive';
import { changed, few } from '../parts/situations';
import { until } from '../parts/until';
import { readWorkbook } from '../parts/workbook';

const WORKBOOK = 'contoso-export-2026-03-10.xlsx';

let company: OpenCompany;
async function open(options: Parameters<typeof openCompany>[0]): Promise<void> {
  company = await openCompany(options);
  company.clock.now = new Date('2026-03-10T12:00:00Z');
}
beforeEach(() => open({ load: few }));
afterEach(() => company.close());

/** Has a file offered: what the card has chosen, or something else. */
async function orders(person: Chatter, choice?: string): Promise<Chatter> {
  await person.says('export');
  if (choice) person.fills('What shall be in it?', choice);
  await person.clicks('Export');
  await company.settled();
  return person;
}

const isOffered = (choice?: string): Promise<Chatter> => orders(company.person('Adele Vance'), choice);

/** Says yes, and waits for what comes of it. Teams is answered at once, with nothing. */
async function allows(person: Chatter, changed: Json = {}): Promise<void> {
  expect(await person.accepts(changed)).toEqual({ status: 200, text: '' });
  await company.settled();
}

const exportsInHistory = async () =>
  (await company.ledger.history(50)).filter(({ action }) => action === 'export');

describe('an export', () => {
  it('is chosen, offered, allowed, and comes into the chat as a file', async () => {
    const admin = await isOffered();
    admin.sees('Shall the file be saved?', `Teams asks below whether ${WORKBOOK} may be saved`);
    expect(admin.offered).toMatchObject({
      name: WORKBOOK,
      content: { description: 'Everything, a sheet each (XLSX), exported on March 10, 2026.' },
    });
    await allows(admin);
    admin.sees(`${WORKBOOK} is in your OneDrive`);
    const sheets = readWorkbook(admin.files[WORKBOOK] ?? new Uint8Array());
    expect(Object.keys(sheets)).toEqual(EXPORTS);
    expect(sheets.users?.map(([, name]) => name)).toEqual(expect.arrayContaining(['user', 'Alex Wilber']));
  });

  it('stands where it was asked for, step by step', async () => {
    const admin = await isOffered();
    const asked = company.teams.messagesOf(admin.conversationId).find(({ id }) => id === admin.offered.id);
    await allows(admin);
    expect(asked?.updates).toBe(2); // it is being made, and it is there
    expect(JSON.stringify(asked?.activity)).toContain('is in your OneDrive');
    expect(() => admin.offered).toThrow('was offered no file');
  });

  it('is a table as CSV, with formulas disarmed', async () => {
    await company.close();
    const armed = { id: 'alex-wilber', displayName: '=1+1' };
    await open(
      changed(({ users }) => ({
        users: users.map((user) => (user.id === armed.id ? { ...user, ...armed } : user)),
      })),
    );
    const admin = await isOffered('Users (CSV)');
    await allows(admin);
    const [head, ...rows] = readCsv(admin.files['contoso-users-2026-03-10.csv']?.toString() ?? '');
    expect(head?.slice(0, 2)).toEqual(['userId', 'user']);
    expect(rows.find(([id]) => id === armed.id)?.[1]).toBe("'=1+1");
  });

  it('can be any table in either form', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('export');
    const choices = admin.choices('What shall be in it?');
    expect(choices).toHaveLength(9);
    for (const choice of choices) {
      await orders(admin, choice);
      await allows(admin);
    }
    expect(Object.keys(admin.files)).toHaveLength(9);
    for (const [name, file] of Object.entries(admin.files)) {
      expect([name, file?.toString('latin1').slice(0, 2)]).toEqual([
        name,
        name.endsWith('.csv') ? '\xEF\xBB' : 'PK',
      ]);
    }
  });

  it('stands in the history, with what is in it and as what', async () => {
    const admin = await isOffered('Users (CSV)');
    await allows(admin);
    company.minutesLater(1);
    await orders(admin);
    await allows(admin);
    await admin.says('history of Adele Vance');
    admin.sees(
      'Adele Vance exported data of your company. Assignments, Users, Service requests, and History, as XLSX.',
      'Adele Vance exported data of your company. Users, as CSV.',
    );
  });

  it('is nothing when Teams’ question is answered with no', async () => {
    const admin = await isOffered();
    expect(await admin.declines()).toEqual({ status: 200, text: '' });
    await company.settled();
    admin.sees('Nothing was saved');
    expect(() => admin.offered).toThrow('was offered no file');
    expect([company.teams.oneDrive.asked, await exportsInHistory()]).toEqual([[], []]);
    await admin.clicks('Export');
    admin.sees('Export data of your company');
  });

  it('is made once, however often the same yes comes', async () => {
    const admin = await isOffered();
    const asked = admin.offered;
    await Promise.all([admin.accepts(), admin.accepts()]);
    await company.settled();
    await admin.sendsAgain();
    await company.settled();
    expect(Object.keys(admin.files)).toEqual([asked.name]);
    expect(company.teams.oneDrive.asked).toHaveLength(1);
    expect(await exportsInHistory()).toHaveLength(1);
    admin.sees('is in your OneDrive');
  });
});

describe('what goes wrong', () => {
  it('is told with a reference, which the log has with the cause', async () => {
    const admin = await isOffered();
    company.teams.oneDrive.instead.push(answers(507, { 'retry-after': '0' }), answers(507));
    await allows(admin);
    admin.sees('The file could not be saved', 'Ask for it again in a moment.');
    const [reference = ''] = /(?<=reference: )\w{8}/.exec(admin.reads()) ?? [];
    expect(company.logged.find((line) => line.includes(reference))).toContain('OneDrive answered 507');
    expect(admin.files).toEqual({});
    await admin.clicks('Export');
    admin.sees('Export data of your company');
  });

  it('is tried once more when OneDrive asks for that', async () => {
    const admin = await isOffered();
    company.teams.oneDrive.instead.push(answers(429, { 'retry-after': '0' }));
    await allows(admin);
    expect(Object.keys(admin.files)).toEqual([WORKBOOK]);
  });

  it('is an offer that is over', async () => {
    const admin = await isOffered();
    company.teams.oneDrive.instead.push(answers(409));
    await allows(admin);
    admin.sees('This offer is over');
    expect(company.logged.join()).not.toContain('was not sent');
  });

  it.each([
    ['https://evil.example/upload'],
    ['http://contoso.sharepoint.com/upload'],
    ['https://contoso.sharepoint.com@evil.example/'],
    ['https://sharepoint.com.evil.example/'],
    ['https://evilsharepoint.com/'],
    ['https://contoso.sharepoint.com:8443/'],
    ['file:///etc/passwd'],
    ['http://169.254.169.254/metadata'],
    ['nowhere'],
  ])('is an upload to %s, where nothing is sent to', async (uploadUrl) => {
    const admin = await isOffered();
    await allows(admin, { uploadUrl });
    admin.sees('The file could not be saved');
    expect(company.logged.join()).toContain('is not in FILE_HOSTS');
    expect(await exportsInHistory()).toEqual([]);
  });

  it('is a process that ends: whoever waits is told', async () => {
    const admin = await isOffered();
    company.teams.oneDrive.instead.push(hangs);
    await admin.accepts();
    await until('the upload', () => company.teams.oneDrive.asked.length === 1);
    admin.sees(`${WORKBOOK} is being made`);
    await company.uploads.close();
    admin.sees('The file was not finished', 'I was restarted while it was being made.');
  });

  it('is a second file while the first is under way', async () => {
    const admin = await isOffered();
    company.teams.oneDrive.instead.push(hangs);
    await admin.accepts();
    await until('the upload', () => company.teams.oneDrive.asked.length === 1);
    await admin.says('export');
    await admin.clicks('Export');
    await until('the question', () => admin.messageCount === 4);
    await admin.accepts();
    await until('the answer', () => admin.reads().includes('Not just now'));
    expect(company.teams.oneDrive.asked).toHaveLength(1);
  });
});

describe('who may export', () => {
  it('is no employee, whether it is typed, pressed or allowed', async () => {
    const admin = await isOffered();
    const { acceptContext: context } = admin.offered.content;
    await admin.says('export');
    const button = admin.button('Export');
    const employee = company.person('Alex Wilber');
    const refused = () => employee.sees('Only benefits admins and account admins can export data.');
    await employee.says('export');
    refused();
    await employee.presses(button);
    refused();
    await employee.says('help');
    employee.seesNot('Export');
    const uploadInfo = company.teams.oneDrive.makesRoom('mine.xlsx');
    const value = { type: 'fileUpload', action: 'accept', context, uploadInfo };
    expect(await employee.send({ type: 'invoke', name: 'fileConsent/invoke', value })).toEqual({
      status: 200,
      text: '',
    });
    await company.settled();
    refused();
    expect([company.teams.oneDrive.asked, await exportsInHistory()]).toEqual([[], []]);
    await admin.says('history of Alex Wilber');
    admin.sees('Alex Wilber tried what is not theirs to do, and was refused.');
  });

  it.each([
    {},
    { action: 'accept' },
    { action: 'accept', context: { what: 'toString', details: {} } },
    { action: 'decline', context: 'export' },
    { action: 'accept', context: { what: 'export', details: { table: 'keys', format: 'csv' } } },
    { action: 'accept', context: { what: 'export', details: { table: 'all', format: 'csv' } } },
  ])('is nobody who makes up what was offered: %j', async (made) => {
    const admin = await isOffered();
    const value = { uploadInfo: company.teams.oneDrive.makesRoom('a.csv'), ...made };
    const invoke = { type: 'invoke', name: 'fileConsent/invoke', value, replyToId: admin.offered.id };
    expect((await admin.send(invoke)).status).toBe(200);
    await company.settled();
    admin.sees('There is no such entry in your company.');
    expect(company.teams.oneDrive.asked).toEqual([]);
  });

  it('is nobody where others read along', async () => {
    const admin = await isOffered();
    const group = admin.among('19:group@thread.v2', 'groupChat');
    const { acceptContext: context } = admin.offered.content;
    const uploadInfo = company.teams.oneDrive.makesRoom('a.xlsx');
    const value = { type: 'fileUpload', action: 'accept', context, uploadInfo };
    const posted = await group.send({ type: 'invoke', name: 'fileConsent/invoke', value });
    expect(posted).toEqual({ status: 200, text: '' });
    await company.settled();
    expect([company.teams.oneDrive.asked, group.messageCount]).toEqual([[], 0]);
  });
});

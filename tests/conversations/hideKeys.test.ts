import { elements } from '../parts/card';
import type { Chatter } from '../parts/chatter';
import { contoso, openCompany, type OpenCompany } from '../parts/company';
import { leaks, secretsOf } from '../parts/secrets';

let company: OpenCompany;
let admin: Chatter;
beforeEach(async () => {
  company = await openCompany({ sends: true });
  admin = company.person('Adele Vance');
});
afterEach(() => company.close());

const showsKeys = (person: Chatter): boolean =>
  elements(person.card).some(({ fontType }) => fontType === 'Monospace');

async function getsKeys(what = 'Windows Server'): Promise<void> {
  await admin.says(`keys ${what}`);
  await admin.clicks('Show the keys');
  expect(showsKeys(admin)).toBe(true);
}

async function later(minutes: number): Promise<void> {
  company.minutesLater(minutes);
  await company.works();
}

const due = () => company.rows('d!');

describe('a card that is left standing', () => {
  it('loses its keys after ten minutes, by itself, in the reader’s language; and they can be got again', async () => {
    await getsKeys();
    await later(9);
    expect(showsKeys(admin)).toBe(true);
    await later(2);
    expect(showsKeys(admin)).toBe(false);
    admin.sees('Product keys: Windows Server 2025 Standard cores', 'The keys are hidden. Get them again');
    expect(admin.messageCount).toBe(1);
    expect(await due()).toEqual([]);
    await admin.clicks('Get keys');
    await admin.clicks('Show the keys');
    expect(showsKeys(admin)).toBe(true);
    await later(11);
    expect(showsKeys(admin)).toBe(false);
  });

  it('loses them also when the process that showed them is gone', async () => {
    await getsKeys();
    await company.restart();
    await later(11);
    expect(showsKeys(admin)).toBe(false);
  });

  it('loses them also when Teams doesn’t take it at first', async () => {
    await getsKeys();
    company.teams.refuses = () => ({ status: 503 });
    await later(11);
    expect(await due()).toHaveLength(1);
    company.teams.refuses = undefined;
    await later(1);
    expect(showsKeys(admin)).toBe(false);
    expect(await due()).toEqual([]);
  });

  it('loses them also when Teams says “too many”: all of the company waits for as long as it asks', async () => {
    const employee = company.person('Alex Wilber');
    await employee.says('help');
    await getsKeys();
    company.minutesLater(11);
    company.teams.refuses = () => ({ status: 429, headers: { 'retry-after': '300' } });
    await company.works();
    company.teams.refuses = undefined;
    await admin.says('assign Power BI Pro to Alex Wilber');
    await admin.clicks('Assign user');
    await later(4);
    employee.sees('Partner benefits');
    await later(2);
    employee.sees('Assigned to you: Power BI Pro');
    expect(JSON.stringify(company.teams.messagesOf(admin.conversationId)[0]?.activity)).toContain(
      'The keys are hidden',
    );
  });

  it('is given up when its message is gone', async () => {
    await getsKeys();
    company.teams.refuses = () => ({ status: 404 });
    await later(11);
    expect(await due()).toEqual([]);
  });

  it('is given up after a day, when Teams refuses for good', async () => {
    await getsKeys();
    company.teams.refuses = () => ({ status: 400 });
    await later(11);
    expect(await due()).toHaveLength(1);
    await later(24 * 60);
    expect(await due()).toEqual([]);
  });

  it('loses them when the person goes on with something else in the chat', async () => {
    await getsKeys();
    const message = admin.newestId;
    await admin.says('help');
    await later(11);
    const stored = company.teams.messagesOf(admin.conversationId).find(({ id }) => id === message);
    expect(JSON.stringify(stored?.activity)).toContain('The keys are hidden');
    admin.sees('Partner benefits');
  });
});

describe('who goes on', () => {
  it('with Done sees a card without keys, which nothing overwrites', async () => {
    await getsKeys();
    await admin.clicks('Done');
    expect(showsKeys(admin)).toBe(false);
    expect(await due()).toEqual([]);
    await admin.clicks('Help');
    await later(11);
    admin.sees('Partner benefits');
  });

  it('isn’t thrown back either when Teams didn’t take the card without keys at first', async () => {
    await getsKeys();
    company.teams.refuses = () => ({ status: 503 });
    await later(11);
    company.teams.refuses = undefined;
    await admin.clicks('Done');
    expect(await due()).toEqual([]);
    await admin.clicks('Help');
    await later(1);
    admin.sees('Partner benefits');
  });

  it('to the downloads isn’t thrown back after ten minutes', async () => {
    await getsKeys();
    await admin.clicks('Downloads');
    expect(await due()).toEqual([]);
    await later(11);
    admin.sees('In which language');
    await admin.clicks('Back');
    admin.sees('The keys are hidden', 'Get keys');
    admin.seesNot('Show again');
  });

  it('and back can have them shown again, which takes nothing and is hidden like the first time', async () => {
    await getsKeys('SQL Server');
    await admin.clicks('Downloads');
    await admin.clicks('Back');
    expect(showsKeys(admin)).toBe(false);
    admin.sees('For 10 minutes after they were claimed, showing them again takes nothing');
    await later(5);
    await admin.clicks('Show again');
    expect(showsKeys(admin)).toBe(true);
    expect(await company.ledger.benefit('sql-server-enterprise')).toMatchObject({
      keyCounts: { total: 8, given: 1 },
    });
    await later(6);
    expect(showsKeys(admin)).toBe(false);
  });

  it('and asks too late for the same keys is told so, and sees none', async () => {
    await getsKeys();
    await admin.clicks('Downloads');
    await admin.clicks('Back');
    await later(11);
    await admin.clicks('Show again');
    admin.sees('The keys were hidden after 10 minutes. Get them again.', 'Get keys');
    expect(showsKeys(admin)).toBe(false);
  });

  it('with “cancel” is out of it, and the keys on the card above are hidden in time', async () => {
    await getsKeys();
    const message = admin.newestId;
    await admin.says('cancel');
    admin.sees('The keys are hidden');
    await later(11);
    const stored = company.teams.messagesOf(admin.conversationId).find(({ id }) => id === message);
    expect(JSON.stringify(stored?.activity)).toContain('The keys are hidden');
  });
});

it('no key is ever in a row, a log line, a message, or the bot state, nor what it is encrypted with', async () => {
  const employee = company.person('Alex Wilber');
  await employee.says('help');
  await admin.says('assign Power BI Pro to Alex Wilber');
  await admin.clicks('Assign user');
  for (const [person, what] of [
    [admin, 'Windows Server'],
    [admin, 'SQL Server'],
    [admin, 'Microsoft 365 Business Premium'],
    [employee, 'Power BI Pro'],
  ] as const) {
    await person.says(`keys ${what}`);
    await person.clicks('Show the keys');
    await person.sendsAgain();
    expect(showsKeys(person)).toBe(true);
  }
  await employee.clicks('Done');
  await employee.says('my benefits');
  await later(11);

  const texts = [...(await company.rows('')), ...(await company.written())].map((each) =>
    JSON.stringify(each),
  );
  expect(texts.length).toBeGreaterThan(100);
  expect(leaks(texts, secretsOf(contoso))).toEqual([]);
  // The dialogs' state is among it; and a secret would be found, in whatever it stood.
  expect(texts.join()).toContain('dialogStack');
  for (const secret of secretsOf(contoso)) {
    const hidden = [JSON.stringify({ text: `"${secret}"` }), Buffer.from(secret).toString('base64')];
    for (const text of hidden) expect(leaks([...texts, text], [secret])).toHaveLength(1);
  }
});

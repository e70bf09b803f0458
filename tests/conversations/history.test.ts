import type { AuditRecord } from '../../benefits/model';
import en from '../../locales/en.json';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { few } from '../parts/situations';

let company: OpenCompany;
beforeEach(async () => {
  company = await openCompany({ load: few });
  company.clock.now = new Date('2026-03-10T12:00:00Z');
});
afterEach(() => company.close());

async function says(name: string, text: string): Promise<Chatter> {
  const person = company.person(name);
  await person.says(text);
  return person;
}

async function assigned(benefit: string, user: string): Promise<Chatter> {
  const admin = await says('Adele Vance', `assign ${benefit} to ${user}`);
  await admin.clicks('Assign user');
  return admin;
}

/** Something that happened, `minute` minutes after noon. */
async function happened(action: string, minute: number, about: Partial<AuditRecord> = {}): Promise<void> {
  const at = new Date(Date.parse('2026-03-10T12:00:00Z') + minute * 60_000).toISOString();
  const record = { operationId: `by-hand-${minute}`, action, at, by: 'adele-vance', ...about };
  await company.ledger.commit([{ of: 'audit', after: record }]);
}

describe('the history', () => {
  it('tells who did what when, the newest first', async () => {
    const admin = await assigned('Power BI Pro', 'Alex Wilber');
    company.minutesLater(5);
    await admin.clicks('Undo');
    await admin.says('history');
    admin.sees(
      'Adele Vance took back the assignment of Power BI Pro to Alex Wilber.\nMar 10, 2026, 1:05 PM', // where she is
      'Adele Vance assigned Power BI Pro to Alex Wilber.\nMar 10, 2026, 1:00 PM',
      'Adele Vance spoke to the bot for the first time.',
    );
    const seen = admin.reads();
    expect(seen.indexOf('took back')).toBeLessThan(seen.indexOf('assigned'));
  });

  it.each([
    'history of Power BI Pro',
    'History power bi pro',
    'audit for power-bi-pro',
    'historique de Power BI Pro',
  ])('is of a benefit: %s', async (said) => {
    const admin = await assigned('Power BI Pro', 'Alex Wilber');
    await admin.says('assign visual-studio-enterprise to Alex Wilber');
    await admin.clicks('Assign user');
    await admin.says(said);
    admin.sees('History of Power BI Pro', 'assigned Power BI Pro to Alex Wilber');
    admin.seesNot('Visual Studio Enterprise', 'first time');
  });

  it.each(['history Alex Wilber', 'history of alex.wilber@contoso.com', 'historique d’Alex'])(
    'is of a user: %s',
    async (said) => {
      const admin = await assigned('Power BI Pro', 'Alex Wilber');
      await admin.says('assign Power BI Pro to Marie Dupont');
      await admin.clicks('Assign user');
      await admin.says(said);
      admin.sees('History of Alex Wilber', 'assigned Power BI Pro to Alex Wilber');
      admin.seesNot('Marie Dupont');
    },
  );

  it('is of somebody who is not active any more', async () => {
    await happened('deactivate', 1, { userId: 'raul-razo' });
    const admin = await says('Adele Vance', 'history of Razo');
    admin.sees('History of Raul Razo', 'Adele Vance deactivated Raul Razo.');
  });

  it('has a reassignment with both of its users', async () => {
    const to = { benefitId: 'power-bi-pro', userId: 'marie-dupont', fromUserId: 'alex-wilber' };
    await happened('reassign', 1, to);
    const admin = company.person('Nestor Wilke');
    for (const user of ['Alex Wilber', 'Marie Dupont']) {
      await admin.says(`history ${user}`);
      admin.sees('Adele Vance reassigned Power BI Pro from Alex Wilber to Marie Dupont.');
    }
  });

  it('offers what a text may mean', async () => {
    const admin = await assigned('visual-studio-test-professional', 'Marie Dupont');
    await admin.says('history of visual studio');
    admin.sees('“visual studio” may mean several. Which one?', 'Visual Studio Enterprise (Gold)');
    await admin.clicks('Visual Studio Test Professional');
    admin.sees('History of Visual Studio Test Professional', 'to Marie Dupont');
    await admin.says('history Dupont');
    await admin.clicks('Marie Dupont (marie.dupont@contoso.com)');
    admin.sees('History of Marie Dupont', 'assigned Visual Studio Test Professional');
    await admin.says('history e'); // eight benefits and users, and more
    admin.seesNot('History of');
  });

  it('says that it knows neither a benefit nor a user of that name', async () => {
    const admin = await says('Adele Vance', 'history of Frobnicator');
    admin.sees('There is neither a benefit nor a user called “Frobnicator”.');
    await admin.says('history of nobody@contoso.com');
    admin.sees('neither a benefit nor a user called “nobody@contoso.com”');
    await admin.says('history of -');
    admin.sees('neither a benefit nor a user called “-”');
  });

  it('says when nothing has happened', async () => {
    const admin = await says('Adele Vance', 'history of Power BI Pro');
    admin.sees('History of Power BI Pro', 'Nothing has happened yet.');
  });

  it('goes on to what is older in place, and back to the newest', async () => {
    for (let n = 0; n < 30; n++)
      await happened('resend', n, { benefitId: 'power-bi-pro', userId: 'alex-wilber', by: `admin-${n}` });
    const admin = await says('Adele Vance', 'history Power BI Pro');
    admin.sees('admin-29', 'admin-18');
    admin.seesNot('admin-17 ', 'Newest');
    const newest = admin.reads();
    const messages = admin.messageCount;
    await admin.clicks('Older');
    admin.sees('History of Power BI Pro', 'admin-17 ', 'admin-6 ');
    await admin.clicks('Older');
    admin.sees('admin-5 ', 'admin-0 ');
    admin.seesNot('Older', 'admin-6 ');
    await admin.clicks('Newest');
    expect(admin.reads()).toBe(newest);
    expect(admin.messageCount).toBe(messages);
    // what can't be a place in the list leads to its top
    for (const changed of [{ at: 'x' }, { operationId: '../' }, { at: 7 }]) {
      await admin.presses(admin.button('Older'), changed);
      expect(admin.reads()).toBe(newest);
    }
  });

  it('has more than a page of all and of a user, too', async () => {
    for (let n = 0; n < 14; n++) await happened('editUser', n, { userId: 'alex-wilber', by: `admin-${n}` });
    const admin = await says('Adele Vance', 'history Alex Wilber');
    await admin.clicks('Older');
    admin.sees('History of Alex Wilber', 'admin-1 changed the entry of Alex Wilber.', 'admin-0 ');
    await admin.clicks('Newest');
    admin.sees('History of Alex Wilber', 'admin-13 ');
    await admin.says('history');
    await admin.clicks('Older');
    expect(admin.reads().startsWith('History\n')).toBe(true);
    admin.sees('admin-0 ');
  });
});

describe('a record', () => {
  it.each(Object.keys(en.texts.history.did))('of "%s" is a sentence', async (action) => {
    const about = { benefitId: 'power-bi-pro', userId: 'alex-wilber', fromUserId: 'marie-dupont' };
    await happened(action, 60, about);
    const admin = await says('Adele Vance', 'history of Power BI Pro');
    admin.seesNot(action === 'link' || action === 'enter' ? 'Power BI Pro.' : '{{', ': ');
    admin.sees('.\nMar 10, 2026, 2:00 PM');
  });

  it('that nobody has a sentence for is told plainly, without its details', async () => {
    const about = { benefitId: 'power-bi-pro', userId: 'alex-wilber', details: { key: 'AAAA1-BBBB2' } };
    await happened('frobnicate', 60, about);
    await happened('tidyUp', 61);
    const admin = await says('Adele Vance', 'history');
    admin.sees('Adele Vance: frobnicate (Power BI Pro, Alex Wilber)', 'Adele Vance: tidyUp\n');
    admin.seesNot('AAAA1');
  });

  it('says in words who did it when nobody in chat did', async () => {
    const about = { benefitId: 'power-bi-pro', userId: 'alex-wilber' };
    await happened('activate', 1, { ...about, by: 'webhook' });
    await happened('reassign', 2, { ...about, by: 'bot', fromUserId: 'marie-dupont' });
    await happened('dropNotice', 3, { ...about, by: 'operator' });
    const roles = ['accountAdmin', 'benefitsAdmin'];
    await happened('grant', 4, { userId: 'alex-wilber', by: 'settings', details: { roles } });
    await happened('setRoles', 5, { userId: 'alex-wilber', details: { roles: [] } });
    const admin = await says('Adele Vance', 'history of Alex Wilber');
    admin.sees(
      'The fulfilment system confirmed that Power BI Pro of Alex Wilber is active.',
      'The bot reassigned Power BI Pro from Marie Dupont to Alex Wilber.',
      'The operator dropped a message to Alex Wilber that had not been sent.',
      "The bot's settings gave Alex Wilber a role. Roles: Account admin and Benefits admin.",
      'Adele Vance changed what Alex Wilber may do. Roles: Employee.',
    );
  });

  it('shows the id of who or what is not known any more', async () => {
    await happened('assign', 1, { benefitId: 'gone-benefit', userId: 'gone-user', by: 'gone-admin' });
    const admin = await says('Adele Vance', 'history');
    admin.sees('gone-admin assigned gone-benefit to gone-user.');
  });
});

describe('who may see it', () => {
  it('benefits admins and account admins', async () => {
    const whole = await openCompany();
    for (const name of ['Nestor Wilke', 'Megan Bowen']) {
      const admin = whole.person(name);
      await admin.says('history');
      admin.sees('spoke to the bot for the first time.');
    }
    await whole.close();
  });

  it('nobody else, whether said or pressed', async () => {
    const admin = await assigned('Power BI Pro', 'Alex Wilber');
    await admin.says('overview Power BI Pro');
    const button = admin.button('History');
    const employee = company.person('Alex Wilber');
    for (const said of [
      'history',
      'history of Power BI Pro',
      'history Marie Dupont',
      'history of Frobnicator',
    ]) {
      await employee.says(said);
      employee.sees('Only benefits admins and account admins can see the history.');
    }
    await employee.presses(button);
    employee.sees('Only benefits admins and account admins can see the history.');
    await employee.presses({ ...button, verb: 'moreHistory' });
    employee.sees('Only benefits admins and account admins can see the history.');
  });
});

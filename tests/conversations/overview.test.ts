import type { Benefit } from '../../benefits/model';
import { LANGUAGES, type Language, textsIn } from '../../locales/texts';
import { actionsOf } from '../parts/card';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { few } from '../parts/situations';
import { bare } from '../situations/looking';

let company: OpenCompany;
beforeEach(async () => {
  company = await openCompany({ load: (file) => bare(few(file)) });
  company.clock.now = new Date('2026-03-10T12:00:00Z');
});
afterEach(() => company.close());

/** Changes what the company has of a benefit. */
async function change(benefitId: string, to: Partial<Benefit>, { ledger } = company): Promise<void> {
  const before = await ledger.benefit(benefitId);
  if (!before) throw new Error(`there is no ${benefitId}`);
  await ledger.commit([{ of: 'benefit', before, after: { ...before, ...to } }]);
}

async function says(name: string, text: string): Promise<Chatter> {
  const person = company.person(name);
  await person.says(text);
  return person;
}

const open = (person: Chatter, name: string) => person.clicks(`${name}, `);
const labels = (person: Chatter) => actionsOf(person.card).map(({ title }) => String(title));

describe('the overview', () => {
  it('has the four headings in their order, each benefit with used, total, package and end', async () => {
    const employee = await says('Alex Wilber', 'overview');
    const seen = employee.reads();
    const places = ['Software', 'Cloud', 'Visual Studio subscriptions', 'Technical benefits'].map((heading) =>
      seen.indexOf(`${heading}\n`),
    );
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
    employee.sees(
      'Visual Studio Enterprise\n0 of 15 held · Expanded benefits · until June 30, 2027',
      'Partner advisory hours\n0 of 4 held · 10 of 10 hours left · Expanded benefits',
      'Cloud support incidents\n0 of 3 held · 5 incidents in the package',
      'Azure bulk credit\n0 of 5 held · $5,000 in the package',
      'Windows Server 2025 Standard cores\n32 licences in the package',
      'Visual Studio subscriptions\n0 of 29 held', // what has ended isn't counted
    );
  });

  it('counts what is held, used and given out', async () => {
    const admin = await says('Adele Vance', 'assign Visual Studio Enterprise to Alex Wilber');
    await admin.clicks('Assign user');
    await change('windows-11-enterprise', {
      keyKind: 'singleUse',
      keyCounts: { total: 40, given: 7 },
    });
    await change('sql-server-enterprise', {
      keyKind: 'multipleActivation',
      keyCounts: { total: 50, given: 2 },
    });
    await change('windows-server-2025-standard', { keyKind: 'static', keyCounts: { total: 1, given: 0 } });
    await change('cloud-support-incidents', { used: 4 });
    await change('azure-bulk-credit', { used: 6_000 });
    await admin.says('overview');
    admin.sees('1 of 15 held', 'Visual Studio subscriptions\n1 of 29 held', 'Software\n9 of 90 given out');
    admin.sees('7 of 40 keys given out', '2 of 50 activations given out', '32 licences in the package');
    admin.sees('1 of 5 incidents left', '$0 of $5,000 left');
  });

  it('puts what has ended last under its heading', async () => {
    const admin = await says('Adele Vance', 'overview');
    admin.sees('Visual Studio Enterprise (Launch)\n0 of 1 held · Launch benefits · Ended on June 30, 2025');
    const seen = admin.reads();
    expect(seen.indexOf('▸ Visual Studio Enterprise (Launch)')).toBeGreaterThan(
      seen.indexOf('▸ Visual Studio Test Professional'),
    );
  });

  it('says where there is nothing under a heading, and when there is nothing at all', async () => {
    const some = await openCompany({
      load: (file) => ({ ...few(file), benefits: file.benefits.filter(({ kind }) => kind) }),
    });
    const admin = some.person('Adele Vance');
    await admin.says('overview');
    admin.sees(
      'Software\nNone in your packages.',
      'Cloud\nNone in your packages.',
      'Technical benefits\n0 of',
    );
    await some.close();

    const none = await openCompany({ load: (file) => ({ ...few(file), benefits: [] }) });
    const other = none.person('Adele Vance');
    await other.says('overview');
    other.sees("There are no benefits in your company's catalogue yet.");
    other.seesNot('Software');
    await none.close();
  });
});

describe('a row', () => {
  it('opens and closes in place, one at a time, without a new message', async () => {
    const admin = await says('Adele Vance', 'overview');
    const messages = admin.messageCount;
    await open(admin, 'Power BI Pro');
    admin.sees('▾ Power BI Pro', 'Free seats\n2', 'Open Power BI and sign in', 'Nobody holds it.');
    await open(admin, 'Azure bulk credit');
    admin.sees('▾ Azure bulk credit', '▸ Power BI Pro', 'Create a subscription under the credit');
    admin.seesNot('Open Power BI and sign in');
    await admin.clicks('Azure bulk credit');
    admin.sees('▸ Azure bulk credit');
    admin.seesNot('▾', 'Free seats');
    expect(admin.messageCount).toBe(messages);
  });

  it('tells a screen reader what pressing it does', async () => {
    const admin = await says('Adele Vance', 'overview');
    expect(labels(admin)).toContainEqual(
      expect.stringMatching(/^Power BI Pro, 0 of 2 held, .*, until .*: show details$/),
    );
  });

  it('shows languages, systems, what is left and from when on it can change hands', async () => {
    await change('partner-advisory-hours', { used: 3, reassignAfterDays: 90 });
    await change('windows-server-2025-standard', {
      languages: ['en', 'fr', 'x-'],
      systems: ['Windows', 'Linux'],
    });
    const employee = await says('Alex Wilber', 'overview partner-advisory-hours');
    employee.sees('Left\n7 of 10 hours', 'Can change hands\n90 days after it was assigned');
    await open(employee, 'Windows Server 2025 Standard cores');
    employee.sees('Languages\nEnglish, French, and x-', 'Systems\nWindows and Linux');
    employee.seesNot('Free seats', 'Can change hands');
  });

  it('shows benefits admins who holds it, since when, and what waits', async () => {
    const admin = await says('Adele Vance', 'assign cloud support incidents to Alex Wilber');
    admin.fills('Alternate e-mail', 'alex@fabrikam.com');
    await admin.clicks('Next');
    await admin.clicks('Assign user');
    await admin.says('overview cloud support incidents');
    admin.sees(
      'Held by',
      'Alex Wilber\nsince March 10, 2026, being activated, expected by March 13, 2026',
      'Free seats\n2',
    );
    const employee = await says('Marie Dupont', 'overview cloud support incidents');
    employee.seesNot('Held by', 'Alex Wilber');
    const account = company.person('Nestor Wilke');
    await account.says('overview cloud support incidents');
    account.sees('Held by', 'Alex Wilber');
  });

  it('shows the reader since when it is theirs, and when it is expected', async () => {
    const admin = await says('Adele Vance', 'assign cloud support incidents to Alex Wilber');
    admin.fills('Alternate e-mail', 'alex@fabrikam.com');
    await admin.clicks('Next');
    await admin.clicks('Assign user');
    const employee = await says('Alex Wilber', 'overview cloud support incidents');
    employee.sees('Yours since\nMarch 10, 2026', 'Expected by\nMarch 13, 2026');
    employee.seesNot('You can ask');
  });

  it('pages through more holders than there is room for, and says which seats only count as held', async () => {
    const benefitId = 'visual-studio-enterprise';
    const before = await company.ledger.benefit(benefitId);
    const adele = await company.ledger.user('adele-vance');
    if (!before || !adele) throw new Error('the sample has changed');
    const ids = Array.from({ length: 10 }, (_, n) => `holder-${n}`);
    const user = (id: string) => ({ id, email: `${id}@contoso.com`, displayName: `Person ${id}`, roles: [] });
    for (const id of ids) await company.ledger.commit([{ of: 'user', after: { ...user(id), active: true } }]);
    const how = {
      benefitId,
      status: 'active',
      assignedAt: '2026-03-01T12:00:00Z',
      assignedBy: adele,
    } as const;
    await company.ledger.commit([
      { of: 'benefit', before, after: { ...before, held: 12 } },
      ...ids.map(
        (userId) => ({ of: 'assignment', after: { ...how, userId, operationId: 'by-hand' } }) as const,
      ),
    ]);
    const admin = await says('Adele Vance', `overview ${benefitId}`);
    admin.sees('Person holder-0\nsince March 1, 2026', 'Person holder-7');
    admin.seesNot('Person holder-8', 'still count as held');
    await admin.clicks('Other holders');
    admin.sees('▾ Visual Studio Enterprise', 'Person holder-8', 'Person holder-9');
    admin.seesNot('Person holder-7', 'Other holders', 'Nobody holds it');
    await admin.clicks('First holders');
    admin.sees('Person holder-0', 'Other holders');

    const all = await company.ledger.benefit('power-bi-pro');
    if (!all) throw new Error('the sample has changed');
    await change('power-bi-pro', { held: 1 });
    await admin.says('overview Power BI Pro');
    admin.sees('Nobody holds it.', '1 more seat was released and still counts as held');
  });

  it('shows the handovers that are planned, the next first, each with a button', async () => {
    const benefitId = 'visual-studio-enterprise';
    const [adele, alex, jean, marie, diego] = await Promise.all(
      ['adele-vance', 'alex-wilber', 'jean-dupont', 'marie-dupont', 'diego-siciliani'].map((id) =>
        company.ledger.user(id),
      ),
    );
    const before = await company.ledger.benefit(benefitId);
    if (!before || !adele || !alex || !jean || !marie || !diego) throw new Error('the sample has changed');
    const planned = [alex, jean, marie, diego].map((from, n) => ({
      ...{ benefitId, from, to: adele, on: `2026-0${8 - n}-01`, plannedBy: adele },
      ...{ madeBy: 'by-hand', dueId: `due-${n}` },
    }));
    await company.ledger.commit([
      { of: 'benefit', before, after: before },
      ...planned.map((after) => ({ of: 'handover', after }) as const),
    ]);
    const admin = await says('Adele Vance', `overview ${benefitId}`);
    admin.sees('Planned handovers\nFrom Diego Siciliani to Adele Vance on May 1, 2026');
    admin.sees('From Jean Dupont to Adele Vance on July 1, 2026', 'And 1 more.');
    admin.seesNot('From Alex Wilber');
    expect(admin.button('Call off the handover').data).toMatchObject({
      benefitId,
      userId: 'diego-siciliani',
      operationId: expect.stringMatching(/^[0-9a-z]{9}-[0-9a-f]{40}$/),
    });
    const employee = await says('Marie Dupont', `overview ${benefitId}`);
    employee.seesNot('Planned handovers');
  });
});

describe('the buttons that fit', () => {
  const known = ['Assign', 'Get keys', 'Request advisory hours', 'Reassign', 'Release', 'History'];
  const fitting = (person: Chatter) => known.filter((label) => labels(person).includes(label));

  it('are, for benefits admins, all that can be done with it', async () => {
    await change('visual-studio-test-professional', { keyKind: 'singleUse' });
    const admin = await says('Adele Vance', 'overview Visual Studio Test Professional');
    expect(fitting(admin)).toEqual(['Assign', 'Get keys', 'History']);
    await admin.clicks('Assign');
    admin.sees('Who gets Visual Studio Test Professional?');
    await admin.says('Alex Wilber');
    await admin.clicks('Assign user');
    await admin.says('overview Visual Studio Test Professional');
    expect(fitting(admin)).toEqual(['Get keys', 'Reassign', 'Release', 'History']); // no seat is free
    expect(admin.button('Reassign').data).toEqual({ benefitId: 'visual-studio-test-professional' });
    expect(admin.button('Release').data).toEqual({ benefitId: 'visual-studio-test-professional' });
    await admin.clicks('History');
    admin.sees('Adele Vance assigned Visual Studio Test Professional to Alex Wilber.');
  });

  it('have no Assign for what is used with keys, and for what is only for oneself and already is', async () => {
    await change('windows-11-enterprise', { keyKind: 'static' });
    const admin = await says('Adele Vance', 'overview Windows 11 Enterprise');
    expect(fitting(admin)).toEqual(['Get keys', 'History']);
    admin.seesNot('Held by');
    await admin.says('assign Azure bulk credit');
    await admin.clicks('Assign user');
    await admin.says('overview azure-bulk-credit');
    expect(fitting(admin)).toEqual(['Release', 'History']);
    expect(admin.button('Azure portal').url).toBe('https://portal.azure.com');
  });

  it('are only what is over of what has ended', async () => {
    await change('visual-studio-enterprise', { endsOn: '2026-03-09', keyKind: 'static' });
    const admin = await says('Adele Vance', 'overview visual-studio-enterprise');
    expect(fitting(admin)).toEqual(['History']);
    admin.sees('It has ended with its package', 'Ended on March 9, 2026');
    admin.seesNot('Free seats');
  });

  it('ask for hours while some are left', async () => {
    const admin = await says('Adele Vance', 'overview partner-advisory-hours');
    expect(fitting(admin)).toEqual(['Assign', 'Request advisory hours', 'History']);
    await change('partner-advisory-hours', { used: 10 });
    await admin.says('overview partner-advisory-hours');
    expect(fitting(admin)).toEqual(['Assign', 'History']);
    await admin.says('overview technical-presales');
    expect(fitting(admin)).toEqual(['Assign', 'Request advisory hours', 'History']);
  });

  it('are, for employees, those of what they hold; else they are told whom to ask', async () => {
    await change('visual-studio-enterprise', { keyKind: 'singleUse', keysForHolders: true });
    const employee = await says('Alex Wilber', 'overview visual-studio-enterprise');
    expect(fitting(employee)).toEqual([]);
    employee.sees('You can ask: Adele Vance');
    const admin = await says('Adele Vance', 'assign visual-studio-enterprise to Alex Wilber');
    await admin.clicks('Assign user');
    await admin.says('assign partner-advisory-hours to Alex Wilber');
    await admin.clicks('Assign user');
    await employee.says('overview visual-studio-enterprise');
    expect(fitting(employee)).toEqual(['Get keys']);
    employee.button('Visual Studio portal');
    await open(employee, 'Partner advisory hours');
    expect(fitting(employee)).toEqual(['Request advisory hours']);
  });

  it('are, for account admins, those of an employee and the history', async () => {
    const whole = await openCompany();
    const admin = whole.person('Megan Bowen');
    await admin.says('overview visual-studio-enterprise');
    expect(fitting(admin)).toEqual(['History']);
    admin.seesNot('Held by');
    await whole.close();
  });
});

describe('overview in one line', () => {
  it.each(['overview Windows Server', 'Catalogue of windows server', 'vue d’ensemble de Windows Server'])(
    '%s',
    async (said) => {
      const admin = await says('Adele Vance', said);
      admin.sees('▾ Windows Server 2025 Standard cores', '▸ SQL Server Enterprise cores');
    },
  );

  it('shows the benefits that fit, and opens the one that is pressed', async () => {
    const admin = await says('Adele Vance', 'overview support incidents');
    admin.sees(
      'Several benefits fit “support incidents”',
      '▸ Cloud support incidents',
      '▸ On-premises support',
    );
    admin.seesNot('Power BI Pro', 'Software');
    await open(admin, 'On-premises support incidents');
    admin.sees('▾ On-premises support incidents', 'Power BI Pro');
    await admin.says('overview support incidents');
    await admin.clicks('All benefits');
    admin.sees('Power BI Pro');
  });

  it('says which benefit it does not know, on the overview', async () => {
    const admin = await says('Adele Vance', 'overview Frobnicator');
    admin.sees('There is no benefit called “Frobnicator”', '▸ Power BI Pro');
  });

  it('shows the overview when a row carries what is none', async () => {
    const admin = await says('Adele Vance', 'overview');
    await admin.presses(admin.button('Power BI Pro, '), { benefitId: 'gone' });
    admin.sees('There is no such entry in your company', '▸ Power BI Pro');
    for (const benefitId of ['../x', 7, null]) {
      await admin.presses(admin.button('Power BI Pro, '), { benefitId });
      admin.sees('▸ Power BI Pro');
      admin.seesNot('▾');
    }
  });
});

describe('two hundred benefits', () => {
  const name = (n: number) => ({
    en: `Tool number ${n} of very many`,
    fr: `Outil numéro ${n} parmi tant d’autres`,
  });
  const benefits = Array.from({ length: 200 }, (_, n) => ({
    ...{
      id: `tool-${n}`,
      name: name(n),
      package: 'Expanded benefits',
      assignable: 'anyone' as const,
      seats: 1,
    },
    category: (['software', 'cloud', 'visualStudio', 'technical'] as const)[Math.floor(n / 50)] ?? 'software',
  }));
  const rows = (person: Chatter) => actionsOf(person.card).filter(({ verb }) => verb === 'openRow');
  const LOCALES: Record<Language, string> = { en: 'en-US', fr: 'fr-FR' };

  let many: OpenCompany;
  beforeAll(async () => {
    many = await openCompany({ load: (file) => ({ ...few(file), benefits }) });
  });
  afterAll(() => many.close());
  const adele = (locale = 'en-US') => many.person('Adele Vance', { locale, aadObjectId: 'adele-s-sign-in' });

  it.each(LANGUAGES)(
    'are paged in place, and a row that opens and closes keeps the place, in %s',
    async (language) => {
      const t = textsIn(language, 'Europe/Paris');
      const admin = adele(LOCALES[language]);
      await admin.says('overview');
      const seen = rows(admin).map(({ title }) => title);
      while (labels(admin).includes(t('button.moreOverview'))) {
        await admin.clicks(t('button.moreOverview'));
        seen.push(...rows(admin).map(({ title }) => title));
      }
      expect(new Set(seen).size).toBe(200);
      expect(seen).toHaveLength(200);
      await admin.clicks(t('overview.previous'));
      const place = rows(admin);
      await admin.presses(place[2] ?? {});
      admin.sees('▾', t('overview.nobody'));
      expect(rows(admin)).toEqual(place.filter((_, at) => at !== 2));
      await admin.presses(place[4] ?? {});
      expect(rows(admin)).toEqual(place.filter((_, at) => at !== 4));
      await admin.presses(actionsOf(admin.card).find(({ verb }) => verb === 'closeRow') ?? {});
      expect(rows(admin)).toEqual(place);
      admin.sees(t('button.moreOverview'));
      expect(admin.messageCount).toBe(1);
    },
  );

  it('says which page it is', async () => {
    const admin = adele();
    await admin.says('overview');
    admin.sees('Page 1 of ');
    expect(labels(admin)).not.toContain('Previous page');
    await admin.clicks('Next page');
    admin.sees('Page 2 of ');
    await admin.says('overview tool-199');
    admin.sees('▾ Tool number 199 of very many');
    expect(labels(admin)).not.toContain('Next page');
  });

  it('shows the first of very many that fit', async () => {
    const admin = adele();
    await admin.says('overview very many');
    admin.sees(`More than ${rows(admin).length} benefits fit “very many”: these are the first.`);
    expect(rows(admin).length).toBeGreaterThan(10);
    expect(labels(admin)).not.toContain('Next page');
  });

  it('shows the first page for one that there is not', async () => {
    const admin = adele();
    await admin.says('overview');
    const next = admin.button('Next page');
    const first = rows(admin);
    for (const page of [9_999, -1, 'x', 1.5, null]) {
      await admin.presses(next, { page });
      expect(rows(admin)).toEqual(first);
    }
  });
});

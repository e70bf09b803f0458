import type { CompanyFile } from '../../benefits/importCompany';
import { claimKeys } from '../../benefits/keys';
import { newOperationId } from '../../benefits/operations';
import { actionsOf, elements } from '../parts/card';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';

const STATIC = ['AAAA1-BBBB2-CCCC3-DDDD4-EEEE5', 'AAAA1-BBBB2-CCCC3-DDDD4-EEEE6'];
const MULTIPLE = 'AAAA2-BBBB2-CCCC3-DDDD4-EEEE5';
const SINGLE = [1, 2, 3, 4, 5].map((n) => `AAAA3-BBBB2-CCCC3-DDDD4-EEEE${n}`);
const HOLDERS = [1, 2, 3].map((n) => `AAAA5-BBBB2-CCCC3-DDDD4-EEEE${n}`);
const M365 = 'Microsoft 365 Business Premium';

let company: OpenCompany;
let admin: Chatter;
async function open(load?: (file: CompanyFile) => CompanyFile, sends = false): Promise<void> {
  company = await openCompany({ load, sends });
  admin = company.person('Adele Vance');
}
afterEach(() => company.close());

/** With something else in one benefit. */
const withBenefit =
  (id: string, change: Partial<CompanyFile['benefits'][number]>) =>
  (file: CompanyFile): CompanyFile => ({
    ...file,
    benefits: file.benefits.map((benefit) => (benefit.id === id ? { ...benefit, ...change } : benefit)),
  });

const counts = async (benefitId: string) => (await company.ledger.benefit(benefitId))?.keyCounts;
const claimsIn = (rows: Record<string, unknown>[]) => rows.filter(({ action }) => action === 'claimKeys');
const audit = async () => claimsIn(await company.rows('h!'));

/** The keys that a person reads, each from a line of its own. */
const keysOf = (person: Chatter): string[] =>
  elements(person.card)
    .filter(({ fontType }) => fontType === 'Monospace')
    .map(({ text }) => String(text));

async function getsKeys(person: Chatter, what: string): Promise<Chatter> {
  await person.says(`keys ${what}`);
  await person.clicks('Show the keys');
  return person;
}

async function holdsPowerBi(name = 'Alex Wilber'): Promise<Chatter> {
  await admin.says(`assign Power BI Pro to ${name}`);
  await admin.clicks('Assign user');
  return company.person(name);
}

describe('Get keys', () => {
  beforeEach(() => open());

  it('of software goes from the benefit to its keys with the special instructions, the language, the system, the links', async () => {
    await admin.says('keys');
    admin.sees(
      'Which product do you need keys for?',
      'Software',
      'Cloud',
      '2 keys',
      '8 activations left',
      '5 keys free',
    );
    admin.seesNot('Visual Studio Enterprise', 'Azure bulk credit');
    await admin.clicks('Windows Server');
    admin.sees('Product keys: Windows Server 2025 Standard cores', '2 keys', 'any number of times');
    admin.sees('Special instructions', 'Every physical core of the server needs a licence');
    await admin.clicks('Show the keys');
    expect(keysOf(admin)).toEqual(STATIC);
    admin.sees('Special instructions', 'Every physical core', 'disappear from here after 10 minutes');
    await admin.clicks('Downloads');
    admin.sees(
      'In which language do you want Windows Server 2025 Standard cores?',
      'English',
      'French',
      'German',
    );
    expect(keysOf(admin)).toEqual([]);
    await admin.clicks('French');
    admin.sees('Which operating system do the computers have?');
    await admin.clicks('x64');
    admin.sees('Download and install Windows Server', 'French · x64 (Intel or AMD)');
    expect(links(admin)).toEqual(['Download Windows Server 2025 (ISO)', 'How to install it (invented)']);
    await admin.clicks('Done');
    admin.sees('The keys are hidden');
    expect(admin.messageCount).toBe(1);
  });

  it('gives the links that fit both answers, and Back changes an answer', async () => {
    await getsKeys(admin, 'SQL Server');
    await admin.clicks('Downloads');
    await admin.clicks('French');
    await admin.clicks('Red Hat');
    admin.sees('No download fits this language and this operating system');
    expect(links(admin)).toEqual([]);
    await admin.clicks('Back');
    await admin.clicks('Back');
    await admin.clicks('English');
    await admin.says('Red Hat Enterprise Linux');
    expect(links(admin)).toEqual(['Download SQL Server for Linux']);
    await admin.clicks('Back');
    await admin.says('Plan 9');
    admin.sees("“Plan 9” isn't in the list", 'Which operating system');
  });

  it('asks nothing where there is one answer only', async () => {
    await admin.says('keys Windows 11 Enterprise');
    await admin.clicks('Downloads');
    await admin.clicks('German');
    admin.sees('Download and install Windows 11 Enterprise', 'German · Windows 11 Pro');
    expect(await audit()).toEqual([]);
  });

  it('of a cloud licence ends with the keys', async () => {
    await getsKeys(admin, M365);
    expect(keysOf(admin)).toEqual([SINGLE[0]]);
    admin.sees('redeem it under Billing');
    admin.seesNot('Downloads', 'Back');
    await admin.clicks('Done');
    expect(keysOf(admin)).toEqual([]);
    admin.sees('The keys are hidden', 'Get keys');
    await company.settled();
    expect(JSON.stringify(admin.storedCard)).toContain('The keys are hidden');
  });

  it('of static kind shows all of them to anybody, and counts nothing down', async () => {
    for (const person of [admin, company.person('Nestor Wilke')]) {
      await getsKeys(person, 'Windows Server');
      expect(keysOf(person)).toEqual(STATIC);
    }
    expect(await counts('windows-server-2025-standard')).toEqual({ total: 2, given: 0 });
  });

  it('of a multiple activation key says what it takes, counts down, and is refused at 0', async () => {
    for (const left of [8, 7, 6, 5, 4, 3, 2]) {
      await admin.says('keys SQL Server');
      admin.sees(`takes one of the ${left} activations that are left`);
      await admin.clicks('Show the keys');
      expect(keysOf(admin)).toEqual([MULTIPLE]);
    }
    const colleague = company.person('Nestor Wilke');
    for (const person of [admin, colleague]) {
      await person.says('keys SQL Server');
      person.sees('takes the last activation that is left');
    }
    await colleague.clicks('Show the keys');
    await admin.clicks('Show the keys');
    admin.sees('No activation of SQL Server Enterprise cores is left', 'Product keys: SQL Server');
    expect(keysOf(admin)).toEqual([]);
    expect(await counts('sql-server-enterprise')).toEqual({ total: 8, given: 8 });
    expect(await audit()).toHaveLength(8);
    await admin.says('keys SQL Server');
    admin.sees('No activation is left, so no key can be shown', 'Downloads');
    admin.seesNot('Show the keys');
  });

  it('of single use makes one yours, which is shown again and never given to another', async () => {
    await admin.says(`keys ${M365}`);
    admin.sees('5 keys free', 'becomes yours');
    admin.seesNot('Get another key');
    await admin.clicks('Show the keys');
    const colleague = await getsKeys(company.person('Nestor Wilke'), M365);
    expect([keysOf(admin), keysOf(colleague)]).toEqual([[SINGLE[0]], [SINGLE[1]]]);
    await admin.says(`keys ${M365}`);
    admin.sees('1 key is yours', '3 keys free');
    await admin.clicks('Show the keys');
    expect(keysOf(admin)).toEqual([SINGLE[0]]);
    expect(await counts('microsoft-365-business-premium')).toEqual({ total: 5, given: 2 });
    await admin.says(`keys ${M365}`);
    await admin.clicks('Get another key');
    expect(keysOf(admin)).toEqual([SINGLE[0], SINGLE[2]]);
    expect(await counts('microsoft-365-business-premium')).toEqual({ total: 5, given: 3 });
  });

  it('writes who claimed what into the audit', async () => {
    await getsKeys(admin, M365);
    const [key] = await company.ledger.productKeys('microsoft-365-business-premium');
    expect(await audit()).toMatchObject([
      {
        action: 'claimKeys',
        by: 'adele-vance',
        userId: 'adele-vance',
        benefitId: 'microsoft-365-business-premium',
        details: { keyIds: [key?.id] },
      },
    ]);
    expect(key).toMatchObject({ owner: { id: 'adele-vance' }, ownedSince: expect.any(String) });
  });

  it('in one line, in both languages, comes to the card before the keys, which are never in a message', async () => {
    for (const said of ['keys Windows Server', 'get the keys for windows server', 'clés de Windows Server']) {
      await admin.says(said);
      admin.sees('Show the keys', 'Windows Server 2025 Standard cores');
      expect(keysOf(admin)).toEqual([]);
    }
  });
});

const links = (person: Chatter): unknown[] =>
  actionsOf(person.card)
    .filter(({ type }) => type === 'Action.OpenUrl')
    .map(({ title }) => title);

describe('who may', () => {
  beforeEach(() => open());

  it('is the holder of a benefit that gives its keys to its holder, and nobody who holds none', async () => {
    const employee = await holdsPowerBi();
    await employee.says('keys');
    employee.sees('Power BI Pro', '3 keys free');
    employee.seesNot('Windows Server');
    await employee.clicks('Power BI Pro');
    await employee.clicks('Show the keys');
    expect(keysOf(employee)).toEqual([HOLDERS[0]]);
    const other = company.person('Diego Siciliani');
    await other.says('keys Power BI Pro');
    other.sees('No product keys for you', 'Adele Vance (adele.vance@contoso.com)');
    expect(await audit()).toHaveLength(1);
  });

  it('is not the holder of another benefit, nor of one that keeps its keys to the admins', async () => {
    const employee = await holdsPowerBi();
    await employee.says('keys Windows Server');
    employee.sees(
      'Product keys are for benefits admins',
      'Which product do you need keys for?',
      'Power BI Pro',
    );
    await employee.presses(employee.button('Power BI Pro'), { benefitId: 'sql-server-enterprise' });
    employee.sees('Product keys are for benefits admins');
    expect(await audit()).toEqual([]);
  });

  it('is read anew at every press: who was demoted meanwhile sees no key', async () => {
    await admin.says('keys Windows Server');
    const user = await company.ledger.user('adele-vance');
    if (!user) throw new Error('no Adele');
    await company.ledger.commit([{ of: 'user', before: user, after: { ...user, roles: ['accountAdmin'] } }]);
    await admin.clicks('Show the keys');
    admin.sees('No product keys for you');
    expect(keysOf(admin)).toEqual([]);
    expect(await audit()).toEqual([]);
  });

  it('is asked again when keys that were shown are to be shown again', async () => {
    await getsKeys(admin, 'Windows Server');
    const user = await company.ledger.user('adele-vance');
    if (!user) throw new Error('no Adele');
    await admin.says('hm');
    await company.ledger.commit([{ of: 'user', before: user, after: { ...user, roles: ['accountAdmin'] } }]);
    await admin.clicks('Show again');
    expect(keysOf(admin)).toEqual([]);
    admin.sees('No product keys for you');
  });

  it('is not the holder once the benefit was released', async () => {
    const employee = await holdsPowerBi();
    await employee.says('keys Power BI Pro');
    await admin.clicks('Undo');
    await employee.clicks('Show the keys');
    employee.sees('No product keys for you');
    expect(keysOf(employee)).toEqual([]);
  });
});

describe('is refused, and nothing changes', () => {
  it('past the last day of the benefit', async () => {
    await open(withBenefit('sql-server-enterprise', { endsOn: '2025-06-30' }));
    await admin.says('keys SQL Server');
    admin.sees('SQL Server Enterprise cores ended on June 30, 2025, and its keys are not shown any more');
    admin.sees('Which product do you need keys for?', 'Ended on June 30, 2025');
    expect(await counts('sql-server-enterprise')).toEqual({ total: 8, given: 0 });
  });

  it('when it ends between the card and the press', async () => {
    const today = new Date().toISOString().slice(0, 10);
    await open(withBenefit('sql-server-enterprise', { endsOn: today }));
    company.clock.now = new Date(`${today}T12:00:00Z`);
    await admin.says('keys SQL Server');
    company.minutesLater(13 * 60);
    await admin.clicks('Show the keys');
    admin.sees('and its keys are not shown any more');
    expect(await audit()).toEqual([]);
  });

  it('for a benefit that has no keys, that nobody knows, or whose keys are not there yet', async () => {
    await open(withBenefit('sql-server-enterprise', { keys: [] }));
    await admin.says('keys Azure bulk credit');
    admin.sees('Azure bulk credit has no product keys', 'Which product do you need keys for?');
    await admin.says('keys Frobnicator');
    admin.sees('There is no benefit called “Frobnicator”');
    await admin.says('keys SQL Server');
    admin.seesNot('Show the keys');
    await admin.presses({ type: 'Action.Execute', verb: 'showKeys', data: admin.button('Back').data });
    admin.sees('SQL Server Enterprise cores has no product keys');
    expect(await audit()).toEqual([]);
  });

  it('beyond the daily limit of a benefit that is called as something of JavaScript', async () => {
    await open(withBenefit('sql-server-enterprise', { id: 'constructor', claimsADay: 1 }));
    await getsKeys(admin, M365);
    await getsKeys(admin, 'SQL Server');
    expect(await company.rows('kc!')).toMatchObject([{ counts: { constructor: 1 } }]);
    await getsKeys(admin, 'SQL Server');
    admin.sees('shown 1 times today, and that is the limit');
  });

  it('beyond the daily limit of the benefit, until the next day in the company’s zone', async () => {
    await open();
    company.clock.now = new Date('2026-03-10T22:30:00Z'); // 23:30 in Paris
    for (let time = 0; time < 5; time++) await getsKeys(admin, M365);
    await getsKeys(admin, M365);
    admin.sees(
      `You have had keys of ${M365} shown 5 times today, and that is the limit. Try again tomorrow.`,
    );
    expect(keysOf(admin)).toEqual([]);
    expect(await audit()).toHaveLength(5);
    await getsKeys(admin, 'Windows Server');
    expect(keysOf(admin)).toEqual(STATIC);
    const colleague = await getsKeys(company.person('Nestor Wilke'), M365);
    expect(keysOf(colleague)).toHaveLength(1);
    company.minutesLater(31);
    await getsKeys(admin, M365);
    expect(keysOf(admin)).toEqual([SINGLE[0]]);
  });

  it('after 10 claims a day where the benefit has no limit of its own', async () => {
    await open();
    for (let time = 0; time < 10; time++) await getsKeys(admin, 'Windows Server');
    expect(keysOf(admin)).toEqual(STATIC);
    await getsKeys(admin, 'Windows Server');
    admin.sees('shown 10 times today');
  });

  it('to a client so old that the answer would be a lasting message', async () => {
    await open();
    await admin.says('keys Windows Server');
    const { fallback } = admin.button('Show the keys') as { fallback: { data: object } };
    await admin.send({ type: 'message', value: fallback.data });
    admin.sees('This version of Teams is too old to show keys safely', 'Product keys: Windows Server');
    expect(keysOf(admin)).toEqual([]);
    expect(await audit()).toEqual([]);
    await admin.clicks('Show the keys');
    expect(keysOf(admin)).toEqual(STATIC);
  });

  it('when the keys can’t be opened: then nothing is claimed either', async () => {
    await open();
    const [before] = await company.ledger.productKeys('sql-server-enterprise');
    if (!before) throw new Error('no key');
    await company.ledger.commit([{ of: 'productKey', before, after: { ...before, sealed: 'other.AAAA' } }]);
    await admin.says('keys SQL Server');
    const { text } = await admin.presses(admin.button('Show the keys'));
    expect(text).toContain('I could not finish that');
    expect(await counts('sql-server-enterprise')).toEqual({ total: 8, given: 0 });
    expect(await audit()).toEqual([]);
  });

  it('to who wants to assign it: they are pointed to its keys', async () => {
    await open();
    await admin.says('assign Windows 11 Enterprise');
    admin.sees('say “keys Windows 11 Enterprise” to get its keys');
  });
});

describe('the same press', () => {
  beforeEach(() => open());

  it('four times shows the same and takes one', async () => {
    await admin.says('keys SQL Server');
    const [press, message] = [admin.button('Show the keys'), admin.newestId];
    for (let time = 0; time < 4; time++) {
      await admin.presses(press, {}, message);
      expect(keysOf(admin)).toEqual([MULTIPLE]);
    }
    await company.restart();
    await admin.presses(press, {}, message);
    expect(keysOf(admin)).toEqual([MULTIPLE]);
    expect(await counts('sql-server-enterprise')).toEqual({ total: 8, given: 1 });
    expect(await company.rows('kc!')).toMatchObject([{ counts: { 'sql-server-enterprise': 1 } }]);
    expect(await company.rows('d!')).toHaveLength(1);
  });

  it('twice at the same moment shows both, and takes one', async () => {
    await admin.says(`keys ${M365}`);
    const [press, message] = [admin.button('Show the keys'), admin.newestId];
    const answers = await Promise.all([1, 2, 3].map(() => admin.presses(press, {}, message)));
    for (const { text } of answers) expect(text).toContain(SINGLE[0] ?? '');
    expect(await counts('microsoft-365-business-premium')).toEqual({ total: 5, given: 1 });
  });

  it('after ten minutes shows nothing and takes nothing', async () => {
    await admin.says('keys SQL Server');
    const [press, message] = [admin.button('Show the keys'), admin.newestId];
    await admin.presses(press, {}, message);
    company.minutesLater(11);
    await admin.presses(press, {}, message);
    expect(keysOf(admin)).toEqual([]);
    admin.sees('The keys are hidden', 'Get keys');
    expect(await counts('sql-server-enterprise')).toEqual({ total: 8, given: 1 });
  });
});

describe('several at once', () => {
  it('for the last single-use keys: each key has one owner, and who is left out is told so', async () => {
    await open(
      withBenefit('microsoft-365-business-premium', { keys: SINGLE.slice(0, 2).map((key) => ({ key })) }),
    );
    const people = ['Adele Vance', 'Camille Durand', 'Nestor Wilke'].map((name) =>
      company.person(name, { locale: 'en-US' }),
    );
    for (const person of people) await person.says(`keys ${M365}`);
    await Promise.all(people.map((person) => person.presses(person.button('Show the keys'))));
    const shown = people.flatMap(keysOf);
    expect([...shown].sort()).toEqual(SINGLE.slice(0, 2));
    const left = people.filter((person) => keysOf(person).length === 0);
    expect(left).toHaveLength(1);
    left[0]?.sees(`No key of ${M365} is free any more`);
    expect(await counts('microsoft-365-business-premium')).toEqual({ total: 2, given: 2 });
  });

  it('for one activation: one is shown the key', async () => {
    await open(withBenefit('sql-server-enterprise', { keys: [{ key: MULTIPLE, activations: 1 }] }));
    const people = ['Adele Vance', 'Nestor Wilke'].map((name) => company.person(name));
    for (const person of people) await person.says('keys SQL Server');
    await Promise.all(people.map((person) => person.presses(person.button('Show the keys'))));
    expect(people.flatMap(keysOf)).toEqual([MULTIPLE]);
    expect(await company.ledger.productKeys('sql-server-enterprise')).toMatchObject([{ left: 0, of: 1 }]);
  });

  it('at the limit: one person with ten cards gets no more than the limit', async () => {
    await open(withBenefit('windows-server-2025-standard', { claimsADay: 2 }));
    const order = { benefitId: 'windows-server-2025-standard', messageId: '1' };
    const claim = () =>
      claimKeys(company.ports, { operationId: newOperationId(company.ports), by: 'adele-vance' }, order);
    const ends = await Promise.allSettled([1, 2, 3, 4].map(claim));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  });
});

describe('a key with odd characters', () => {
  it('reads exactly as it is', async () => {
    const odd = ['*a*_b_`c`', '1. <b>&amp;#', '{{DATE(2020-01-01T00:00:00Z)}}\\_~', '${title}'];
    await open(withBenefit('windows-server-2025-standard', { keys: odd.map((key) => ({ key })) }));
    await getsKeys(admin, 'Windows Server');
    for (const key of odd) admin.sees(key);
    const written = keysOf(admin).map((text) => text.replace(/\\([!-/:-@[-`{-~])/g, '$1'));
    expect(written).toEqual(odd);
  });
});

import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { type Counted, Rounds } from '../parts/rounds';
import { StorageProxy } from '../parts/storageProxy';

/** What a turn asks of storage is counted, not timed. */

let proxy: StorageProxy;
let rounds: Rounds;
let company: OpenCompany;
let admin: Chatter;

beforeAll(async () => {
  proxy = await StorageProxy.to(process.env.TEST_STORAGE ?? '');
  rounds = new Rounds(proxy);
});
afterAll(() => proxy.close());
beforeEach(async () => {
  company = await openCompany({ storage: proxy.connectionString });
  admin = company.person('Adele Vance');
  // Known from here on: who they are, how they are reached, and the company.
  await admin.says('help');
  await admin.says('overview');
});
afterEach(() => company.close());

/** Each line of it a round. */
const asks = async (work: () => Promise<unknown>): Promise<Counted['asked']> => (await rounds.of(work)).asked;

const SEAT = 'Ledger b!cloud-support-incidents';
const [ADMIN, USER, LIST, STATE] = [
  'GET Ledger u!adele-vance',
  'GET Ledger u!alex-wilber',
  'GET Ledger n!',
  'GET BotState',
];

describe('a step of a dialog waits for storage twice: what it shows is read beside its state', () => {
  it('from the list of benefits to the confirmation, and back', async () => {
    expect(await asks(() => admin.says('assign'))).toEqual([
      sorted(['GET Ledger b!', ADMIN, STATE]),
      ['POST BotState'],
    ]);
    expect(await asks(() => admin.clicks('Cloud support incidents'))).toEqual([
      sorted([`GET ${SEAT}`, LIST, ADMIN, STATE]),
      ['PUT BotState'],
    ]);
    admin.fills('User', 'Alex Wilber');
    const toEmail = [sorted([`GET ${SEAT}`, USER, ADMIN, STATE]), ['PUT BotState']];
    expect(await asks(() => admin.clicks('Next'))).toEqual(toEmail);
    expect(await asks(() => admin.clicks('Back'))).toEqual([sorted([LIST, ADMIN, STATE]), ['PUT BotState']]);
    admin.fills('User', 'Alex Wilber');
    expect(await asks(() => admin.clicks('Next'))).toEqual(toEmail);
    admin.fills('Alternate e-mail', 'alex@fabrikam.com');
    expect(await asks(() => admin.clicks('Next'))).toEqual(toEmail);
    expect(await asks(() => admin.clicks('Back'))).toEqual([sorted([ADMIN, STATE]), ['PUT BotState']]);
  });
});

describe('what is committed', () => {
  it('waits four times, in eight requests at most; the same press again twice', async () => {
    await admin.says('assign cloud support incidents to alex wilber');
    await admin.says('alex@fabrikam.com');
    const { asked, requests } = await rounds.of(() => admin.clicks('Assign user'));
    expect(asked).toEqual([
      sorted([`GET ${SEAT}`, USER, ADMIN, STATE]),
      ['GET Ledger company', expect.stringContaining('GET Ledger op!')],
      ['transaction Ledger'],
      ['PUT BotState'],
    ]);
    expect(requests).toBe(8);
    expect((await rounds.of(() => admin.sendsAgain())).rounds).toBe(2);
    admin.sees('Assigned to Alex Wilber');
  });
});

describe('Teams', () => {
  it('is asked nothing for a press, one thing after the last one, and takes one message for what is typed', async () => {
    const sent = async (work: () => Promise<unknown>) => {
      const before = company.teams.received.length;
      await work();
      await company.settled(); // what is left for after the answer, too
      return company.teams.received.length - before;
    };
    expect(await sent(() => admin.says('assign'))).toBe(1);
    expect(await sent(() => admin.clicks('Visual Studio Enterprise'))).toBe(0);
    admin.fills('User', 'Alex Wilber');
    expect(await sent(() => admin.clicks('Next'))).toBe(0);
    expect(await sent(() => admin.clicks('Assign user'))).toBe(1);
  });
});

describe('what is asked apart from the dialogs', () => {
  it('reads one thing, who asks, and what they hold stands beside them', async () => {
    await admin.says('assign visual studio enterprise to adele vance');
    await admin.clicks('Assign user');
    await admin.says('my benefits');
    admin.sees('Visual Studio Enterprise');
    expect(await asks(() => admin.says('my benefits'))).toEqual([[ADMIN]]);
    expect(await asks(() => admin.says('help'))).toEqual([[ADMIN]]);
  });

  it('two on first sight of a person in a process: who they are, and their rows', async () => {
    const alex = company.person('Alex Wilber');
    await alex.says('help'); // entered, not remembered yet
    expect(await asks(() => alex.says('help'))).toEqual([
      [expect.stringContaining('GET Ledger i!o!')],
      [USER],
    ]);
    expect(await asks(() => alex.says('help'))).toEqual([[USER]]);
  });
});

const sorted = (names: readonly string[]): string[] => [...names].sort();

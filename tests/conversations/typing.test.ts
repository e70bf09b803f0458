import { AsyncResource } from 'node:async_hooks';
import { ActivityTypes } from 'botbuilder';
import type { Patience } from '../../bot/typing';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { Gate } from '../parts/gate';
import { StorageProxy } from '../parts/storageProxy';
import { until } from '../parts/until';

/** A second is over when the test says so. */
let secondIsOver: () => void;
/** What became of the second. */
let second: 'did not begin' | 'runs' | 'called off';
const patience: Patience = (isOver) => {
  second = 'runs';
  secondIsOver = AsyncResource.bind(isOver);
  return () => (second = 'called off');
};

let proxy: StorageProxy;
let company: OpenCompany;
let admin: Chatter;

beforeAll(async () => {
  proxy = await StorageProxy.to(process.env.TEST_STORAGE ?? '');
});
afterAll(() => proxy.close());
beforeEach(async () => {
  company = await openCompany({ storage: proxy.connectionString, patience });
  admin = company.person('Adele Vance');
  await admin.says('help');
  await company.settled();
  company.teams.received.length = 0;
  company.logsAnew();
  second = 'did not begin';
});
afterEach(() => company.close());

const sent = () => company.teams.received.map(({ type }) => type);
const isTypingSent = () => until('typing', () => sent().includes(ActivityTypes.Typing));

/** Storage answers when the gate opens. */
function slowStorage(): Gate {
  const gate = new Gate();
  proxy.before = () => gate.pass().then(() => 'passes');
  return gate;
}

describe('an answer that takes long', () => {
  it('is announced after a second, once, and comes', async () => {
    const storage = slowStorage();
    const answered = admin.says('assign');
    await storage.reached;
    expect(sent()).toEqual([]);
    secondIsOver();
    await isTypingSent();
    storage.open();
    await answered;
    admin.sees('Which benefit do you want to assign?');
    expect(second).toBe('called off');
    expect(sent()).toEqual([ActivityTypes.Typing, ActivityTypes.Message]);
  });

  it('comes without waiting for Teams to take the announcement', async () => {
    const [storage, taken] = [slowStorage(), new Gate()];
    company.teams.refuses = () => {
      company.teams.refuses = undefined;
      return taken.pass().then(() => undefined);
    };
    const answered = admin.says('help');
    await storage.reached;
    secondIsOver();
    await taken.reached;
    storage.open();
    await answered;
    admin.sees('Assign a benefit');
    expect(company.logged.join()).not.toContain('typing was not shown'); // Teams has said nothing yet
    taken.open();
  });

  it.each([403, 429, 500])(
    'comes when Teams says %i to the announcement, and nothing is amiss',
    async (status) => {
      const storage = slowStorage();
      company.teams.refuses = () => {
        company.teams.refuses = undefined;
        return { status };
      };
      const answered = admin.says('help');
      await storage.reached;
      secondIsOver();
      await isTypingSent();
      storage.open();
      await answered;
      admin.sees('Assign a benefit');
      expect(company.logsAnew().filter((line) => /"level":(?:40|50|60)/.test(line))).toEqual([]);
    },
  );
});

describe('nothing is announced', () => {
  it('of an answer that is quick: once it is on its way, no second runs any more', async () => {
    const taken = new Gate();
    company.teams.refuses = () => taken.pass().then(() => undefined);
    const answered = admin.says('help');
    await taken.reached;
    expect(second).toBe('called off');
    taken.open();
    await answered;
    expect(sent()).toEqual([ActivityTypes.Message]);
  });

  it('of an answer to a press, which Teams announces itself', async () => {
    await admin.clicks('Assign a benefit');
    admin.sees('Which benefit do you want to assign?');
    expect(second).toBe('did not begin');
  });

  it('after a fault', async () => {
    proxy.before = () => 'isRefused';
    await admin.says('my benefits');
    admin.sees('Something went wrong');
    expect(second).toBe('called off');
    expect(sent()).toEqual([ActivityTypes.Message]);
    proxy.before = () => 'passes';
  });
});

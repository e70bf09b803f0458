import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { Rounds } from '../parts/rounds';
import { StorageProxy } from '../parts/storageProxy';

/** What a turn costs is counted, not timed. A table in docs/performance.md has the same numbers. */

let proxy: StorageProxy;
let rounds: Rounds;
let company: OpenCompany;
let admin: Chatter;

beforeAll(async () => {
  proxy = await StorageProxy.to(process.env.TEST_STORAGE ?? '');
  rounds = new Rounds(proxy);
  company = await openCompany({ storage: proxy.connectionString });
  admin = company.person('Adele Vance');
  await admin.says('my benefits');
});
afterAll(async () => {
  await company.close();
  await proxy.close();
});

it('the main job: two rounds a step, four for what is committed', async () => {
  const cost = async (what: string, work: () => Promise<unknown>) => {
    const counted = await rounds.of(work);
    process.stdout.write(what + ' ' + JSON.stringify(counted) + '\n');
    return counted;
  };
  await cost('assign', () => admin.says('assign'));
  await cost('choose', () => admin.clicks('Cloud support incidents'));
  admin.fills('User', 'Alex Wilber');
  await cost('next', () => admin.clicks('Next'));
  await cost('back', () => admin.clicks('Back'));
  admin.fills('User', 'Alex Wilber');
  await cost('next', () => admin.clicks('Next'));
  admin.fills('Alternate e-mail', 'alex@fabrikam.com');
  await cost('email', () => admin.clicks('Next'));
  await cost('commit', () => admin.clicks('Assign user'));
  await cost('again', () => admin.sendsAgain());
  await cost('mine', () => admin.says('my benefits'));
  await cost('help', () => admin.says('help'));
  const alex = company.person('Alex Wilber');
  await cost('alex', () => alex.says('my benefits'));
  await cost('alex', () => alex.says('my benefits'));
});

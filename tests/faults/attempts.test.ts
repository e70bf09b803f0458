import { TOLD_A_MINUTE } from '../../benefits/refusals';
import { attemptsOf, does } from '../parts/abuse';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { few } from '../parts/situations';
import { StorageProxy } from '../parts/storageProxy';

let company: OpenCompany;
let alex: Chatter;
afterEach(() => company.close());

async function open(options: Parameters<typeof openCompany>[0] = {}): Promise<void> {
  company = await openCompany({ load: few, ...options });
  company.clock.now = new Date('2026-03-10T12:00:30Z');
  alex = await does(company.person('Alex Wilber'), 'help');
  await company.settled();
}

/** Once all is written down that was tried until now. */
async function later(minutes = 1): Promise<void> {
  await company.settled();
  company.minutesLater(minutes);
}

const times = (count: number, act: () => Promise<unknown>) =>
  Array.from({ length: count }).reduce<Promise<unknown>>((before) => before.then(act), Promise.resolve());

describe('refused attempts', () => {
  it('of one minute are told one by one up to ten, whichever process met them; then how many more', async () => {
    await open({ sends: true });
    const other = company.person('Alex Wilber', { ...alex.member, bot: await company.another() });
    await Promise.all([
      times(13, () => alex.says('assign')),
      times(12, () => other.says('history of Marie Dupont')),
    ]);
    expect(await attemptsOf(company, 'alex-wilber')).toHaveLength(TOLD_A_MINUTE);
    expect(await company.rows('rf!')).toMatchObject([{ count: 25, told: 10 }]);
    await company.works(); // the minute isn't over
    expect(await attemptsOf(company, 'alex-wilber')).toHaveLength(TOLD_A_MINUTE);

    await later();
    await alex.says('release');
    await company.works();
    const told = await attemptsOf(company, 'alex-wilber');
    expect(told).toHaveLength(TOLD_A_MINUTE + 2);
    expect(told.filter(({ more }) => more !== undefined)).toEqual([{ more: 15 }]);
    expect(told).toContainEqual({ code: 'notBenefitsAdmin', what: 'release' });
    await company.works();
    expect(await company.rows('d!')).toEqual([]);
    expect(await attemptsOf(company, 'alex-wilber')).toHaveLength(TOLD_A_MINUTE + 2);
  });

  it('stand in the history, in English and in French', async () => {
    await open({ sends: true });
    await times(13, () => alex.says('assign power-bi-pro to Alex Wilber'));
    await later();
    await company.works();
    const admin = await does(company.person('Adele Vance'), 'history');
    admin.sees(
      'Alex Wilber tried what is not theirs to do, and was refused. 3 more times in the same minute.',
      'Alex Wilber tried what is not theirs to do, and was refused. Button or command: “Assign a benefit”.',
    );
    await does(admin, 'french', 'historique d’Alex Wilber');
    admin.sees(
      'Alex Wilber a tenté une action qui ne lui revient pas, et cela a été refusé. 3 autres fois dans la même minute.',
      'Bouton ou commande : « Attribuer un avantage ».',
    );
    expect(JSON.stringify(await company.rows('hu!alex-wilber!'))).not.toContain('power-bi');
  });

  it('that came after the count, from a process whose clock is slow, are told, too', async () => {
    await open({ sends: true });
    await times(12, () => alex.says('assign'));
    await later();
    await company.works();
    await later(-1);
    await times(2, () => alex.says('assign'));
    await later();
    await company.works();
    const told = await attemptsOf(company, 'alex-wilber');
    expect(told.slice(TOLD_A_MINUTE)).toEqual([{ more: 2 }, { more: 2 }]);
    expect(await company.rows('rf!')).toMatchObject([{ count: 14, told: 14 }]);
  });

  it('of others are counted apart; a typing error is none; and the counters are gone after a day', async () => {
    await open();
    const [adele, marie] = [company.person('Adele Vance'), company.person('Marie Dupont')];
    await does(
      adele,
      'assign Frobnicator',
      'assign power-bi-pro to Nobody',
      'history of Frobnicator',
      'requests 0mih2-k3x1-3a9c',
    );
    await does(alex, 'asign', 'assign');
    await does(marie, 'assign');
    await company.settled();
    const counts = (await company.rows('rf!')).map(({ userId, count }) => [userId, count]);
    expect(counts).toEqual([
      ['alex-wilber', 1],
      ['marie-dupont', 1],
    ]);
    const day = new Date('2026-03-10T12:01:00Z');
    await company.ledger.purge({ sent: new Date('2026-03-10T12:00:00Z'), operations: day });
    expect(await company.rows('rf!')).toHaveLength(2);
    await company.ledger.purge({ sent: day, operations: day });
    expect(await company.rows('rf!')).toEqual([]);
    expect(await attemptsOf(company, 'alex-wilber')).toHaveLength(1);
  });

  it('are answered all the same when they can not be written down, and the log says so', async () => {
    const storage = await StorageProxy.to(process.env.TEST_STORAGE ?? '');
    await open({ storage: storage.connectionString });
    storage.before = ({ body }) => (body.includes('rf!') ? 'neverArrives' : 'passes');
    expect((await alex.says('assign')).status).toBe(200);
    alex.sees('Only benefits admins can do that');
    await company.settled();
    expect(await attemptsOf(company, 'alex-wilber')).toEqual([]);
    expect(company.logged.join()).toContain('a task after the answer failed');
    await storage.close();
  });
});

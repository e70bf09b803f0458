import { startDailySync } from '../../benefits/dailySync';
import type { Directory } from '../../benefits/directory';
import { type SyncReport, syncStep, syncUsers } from '../../benefits/syncUsers';
import { graphDirectory } from '../../bot/graph';
import { turnScope } from '../../bot/turnScope';
import { openCompany, type OpenCompany } from '../parts/company';
import { credentialOf, type EntraUser, type Graph, startGraph, throttles, tokenOf } from '../parts/graph';
import { few } from '../parts/situations';

let company: OpenCompany;
let graph: Graph;
let directory: Directory;

beforeEach(async () => {
  company = await openCompany({ load: few });
  const token = tokenOf(company.tenantId);
  graph = await startGraph(token);
  const { url } = graph;
  directory = graphDirectory(company.tenantId, { url, credential: credentialOf(token), scope: turnScope });
});
afterEach(async () => {
  expect(await company.findings()).toEqual([]);
  await Promise.all([company.close(), graph.close()]);
});

const syncs = (write = true): Promise<SyncReport> => syncUsers(company.ports, directory, write, () => {});
const userOf = async ({ id }: EntraUser) => {
  const userId = await company.ledger.userIdOfSignIn(id, 'fresh');
  return userId === undefined ? undefined : company.ledger.user(userId);
};
const audited = async () => (await company.rows('h!')).map(({ action }) => action);

describe('who is new', () => {
  it('is entered as an employee with their sign-in, over as many pages as there are', async () => {
    const made = ['Ada Lovelace', 'Blaise Pascal', 'Carl Gauss'].map((name) => graph.adds(name));
    const marie = graph.adds('Marie Curie', { preferredLanguage: 'fr-FR', mail: 'Marie.Curie@Contoso.com' });
    expect(await syncs()).toMatchObject({ counts: { entered: 4, unchanged: 0, skipped: 0 }, refused: [] });
    expect(await userOf(marie)).toMatchObject({
      displayName: 'Marie Curie',
      email: 'marie.curie@contoso.com',
      language: 'fr',
      roles: [],
      active: true,
      objectId: marie.id,
    });
    for (const each of made) expect(await userOf(each)).toMatchObject({ displayName: each.displayName });
    expect(graph.asked).toHaveLength(2);
    expect(graph.asked[0]).toContain(
      '/v1.0/users/delta?$select=id,displayName,mail,userPrincipalName,preferredLanguage,accountEnabled,userType',
    );
  });

  it.each<[string, Partial<EntraUser>]>([
    ['a guest', { userType: 'Guest' }],
    ['of another organisation', { userPrincipalName: 'ada_fabrikam.com#EXT#@contoso.com' }],
    ['without an address', { mail: undefined }],
    ['disabled', { accountEnabled: false }],
  ])('is not entered when they are %s', async (_what, about) => {
    const ada = graph.adds('Ada Lovelace', about);
    expect(await syncs()).toMatchObject({ counts: { entered: 0, skipped: 1 } });
    expect(await userOf(ada)).toBeUndefined();
  });

  it('is linked to the user whom an import or an admin has entered with their address', async () => {
    const alex = graph.adds('Alexander Wilber', { mail: 'Alex.Wilber@contoso.com' });
    expect(await syncs()).toMatchObject({ counts: { linked: 1, entered: 0 } });
    expect(await userOf(alex)).toMatchObject({ id: 'alex-wilber', displayName: 'Alexander Wilber' });
  });

  it('is refused, and told of, when the address is of a user with another sign-in', async () => {
    const first = graph.adds('Ada Lovelace');
    await syncs();
    const second = graph.adds('Ada Byron', { mail: first.mail });
    expect(await syncs()).toMatchObject({ refused: [{ objectId: second.id, code: 'signInTaken' }] });
    expect(await userOf(second)).toBeUndefined();
  });

  it('is looked up when a change tells only a part of them', async () => {
    const ada = graph.adds('Ada Lovelace', { mail: undefined });
    await syncs();
    graph.changes(ada, { mail: 'ada@contoso.com' });
    expect(await syncs()).toMatchObject({ counts: { entered: 1 } });
    expect(await userOf(ada)).toMatchObject({ displayName: 'Ada Lovelace', email: 'ada@contoso.com' });
  });
});

describe('what has changed', () => {
  it('is taken over, and nothing is when nothing has', async () => {
    const ada = graph.adds('Ada Lovelace');
    await syncs();
    graph.changes(ada, { displayName: 'Ada Byron' });
    graph.changes(ada, { mail: 'ada.byron@contoso.com', preferredLanguage: 'fr' });
    expect(await syncs()).toMatchObject({ counts: { changed: 1 } });
    const changed = { displayName: 'Ada Byron', email: 'ada.byron@contoso.com', language: 'fr' };
    expect(await userOf(ada)).toMatchObject(changed);
    const told = await audited();
    expect(await syncs()).toMatchObject({ counts: { changed: 0, unchanged: 0 } });
    expect(await audited()).toEqual(told);
  });

  it('lets two swap their addresses', async () => {
    const [ada, carl] = [graph.adds('Ada Lovelace'), graph.adds('Carl Gauss')];
    await syncs();
    graph.changes(ada, { mail: 'carl.g@contoso.com' });
    graph.changes(carl, { mail: ada.mail });
    expect(await syncs()).toMatchObject({ counts: { changed: 2 }, refused: [] });
    expect(await userOf(carl)).toMatchObject({ email: ada.mail });
  });

  it('leaves what an admin has set by hand, also when everybody is told of again', async () => {
    const alex = graph.adds('Alexander Wilber', { mail: 'alex.wilber@contoso.com' });
    await syncs();
    const before = await company.ledger.user('alex-wilber');
    if (!before) throw new Error('nobody there');
    const after = { ...before, displayName: 'Alex', setByHand: ['displayName'] as const };
    await company.ledger.commit([{ of: 'user', before, after }]);
    graph.changes(alex, { displayName: 'A. Wilber', preferredLanguage: 'fr' });
    await syncs();
    graph.forgets();
    await syncs();
    expect(await userOf(alex)).toMatchObject({ displayName: 'Alex', language: 'fr' });
  });

  it('keeps an address that is another user’s, takes over the rest, and says so', async () => {
    const ada = graph.adds('Ada Lovelace');
    await syncs();
    graph.changes(ada, { mail: 'alex.wilber@contoso.com', displayName: 'Ada Byron' });
    expect(await syncs()).toMatchObject({ refused: [{ objectId: ada.id, code: 'emailTaken' }] });
    expect(await userOf(ada)).toMatchObject({ displayName: 'Ada Byron', email: 'ada.lovelace@contoso.com' });
  });
});

describe('who has left', () => {
  it.each([
    ['disabled', (who: EntraUser) => graph.changes(who, { accountEnabled: false })],
    ['removed', (who: EntraUser) => graph.removes(who)],
  ])('as %s stays active, is told of once, and is as before when they are back', async (state, leaves) => {
    const ada = graph.adds('Ada Lovelace');
    await syncs();
    leaves(ada);
    expect((await syncs()).left.map(({ user }) => user.leftEntra)).toEqual([state]);
    expect(await userOf(ada)).toMatchObject({ active: true, leftEntra: state, displayName: 'Ada Lovelace' });
    expect((await syncs()).left).toEqual([]);
    graph.restores(ada);
    await syncs();
    expect((await userOf(ada))?.leftEntra).toBeUndefined();
    expect((await audited()).sort()).toEqual(['enterFromEntra', 'leftEntra']);
  });

  it('is found also when they were removed while the link was lost, if there is something to see to', async () => {
    const [alex, ada] = [graph.adds('Alex Wilber'), graph.adds('Ada Lovelace')];
    await syncs();
    const before = await userOf(alex);
    if (!before) throw new Error('nobody there');
    await company.ledger.commit([{ of: 'user', before, after: { ...before, roles: ['benefitsAdmin'] } }]);
    graph.removes(alex);
    graph.removes(ada);
    graph.forgets();
    expect((await syncs()).left.map(({ user }) => user.id)).toEqual(['alex-wilber']);
    expect(graph.asked.at(-1)).toBe(`GET /v1.0/users/${alex.id}?${graph.asked[0]?.split('?')[1]}`);
  });
});

describe('killed at any moment, it goes on without loss', () => {
  it('when nothing was kept of a page that was taken over', async () => {
    const all = ['Ada Lovelace', 'Blaise Pascal', 'Carl Gauss'].map((name) => graph.adds(name));
    await syncStep(company.ports, directory);
    expect(await company.ledger.userSync()).toBeUndefined();
    expect(await syncs()).toMatchObject({ counts: { entered: 1, unchanged: 2 } });
    for (const each of all) expect(await userOf(each)).toBeDefined();
  });

  it('when only some of a page was written', async () => {
    const all = ['Ada Lovelace', 'Blaise Pascal', 'Carl Gauss'].map((name) => graph.adds(name));
    let left = 1;
    const commit = company.ledger.commit.bind(company.ledger);
    company.ledger.commit = async (changes) => {
      if (left-- <= 0) throw new Error('no such process');
      return commit(changes);
    };
    await expect(syncs()).rejects.toThrow('no such process');
    company.ledger.commit = commit;
    await syncs();
    for (const each of all) expect(await userOf(each)).toBeDefined();
  });

  it('and goes on at the page where it was, not at the beginning', async () => {
    ['Ada Lovelace', 'Blaise Pascal', 'Carl Gauss'].forEach((name) => graph.adds(name));
    const commit = company.ledger.commit.bind(company.ledger);
    company.ledger.commit = async (changes) => {
      await commit(changes);
      if (changes[0]?.of === 'userSync') throw new Error('no such process');
    };
    await expect(syncs()).rejects.toThrow('no such process');
    company.ledger.commit = commit;
    await syncs();
    expect(graph.asked.map((each) => each.includes('skiptoken'))).toEqual([false, true]);
  });

  it('and two at once do the same as one', async () => {
    ['Ada Lovelace', 'Blaise Pascal', 'Carl Gauss'].forEach((name) => graph.adds(name));
    await Promise.all([syncs(), syncs()]);
    expect((await audited()).filter((action) => action === 'enterFromEntra')).toHaveLength(3);
    expect(await syncs()).toMatchObject({ counts: { entered: 0 } });
  });
});

it('says dry what it would do, and writes nothing', async () => {
  ['Ada Lovelace', 'Blaise Pascal', 'Carl Gauss'].forEach((name) => graph.adds(name));
  const before = await company.rows('');
  expect(await syncs(false)).toMatchObject({ counts: { entered: 3 } });
  expect(await company.rows('')).toEqual(before);
});

it('gives up on a page that Graph has no time for, and has kept the others', async () => {
  const [ada] = ['Ada Lovelace', 'Blaise Pascal', 'Carl Gauss'].map((name) => graph.adds(name));
  graph.script.push((response) =>
    response.end(JSON.stringify({ value: [ada], '@odata.nextLink': `${graph.url}/x` })),
  );
  graph.script.push(throttles(7));
  await expect(syncs()).rejects.toMatchObject({ reason: 'busy', retryAfterMs: 7_000 });
  expect(await userOf(ada as EntraUser)).toBeDefined();
  expect(await company.ledger.userSync()).toMatchObject({ link: `${graph.url}/x` });
});

it('is scheduled once, however many start it', async () => {
  await Promise.all([1, 2, 3].map(() => startDailySync(company.ports)));
  expect(await company.rows('d!')).toHaveLength(1);
});

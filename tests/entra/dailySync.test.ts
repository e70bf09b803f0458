import { syncDaily } from '../../benefits/dailySync';
import type { Directory } from '../../benefits/directory';
import { graphDirectory } from '../../bot/graph';
import { turnScope } from '../../bot/turnScope';
import { openCompany, type OpenCompany } from '../parts/company';
import type { Chatter } from '../parts/chatter';
import { credentialOf, type EntraUser, type Graph, startGraph, throttles, tokenOf } from '../parts/graph';
import { few } from '../parts/situations';

let company: OpenCompany;
let graph: Graph;
let directory: Directory | undefined;
let adele: Chatter;

beforeEach(async () => {
  company = await openCompany({ load: few, sends: true, entra: () => ({ directory }) });
  const token = tokenOf(company.tenantId);
  graph = await startGraph(token);
  const { url } = graph;
  directory = graphDirectory(company.tenantId, { url, credential: credentialOf(token), scope: turnScope });
  company.worker?.nudge(company.tenantId); // as the import of a company ends
  adele = company.person('Adele Vance');
  await adele.says('help');
});
afterEach(async () => {
  expect(await company.findings()).toEqual([]);
  await Promise.all([company.close(), graph.close()]);
});

/** A process starts, and does what there is to do now. */
async function starts(): Promise<void> {
  await company.works();
  await company.worker?.sweep();
  await company.works();
}

async function daysLater(days: number): Promise<void> {
  company.minutesLater(days * 24 * 60);
  await company.works();
}

const userOf = async ({ id }: EntraUser) => {
  const userId = await company.ledger.userIdOfSignIn(id, 'fresh');
  return userId === undefined ? undefined : company.ledger.user(userId);
};

it('begins by itself, takes over all pages, and comes again after a day', async () => {
  const all = ['Ada Lovelace', 'Blaise Pascal', 'Carl Gauss'].map((name) => graph.adds(name));
  await starts();
  for (const each of all) expect(await userOf(each)).toMatchObject({ displayName: each.displayName });
  const emmy = graph.adds('Emmy Noether');
  await starts();
  expect(await userOf(emmy)).toBeUndefined();
  await daysLater(1);
  expect(await userOf(emmy)).toMatchObject({ displayName: 'Emmy Noether' });
});

it('waits as long as Graph asks', async () => {
  const ada = graph.adds('Ada Lovelace');
  graph.script.push(throttles(120));
  await starts();
  expect(await userOf(ada)).toBeUndefined();
  expect((await company.rows('d!')).map(({ at }) => at)).toEqual([
    new Date(company.clock.now.getTime() + 120_000).toISOString(),
  ]);
  company.minutesLater(2);
  await company.works();
  expect(await userOf(ada)).toBeDefined();
});

it('ends when it is not wanted any more, and begins again when it is', async () => {
  await starts();
  const [due] = await company.ledger.dueWork(1);
  if (due?.kind !== 'syncUsers') throw new Error('nothing is due');
  await syncDaily(company.ports, undefined, due);
  expect(await company.rows('d!')).toEqual([]);
  const ada = graph.adds('Ada Lovelace');
  await starts();
  expect(await userOf(ada)).toBeDefined();
});

describe('of who has left and holds something', () => {
  const leaves: readonly [string, (who: EntraUser) => void, string][] = [
    [
      'disabled',
      (who) => graph.changes(who, { accountEnabled: false }),
      'Their account in Entra ID is disabled.',
    ],
    ['removed', (who) => graph.removes(who), 'Their account is not in Entra ID any more.'],
  ];

  it.each(leaves)('account admins are told in Teams, once, when they are %s', async (_state, leave, says) => {
    const alex = graph.adds('Alex Wilber');
    await adele.says('assign Power BI Pro to Alex Wilber');
    await adele.clicks('Assign user');
    await starts();
    leave(alex);
    await daysLater(1);
    adele.sees('Has Alex Wilber left?', says, 'They hold 1 benefit: Power BI Pro.');
    const told = company.teams.received.length;
    graph.forgets(); // so that everybody is told of again
    if (graph.people.has(alex.id)) graph.changes(alex, { displayName: 'Alexander Wilber' });
    await daysLater(1);
    expect(company.teams.received).toHaveLength(told);
    expect(await userOf(alex)).toMatchObject({ active: true });
  });
});

it('tells nobody of who has left and holds nothing', async () => {
  const ada = graph.adds('Ada Lovelace');
  await starts();
  const told = company.teams.received.length;
  graph.removes(ada);
  await daysLater(1);
  expect(await userOf(ada)).toMatchObject({ leftEntra: 'removed' });
  expect(company.teams.received).toHaveLength(told);
});

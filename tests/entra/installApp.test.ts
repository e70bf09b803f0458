import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { syncUsers } from '../../benefits/syncUsers';
import { graphDirectory } from '../../bot/graph';
import { graphInstaller } from '../../bot/graphInstaller';
import { turnScope } from '../../bot/turnScope';
import { json } from '../bot/botWithConnector';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { credentialOf, type Graph, hangs, startGraph, throttles, tokenOf } from '../parts/graph';
import { few } from '../parts/situations';

const APP = randomUUID();

let company: OpenCompany;
let graph: Graph;
let adele: Chatter;
let alex: Chatter;

/** Adele is an admin; Alex is known from Entra ID, and has never opened the bot. */
beforeEach(async () => {
  const parts = { scope: turnScope, requestMs: 500 };
  company = await openCompany({
    load: few,
    sends: true,
    entra: () => ({ installer: graphInstaller(company.tenantId, APP, { ...parts, ...atGraph() }) }),
  });
  const token = tokenOf(company.tenantId);
  graph = await startGraph(token);
  const atGraph = () => ({ url: graph.url, credential: credentialOf(token) });
  adele = company.person('Adele Vance');
  alex = company.person('Alex Wilber');
  graph.adds('Alex Wilber', { id: alex.member.aadObjectId });
  const directory = graphDirectory(company.tenantId, { ...parts, ...atGraph() });
  await syncUsers(company.ports, directory, true, () => {});
  graph.asked.length = 0;
});
afterEach(async () => {
  expect(await company.findings()).toEqual([]);
  await Promise.all([company.close(), graph.close()]);
});

async function assigns(what: string, to = 'Alex Wilber'): Promise<void> {
  await adele.says(`assign ${what} to ${to}`);
  await adele.clicks('Assign user');
  await company.works();
}

const mailsTo = async () => (await company.mails()).map(({ subject }) => subject);
const MAIL = 'Assigned to you: Power BI Pro';

it('is done for who never opened the bot; they get the e-mail, and the notice when Teams has brought the bot', async () => {
  await assigns('Power BI Pro');
  expect(await mailsTo()).toEqual([MAIL]);
  const app = `${graph.url}/v1.0/appCatalogs/teamsApps/${APP}`;
  expect(graph.installed).toEqual([
    { objectId: alex.member.aadObjectId, body: { 'teamsApp@odata.bind': app } },
  ]);
  await alex.send({ type: 'installationUpdate', action: 'add' });
  await company.works();
  alex.sees(MAIL);
});

it('is asked for once a person', async () => {
  await assigns('Power BI Pro');
  await assigns('visual-studio-test-professional');
  expect(graph.asked).toHaveLength(1);
});

it.each<[string, (response: ServerResponse) => void, number]>([
  ['has it already', (response) => json(response, 409, {}), 1],
  ['may not have it', (response) => json(response, 403, { error: { code: 'Forbidden' } }), 1],
  ['is not reached just now', throttles(60), 2],
  ['is waited for in vain', hangs, 2],
])('comes to an end when somebody %s, and the e-mail goes out at once', async (_what, answer, requests) => {
  graph.script.push(answer);
  await assigns('Power BI Pro');
  expect(await mailsTo()).toEqual([MAIL]);
  expect(graph.asked).toHaveLength(1);
  company.minutesLater(10);
  await company.works();
  expect(graph.asked).toHaveLength(requests);
  expect(await company.rows('d!')).toEqual([]);
});

it.each([
  ['a day has passed', async () => {}, 25 * 60],
  ['they have come by themselves', () => alex.says('help'), 1],
])('is given up once %s', async (_what, meanwhile, minutes) => {
  graph.script.push(throttles(60));
  await assigns('Power BI Pro');
  await meanwhile();
  company.minutesLater(minutes);
  await company.works();
  expect(graph.asked).toHaveLength(1);
  expect(await company.rows('d!')).toEqual([]);
});

it('is not asked for who has no sign-in yet, nor for who has the bot', async () => {
  await assigns('Power BI Pro', 'Nestor Wilke');
  await alex.says('help');
  await assigns('visual-studio-test-professional');
  expect(graph.asked).toEqual([]);
});

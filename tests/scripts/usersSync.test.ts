import { randomUUID } from 'node:crypto';
import { runBuilt } from '../parts/built';
import { openCompany, type OpenCompany } from '../parts/company';
import { type Graph, hangs, startGraph, throttles, tokenOf } from '../parts/graph';
import { type IdentityEndpoint, startIdentityEndpoint } from '../parts/identityEndpoint';
import { leaks } from '../parts/secrets';
import { few } from '../parts/situations';

const APP = randomUUID();
const GRAPH = 'https://graph.microsoft.com';

let company: OpenCompany;
let endpoint: IdentityEndpoint;
let graph: Graph;
beforeEach(async () => {
  company = await openCompany({ load: few });
  endpoint = await startIdentityEndpoint(APP, () => tokenOf(company.tenantId));
  graph = await startGraph(endpoint.tokenFor(GRAPH));
});
afterEach(() => Promise.all([company.close(), endpoint.close(), graph.close()]));

/** Types the command, as the bot's managed identity. */
async function syncs(...more: string[]) {
  const result = await runBuilt(
    'scripts/admin.js',
    ['users', 'sync', '--tenant', company.tenantId, ...more],
    {
      ...endpoint.env,
      STORAGE_CONNECTION_STRING: process.env.TEST_STORAGE ?? '',
      MicrosoftAppType: 'UserAssignedMSI',
      MicrosoftAppId: APP,
      GRAPH_URL: graph.url,
    },
  );
  expect(leaks([result.out, result.err], [endpoint.tokenFor(GRAPH)])).toEqual([]);
  return result;
}

it('takes over who is there, waits as long as Graph asks, and asks again what got no answer', async () => {
  ['Ada Lovelace', 'Blaise Pascal', 'Carl Gauss', 'Emmy Noether'].forEach((name) => graph.adds(name));
  graph.adds('A Guest', { userType: 'Guest' });
  graph.script.push(throttles(1), hangs);
  const { exitCode, out, err } = await syncs();
  expect({ exitCode, out }).toEqual({
    exitCode: 0,
    out: 'From Entra ID: 4 entered, 0 linked, 0 changed; 0 unchanged, 1 not for us\nleft, and still active: 0\n',
  });
  expect(err).toMatch(
    /^Microsoft Graph answered 429 \(TooManyRequests\): again in 1 s …\nMicrosoft Graph does not answer: again in \d s …\n$/,
  );
  expect(endpoint.asked).toEqual([GRAPH]);
  expect(await company.findings()).toEqual([]);
});

it('begins anew when its link is not honoured any more, and enters nobody twice', async () => {
  const [ada] = ['Ada Lovelace', 'Blaise Pascal', 'Carl Gauss'].map((name) => graph.adds(name));
  await syncs();
  graph.forgets();
  if (ada) graph.changes(ada, { displayName: 'Ada Byron' });
  expect((await syncs()).out).toMatch(
    /^From Entra ID: 0 entered, 0 linked, 1 changed; 2 unchanged, 0 not for us/,
  );
});

it('tells who has left and what they hold, each time until they are deactivated; also as JSON', async () => {
  const adele = graph.adds('Adele Vance');
  await syncs();
  await company.ports.ledger.commit(await assigned());
  graph.removes(adele);
  const line = 'adele-vance  Adele Vance <adele.vance@contoso.com>  removed in Entra ID';
  const dry = await syncs('--dry-run');
  expect(dry.out).toContain('From Entra ID would be: 0 entered, 0 linked, 1 changed');
  expect(dry.out).toContain(line);
  expect((await company.ledger.user('adele-vance'))?.leftEntra).toBeUndefined();
  for (let time = 1; time <= 2; time++) {
    const { out } = await syncs();
    expect(out).toContain(line);
    expect(out).toMatch(/holds power-bi-pro\nleft, and still active: 1\n$/);
  }
  expect(JSON.parse((await syncs('--json')).out)).toMatchObject({
    ...{ entered: 0, linked: 0, changed: 0, unchanged: 0, skipped: 0, refused: [] },
    left: [{ id: 'adele-vance', state: 'removed', holds: ['power-bi-pro'] }],
  });
});

/** Adele holds something. */
async function assigned() {
  const [before, user] = await Promise.all([
    company.ledger.benefit('power-bi-pro'),
    company.ledger.user('adele-vance'),
  ]);
  if (!before || !user) throw new Error('the sample company has changed');
  const { id, email, displayName, active } = user;
  const by = { id, email, displayName, active };
  const assignedAt = company.clock.now.toISOString();
  const made = {
    benefitId: before.id,
    userId: id,
    status: 'active',
    assignedAt,
    assignedBy: by,
    operationId: 'made',
  } as const;
  return [
    { of: 'benefit', before, after: { ...before, held: before.held + 1 } },
    { of: 'assignment', after: made },
  ] as const;
}

it.each([
  ['what Graph refuses', 403, 'Microsoft Graph answered 403 (Authorization_RequestDenied)\n'],
  ['a pause that is too long', 429, 'Microsoft Graph answered 429 (TooManyRequests)\n'],
])('ends with a line at %s', async (_what, status, line) => {
  if (status === 429) graph.script.push(throttles(301));
  else
    graph.script.push((response) => {
      response.writeHead(403);
      response.end('{"error": {"code": "Authorization_RequestDenied"}}');
    });
  expect(await syncs()).toEqual({ exitCode: 1, out: '', err: line });
});

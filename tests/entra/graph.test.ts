import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Directory } from '../../benefits/directory';
import { graphDirectory } from '../../bot/graph';
import { turnScope } from '../../bot/turnScope';
import { json } from '../bot/botWithConnector';
import { credentialOf, type Graph, hangs, startGraph, throttles, tokenOf } from '../parts/graph';

const TENANT = randomUUID();
const token = tokenOf(TENANT);

let graph: Graph;
let directory: Directory;
beforeEach(async () => {
  graph = await startGraph(token);
  directory = directoryWith(credentialOf(token));
});
afterEach(() => graph.close());

const directoryWith = (credential: ReturnType<typeof credentialOf>) =>
  graphDirectory(TENANT, { url: graph.url, credential, scope: turnScope, requestMs: 300 });
const answers = (status: number, body: object) => (response: ServerResponse) => json(response, status, body);

it.each([
  ['429 with Retry-After', throttles(7), { reason: 'busy', retryAfterMs: 7_000 }],
  ['503 with Retry-After', throttles(1, 503), { reason: 'busy', retryAfterMs: 1_000 }],
  ['504', answers(504, {}), { reason: 'busy' }],
  ['nothing', hangs, { reason: 'busy', message: 'Microsoft Graph does not answer' }],
  ['a broken connection', (response: ServerResponse) => response.destroy(), { reason: 'busy' }],
  ['410', answers(410, {}), { reason: 'expired' }],
  ['400 of a link too old', answers(400, { error: { code: 'syncStateNotFound' } }), { reason: 'expired' }],
  ['400', answers(400, { error: { code: 'Request_BadRequest' } }), { reason: 'refused' }],
  [
    '403',
    answers(403, { error: { code: 'Authorization_RequestDenied', message: 'secret' } }),
    { reason: 'refused', message: 'Microsoft Graph answered 403 (Authorization_RequestDenied)' },
  ],
  ['no JSON', (response: ServerResponse) => response.end('<html>'), { reason: 'refused' }],
  ['another form', answers(200, { value: [{ id: '../me' }] }), { reason: 'refused' }],
  ['a page that ends nowhere', answers(200, { value: [] }), { reason: 'refused' }],
  [
    'a link to another host',
    answers(200, { value: [], '@odata.nextLink': 'https://elsewhere.com/v1.0/users' }),
    { reason: 'refused' },
  ],
])('takes %s for what it is, and asks once', async (_what, answer, error) => {
  graph.script.push(answer);
  await expect(directory.changes()).rejects.toMatchObject(error);
  expect(graph.asked).toHaveLength(1);
});

it('sends its token to no other host', async () => {
  await expect(directory.changes('https://elsewhere.com/v1.0/users')).rejects.toThrow('another host');
});

it.each([
  ['of another tenant', tokenOf(randomUUID())],
  ['that nobody can read', 'opaque'],
])('asks nothing with a token %s', async (_what, other) => {
  await expect(directoryWith(credentialOf(other)).changes()).rejects.toMatchObject({ reason: 'refused' });
  expect(graph.asked).toEqual([]);
});

it('says that there is no token, and waits for none for ever', async () => {
  const failing = { getToken: () => Promise.reject(new Error('secret')) };
  await expect(directoryWith(failing).changes()).rejects.toThrow(
    /^Microsoft Graph can't be used: there is no token/,
  );
  const hanging = { getToken: () => new Promise<never>(() => {}) };
  await expect(directoryWith(hanging).changes()).rejects.toMatchObject({ reason: 'busy' });
});

it('tells a user who is there from one who is not', async () => {
  const { id } = graph.adds('Ada Lovelace', { userType: undefined });
  expect(await directory.user(id)).toMatchObject({ objectId: id, isEnabled: true, isGuest: undefined });
  expect(await directory.user(randomUUID())).toBeUndefined();
});

import type { IncomingMessage } from 'node:http';
import { json as bodyOf } from 'node:stream/consumers';
import type { Activity } from 'botbuilder';
import { ConnectorClient } from 'botframework-connector';
import { sendsActivitiesAsTheyAre } from '../../bot/connectorOperations';
import { createConnectorHttpClient } from '../../bot/connectorHttpClient';
import { turnScope } from '../../bot/turnScope';
import { json } from './botWithConnector';
import { type Loopback, onLoopback } from './loopback';

const CONVERSATION = 'a:1Pé/x;messageid=1';
const ACTIVITY: Partial<Activity> = {
  type: 'message',
  timestamp: new Date('2026-11-26T10:00:00Z'),
  conversation: { id: CONVERSATION, conversationType: 'personal', isGroup: false, name: 'é', tenantId: 't' },
  from: { id: '28:bot', name: 'Bot' },
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { body: [{ n: 1 }] } }],
  channelData: { notification: { alert: true } },
  text: undefined,
};

let teams: Loopback;
let asked: unknown[];
beforeEach(async () => {
  asked = [];
  const hear = async (request: IncomingMessage) => void asked.push(await asRead(request));
  teams = await onLoopback((request, response) => {
    void hear(request).then(() => json(response, 201, { id: 'sent-1' }));
  });
});
afterEach(() => teams.close());

async function asRead(request: IncomingMessage) {
  const { method, url, headers } = request;
  const { 'content-type': type, 'x-ms-conversation-id': conversation } = headers;
  return { method, url, type, conversation, body: await bodyOf(request) };
}

function clientOf(serviceUrl: string): ConnectorClient {
  const credentials = { signRequest: (request: never) => Promise.resolve(request) };
  return new ConnectorClient(credentials, {
    baseUri: serviceUrl,
    httpClient: createConnectorHttpClient(turnScope),
  });
}

it.each([
  ['a message', (of: ConnectorClient) => of.conversations.sendToConversation(CONVERSATION, ACTIVITY)],
  ['a reply', (of: ConnectorClient) => of.conversations.replyToActivity(CONVERSATION, 'f:1/2', ACTIVITY)],
])('sends %s just as the SDK does, and gives its id', async (_what, send) => {
  const serviceUrl = `${teams.url}/emea/`;
  const [sdks, ours] = [clientOf(serviceUrl), sendsActivitiesAsTheyAre(clientOf(serviceUrl))];
  for (const client of [sdks, ours]) expect(await send(client)).toMatchObject({ id: 'sent-1' });
  expect(asked[0]).toMatchObject({ method: 'POST', body: { timestamp: '2026-11-26T10:00:00.000Z' } });
  expect(asked[1]).toEqual(asked[0]);
});

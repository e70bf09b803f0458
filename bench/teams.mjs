// Teams on loopback, which answers at once, and the people who chat in it with a bot.
import { randomUUID } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A connection is given up before the server at the other end closes it, after 5 s. */
const agent = new Agent({ keepAlive: true, maxSockets: 256, timeout: 3_000 });

export async function startTeams() {
  /** Conversation id → the last card that was sent to it. */
  const sent = new Map();
  const members = new Map();
  const teams = { requests: 0, sent, members };
  const server = createServer(async (incoming, response) => {
    teams.requests += 1;
    // What is sent unasked is no answer: it has no activity that it replies to.
    const [, conversationId, what, id] =
      incoming.url.match(/conversations\/([^/]+)\/(\w+)(?:\/([^/]+))?/) ?? [];
    const body = await buffer(incoming);
    if (what === 'activities' && id) sent.set(decodeURIComponent(conversationId), body);
    const value = what === 'members' ? members.get(decodeURIComponent(id)) : { id: `m-${teams.requests}` };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value ?? {}));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  teams.url = `http://127.0.0.1:${server.address().port}`;
  teams.close = () => server.close();
  return teams;
}

/** Somebody in a private chat with a bot. */
export class Person {
  /** The card that they look at. */
  card;

  constructor(teams, tenantId, name) {
    this.teams = teams;
    this.tenantId = tenantId;
    this.conversationId = `a:${randomUUID()}`;
    this.id = `29:${randomUUID()}`;
    this.aadObjectId = randomUUID();
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@contoso.com`;
    this.name = name;
    teams.members.set(this.id, { id: this.id, name, email, userPrincipalName: email, tenantId });
  }

  async says(port, text) {
    const answer = await post(port, this.activity({ type: 'message', text }));
    const activity = this.teams.sent.get(this.conversationId);
    this.card = activity ? JSON.parse(activity).attachments?.[0]?.content : undefined;
    return answer;
  }

  /** Presses the button of a verb, of which `fits` says which; with what the inputs hold. */
  async presses(port, verb, inputs = {}, fits = () => true) {
    const action = actionsIn(this.card).find((each) => each.verb === verb && fits(each.data ?? {}));
    if (!action)
      throw new Error(`${this.name} finds no button ${verb} on ${JSON.stringify(this.card).slice(0, 800)}`);
    return this.sends(port, { verb, data: { ...action.data, ...inputs } });
  }

  async sends(port, { verb, data }) {
    this.last = { verb, data };
    const value = { action: { type: 'Action.Execute', verb, data } };
    const answer = await post(
      port,
      this.activity({ type: 'invoke', name: 'adaptiveCard/action', value, replyToId: 'm-1' }),
    );
    const body = JSON.parse(answer.text);
    if (typeof body.value !== 'object') throw new Error(`${verb}: ${answer.text.slice(0, 300)}`);
    this.card = body.value;
    return answer;
  }

  activity(rest) {
    return JSON.stringify({
      id: randomUUID(),
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: this.teams.url,
      locale: 'en-US',
      localTimezone: 'Europe/Paris',
      from: { id: this.id, name: this.name, aadObjectId: this.aadObjectId },
      recipient: { id: '28:bot', name: 'Partner Benefits' },
      conversation: { id: this.conversationId, conversationType: 'personal', tenantId: this.tenantId },
      channelData: { tenant: { id: this.tenantId } },
      ...rest,
    });
  }
}

/** Every action on a card, however deep. */
function actionsIn(value) {
  if (Array.isArray(value)) return value.flatMap(actionsIn);
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, each]) => (key === 'fallback' ? [] : actionsIn(each)));
  return value.type === 'Action.Execute' ? [value, ...inner] : inner;
}

/** @throws when it isn't answered with 200 */
export function post(port, body) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(
      { port, host: '127.0.0.1', path: '/api/messages', method: 'POST', headers, agent },
      async (response) => {
        const text = (await buffer(response)).toString();
        const ms = performance.now() - began;
        if (response.statusCode !== 200 && response.statusCode !== 201)
          return reject(new Error(`answered ${response.statusCode}: ${text.slice(0, 300)}`));
        resolve({ text, ms });
      },
    );
    sent.once('error', reject).end(body);
  });
}

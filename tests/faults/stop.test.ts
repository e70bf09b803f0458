import { once } from 'node:events';
import { request, type RequestOptions } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Chatter, Posted } from '../parts/chatter';
import { type BotProcess, type Fleet, openFleet } from '../parts/fleet';
import { Gate } from '../parts/gate';
import type { Fate } from '../parts/storageProxy';
import { until } from '../parts/until';

let fleet: Fleet;
let bot: BotProcess;
let admin: Chatter;
beforeAll(async () => {
  fleet = await openFleet({ processes: 0 });
  admin = person('Adele Vance');
});
afterAll(() => fleet.close());
beforeEach(async () => {
  bot = await fleet.start();
});
afterEach(() => bot.ends());

const person = (name: string, about = {}) => fleet.person(name, () => bot, about);

it('says no first, finishes the turn in hand, and takes no other', async () => {
  const [alex, other] = [person('Alex Wilber'), await fleet.start()];
  await alex.says('help');
  await admin.says('assign power bi pro to alex wilber');
  const gate = new Gate();
  bot.storage.before = async ({ isTransaction }): Promise<Fate> => {
    if (isTransaction) await gate.pass();
    return 'passes';
  };
  const pressed = admin.clicks('Assign user');
  const opened = await connectionTo(bot);
  await gate.reached;

  const asked = asksUntilRefused(bot);
  bot.built.sends('SIGTERM');
  const answers = await asked;
  expect(answers).toContain(503);
  expect(answers.slice(answers.indexOf(503))).not.toContain(200);

  const turns = turnsOf(bot);
  const late = fleet.person('Nestor Wilke', () => ({ post: (activity) => postOn(opened, activity) }));
  expect(await late.says('help')).toEqual({ status: 503, text: '' });
  await once(opened, 'close');
  expect([late.messageCount, turnsOf(bot)]).toEqual([0, turns]);

  gate.open();
  await pressed;
  admin.sees('Assigned to Alex Wilber: Power BI Pro');
  expect(await bot.built.ended).toMatchObject({ exitCode: 0, err: '' });
  expect(bot.logged.map(({ msg }) => msg)).toContain('stopped');

  // What the turn has left to do, the other was told of.
  await until('the other process tells Alex', () => alex.messageCount === 2);
  await other.ends();
});

it('marks the notice that Teams is just answering, and begins no other', async () => {
  const zoe = person('Zoë Lefèvre', { email: 'zoe.lefevre@contoso.com' });
  await zoe.says('help');
  const gate = new Gate();
  fleet.teams.refuses = async (conversationId) => {
    if (conversationId === zoe.conversationId) await gate.pass();
    return undefined;
  };
  for (const benefit of ['technical-presales', 'visual-studio-professional-action-pack']) {
    await admin.says(`assign ${benefit} to zoë lefèvre`);
    await admin.clicks('Assign user');
    admin.sees('Assigned to');
    await gate.reached;
  }
  bot.built.sends('SIGTERM');
  await asksUntilRefused(bot);
  gate.open();
  expect(await bot.built.ended).toMatchObject({ exitCode: 0, err: '' });
  const [sent, waiting] = await Promise.all([fleet.ledger.notices('sent'), fleet.ledger.notices('waiting')]);
  const isZoes = ({ to }: { readonly to: string }) => to === 'zoe-lefevre';
  expect([sent.filter(isZoes).length, waiting.filter(isZoes).length]).toEqual([1, 1]);
  expect(zoe.messageCount).toBe(2);
});

const turnsOf = ({ logged }: BotProcess): number => logged.filter(({ msg }) => msg === 'turn').length;

/** A connection on which nothing is said yet. */
async function connectionTo({ url }: BotProcess): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

async function postOn(socket: Socket, activity: object): Promise<Posted> {
  const body = JSON.stringify(activity);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const options = { createConnection: () => socket, method: 'POST', path: '/api/messages', headers };
  return answerTo(options, body);
}

/** Asks whether the bot is ready, each time by a new connection, until it takes none. */
async function asksUntilRefused({ url }: BotProcess): Promise<number[]> {
  const answers: number[] = [];
  for (;;) {
    const { status } = await answerTo({ agent: false }, '', `${url}/readyz`);
    if (status === 0) return answers;
    answers.push(status);
  }
}

/** @returns status 0 when there is no connection to be had */
function answerTo(options: RequestOptions, body: string, url = 'http://127.0.0.1'): Promise<Posted> {
  return new Promise((resolve) => {
    const asked = request(url, options);
    asked.once('error', () => resolve({ status: 0, text: '' }));
    asked.once('response', (response) => {
      void text(response).then((said) => resolve({ status: response.statusCode ?? 0, text: said }));
    });
    asked.end(body);
  });
}

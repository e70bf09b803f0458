import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import pino from 'pino';
import type { Change } from '../../benefits/ports';
import { notice } from '../../benefits/notices';
import { createWorker } from '../../bot/createWorker';
import { ledgerDomain, realPorts } from '../../bot/ports';
import { TeamsAdapter } from '../../bot/teamsAdapter';
import { turnScope } from '../../bot/turnScope';
import type { Worker } from '../../notifications/worker';
import { Tables } from '../../storage/tables';
import { localConfig } from '../bot/botWithConnector';
import { type Loopback, onLoopback } from '../bot/loopback';
import { busiest } from '../notifications/busiest';

const PEOPLE = 200;
/** Teams answers within this time, in milliseconds. */
const SLOWEST_ANSWER_MS = 300;

interface Arrived {
  readonly chat: string;
  readonly what: string;
  readonly at: number;
}

interface Process {
  readonly worker: Worker;
  readonly tables: Tables;
  /** How many notices it has marked. */
  marked: number;
}

let arrived: Arrived[];
let teams: Loopback;
let processes: Process[];
let tenantId: string;

beforeEach(async () => {
  arrived = [];
  teams = await onLoopback((request, response) => {
    const at = performance.now();
    void textOf(request).then((text) => {
      const [, chat = ''] = /\/conversations\/([^/]+)\//.exec(request.url ?? '') ?? [];
      const [what = ''] = /Tool \d+/.exec(text) ?? [];
      arrived.push({ chat, what, at });
      setTimeout(() => {
        response.writeHead(201, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ id: randomUUID() }));
      }, Math.random() * SLOWEST_ANSWER_MS);
    });
  });
  tenantId = randomUUID();
  processes = [startProcess(), startProcess(), startProcess()];
  await loadPeople();
});

afterEach(async () => {
  await Promise.all(processes.map(({ worker }) => worker.stop()));
  await teams.close();
});

/** Its own clients of storage and of Teams, its own worker, in real time. */
function startProcess(): Process {
  const tables = new Tables({ connectionString: process.env.TEST_STORAGE ?? '' }, turnScope, ledgerDomain);
  const write = (line: string) => {
    if (line.includes('"msg":"notice"')) started.marked += 1;
    else process.stderr.write(line);
  };
  const log = pino({ level: 'info' }, { write });
  const worker = createWorker(localConfig, tables, new TeamsAdapter(localConfig, log), log);
  const started: Process = { worker, tables, marked: 0 };
  return started;
}

async function loadPeople(): Promise<void> {
  const [first] = processes;
  await first?.tables.create();
  const ledger = first?.tables.ledger(tenantId);
  for (let each = 0; each < PEOPLE; each += 1) {
    const id = `p${each}`;
    const user = { id, email: `${id}@contoso.com`, displayName: id, roles: [], active: true } as const;
    await ledger?.commit([{ of: 'user', after: { ...user, language: 'en' } }]);
    const reference = {
      channelId: 'msteams',
      serviceUrl: teams.url,
      conversation: { id, tenantId, conversationType: 'personal' },
      bot: { id: 'bot', name: 'Bot' },
      user: { id },
    };
    await ledger?.saveChat(id, { reference, timeZone: 'Europe/Paris', reachable: true });
  }
}

/** Puts notices into the outbox, and all processes to work at once. */
async function send(count: number): Promise<void> {
  const [first] = processes;
  if (!first) return;
  const ports = realPorts(first.tables.ledger(tenantId));
  const changes = Array.from({ length: count }, (_, index): Change => {
    const [userId, benefit] = [`p${index % PEOPLE}`, { en: `Tool ${index}` }];
    const facts = { benefit, by: 'Adele Vance' };
    return notice(ports, { channel: 'teams', to: userId, userId, key: 'undone', facts });
  });
  for (let from = 0; from < count; from += 100) await ports.ledger.commit(changes.slice(from, from + 100));
  for (const { worker } of processes) {
    worker.start();
    worker.nudge(tenantId);
  }
}

/** Real time is what is tried here. */
async function until(isSo: () => boolean, withinMs = 120_000): Promise<void> {
  for (const end = performance.now() + withinMs; !isSo();) {
    if (performance.now() > end) throw new Error(`it has not come true in ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const distinct = () => new Set(arrived.map(({ what }) => what)).size;
const isMarked = (count: number) => () => processes.reduce((sum, { marked }) => sum + marked, 0) >= count;

function figures() {
  const times = (some: readonly Arrived[]) => some.map(({ at }) => at).sort((one, other) => one - other);
  const all = times(arrived);
  const chats = [...new Set(arrived.map(({ chat }) => chat))].map((chat) =>
    times(arrived.filter((each) => each.chat === chat)),
  );
  const busiestChat = (ms: number) => Math.max(...chats.map((chat) => busiest(chat, ms)));
  const seconds = ((all.at(-1) ?? 0) - (all[0] ?? 0)) / 1_000;
  return {
    notices: distinct(),
    'most in a sliding second': busiest(all, 1_000),
    'average a second': Math.round(((all.length - 1) / seconds) * 100) / 100,
    repeats: arrived.length - distinct(),
    'most to a chat in 1 s': busiestChat(1_000),
    'most to a chat in 2 s': busiestChat(2_000),
    'most to a chat in 30 s': busiestChat(30_000),
    'sent by each process': processes.map(({ marked }) => marked).join(', '),
  };
}

function expectWithinLimits(found: ReturnType<typeof figures>, notices: number): void {
  expect(found.notices).toBe(notices);
  expect(found.repeats).toBe(0);
  expect(found['most in a sliding second']).toBeLessThanOrEqual(30);
  expect(found['most to a chat in 1 s']).toBeLessThanOrEqual(7);
  expect(found['most to a chat in 2 s']).toBeLessThanOrEqual(8);
  expect(found['most to a chat in 30 s']).toBeLessThanOrEqual(60);
}

it('1,000 notices to 200 people through three instances', async () => {
  await send(1_000);
  await until(isMarked(1_000));
  const found = figures();
  console.table(found);
  expectWithinLimits(found, 1_000);
  expect(found['average a second']).toBeGreaterThanOrEqual(26);
}, 180_000);

it('300 notices, with the instance that sends stopped after 100', async () => {
  await send(300);
  await until(isMarked(100));
  const busy = processes.find(({ marked }) => marked > 0);
  await busy?.worker.stop();
  await until(isMarked(300));
  const found = figures();
  console.table(found);
  expectWithinLimits(found, 300);
  expect(processes.filter(({ marked }) => marked > 0)).toHaveLength(2);
}, 180_000);

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of request) chunks.push(String(chunk));
  return chunks.join('');
}

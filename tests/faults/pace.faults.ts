import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pino from 'pino';
import type { Change } from '../../benefits/ports';
import { notice } from '../../benefits/notices';
import { createWorker } from '../../bot/createWorker';
import { ledgerDomain, realPorts } from '../../bot/ports';
import { TeamsAdapter } from '../../bot/teamsAdapter';
import { turnScope } from '../../bot/turnScope';
import type { Worker } from '../../notifications/worker';
import { keyCipher } from '../../storage/keyCipher';
import { Tables } from '../../storage/tables';
import { localConfig } from '../bot/botWithConnector';
import { busiest } from '../notifications/busiest';

const PEOPLE = 200;

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

let teams: Awaited<ReturnType<typeof startConnector>>;
let processes: Process[];
let tenantId: string;

beforeEach(async () => {
  teams = await startConnector();
  tenantId = randomUUID();
  processes = [startProcess(), startProcess(), startProcess()];
  await loadPeople();
  // A process's very first message loads code and takes longer.
  await send(5);
  await until(isMarked(5));
  for (const { worker } of processes) await worker.idle();
  for (const each of processes) each.marked = 0;
  await teams.arrived();
  for (const { worker } of processes) worker.start();
});

afterEach(async () => {
  await Promise.all(processes.map(({ worker }) => worker.stop()));
  await teams.close();
});

async function startConnector() {
  const child = spawn(process.execPath, [join(__dirname, 'connector.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    url,
    /** Since it was last asked. */
    arrived: async () => (await (await fetch(`${url}/arrived`)).json()) as Arrived[],
    async close() {
      const exit = once(child, 'exit');
      child.stdin.end();
      await exit;
    },
  };
}

const portsOf = (tables: Tables, tenant: string) =>
  realPorts(
    tables.ledger(tenant),
    keyCipher(tenant, () => []),
  );

/** Its own clients of storage and of Teams, its own worker, in real time. */
function startProcess(): Process {
  const tables = new Tables({ connectionString: process.env.TEST_STORAGE ?? '' }, turnScope, ledgerDomain);
  const write = (line: string) => {
    if (line.includes('"msg":"notice"')) started.marked += 1;
    else process.stderr.write(line);
  };
  const log = pino({ level: 'info' }, { write });
  const worker = createWorker(localConfig, tables, new TeamsAdapter(localConfig, log), log, (tenant) =>
    portsOf(tables, tenant),
  );
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
  const ports = portsOf(first.tables, tenantId);
  const changes = Array.from({ length: count }, (_, index): Change => {
    const [userId, benefit] = [`p${index % PEOPLE}`, { en: `Tool ${index}` }];
    const facts = { benefit, by: 'Adele Vance' };
    return notice(ports, { channel: 'teams', to: userId, userId, key: 'undone', facts });
  });
  for (let from = 0; from < count; from += 100) await ports.ledger.commit(changes.slice(from, from + 100));
  for (const { worker } of processes) worker.nudge(tenantId);
}

/** Real time is what is tried here. */
async function until(isSo: () => boolean, withinMs = 120_000): Promise<void> {
  for (const end = performance.now() + withinMs; !isSo();) {
    if (performance.now() > end) throw new Error(`it has not come true in ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const isMarked = (count: number) => () => processes.reduce((sum, { marked }) => sum + marked, 0) >= count;

function figuresOf(arrived: readonly Arrived[]) {
  const notices = new Set(arrived.map(({ what }) => what)).size;
  const times = (some: readonly Arrived[]) => some.map(({ at }) => at).sort((one, other) => one - other);
  const all = times(arrived);
  const chats = [...new Set(arrived.map(({ chat }) => chat))].map((chat) =>
    times(arrived.filter((each) => each.chat === chat)),
  );
  const busiestChat = (ms: number) => Math.max(...chats.map((chat) => busiest(chat, ms)));
  const seconds = ((all.at(-1) ?? 0) - (all[0] ?? 0)) / 1_000;
  return {
    notices,
    'most in a sliding second': busiest(all, 1_000),
    'average a second': Math.round(((all.length - 1) / seconds) * 100) / 100,
    repeats: arrived.length - notices,
    'most to a chat in 1 s': busiestChat(1_000),
    'most to a chat in 2 s': busiestChat(2_000),
    'most to a chat in 30 s': busiestChat(30_000),
    'sent by each process': processes.map(({ marked }) => marked).join(', '),
  };
}

function expectWithinLimits(found: ReturnType<typeof figuresOf>, notices: number): void {
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
  const found = figuresOf(await teams.arrived());
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
  const found = figuresOf(await teams.arrived());
  console.table(found);
  expectWithinLimits(found, 300);
  expect(processes.filter(({ marked }) => marked > 0)).toHaveLength(2);
}, 180_000);

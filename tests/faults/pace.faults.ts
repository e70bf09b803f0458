import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notice } from '../../benefits/notices';
import type { Change } from '../../benefits/ports';
import { ledgerDomain, realPorts } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';
import { keyCipher } from '../../storage/keyCipher';
import { Tables } from '../../storage/tables';
import { type Azurite, startAzurite } from '../parts/azurite';
import { type Built, startBuilt } from '../parts/built';
import { ENCRYPTION_KEYS } from '../parts/secrets';
import { until } from '../parts/until';
import { type CountingTeams, expectWithinLimits, figuresOf, startCountingTeams } from './countingTeams';

const PEOPLE = 200;
const PROCESSES = 3;
/** What Teams asks for when it says “too many”, in milliseconds. */
const ASKED_MS = 5_000;
/** What was sent before Teams' answer was there is under way for so long at the most. */
const UNDER_WAY_MS = 250;

let azurite: Azurite;
let teams: CountingTeams;
let folder: string;
let bots: Built[];
let tables: Tables;
let tenantId: string;
let made = 0;

beforeEach(async () => {
  [azurite, teams, folder] = await Promise.all([
    startAzurite(),
    startCountingTeams(),
    mkdtemp(join(tmpdir(), 'pace-')),
  ]);
  tenantId = randomUUID();
  tables = new Tables({ connectionString: azurite.connectionString }, turnScope, ledgerDomain);
  await tables.create();
  await loadPeople();
  bots = await Promise.all(Array.from({ length: PROCESSES }, startBot));
  // A process's very first message loads code and takes longer.
  await send(5);
  await allSent(5);
  await teams.arrived();
});

afterEach(async () => {
  for (const bot of bots) bot.sends('SIGTERM');
  await Promise.all(bots.map(({ ended }) => ended));
  await Promise.all([teams.close(), azurite.stop(), rm(folder, { recursive: true })]);
});

async function startBot(): Promise<Built> {
  const settings = {
    BOT_MODE: 'local',
    PORT: '0',
    STORAGE_CONNECTION_STRING: azurite.connectionString,
    KEY_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
  };
  const bot = startBuilt('bot/main.js', [], settings, folder);
  await bot.prints(/"msg":"ready"/);
  return bot;
}

async function loadPeople(): Promise<void> {
  const ledger = tables.ledger(tenantId);
  for (let each = 0; each < PEOPLE; each += 1) {
    const id = `p${each}`;
    const user = { id, email: `${id}@contoso.com`, displayName: id, roles: [], active: true } as const;
    await ledger.commit([{ of: 'user', after: { ...user, language: 'en' } }]);
    const reference = {
      channelId: 'msteams',
      serviceUrl: teams.url,
      conversation: { id, tenantId, conversationType: 'personal' },
      bot: { id: 'bot', name: 'Bot' },
      user: { id },
    };
    await ledger.saveChat(id, { reference, timeZone: 'Europe/Paris', reachable: true });
  }
}

/** Puts notices into the outbox, and says to all processes that there is something to do. */
async function send(count: number): Promise<void> {
  const ports = realPorts(
    tables.ledger(tenantId),
    keyCipher(tenantId, () => []),
  );
  const changes = Array.from({ length: count }, (_, index): Change => {
    const [userId, benefit] = [`p${index % PEOPLE}`, { en: `Tool ${(made += 1)}` }];
    const facts = { benefit, by: 'Adele Vance' };
    return notice(ports, { channel: 'teams', to: userId, userId, key: 'undone', facts });
  });
  for (let from = 0; from < count; from += 100) await ports.ledger.commit(changes.slice(from, from + 100));
  await tables.work.want(tenantId, 0);
}

const SENT = /"outcome":"sent","msg":"notice"/g;
const sentBy = (bot: Built): number => bot.printed.out.match(SENT)?.length ?? 0;
const allSent = (count: number) =>
  until(`${count} sent`, () => bots.reduce((sum, bot) => sum + sentBy(bot), 0) >= count, 150_000);

function report(found: ReturnType<typeof figuresOf>, more: object = {}): void {
  console.table({ ...found, 'sent by each process': bots.map(sentBy).join(', '), ...more });
}

it('2,000 notices to 200 people through three processes', async () => {
  await send(2_000);
  await allSent(2_005);
  const found = figuresOf(await teams.arrived());
  report(found);
  expect([found.notices, found.repeats]).toEqual([2_000, 0]);
  expectWithinLimits(found);
  expect(found['average a second']).toBeGreaterThanOrEqual(26);
}, 240_000);

it('one 429 slows all three processes', async () => {
  await send(300);
  await allSent(105);
  await teams.refusesNext(ASKED_MS / 1_000);
  const arrived = await teams.arrived();
  while (!arrived.some(({ isRefused }) => isRefused)) arrived.push(...(await teams.arrived()));
  // Whoever finds this work has to wait, too.
  await send(100);
  await allSent(405);
  arrived.push(...(await teams.arrived()));
  const refusedAt = arrived.find(({ isRefused }) => isRefused)?.at ?? NaN;
  const after = arrived.map(({ at }) => at - refusedAt).filter((ms) => ms > 0);
  const underWay = after.filter((ms) => ms < UNDER_WAY_MS);
  const found = figuresOf(arrived);
  const nextMs = Math.min(...after.slice(underWay.length));
  report(found, { 'under way at the 429': underWay.length, 'ms until the next': Math.round(nextMs) });
  expect([found.notices, found.repeats]).toEqual([400, 1]);
  expectWithinLimits(found);
  expect(nextMs).toBeGreaterThanOrEqual(ASKED_MS);
}, 180_000);

it('300 notices, with the process that sends stopped after 100', async () => {
  await send(300);
  await allSent(105);
  bots.find((bot) => sentBy(bot) > 5)?.sends('SIGTERM');
  await allSent(305);
  const found = figuresOf(await teams.arrived());
  report(found);
  expect([found.notices, found.repeats]).toEqual([300, 0]);
  expectWithinLimits(found);
  expect(bots.filter((bot) => sentBy(bot) > 5)).toHaveLength(2);
}, 180_000);

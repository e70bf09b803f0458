// What the bot says unasked, to many companies at once.
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { mean } from './measure.mjs';
import { cpuMs, memoryMb, newTenant, root, startBot } from './processes.mjs';

const require = createRequire(import.meta.url);
const { Tables } = require(`${root}/dist/storage/tables.js`);
const { ledgerDomain, realPorts } = require(`${root}/dist/bot/ports.js`);
const { turnScope } = require(`${root}/dist/bot/turnScope.js`);
const { notice } = require(`${root}/dist/benefits/notices.js`);

/**
 * @returns how many messages a second arrived, from the first to the last; and what of the process was in memory, in
 * megabytes: before them, and in the mean over each half of them
 */
export async function notices(service, teams, { tenants, each }) {
  const tables = new Tables({ connectionString: service.connectionString }, turnScope, ledgerDomain);
  await tables.create();
  const ids = Array.from({ length: tenants }, newTenant);
  const bot = await startBot(service.connectionString);
  await wait(2_000); // it looks for what was forgotten when it starts, and should find nothing
  for (const tenantId of ids) await fillOutbox(tables, teams, tenantId, each);
  const before = memoryMb(bot.pid);
  const [sentBefore, cpuBefore] = [teams.requests, cpuMs(bot.pid)];
  await Promise.all(ids.map((tenantId) => tables.work.want(tenantId, 0)));
  const count = tenants * each;
  const sent = () => teams.requests - sentBefore;
  while (sent() === 0) await wait(5);
  const began = performance.now();
  const looks = { first: [], second: [] };
  while (sent() < count) {
    looks[sent() < count / 2 ? 'first' : 'second'].push(memoryMb(bot.pid));
    await wait(10);
  }
  const seconds = (performance.now() - began) / 1_000;
  await wait(2_000);
  const found = {
    count,
    again: sent() - count,
    seconds,
    perSecond: count / seconds,
    cpuEach: (cpuMs(bot.pid) - cpuBefore) / count,
    memory: { before, first: mean(looks.first), second: mean(looks.second) },
  };
  await bot.end();
  return found;
}

async function fillOutbox(tables, teams, tenantId, count) {
  const ledger = tables.ledger(tenantId);
  const ports = realPorts(ledger, undefined);
  await tables.work.register(tenantId);
  const ids = Array.from({ length: count }, (_, n) => `p${n}`);
  const user = (id) => ({
    id,
    email: `${id}@contoso.com`,
    displayName: id,
    roles: [],
    active: true,
    language: 'en',
  });
  for (let from = 0; from < count; from += 10)
    await ledger.commit(ids.slice(from, from + 10).map((id) => ({ of: 'user', after: user(id) })));
  for (const id of ids) {
    const reference = {
      channelId: 'msteams',
      serviceUrl: teams.url,
      conversation: { id, tenantId, conversationType: 'personal' },
      bot: { id: 'bot', name: 'Bot' },
      user: { id },
    };
    await ledger.saveChat(id, { reference, timeZone: 'Europe/Paris', reachable: true });
  }
  const facts = { benefit: { en: 'Tool' }, by: 'Adele Vance' };
  const of = (id) => notice(ports, { channel: 'teams', to: id, userId: id, key: 'undone', facts });
  for (let from = 0; from < count; from += 50) await ledger.commit(ids.slice(from, from + 50).map(of));
}

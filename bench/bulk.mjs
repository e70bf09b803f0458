// A list of a thousand assignments of one benefit: how long it takes to look through it, and to assign it.
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { companyOf, importCompany } from './companies.mjs';
import { newTenant, root, startBot } from './processes.mjs';
import { Person } from './teams.mjs';

const require = createRequire(import.meta.url);
const { Tables } = require(`${root}/dist/storage/tables.js`);
const { ledgerDomain } = require(`${root}/dist/bot/ports.js`);
const { turnScope } = require(`${root}/dist/bot/turnScope.js`);

/**
 * @returns what the look asks of storage and takes, and in how many transactions and how long all of it is assigned,
 * times in milliseconds
 */
export async function bulk(service, teams, { delayMs, lines }) {
  const tenantId = newTenant();
  await importCompany(companyOf({ admins: 1, users: lines }), tenantId, service.connectionString);
  const tables = new Tables({ connectionString: service.connectionString }, turnScope, ledgerDomain);
  const ledger = tables.ledger(tenantId);
  const bot = await startBot(service.connectionString);
  const person = new Person(teams, tenantId, 'Admin 0');
  await person.says(bot.port, 'help');
  await wait(2_000); // it looks for what was forgotten when it starts
  await service.delays(delayMs);
  await service.counts();
  const list = Array.from({ length: lines }, (_, n) => `Visual Studio Enterprise; user.${n}@contoso.com`);
  const looked = await person.says(bot.port, ['bulk', ...list].join('\n'));
  const look = await service.counts();
  const [button] = JSON.stringify(person.card).match(/"bulkId":"[^"]+"/) ?? [];
  const { bulkId } = JSON.parse(`{${button}}`);
  const began = performance.now();
  await person.presses(bot.port, 'assignAll');
  let state;
  while (state !== 'done') {
    await wait(20);
    ({ state } = await ledger.bulk(bulkId));
  }
  const assignMs = performance.now() - began;
  const { transactions } = await service.counts();
  await service.delays(0);
  const { held } = await ledger.benefit('visual-studio-enterprise');
  if (held !== lines) throw new Error(`${held} of ${lines} were assigned`);
  await bot.end();
  return { lines, lookMs: looked.ms, lookRequests: look.requests, transactions, assignMs };
}

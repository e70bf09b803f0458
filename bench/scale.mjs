// What grows with a company, and what must not: what is held, who is searched for; and how long a commit waits. On the
// table service with a delay, whose counts say what was asked.
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import { companyOf, importCompany } from './companies.mjs';
import { percentile } from './measure.mjs';
import { newTenant, root, startBot } from './processes.mjs';
import { Person, post } from './teams.mjs';

const require = createRequire(import.meta.url);
const { rowsOf } = require(`${root}/dist/storage/ledgerRows.js`);
const { fold } = require(`${root}/dist/benefits/words.js`);

const BATCH = 20_000;
const TIMES = 40;
/** By somebody who asks what they hold. */
export const HELD = ['power bi pro', 'visual studio enterprise', 'technical presales'];

/** @returns for each number of assignments in the tenant, what `my benefits` asks and takes */
export async function mine(service, teams, { delayMs, counts }) {
  const found = [];
  for (const count of counts) {
    const { bot, person, tenantId } = await companyWithOne(service, teams);
    for (const benefit of HELD) await assign(bot, person, benefit, person.name);
    await fill(service, tenantId, count, (n) => ({ of: 'assignment', after: assignmentOf(n) }));
    found.push({
      assignments: count,
      ...(await cost(service, delayMs, () => person.says(bot.port, 'my benefits'))),
    });
    await bot.end();
  }
  return found;
}

/** @returns what a search in a company of so many users asks and takes */
export async function typeahead(service, teams, { delayMs, users }) {
  const { bot, person, tenantId } = await companyWithOne(service, teams);
  await fill(service, tenantId, users, (n) => ({ of: 'user', after: userOf(n) }));
  const found = [];
  for (const typed of ['elo', 'Élodie', 'mül', 'elodie muller 12', 'elodie.muller.77', 'zzz']) {
    const value = { queryText: typed, queryOptions: { skip: 0, top: 15 }, dataset: 'users' };
    const body = person.activity({ type: 'invoke', name: 'application/search', value });
    const { text } = await post(bot.port, body);
    const { results } = JSON.parse(text).value;
    found.push({
      typed,
      found: results.length,
      ...(await cost(service, delayMs, () => post(bot.port, body))),
    });
  }
  await bot.end();
  return found;
}

/** @returns how long *Assign user* takes beside its round trips, one press after another */
export async function commits(service, teams, { delayMs, times = TIMES, rounds = 4 }) {
  const { bot, person } = await companyWithOne(service, teams, { users: times + 10 });
  const took = [];
  for (let n = 0; n < times + 10; n++) {
    await person.says(bot.port, `assign visual studio enterprise to user.${n}@contoso.com`);
    if (n === 0) await service.delays(delayMs);
    const { ms } = await person.presses(bot.port, 'assignUser');
    if (n >= 10) took.push(ms);
  }
  const roundTrip = await roundTripOf(service, times);
  await service.delays(0);
  await bot.end();
  took.sort((one, other) => one - other);
  const p50 = percentile(took, 0.5);
  return { p50, p95: percentile(took, 0.95), roundTrip, ratio: p50 / (rounds * roundTrip) };
}

/** The middle of so many round trips of a plain request to storage, in milliseconds. */
async function roundTripOf({ url }, times) {
  const agent = new Agent({ keepAlive: true });
  const took = [];
  for (let n = 0; n < times; n++) {
    const began = performance.now();
    const asked = get(`${url}/devstoreaccount1/Nothing()`, { agent });
    await buffer((await once(asked, 'response'))[0]);
    took.push(performance.now() - began);
  }
  agent.destroy();
  return percentile(
    took.sort((one, other) => one - other),
    0.5,
  );
}

async function companyWithOne(service, teams, { users = 10 } = {}) {
  const tenantId = newTenant();
  await importCompany(companyOf({ admins: 1, users }), tenantId, service.connectionString);
  const bot = await startBot(service.connectionString);
  const person = new Person(teams, tenantId, 'Admin 0');
  await person.says(bot.port, 'help');
  return { bot, person, tenantId };
}

export async function assign({ port }, admin, benefit, to) {
  await admin.says(port, `assign ${benefit} to ${to}`);
  await admin.presses(port, 'assignUser');
}

/** The median and the 95th of a hundred of how long it takes, and what it asks of storage each time. */
async function cost(service, delayMs, work) {
  await work();
  await service.delays(delayMs);
  const took = [];
  await service.counts();
  for (let n = 0; n < TIMES; n++) {
    const began = performance.now();
    await work();
    took.push(performance.now() - began);
  }
  const { requests, rows } = await service.counts();
  await service.delays(0);
  took.sort((one, other) => one - other);
  return {
    requests: requests / TIMES,
    rows: rows / TIMES,
    p50: percentile(took, 0.5),
    p95: percentile(took, 0.95),
  };
}

async function fill(service, tenantId, count, change) {
  for (let from = 0; from < count; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => from + n);
    const rows = numbers.flatMap((n) => rowsOf(change(n), 'after', fold));
    await service.fills(
      'Ledger',
      rows.map(({ rowKey, value }) => [tenantId, rowKey, dataOf(value)]),
    );
  }
}

const dataOf = (value) => ({ v: 1, data: JSON.stringify(value) });

const assignmentOf = (n) => ({
  benefitId: 'visual-studio-enterprise',
  userId: `holder-${n}`,
  status: 'active',
  assignedAt: '2026-01-01T00:00:00.000Z',
  assignedBy: { id: 'admin-0', email: 'admin.0@contoso.com', displayName: 'Admin 0', active: true },
  operationId: `0mwwzzf2r-${String(n).padStart(32, '0')}`,
});

const userOf = (n) => ({
  id: `filled-${n}`,
  email: `elodie.muller.${n}@contoso.com`,
  displayName: `Élodie Müller ${n}`,
  roles: [],
  active: true,
});

// One process against several, on the table service with a delay: how much a core does.
import { cpus } from 'node:os';
import { companyOf, importCompany } from './companies.mjs';
import { measure } from './measure.mjs';
import { newTenant, startBot } from './processes.mjs';
import { Person } from './teams.mjs';

const PEOPLE = 128;
const AT_ONCE = 64;
const ROUNDS = 20;
const WARM_UP_ROUNDS = 8;

/** @returns turns a second, and a second of processor time, of one process and of so many */
export async function scaling(service, teams, { processes, delayMs }) {
  const found = { cores: cpus().length, delayMs };
  for (const count of [1, processes]) {
    const tenantId = newTenant();
    await service.delays(0);
    await importCompany(companyOf({ admins: PEOPLE, users: 1_000 }), tenantId, service.connectionString);
    const bots = await Promise.all(Array.from({ length: count }, () => startBot(service.connectionString)));
    const people = Array.from({ length: PEOPLE }, (_, n) => new Person(teams, tenantId, `Admin ${n}`));
    const portOf = (n) => bots[n % count].port;
    for (const [n, person] of people.entries()) await person.says(portOf(n), 'help');
    await service.delays(delayMs);
    const total = { turns: 0, ms: 0, cpuMs: 0 };
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (const step of ['my benefits', 'assign']) {
        const work = people.map((person, n) => () => person.says(portOf(n), step));
        const parts = await measure(
          bots.map(({ pid }) => pid),
          work,
          AT_ONCE,
        );
        if (round < 0) continue;
        total.turns += parts.count;
        total.ms += parts.passedMs;
        total.cpuMs += parts.cpuMs;
      }
    }
    await service.delays(0);
    for (const bot of bots) await bot.end();
    found[count] = {
      perSecond: (total.turns * 1000) / total.ms,
      perCpuSecond: (total.turns * 1000) / total.cpuMs,
    };
  }
  return found;
}

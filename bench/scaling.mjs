// One process against several, on the table service with a delay: how much a core does, of the bot and of floor (c2).
// Round by round in turn, so that what the machine does otherwise falls on all of them.
import { cpus } from 'node:os';
import { companyOf, importCompany } from './companies.mjs';
import { measure, together } from './measure.mjs';
import { newTenant, startBot, startFloor } from './processes.mjs';
import { Person } from './teams.mjs';

const PEOPLE = 128;
const AT_ONCE = 64;
const ROUNDS = 20;
/** For each process: of two, each gets half of the turns. */
const WARM_UP_ROUNDS = 8;

const OF_THE_BOT = [
  (person, port) => person.says(port, 'my benefits'),
  (person, port) => person.says(port, 'assign'),
];
const OF_THE_FLOOR = [
  (person, port) => person.says(port, 'choose'),
  (person, port) => person.presses(port, 'choose'),
];

/** @returns turns a second, and a second of processor time, of one process and of so many */
export async function scaling(service, teams, { processes, delayMs }) {
  const { connectionString } = service;
  const startC2 = () => startFloor('waterfall', { STORAGE: connectionString });
  const groups = [];
  for (const count of [1, processes]) {
    groups.push(await groupOf(count, 'bot', () => startBot(connectionString), OF_THE_BOT));
    groups.push(await groupOf(count, 'c2', startC2, OF_THE_FLOOR));
  }
  await service.delays(delayMs);
  for (const { members, round } of groups)
    for (let n = 0; n < WARM_UP_ROUNDS * members.length; n++) await round();
  for (let n = 0; n < ROUNDS; n++) for (const { parts, round } of groups) parts.push(...(await round()));
  await service.delays(0);
  const found = { cores: cpus().length, delayMs };
  for (const { name, members, parts } of groups) {
    for (const member of members) await member.end();
    const { perSecond, cpuPerTurn } = together(parts);
    found[`${members.length} of ${name}`] = { perSecond, perCpuSecond: 1000 / cpuPerTurn };
  }
  return found;

  /** So many processes, with a company's people divided among them, who do each of the steps in a round. */
  async function groupOf(count, name, start, steps) {
    const tenantId = newTenant();
    await importCompany(companyOf({ admins: PEOPLE, users: 1_000 }), tenantId, connectionString);
    const members = await Promise.all(Array.from({ length: count }, start));
    const pids = members.map(({ pid }) => pid);
    const people = Array.from({ length: PEOPLE }, (_, n) => new Person(teams, tenantId, `Admin ${n}`));
    const portOf = (n) => members[n % count].port;
    const round = async () => {
      const parts = [];
      for (const step of steps) {
        const work = people.map((person, n) => () => step(person, portOf(n)));
        parts.push(await measure(pids, work, AT_ONCE));
      }
      return parts;
    };
    return { name, members, parts: [], round };
  }
}

// How fast a process is up, and what it keeps in memory.
import { companyOf, importCompany } from './companies.mjs';
import { mean, measure } from './measure.mjs';
import { memoryMb, newTenant, startBot, startFloor } from './processes.mjs';
import { Person } from './teams.mjs';

const STARTS = 9;

/** @returns the middle of the times from the start of the process to its word that it is ready, in milliseconds */
export async function coldStart(service) {
  const [floor, bot] = [[], []];
  for (let n = 0; n < STARTS; n++) {
    const started = await startFloor('waterfall');
    floor.push(started.readyMs);
    await started.end();
    const ours = await startBot(service.connectionString);
    bot.push(ours.readyMs);
    await ours.end();
  }
  return { floor: middle(floor), bot: middle(bot) };
}

const middle = (all) => all.sort((one, other) => one - other)[Math.floor(all.length / 2)];

/** @returns megabytes of the floor and of the bot: idle, about half of the turns, and about the last ones */
export async function memory(service, teams, { turns, people = 60, atOnce = 16 }) {
  const tenantId = newTenant();
  await importCompany(companyOf({ admins: people, users: 1_000 }), tenantId, service.connectionString);
  const chatters = () => Array.from({ length: people }, (_, n) => new Person(teams, tenantId, `Admin ${n}`));
  const floor = await startFloor('waterfall');
  const atFloor = chatters();
  const found = {};
  found.floor = await grows(floor, turns, atOnce, [
    atFloor.map((person) => () => person.says(floor.port, 'choose')),
    atFloor.map((person) => () => person.presses(floor.port, 'choose')),
  ]);
  await floor.end();
  const bot = await startBot(service.connectionString);
  const atBot = chatters();
  found.bot = await grows(bot, turns, atOnce, [
    atBot.map((person) => () => person.says(bot.port, 'my benefits')),
    atBot.map((person) => () => person.says(bot.port, 'assign')),
    atBot.map((person) => () => person.presses(bot.port, 'chooseBenefit', {}, ofSeats)),
    atBot.map((person, n) => () => person.presses(bot.port, 'chooseUser', { user: `user-${n}` })),
    atBot.map((person) => () => person.presses(bot.port, 'back')),
  ]);
  await bot.end();
  return found;
}

const ofSeats = ({ benefitId }) => benefitId === 'visual-studio-enterprise';

async function grows({ pid }, turns, atOnce, phases) {
  await measure(pid, phases[0], atOnce);
  const found = { idle: memoryMb(pid) };
  let done = 0;
  /** The mean of the last tenth: one look alone says when garbage was last collected. */
  const until = async (count) => {
    const looks = [];
    while (done < count) {
      for (const phase of phases) {
        await measure(pid, phase, atOnce);
        done += phase.length;
        if (done > count - turns / 10) looks.push(memoryMb(pid));
      }
    }
    return mean(looks);
  };
  found.half = await until(turns / 2);
  found.all = await until(turns);
  return found;
}

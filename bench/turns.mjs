// What a turn costs the process of the bot, beside the floors: one after the other in each round, so that what the
// machine does otherwise falls on all of them.
import { randomUUID } from 'node:crypto';
import { companyOf, importCompany } from './companies.mjs';
import { measure, together } from './measure.mjs';
import { assign, HELD } from './scale.mjs';
import { newTenant, startBot, startFloor } from './processes.mjs';
import { Person, post } from './teams.mjs';

/** A turn costs half as much once V8 has seen it some hundred times. */
const WARM_UP_ROUNDS = 15;
const SUPPORT = 'cloud-support-incidents';

/**
 * @param options.people how many chat, each in their own chat
 * @param options.atOnce how many of them at the same time
 * @param options.dists other builds of the bot, to be held against each other; the names of their turns begin with them
 * @returns by name, what a turn of each kind costs
 */
export async function turns(service, teams, { rounds, people = 60, atOnce = 8, dists = [undefined] }) {
  const subjects = [
    await restifyFloor(),
    await echoFloor(teams, people),
    await waterfallFloor('c', teams, people),
    await waterfallFloor('c2', teams, people, service.connectionString),
    ...(await bots()),
  ];

  async function bots() {
    const all = [];
    for (const dist of dists) {
      const bot = await theBot(service, teams, people, dist);
      const named = ([name, work]) => [dist ? `${dist}: ${name}` : name, work];
      all.push({ ...bot, phases: () => bot.phases().map(named) });
    }
    return all;
  }

  const parts = new Map();
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const subject of subjects) {
      for (const [name, work] of subject.phases(round)) {
        const part = await measure(subject.process.pid, work, atOnce);
        if (round >= 0 && name) parts.set(name, [...(parts.get(name) ?? []), part]);
      }
    }
  }
  for (const { process } of subjects) await process.end();
  return Object.fromEntries([...parts].map(([name, each]) => [name, together(each)]));
}

async function restifyFloor() {
  const process = await startFloor('restify');
  const body = JSON.stringify({ type: 'message', text: 'x'.repeat(500) });
  return {
    process,
    phases: () => [['a', Array.from({ length: 200 }, () => () => post(process.port, body))]],
  };
}

async function echoFloor(teams, count) {
  const process = await startFloor('echo');
  const people = peopleOf(teams, randomUUID(), count);
  return { process, phases: () => [['b', people.map((person) => () => person.says(process.port, 'hello'))]] };
}

async function waterfallFloor(name, teams, count, storage) {
  const process = await startFloor('waterfall', storage ? { STORAGE: storage } : {});
  const people = peopleOf(teams, randomUUID(), count);
  return {
    process,
    phases: () => [
      [`${name} message`, people.map((person) => () => person.says(process.port, 'choose'))],
      [
        `${name} press`,
        people.map(
          (person, n) => () =>
            person.presses(process.port, 'choose', {}, ({ id }) => id === `choice-${n % 25}`),
        ),
      ],
    ],
  };
}

const peopleOf = (teams, tenantId, count) =>
  Array.from({ length: count }, (_, n) => new Person(teams, tenantId, `Admin ${n}`));

async function theBot(service, teams, count, dist) {
  const tenantId = newTenant();
  await importCompany(companyOf({ admins: count, users: 1_000 }), tenantId, service.connectionString);
  const process = await startBot(service.connectionString, { dist });
  const people = peopleOf(teams, tenantId, count);
  const { port } = process;
  // Each holds something, as those do who ask what they hold.
  for (const person of people)
    for (const benefit of HELD) await assign(process, person, benefit, person.name);
  const all = (what) => people.map((person, n) => () => what(person, n));
  const chooses = (id) =>
    all((person) => person.presses(port, 'chooseBenefit', {}, ({ benefitId }) => benefitId === id));
  return {
    process,
    phases: () => [
      ['my benefits', all((person) => person.says(port, 'my benefits'))],
      ['help', all((person) => person.says(port, 'help'))],
      ['assign', all((person) => person.says(port, 'assign'))],
      ['choose a benefit', chooses(SUPPORT)],
      ['choose a user', all((person, n) => person.presses(port, 'chooseUser', { user: `user-${n}` }))],
      [
        'give the e-mail',
        all((person) => person.presses(port, 'giveAlternateEmail', { alternateEmail: 'a@fabrikam.com' })),
      ],
      ['back', all((person) => person.presses(port, 'back'))],
    ],
  };
}

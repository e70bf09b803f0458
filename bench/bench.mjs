// npm run bench: measures the built bot beside its floors, prints the tables, and writes them to docs/performance.md.
//
//   npm run bench                     everything, some quarter of an hour
//   npm run bench -- --only turns     one section: turns, throughput, scale, lifetime, notices, bulk
//   npm run bench -- --dist A --dist B   turns of these builds against each other
//   npm run bench -- --processes 2    that many processes against one: what a core does (not part of everything)
//   npm run bench -- --check          turns alone, few of them, as JSON: for npm test
import { parseArgs } from 'node:util';
import { bulk } from './bulk.mjs';
import { coldStart, memory } from './lifetime.mjs';
import { notices } from './notices.mjs';
import { startTableService } from './processes.mjs';
import { writeReport } from './report.mjs';
import { commits, mine, typeahead } from './scale.mjs';
import { scaling } from './scaling.mjs';
import { startTeams } from './teams.mjs';
import { turns } from './turns.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    processes: { type: 'string' },
    check: { type: 'boolean' },
    dist: { type: 'string', multiple: true },
  },
});

const sections = {
  turns: async (parts) => ({ turns: await turns(...parts, { rounds: 25 }) }),
  throughput: async (parts) => ({
    throughput: await turns(...parts, { rounds: 10, people: 128, atOnce: 64 }),
  }),
  scale: async (parts) => ({
    commits: await each([2, 10, 30], (delayMs) => commits(...parts, { delayMs })),
    mine: await mine(...parts, { delayMs: 10, counts: [100, 10_000, 1_000_000] }),
    typeahead: await typeahead(...parts, { delayMs: 10, users: 100_000 }),
  }),
  lifetime: async (parts) => ({
    coldStart: await coldStart(parts[0]),
    memory: await memory(...parts, { turns: 100_000 }),
  }),
  notices: async (parts) => ({ notices: await notices(...parts, { tenants: 400, each: 25 }) }),
  bulk: async (parts) => ({
    bulk: await each([2, 10, 30], (delayMs) => bulk(...parts, { delayMs, lines: 1_000 })),
  }),
};

const found = {};
if (values.dist) await measured('builds', (parts) => turns(...parts, { rounds: 20, dists: values.dist }));
else if (values.check) await measured('turns', (parts) => turns(...parts, { rounds: 6, people: 30 }));
else if (values.processes)
  await measured('scaling', (parts) =>
    scaling(...parts, { processes: Number(values.processes), delayMs: 10 }),
  );
else
  for (const name of values.only ? [values.only] : Object.keys(sections))
    await measured(name, sections[name]);

if (values.check) console.log(JSON.stringify(found.turns));
else if (!values.only && !values.processes && !values.dist) await writeReport(found);

/** Each section has a storage and a Teams of its own. */
async function measured(name, work) {
  const [service, teams] = [await startTableService(), await startTeams()];
  const result = await work([service, teams]);
  await service.end();
  teams.close();
  found[name] = result;
  if (!values.check) console.dir({ [name]: result }, { depth: null });
}

async function each(all, work) {
  const results = [];
  for (const one of all) results.push({ of: one, ...(await work(one)) });
  return results;
}

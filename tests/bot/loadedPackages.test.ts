import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Fleet, openFleet } from '../parts/fleet';
import { few } from '../parts/situations';

jest.setTimeout(120_000); // processes that start on a busy machine

let fleet: Fleet;
beforeAll(async () => {
  fleet = await openFleet({ processes: 0, load: few });
});
afterAll(() => fleet.close());

/** Starts a bot, asks it for its figures, and ends it. */
async function started(env: Record<string, string>) {
  const NODE_OPTIONS = `--import=${pathToFileURL(join(__dirname, 'loadedPackages.mjs')).href}`;
  const bot = await fleet.start({ ...env, NODE_OPTIONS });
  const { status } = await fetch(`${bot.url}/metrics`);
  await bot.ends();
  const { err } = await bot.built.ended;
  const packages = /^packages: (.*)$/m.exec(err)?.[1]?.split(' ') ?? [];
  return { status, loaded: (names: RegExp) => packages.filter((name) => names.test(name)) };
}

it('of telemetry there is nothing in a bot that was not asked for it: no page, no package', async () => {
  const plain = await started({ TELEMETRY: '' });
  expect(plain.status).toBe(404);
  expect(plain.loaded(/^restify$|^@opentelemetry/)).toEqual(['restify']);
  const asked = await started({ TELEMETRY: 'on', METRICS_TOKEN: '' });
  expect(asked.loaded(/^@opentelemetry/)).toContain('@opentelemetry/sdk-metrics');
});

it('of the dialogs of the SDK nothing is loaded that reads dates and numbers', async () => {
  const { loaded } = await started({});
  expect(loaded(/^botbuilder-dialogs$|recognizers-text-(suite|number)$|^globalize$/)).toEqual([
    'botbuilder-dialogs',
  ]);
});

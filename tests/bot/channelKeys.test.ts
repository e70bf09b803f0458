import type { RequestListener } from 'node:http';
import { ChannelKeys } from '../../bot/channelKeys';
import { activity, HOUR, MINUTE, startBotBehindTeams, unsigned, type BotBehindTeams } from './botBehindTeams';

let teams: BotBehindTeams;

beforeEach(async () => {
  teams = await startBotBehindTeams();
});

afterEach(() => teams.close());

async function statusWithGoodToken(): Promise<number> {
  return (await teams.postWith(await teams.token())).status;
}

const answers =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
const elsewhere = answers(302, '', { location: 'http://169.254.169.254/latest/' });
const metadataThatSays = (jwks_uri: unknown) => answers(200, JSON.stringify({ jwks_uri }));
const keysThatAre = (keys: unknown) => answers(200, JSON.stringify({ keys }));

/** What the channel service may answer that is of no use. */
const garbage: [string, object][] = [
  ['the metadata is a fault', { metadata: answers(500, '') }],
  ['the metadata is a page', { metadata: answers(200, '<html>Sign in</html>') }],
  ['the metadata is nothing', { metadata: answers(200, '') }],
  ['the metadata is elsewhere', { metadata: elsewhere }],
  ['the metadata names no keys', { metadata: metadataThatSays(undefined) }],
  ['the metadata names keys on http', { metadata: metadataThatSays('http://169.254.169.254/keys') }],
  ['the keys are a fault', { keys: answers(503, '') }],
  ['the keys are none', { keys: keysThatAre([]) }],
  ['the keys are too short', { keys: keysThatAre([{ kty: 'RSA', kid: 'good', n: 'AQAB', e: 'AQAB' }]) }],
  ['the keys are of another kind', { keys: keysThatAre([{ kty: 'oct', kid: 'good', k: 'AQAB' }]) }],
  ['the keys are elsewhere', { keys: elsewhere }],
  ['the connection breaks', { metadata: ({ socket }: { socket: { destroy(): void } }) => socket.destroy() }],
];

describe('the channel’s keys', () => {
  it('are fetched once for 50 requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, statusWithGoodToken));
    expect(answers).toEqual(Array(50).fill(200));
    expect(teams.state.turns).toBe(50);
    expect(teams.channel.fetches).toEqual({ metadata: 1, keys: 1 });
  });

  it('are fetched once for 50 requests at the moment when they expire', async () => {
    await statusWithGoodToken();
    teams.state.clock += 24 * HOUR;
    const answers = await Promise.all(Array.from({ length: 50 }, statusWithGoodToken));
    expect(answers).toEqual(Array(50).fill(200));
    expect(teams.channel.fetches).toEqual({ metadata: 2, keys: 2 });
  });

  it('are fetched again after a day', async () => {
    await statusWithGoodToken();
    teams.state.clock += 24 * HOUR;
    expect(await statusWithGoodToken()).toBe(200);
    expect(teams.channel.fetches).toEqual({ metadata: 2, keys: 2 });
  });

  it('go on being used for a day when the metadata is out of reach, and no longer', async () => {
    await statusWithGoodToken();
    await teams.channel.close();
    teams.state.clock += 47 * HOUR;
    expect(await statusWithGoodToken()).toBe(200);
    expect(teams.bot.logged.join()).toContain('signing keys');
    teams.state.clock += HOUR;
    expect(await teams.postWith(await teams.token())).toEqual({ status: 503, text: '' });
    expect(teams.state.turns).toBe(2);
  });

  it.each(garbage)('go on being used when %s', async (_what, answers) => {
    await statusWithGoodToken();
    Object.assign(teams.channel.script, answers);
    teams.state.clock += 24 * HOUR;
    expect(await Promise.all(Array.from({ length: 5 }, statusWithGoodToken))).toEqual(Array(5).fill(200));
    expect(teams.channel.fetches.metadata).toBe(2);
    expect(await statusWithGoodToken()).toBe(200);
    expect(teams.channel.fetches.metadata).toBe(2);
    Object.assign(teams.channel.script, { metadata: undefined, keys: undefined });
    teams.state.clock += 5 * MINUTE;
    expect(await statusWithGoodToken()).toBe(200);
    expect(teams.channel.fetches.metadata).toBe(3);
  });

  it.each(garbage)('can’t be had when %s: nobody is let in, until they can', async (_what, answers) => {
    Object.assign(teams.channel.script, answers);
    expect(await teams.postWith(await teams.token())).toEqual({ status: 503, text: '' });
    expect(teams.state.turns).toBe(0);
    Object.assign(teams.channel.script, { metadata: undefined, keys: undefined });
    expect(await statusWithGoodToken()).toBe(200);
  });

  it('are not waited for longer than the deadline when nobody answers, and asked for again in 5 minutes', async () => {
    let now = 0;
    const stale: unknown[] = [];
    const onStale = (cause: unknown) => void stale.push(cause);
    const keys = new ChannelKeys(teams.channel.metadataUrl, { now: () => now, onStale, fetchMs: 200 });
    const hangs = () => {};
    teams.channel.script.metadata = hangs;
    await expect(keys.find('good')).rejects.toMatchObject({ cause: { name: 'TimeoutError' } });
    teams.channel.script.metadata = undefined;
    expect(await keys.find('good')).toBeDefined();
    teams.channel.script.keys = hangs;
    now += 24 * HOUR * 1_000;
    const found = await Promise.all(Array.from({ length: 50 }, () => keys.find('good')));
    expect(found.every((key) => key !== undefined)).toBe(true);
    expect(await keys.find('good')).toBeDefined();
    expect(stale).toMatchObject([{ name: 'TimeoutError' }]);
    expect(teams.channel.fetches).toEqual({ metadata: 3, keys: 2 });
  });

  it('are fetched again for an unknown key id, but once in 5 minutes at most', async () => {
    await statusWithGoodToken();
    const fresh = await teams.channel.publish('fresh', ['msteams']);
    const statusWithFreshKey = async () =>
      (await teams.postWith(await teams.token({}, { kid: 'fresh' }, fresh))).status;
    expect(await statusWithFreshKey()).toBe(401);
    expect(teams.channel.fetches.keys).toBe(1);
    teams.state.clock += 5 * MINUTE;
    expect(await Promise.all(Array.from({ length: 10 }, statusWithFreshKey))).toEqual(Array(10).fill(200));
    expect(teams.channel.fetches.keys).toBe(2);
  });

  it('are waited for by all who ask while they are fetched', async () => {
    let now = 0;
    const keys = new ChannelKeys(teams.channel.metadataUrl, { now: () => now });
    await keys.find('good');
    await teams.channel.publish('fresh', ['msteams']);
    now += 5 * MINUTE * 1_000;
    const found = await Promise.all([keys.find('fresh'), keys.find('fresh'), keys.find('nobody')]);
    expect(found.map((key) => key?.endorsements)).toEqual([['msteams'], ['msteams'], undefined]);
    expect(teams.channel.fetches.keys).toBe(2);
  });

  it('are not fetched for a request that fails without them', async () => {
    await teams.bot.post(activity());
    await teams.postWith(unsigned({ alg: 'none', kid: 'good' }, teams.claims()));
    await teams.postWith(await teams.token(), activity({ channelId: 'webchat' }));
    expect(teams.channel.fetches).toEqual({ metadata: 0, keys: 0 });
  });
});

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

describe('the channel’s keys', () => {
  it('are fetched once for 50 requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, statusWithGoodToken));
    expect(answers).toEqual(Array(50).fill(200));
    expect(teams.state.turns).toBe(50);
    expect(teams.channel.fetches).toEqual({ metadata: 1, keys: 1 });
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
    expect(await teams.postWith(await teams.token())).toEqual({ status: 500, text: '' });
    expect(teams.state.turns).toBe(2);
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

import * as jose from 'jose';
import {
  activity,
  MINUTE,
  NOON,
  OTHER_TENANT,
  SERVICE_URL,
  startBotBehindTeams,
  TENANT,
  unsigned,
  type BotBehindTeams,
} from './botBehindTeams';

let teams: BotBehindTeams;

beforeEach(async () => {
  teams = await startBotBehindTeams();
});

afterEach(() => teams.close());

async function privateKey(algorithm: string) {
  return (await jose.generateKeyPair(algorithm)).privateKey;
}

describe('a token', () => {
  it('of the channel for this bot lets a turn run', async () => {
    expect(await teams.postWith(await teams.token())).toEqual({ status: 200, text: '' });
    expect(teams.state.turns).toBe(1);
  });

  it.each<[string, object]>([
    ['another audience', { aud: OTHER_TENANT }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'https://sts.windows.net/' }],
    ['another serviceUrl', { serviceurl: 'https://smba.trafficmanager.net/amer/' }],
    ['no serviceUrl', { serviceurl: undefined }],
    ['no expiry', { exp: undefined }],
    ['an expiry 6 minutes ago', { exp: NOON - 6 * MINUTE }],
    ['a start in 6 minutes', { nbf: NOON + 6 * MINUTE }],
  ])('with %s is refused', async (_what, changes) => {
    teams.expectRefused(await teams.postWith(await teams.token(changes)), 401);
  });

  it.each<[string, object]>([
    ['expired 4 minutes ago', { exp: NOON - 4 * MINUTE }],
    ['starts in 4 minutes', { nbf: NOON + 4 * MINUTE }],
  ])('that %s is within the tolerance', async (_what, changes) => {
    expect((await teams.postWith(await teams.token(changes))).status).toBe(200);
  });

  it('signed with a key that is not endorsed for Teams is refused', async () => {
    const webchat = await teams.channel.publish('webchat', ['webchat']);
    const bare = await teams.channel.publish('bare');
    teams.expectRefused(await teams.postWith(await teams.token({}, { kid: 'webchat' }, webchat)), 401);
    teams.expectRefused(await teams.postWith(await teams.token({}, { kid: 'bare' }, bare)), 401);
  });

  it('signed with a key that is not the channel’s is refused', async () => {
    const foreign = await privateKey('RS256');
    for (const kid of ['good', 'unknown', undefined]) {
      teams.expectRefused(await teams.postWith(await teams.token({}, { kid }, foreign)), 401);
    }
  });

  it('of another algorithm is refused', async () => {
    const secret = new TextEncoder().encode('a secret that is long enough for HS256');
    const pss = await privateKey('PS256');
    for (const token of [
      unsigned({ alg: 'none', kid: 'good' }, teams.claims()),
      unsigned({ alg: 'RS256', kid: 'good' }, teams.claims()),
      await teams.token({}, { alg: 'HS256' }, secret),
      await teams.token({}, { alg: 'PS256' }, pss),
    ]) {
      teams.expectRefused(await teams.postWith(token), 401);
    }
  });

  it('that is missing or garbage is refused', async () => {
    const good = await teams.token();
    teams.expectRefused(await teams.bot.post(activity()), 401);
    for (const authorization of [
      '',
      'Bearer',
      'Bearer x',
      'Bearer a.b.c',
      'Bearer e30.e30.e30',
      // As long as a header may be.
      `Bearer ${'a.'.repeat(7_500)}`,
      `Basic ${good}`,
      good,
    ]) {
      teams.expectRefused(await teams.bot.post(activity(), { authorization }), 401);
    }
    for (const header of [
      [],
      null,
      1,
      { alg: 'RS256', kid: 7 },
      { alg: 'RS256', kid: 'good', crit: ['x'] },
    ]) {
      teams.expectRefused(await teams.postWith(unsigned(header, teams.claims())), 401);
    }
  });

  it('never gets into the log', async () => {
    const token = await teams.token({ aud: OTHER_TENANT });
    await teams.postWith(token);
    expect(teams.bot.logged.join()).toContain('request refused');
    expect(teams.bot.logged.join()).not.toContain(token.slice(-20));
  });
});

describe('with a good token, an activity', () => {
  it.each<[string, object]>([
    ['without a type', { type: undefined }],
    ['of another channel', { channelId: 'webchat' }],
    ['without a channel', { channelId: '' }],
    ['without a tenant', { channelData: undefined, conversation: { id: 'chat' } }],
    [
      'of a tenant off the list',
      { channelData: { tenant: { id: OTHER_TENANT } }, conversation: { id: 'chat' } },
    ],
    ['of two tenants', { conversation: { id: 'chat', tenantId: OTHER_TENANT } }],
    ['of a conversation whose id fits no header', { conversation: { id: 'ch\u0101t' } }],
    ['with something else for a tenant', { channelData: { tenant: { id: { toString: 'x' } } } }],
  ])('%s is refused', async (_what, changes) => {
    teams.expectRefused(await teams.postWith(await teams.token(), activity(changes)), 403);
  });

  it.each<[string, unknown]>([
    ['missing', undefined],
    ['empty', ''],
    ['no text', { href: SERVICE_URL }],
    ['foreign', 'https://evil.example/emea/'],
    ['of a host that only begins like Teams', 'https://smba.trafficmanager.net.evil.example/'],
    ['with Teams for a user name', 'https://smba.trafficmanager.net@evil.example/'],
    ['on another port', 'https://smba.trafficmanager.net:8443/'],
    ['http', 'http://smba.trafficmanager.net/emea/'],
    ['a metadata service', 'http://169.254.169.254/latest/meta-data/'],
    ['a metadata service by https', 'https://169.254.169.254/metadata/instance/'],
    ['a metadata service in one number', 'http://2852039166/'],
    ['a metadata service in hex', 'http://0xA9FEA9FE/'],
    ['a metadata service in octal', 'http://0251.0376.0251.0376/'],
    ['a metadata service as IPv6', 'https://[::ffff:169.254.169.254]/'],
    ['a metadata service of IPv6', 'http://[fd00:ec2::254]/'],
    ['a metadata service by name', 'http://metadata.google.internal/'],
    ['the wire server', 'http://168.63.129.16/'],
    ['a file', 'file:///etc/passwd'],
    ['loopback by https', 'https://localhost/'],
    ['loopback as IPv6', 'http://[::1]/'],
    ['no URL', 'smba.trafficmanager.net'],
    ['loopback', 'http://127.0.0.1:9/'],
    ['with a query', `${SERVICE_URL}?to=evil`],
  ])('whose serviceUrl is %s is refused', async (_what, serviceUrl) => {
    const token = await teams.token({ serviceurl: serviceUrl });
    teams.expectRefused(await teams.postWith(token, activity({ serviceUrl })), 403);
  });

  it.each<[string, object]>([
    ['the conversation alone', { channelData: undefined }],
    ['the channel data alone', { conversation: { id: 'chat' } }],
    ['both, in whatever case', { channelData: { tenant: { id: TENANT.toUpperCase() } } }],
  ])('of an allowed tenant, named in %s, is let in', async (_where, changes) => {
    expect((await teams.postWith(await teams.token(), activity(changes))).status).toBe(200);
    expect(teams.state.turns).toBe(1);
  });
});

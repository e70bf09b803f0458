import type { TeamsConfig } from '../../bot/config';
import * as jose from 'jose';
import { ISSUER, startChannelService } from './channelService';
import { watchConnections } from './connections';
import { startBot } from './runningBot';

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const NOON = Date.UTC(2025, 5, 2, 12) / 1_000;
export const APP = '11111111-1111-4111-8111-111111111111';
export const TENANT = '22222222-2222-4222-8222-222222222222';
export const OTHER_TENANT = '33333333-3333-4333-8333-333333333333';
export const SERVICE_URL = 'https://smba.trafficmanager.net/emea/';

/** The bot in teams mode, with a channel service to check tokens against; it is noon until `clock` is moved. */
export async function startBotBehindTeams() {
  const connections = watchConnections();
  const channel = await startChannelService();
  const key = await channel.publish('good', ['webchat', 'msteams']);
  const state = { clock: NOON, turns: 0 };
  const bot = await startBot({
    config: configFor(channel.metadataUrl),
    now: () => state.clock * 1_000,
    logic: async () => {
      state.turns += 1;
    },
  });

  /** Where the bot has connected to: the requests of the test itself are not counted. */
  const outgoing = () => connections.opened().filter((target) => target !== new URL(bot.url).host);

  /** What a good token says, but for the changes. */
  function claims(changes: object = {}) {
    const { clock } = state;
    return {
      iss: ISSUER,
      aud: APP,
      serviceurl: SERVICE_URL,
      nbf: clock - MINUTE,
      exp: clock + HOUR,
      ...changes,
    };
  }

  /** A signed token: a good one, but for what is changed. */
  function token(changes: object = {}, header: object = {}, signingKey: jose.CryptoKey | Uint8Array = key) {
    return new jose.SignJWT(claims(changes))
      .setProtectedHeader({ alg: 'RS256', kid: 'good', ...header })
      .sign(signingKey);
  }

  return {
    channel,
    bot,
    state,
    claims,
    token,
    /** Posts an activity (or other body) with this token. */
    postWith: (bearer: string, body: unknown = activity()) =>
      bot.post(body, { authorization: `Bearer ${bearer}` }),
    outgoing,
    /**
     * The answer has this status and no body, no turn has run, and the bot has spoken to nobody: about a token (401)
     * to the channel service at most.
     */
    expectRefused(answer: { status: number; text: string }, status: number) {
      expect(answer).toEqual({ status, text: '' });
      expect(state.turns).toBe(0);
      const allowed = status === 401 ? [new URL(channel.metadataUrl).host] : [];
      expect(outgoing().filter((target) => !allowed.includes(target))).toEqual([]);
    },
    async close() {
      await bot.close();
      await channel.close();
      connections.stop();
    },
  };
}

export type BotBehindTeams = Awaited<ReturnType<typeof startBotBehindTeams>>;

/** A message from Teams, but for the changes. */
export function activity(changes: object = {}) {
  return {
    type: 'message',
    id: '1',
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    text: 'hello',
    from: { id: 'user' },
    recipient: { id: 'bot' },
    conversation: { id: 'chat', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    ...changes,
  };
}

/** A token that nobody signed. */
export function unsigned(header: unknown, payload: object): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(payload)}.`;
}

function configFor(openIdMetadata: string): TeamsConfig {
  return {
    mode: 'teams',
    port: 0,
    logLevel: 'silent',
    app: { type: 'SingleTenant', id: APP, password: 'secret', tenantId: TENANT },
    channel: { openIdMetadata, issuer: ISSUER },
    allowedTenants: [TENANT],
    allowedServiceUrls: ['https://smba.trafficmanager.net/'],
    storage: { connectionString: 'UseDevelopmentStorage=true' },
    mail: { smtpUrl: 'smtp://127.0.0.1', from: 'noreply@contoso.com' },
    keyEncryption: { keys: [] },
    graph: { url: 'https://graph.microsoft.com', syncedTenants: [] },
    files: { hosts: ['sharepoint.com'], isLoopbackAllowed: false },
    accountAdmins: [],
    partnerLinks: { membershipCenter: 'https://partner.example/', program: 'https://partner.example/' },
  };
}

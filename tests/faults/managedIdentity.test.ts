import { randomUUID } from 'node:crypto';
import * as jose from 'jose';
import { json } from '../bot/botWithConnector';
import { ISSUER, startChannelService } from '../bot/channelService';
import { type Azurite, startAzurite } from '../parts/azurite';
import { runBuilt, startBuilt } from '../parts/built';
import { type IdentityEndpoint, startIdentityEndpoint } from '../parts/identityEndpoint';
import { CERTIFICATE, onSecureLoopback } from '../parts/secureLoopback';
import { ENCRYPTION_KEYS, leaks } from '../parts/secrets';
import { startStorageByToken } from '../parts/storageByToken';

jest.setTimeout(180_000); // a process that starts on a busy machine

const APP = randomUUID();
const TENANT = randomUUID();
const SAMPLE = 'samples/contoso.json';
const STORAGE = 'https://storage.azure.com';
const TEAMS = 'https://api.botframework.com';

let azurite: Azurite;
let channel: Awaited<ReturnType<typeof startChannelService>>;
let endpoint: IdentityEndpoint;
let storage: Awaited<ReturnType<typeof startStorageByToken>>;
let teams: Awaited<ReturnType<typeof onSecureLoopback>>;
/** With which right each message came to Teams. */
let sentWith: (string | undefined)[];

beforeEach(async () => {
  sentWith = [];
  [azurite, channel, endpoint] = await Promise.all([
    startAzurite(),
    startChannelService(),
    startIdentityEndpoint(APP),
  ]);
  storage = await startStorageByToken(azurite, () => endpoint.tokenFor(STORAGE));
  teams = await onSecureLoopback((request, response) => {
    sentWith.push(request.headers.authorization);
    request.resume();
    json(response, 201, { id: '1' });
  });
});
afterEach(async () => {
  await Promise.all([teams.close(), storage.close(), endpoint.close(), channel.close()]);
  await azurite.stop();
});

/** The settings of a bot that has a managed identity and nothing else to sign in with. */
const settings = () => ({
  ...endpoint.env,
  NODE_EXTRA_CA_CERTS: CERTIFICATE,
  PORT: '0',
  LOG_LEVEL: 'trace',
  MicrosoftAppType: 'UserAssignedMSI',
  MicrosoftAppId: APP,
  MicrosoftAppTenantId: TENANT,
  ALLOWED_TENANTS: TENANT,
  ALLOWED_SERVICE_URLS: teams.url,
  CHANNEL_OPENID_METADATA: channel.metadataUrl,
  STORAGE_ACCOUNT_URL: `${storage.url}/`, // with the slash, as Azure gives it
  SMTP_URL: 'smtp://127.0.0.1:9',
  MAIL_FROM: 'bot@contoso.com',
  KEY_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
});

/** Somebody says help, and gets a message. */
async function saysHelp(url: string): Promise<number> {
  const key = await channel.publish('good', ['msteams']);
  const now = Math.floor(Date.now() / 1_000);
  const claims = { iss: ISSUER, aud: APP, serviceurl: `${teams.url}/`, nbf: now - 60, exp: now + 3_600 };
  const token = await new jose.SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'good' }).sign(key);
  const response = await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      type: 'message',
      id: randomUUID(),
      text: 'help',
      channelId: 'msteams',
      serviceUrl: `${teams.url}/`,
      from: { id: '29:x', aadObjectId: randomUUID() },
      recipient: { id: '28:bot' },
      conversation: { id: `a:${randomUUID()}`, conversationType: 'personal', tenantId: TENANT },
      channelData: { tenant: { id: TENANT } },
    }),
  });
  return response.status;
}

it('signs in to storage and to Teams as the identity, bot and operator, and asks for each token once', async () => {
  const loaded = await runBuilt('scripts/admin.js', ['import', '--tenant', TENANT, SAMPLE], settings());
  expect(loaded).toMatchObject({ exitCode: 0, err: '' });
  expect(endpoint.asked.splice(0)).toEqual([STORAGE]);

  const bot = startBuilt('bot/main.js', [], settings());
  const [, port] = await bot.prints(/"port":(\d+),.*"msg":"ready"/);
  const url = `http://127.0.0.1:${port}`;
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const answers = await Promise.all(Array.from({ length: 8 }, () => saysHelp(url)));
  bot.sends('SIGTERM');
  const { exitCode, out, err } = await bot.ended;

  expect(exitCode).toBe(0);
  expect(answers).toEqual(Array(8).fill(200));
  expect(sentWith.length).toBeGreaterThanOrEqual(8);
  expect(new Set(sentWith)).toEqual(new Set([`Bearer ${endpoint.tokenFor(TEAMS)}`]));
  expect(storage.requests).toEqual({ letIn: expect.any(Number), refused: 0 });
  expect(endpoint.asked).toEqual([STORAGE, TEAMS]);
  const secrets = [endpoint.tokenFor(STORAGE), endpoint.tokenFor(TEAMS), endpoint.env.IDENTITY_HEADER];
  expect(leaks([out, err], secrets)).toEqual([]);
});

it('says that it can’t start when the endpoint never answers', async () => {
  endpoint.script.instead = () => {};
  const bot = startBuilt('bot/main.js', [], settings());
  const { exitCode, err } = await bot.ended;
  expect(exitCode).toBe(1);
  expect(err).toContain('the tables cannot be reached');
});

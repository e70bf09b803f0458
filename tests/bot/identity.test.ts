import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { ClaimsIdentity } from 'botframework-connector';
import { type Config, readConfig } from '../../bot/config';
import { identity } from '../../bot/identity';
import { createLog } from '../../bot/log';
import { ledgerDomain } from '../../bot/ports';
import { openAccount } from '../../bot/storageAccount';
import { TeamsAdapter } from '../../bot/teamsAdapter';
import { runInScope, turnScope } from '../../bot/turnScope';
import { Tables } from '../../storage/tables';
import { type IdentityEndpoint, startIdentityEndpoint } from '../parts/identityEndpoint';
import { ENCRYPTION_KEYS } from '../parts/secrets';
import { json } from './botWithConnector';

const clientId = randomUUID();
/** Requests that the endpoint leaves without an answer. */
let unanswered: ServerResponse[] = [];

// One for all tests: the library looks for it once in a process, and keeps its tokens as long.
let endpoint: IdentityEndpoint;
beforeAll(async () => {
  endpoint = await startIdentityEndpoint(clientId);
  Object.assign(process.env, endpoint.env);
});
beforeEach(() => {
  unanswered = [];
  endpoint.script.instead = undefined;
});
afterAll(() => endpoint.close());

/** Something that no token was fetched for yet. */
const newResource = () => `https://${randomUUID()}.example`;

/** Ends what hangs at once: a broken connection would be tried again for seconds. */
const refuse = () => unanswered.forEach((response) => json(response, 400, {}));
const hang = () => (endpoint.script.instead = (response) => void unanswered.push(response));

/** The settings of a bot whose storage nobody ever gets to. */
function config(): Config {
  return readConfig({
    MicrosoftAppType: 'UserAssignedMSI',
    MicrosoftAppId: clientId,
    MicrosoftAppTenantId: randomUUID(),
    ALLOWED_TENANTS: randomUUID(),
    STORAGE_ACCOUNT_URL: 'https://127.0.0.1:9/account',
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'bot@contoso.com',
    KEY_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
  });
}

describe('a managed identity', () => {
  it('fetches one token for all who ask at once, and one for each resource', async () => {
    const own = identity(clientId);
    const [one, other] = [newResource(), newResource()];
    const resources = [one, one, other, one, other];
    const tokens = await Promise.all(resources.map((each) => own.getToken(`${each}/.default`)));
    expect(tokens.map((token) => token?.token)).toEqual(resources.map(endpoint.tokenFor));
    expect(endpoint.asked).toEqual([one, other]);
  });

  it('gives up on an endpoint that never answers, leaves nothing behind, and comes again', async () => {
    const own = identity(clientId);
    const resource = newResource();
    hang();
    await expect(own.getToken(`${resource}/.default`)).rejects.toMatchObject({
      name: 'CredentialUnavailableError',
    });
    expect(unanswered).toHaveLength(1);
    if (!unanswered[0]?.destroyed) await once(unanswered[0]!, 'close');
    endpoint.script.instead = undefined;
    expect(await own.getToken(`${resource}/.default`)).toMatchObject({ token: endpoint.tokenFor(resource) });
  });
});

// The endpoint is given up after 3 s: more than these tests have.
describe('while no token comes', () => {
  it('a request to storage ends with its own turn, whoever asked for the token first', async () => {
    hang();
    const tables = new Tables(openAccount(config().storage), turnScope, ledgerDomain);
    const first = runInScope(60_000, () => tables.ping()).catch((error: unknown) => error);
    await expect(runInScope(50, () => tables.ping())).rejects.toMatchObject({ name: 'TimeoutError' });
    refuse();
    await first;
  }, 2_500);

  it('a message to Teams costs the turn no more than its time', async () => {
    hang();
    const adapter = new TeamsAdapter(config(), createLog('silent'));
    const claimsIdentity = new ClaimsIdentity([{ type: 'aud', value: clientId }], true);
    const activity = {
      type: 'message',
      channelId: 'msteams',
      serviceUrl: 'https://127.0.0.1:9/',
      conversation: { id: 'chat' },
      recipient: { id: 'bot' },
    };
    const failures: unknown[] = [];
    await runInScope(50, () =>
      adapter.run({ claimsIdentity }, activity as never, async (context) => {
        failures.push(await context.sendActivity('hi').catch((error: unknown) => error));
      }),
    );
    expect(failures).toMatchObject([
      { code: 'Timeout', message: expect.stringContaining('sign-in service') },
    ]);
    refuse();
  }, 2_500);
});

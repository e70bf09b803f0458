import * as jose from 'jose';
import type { Chatter } from '../parts/chatter';
import { leaks, rowsAsText, secretsOf } from '../parts/secrets';
import { signature } from '../parts/signature';
import { startTeamsBot, type TeamsBot } from './teamsBot';

jest.setTimeout(180_000); // a process that starts on a busy machine

let teams: TeamsBot;
let admin: Chatter;
/** Tokens that were sent: nobody may find them either. */
const tokens: string[] = [];

beforeAll(async () => {
  teams = await startTeamsBot();
  admin = teams.person('Adele Vance');
});
afterAll(() => teams.close());

const hostOf = (text: string) => /https?:\/\/([^/;]+)/.exec(text)?.[1];
const linesOf = (msg: string) => teams.bot.logged.filter((line) => line.msg === msg);

/** Presses from Help to this product's keys. */
async function getsKeys(product: string): Promise<string> {
  admin = teams.person('Adele Vance');
  await admin.clicks('Help');
  await admin.clicks('Get keys');
  await admin.clicks(product);
  return (await admin.clicks('Show the keys')).text;
}

const aMessage = (changes: object = {}) => ({
  type: 'message',
  id: '1',
  text: 'my benefits',
  channelId: 'msteams',
  from: { id: '29:x', aadObjectId: teams.strangers },
  recipient: { id: '28:bot' },
  conversation: { id: 'a:1', conversationType: 'personal', tenantId: teams.tenantId },
  channelData: { tenant: { id: teams.tenantId } },
  ...changes,
});

/** Posts with this token; whoever finds it later has found a secret. */
async function postsWith(token: string, changes: object = {}) {
  tokens.push(token);
  return teams.posts(aMessage(changes), token);
}

function tells(changes: object, secret?: string) {
  const event = {
    benefitId: 'cloud-support-incidents',
    userEmail: 'alex.wilber@contoso.com',
    status: 'active',
  };
  const times = { occurredAt: new Date().toISOString() };
  const body = JSON.stringify({ tenantId: teams.tenantId, ...event, ...times, ...changes });
  const headers = { 'x-signature': signature(body, Math.floor(Date.now() / 1_000), secret) };
  return teams.bot.postTo('/api/activations', body, headers);
}

const refused = (status: number) => ({ status, text: '' });

describe('the bot in Teams', () => {
  it('refuses what does not hold, and speaks to nobody but its storage and the channel’s keys', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const foreign = (await jose.generateKeyPair('RS256')).privateKey;
    for (const [changes, key] of [
      [{ aud: teams.tenantId }],
      [{ iss: 'https://sts.windows.net/' }],
      [{ serviceurl: 'https://evil.example/' }],
      [{ exp: now - 360 }],
      [{ nbf: now + 360 }],
      [{}, foreign],
    ] as const)
      expect(await postsWith(await teams.token(changes, key))).toEqual(refused(401));
    expect(await postsWith('garbage')).toEqual(refused(401));
    const good = await teams.token();
    expect(await postsWith(good, { channelId: 'webchat' })).toEqual(refused(403));
    const tenant = { id: teams.strangers };
    expect(await postsWith(good, { conversation: { id: 'a:1' }, channelData: { tenant } })).toEqual(
      refused(403),
    );
    const metadata = JSON.stringify({ ...aMessage(), serviceUrl: 'http://169.254.169.254/' });
    const headers = { authorization: `Bearer ${good}` };
    expect(await teams.bot.postTo('/api/messages', metadata, headers)).toEqual(refused(403));
    const plain = { ...headers, 'content-type': 'text/plain' };
    expect(await teams.bot.postTo('/api/messages', metadata, plain)).toEqual(refused(415));

    await teams.bot.built.prints(/(request refused[^]*){11}/);
    expect(linesOf('turn')).toEqual([]);
    expect(teams.channel.fetches).toEqual({ metadata: 1, keys: 1 });
    const allowed = [teams.bot.storage.connectionString, teams.channel.metadataUrl].map(hostOf);
    expect(teams.connectedTo().sort()).toEqual(allowed.sort());
  });

  it('lets a good token in, all the way to a product key in the answer', async () => {
    expect(leaks([await getsKeys('Windows Server')], secretsOf(teams.file))).toHaveLength(2);
    admin.sees('Product keys: Windows Server 2025 Standard cores');
  });
});

describe('the webhook', () => {
  it('knows nobody of a tenant off the list, though it is loaded', async () => {
    expect(await tells({ tenantId: teams.strangers })).toEqual(refused(404));
    expect(await tells({ userEmail: 'nobody@contoso.com' })).toEqual(refused(404));
    await teams.bot.built.prints(/user unknown/);
    const outcomes = linesOf('activation').map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['refused: tenant is not on the list', 'refused: user unknown']);
  });
});

describe('when everything fails', () => {
  it('no secret is in a log line of any level, nor kept', async () => {
    const { storage, built } = teams.bot;
    // Closing the card: Teams and the sign-in service are out of reach.
    await admin.clicks('Done');
    await built.prints(/a task after the answer failed/);
    // The mail server refuses, and quotes the password.
    teams.mail.script.auth = 535;
    await admin.clicks('Help');
    await admin.clicks('Assign a benefit');
    await admin.clicks('Cloud support incidents');
    admin.fills('User', 'Alex Wilber');
    await admin.clicks('Next');
    admin.fills('Alternate e-mail', 'alex@fabrikam.com');
    await admin.clicks('Next');
    await admin.clicks('Assign user');
    await built.prints(/"channel":"email","outcome":"again"/);
    // Storage refuses, and breaks.
    for (const fate of ['isRefused', 'neverArrives'] as const) {
      storage.before = ({ isTransaction }) => (isTransaction ? fate : 'passes');
      expect(await getsKeys('SQL Server')).toContain('reference');
      storage.before = () => fate;
      expect((await fetch(`${teams.bot.url}/readyz`)).status).toBe(503);
      expect(await tells({})).toEqual(refused(503));
      storage.before = () => 'passes';
    }
    expect(await tells({}, 'another-secret-of-32-characters-!')).toEqual(refused(401));
    expect(await tells({})).toEqual({ status: 200, text: '{"status":"active"}' });
    await getsKeys('SQL Server');

    await teams.bot.ends();
    const log = `${built.printed.out}${built.printed.err}`;
    for (const happened of ['RestError', 'not ready', '"msg":"fault"', 'AUTH PLAIN 535', 'ClientAuthError'])
      expect(log).toContain(happened);
    const tables = await Promise.all(
      ['Ledger', 'BotState', 'Work'].map((table) => rowsAsText(table, undefined, teams.connectionString)),
    );
    for (const rows of tables) expect(rows).not.toEqual([]);
    expect(tables.join()).toContain('dialogStack');
    const [, account = ''] = /AccountKey=([^;]+)/.exec(teams.connectionString) ?? [];
    const secrets = [...secretsOf(teams.file), account, ...tokens.filter((token) => token !== 'garbage')];
    expect(leaks([log, ...tables.flat()], secrets)).toEqual([]);
    expect(log).not.toMatch(/SharedKey|Bearer|@(contoso|fabrikam)|Vance|Wilber/);
    expect(teams.connectedTo().filter((target) => !target?.startsWith('127.0.0.1:'))).toEqual([
      'login.microsoftonline.com:443',
    ]);
  });
});

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as jose from 'jose';
import { type CompanyFile, importCompany } from '../../benefits/importCompany';
import { readConfig } from '../../bot/config';
import { keyCiphers } from '../../bot/keyCiphers';
import { ledgerDomain, realPorts } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';
import { Tables } from '../../storage/tables';
import { ISSUER, startChannelService } from '../bot/channelService';
import { startMailServer } from '../notifications/mailServer';
import { startAzurite } from '../parts/azurite';
import { Chatter } from '../parts/chatter';
import { contoso } from '../parts/company';
import { BotProcess } from '../parts/fleet';
import { APP_PASSWORD, ENCRYPTION_KEYS, SECRET_SETTINGS, SMTP_PASSWORD } from '../parts/secrets';
import { few } from '../parts/situations';
import { Teams } from '../parts/teams';

const SERVICE_URL = 'https://smba.trafficmanager.net/emea/';
const APP = randomUUID();
const onlyLoopback = pathToFileURL(join(__dirname, 'onlyLoopback.mjs')).href;

/** What a card needs to be pressed for the first time: Teams isn't reached, so the bot sends none. */
const FIRST_CARD = {
  type: 'AdaptiveCard',
  actions: [{ type: 'Action.Execute', title: 'Help', verb: 'help', data: {} }],
};

/**
 * The built bot in teams mode, as a process with storage, a mail server and the channel service's keys on loopback.
 * It speaks to nobody else: Teams and the sign-in service are out of reach, so people press cards and get the next
 * one in the answer.
 */
export async function startTeamsBot() {
  const [tenantId, strangers] = [randomUUID(), randomUUID()];
  const objectIds = new Map(contoso.users.map(({ displayName }) => [displayName, randomUUID()]));
  const file: CompanyFile = {
    ...few(contoso),
    users: few(contoso).users.map((user) => ({ ...user, objectId: objectIds.get(user.displayName) })),
  };
  const [azurite, channel, mail, teams] = await Promise.all([
    startAzurite(),
    startChannelService(),
    startMailServer(),
    Teams.start(),
  ]);
  const key = await channel.publish('good', ['msteams']);
  const tables = new Tables({ connectionString: azurite.connectionString }, turnScope, ledgerDomain);
  await tables.create();
  const { keyEncryption } = readConfig({ BOT_MODE: 'local', KEY_ENCRYPTION_KEYS: ENCRYPTION_KEYS });
  const portsOf = (tenant: string) => realPorts(tables.ledger(tenant), keyCiphers(keyEncryption)(tenant));
  await importCompany(portsOf(tenantId), file, false);
  await importCompany(portsOf(strangers), file, false);
  const folder = await mkdtemp(join(tmpdir(), 'teams-bot-'));
  const bot = await BotProcess.start(azurite, folder, {
    ...SECRET_SETTINGS,
    BOT_MODE: 'teams',
    LOG_LEVEL: 'trace',
    MicrosoftAppId: APP,
    MicrosoftAppPassword: APP_PASSWORD,
    MicrosoftAppTenantId: tenantId,
    ALLOWED_TENANTS: tenantId,
    CHANNEL_OPENID_METADATA: channel.metadataUrl,
    SMTP_URL: `smtp://bot:${SMTP_PASSWORD}@127.0.0.1:${mail.port}`,
    MAIL_FROM: 'Partner Benefits <bot@contoso.com>',
    NODE_OPTIONS: `--import=${onlyLoopback}`,
  });

  /** A signed token: a good one, but for what is changed. */
  function token(changes: object = {}, signingKey: jose.CryptoKey = key): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: ISSUER, aud: APP, serviceurl: SERVICE_URL, nbf: now - 60, exp: now + 3_600 };
    return new jose.SignJWT({ ...claims, ...changes })
      .setProtectedHeader({ alg: 'RS256', kid: 'good' })
      .sign(signingKey);
  }

  const posts = async (activity: object, bearer?: string) =>
    bot.postTo('/api/messages', JSON.stringify({ ...activity, serviceUrl: SERVICE_URL }), {
      authorization: `Bearer ${bearer ?? (await token())}`,
    });

  return {
    bot,
    channel,
    mail,
    file,
    tenantId,
    /** A tenant that is loaded, and not on the list. */
    strangers,
    connectionString: azurite.connectionString,
    ledger: tables.ledger(tenantId),
    token,
    posts,
    /** Where the process has connected to, "host:port", each once. */
    connectedTo: () => [
      ...new Set([...bot.built.printed.err.matchAll(/^connects to (\S+)$/gm)].map(([, target]) => target)),
    ],
    /** Somebody of the company, with a card before them that has Help. */
    person(name: string): Chatter {
      const member = { id: `29:${randomUUID()}`, name, aadObjectId: objectIds.get(name) ?? randomUUID() };
      const person = new Chatter(member, tenantId, teams, { post: posts }, 'en-US');
      const card = { id: randomUUID(), activity: { attachments: [{ content: FIRST_CARD }] }, updates: 0 };
      teams.messagesOf(person.conversationId).push(card);
      return person;
    },
    async close(): Promise<void> {
      await bot.ends();
      await Promise.all([mail.close(), channel.close(), teams.close()]);
      await azurite.stop();
      await rm(folder, { recursive: true });
    },
  };
}

export type TeamsBot = Awaited<ReturnType<typeof startTeamsBot>>;

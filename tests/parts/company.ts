import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { odata } from '@azure/data-tables';
import { type ParsedMail, simpleParser } from 'mailparser';
import { checkLedger } from '../../benefits/checkLedger';
import type { Entra } from '../../benefits/directory';
import type { CompanyFile } from '../../benefits/importCompany';
import type { Ports, Work } from '../../benefits/ports';
import { activationWebhook } from '../../bot/activationWebhook';
import { readConfig } from '../../bot/config';
import { createBot } from '../../bot/createBot';
import { Uploads } from '../../bot/files/uploads';
import { createWorker } from '../../bot/createWorker';
import { keyCiphers } from '../../bot/keyCiphers';
import { createLog } from '../../bot/log';
import { ledgerDomain, realPorts } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';
import type { Patience } from '../../bot/typing';
import { realClock } from '../../notifications/clock';
import { parseCompanyFile } from '../../scripts/companyFile';
import type { CallScope } from '../../storage/callScope';
import { Tables } from '../../storage/tables';
import { startBot } from '../bot/runningBot';
import { type Bot, Chatter } from './chatter';
import { loadCompany, unloadCompany } from './load';
import { leaks, rowsAsText, SECRET_SETTINGS, secretsOf } from './secrets';
import { tableClient } from './tables';
import { type Member, memberCalled, Teams } from './teams';

export const contoso: CompanyFile = parseCompanyFile(
  readFileSync(join(__dirname, '../../samples/contoso.json'), 'utf8'),
);

export interface CompanyOptions {
  /** Changes the company that is loaded; null loads none. */
  readonly load?: ((file: CompanyFile) => CompanyFile) | null;
  readonly env?: Record<string, string>;
  /** Another storage for the bot than the run's Azurite. */
  readonly storage?: string;
  readonly scope?: CallScope;
  /** When the bot is seen typing: never, however slow the machine is. */
  readonly patience?: Patience;
  /** Whether what is in the outbox is sent, by a worker of the bot's. */
  readonly sends?: boolean;
  /** What its worker does at Entra ID; asked for when it begins to. */
  readonly entra?: () => Entra;
}

/** A company of its own in the run's Azurite, a bot, and the Teams that its people chat in. */
export async function openCompany({
  load = (file) => file,
  env = {},
  storage,
  scope = turnScope,
  patience = () => () => {},
  sends = false,
  entra = () => ({}),
}: CompanyOptions = {}) {
  const connectionString = process.env.TEST_STORAGE ?? '';
  const tenantId = randomUUID();
  const clock = { now: new Date() };
  const teams = await Teams.start();
  const tables = new Tables({ connectionString }, turnScope, ledgerDomain);
  await tables.create();
  const config = readConfig({
    BOT_MODE: 'local',
    PORT: '3978',
    ...SECRET_SETTINGS,
    ...env,
  });
  const cipherOf = keyCiphers(config.keyEncryption);
  const portsOf =
    (from: Tables) =>
    (tenant: string): Ports => ({
      ...realPorts(from.ledger(tenant), cipherOf(tenant)),
      now: () => clock.now,
    });
  const ports = portsOf(tables)(tenantId);
  const file = load?.(contoso);
  if (file) await loadCompany(ports, tenantId, cipherOf, file);

  const logged: string[] = [];
  const log = createLog('trace', { write: (line) => void logged.push(line) });
  const botTables = storage ? new Tables({ connectionString: storage }, scope, ledgerDomain) : tables;
  const { webhookSecret: secret } = config;
  const now = () => clock.now.getTime();
  const uploads = new Uploads(log);
  const start = () =>
    startBot({
      config: { ...config, port: 0 },
      logic: createBot(config, botTables, log, portsOf(botTables), { patience, uploads }),
      activations: secret
        ? activationWebhook({ secret, serves: () => true, portsOf: portsOf(botTables), now, log })
        : undefined,
      log,
    });
  let bot = await start();
  const others: (typeof bot)[] = [];
  const mailFolder = await mkdtemp(join(tmpdir(), 'mail-'));
  const workerClock = { ...realClock, now };
  const mailConfig = { ...config, mail: { folder: mailFolder, from: 'Partner Benefits <bot@contoso.com>' } };
  if (sends) onlyOf(tenantId, botTables.work);
  const worker = sends
    ? createWorker(mailConfig, botTables, bot.adapter, log, portsOf(botTables), {
        clock: workerClock,
        entraOf: entra,
      })
    : undefined;

  async function mails(): Promise<ParsedMail[]> {
    const names = (await readdir(mailFolder)).sort();
    return Promise.all(names.map(async (name) => simpleParser(await readFile(join(mailFolder, name)))));
  }

  /** All that is kept of the company besides its own rows, logged, or sent to anybody. */
  async function written(): Promise<unknown[]> {
    const chats = [...teams.conversations.keys()].map((id) => `msteams/conversations/${id}/`);
    const [states, work, sent] = await Promise.all([
      tables.botState.read(chats),
      rowsAsText('Work', odata`RowKey eq ${tenantId}`),
      mails(),
    ]);
    return [
      states,
      ...work,
      ...logged,
      ...teams.received,
      ...sent.map(({ subject, text, html }) => ({ subject, text, html })),
    ];
  }

  return {
    tenantId,
    clock,
    teams,
    ports,
    ledger: ports.ledger,
    logged,
    /** What was logged since this was last asked, at the bot's edge too. */
    logsAnew: (): string[] => [...logged.splice(0), ...bot.logged.splice(0)],
    /** Somebody in Teams, whom the company may or may not know. */
    person(
      name: string,
      about: Partial<Member> & {
        readonly locale?: string;
        readonly tenant?: string;
        readonly bot?: Bot;
      } = {},
    ): Chatter {
      const first: Bot = { post: (activity) => bot.post(activity) };
      const { locale = 'en-US', tenant = tenantId, bot: through = first, ...rest } = about;
      const member = memberCalled(name, tenant, rest);
      return new Chatter(member, tenant, teams, through, locale);
    },
    /** Posts to the bot from outside Teams. */
    posts: (path: string, body: string | ReadableStream, headers: Record<string, string> = {}) =>
      bot.postTo(path, body, headers),
    /** The rows of the company's partition whose keys start so, as they are stored. */
    async rows(prefix: string): Promise<Record<string, unknown>[]> {
      const table = tableClient('Ledger');
      const rows: Record<string, unknown>[] = [];
      for await (const row of table.listEntities<{ data: string }>({
        queryOptions: {
          filter: odata`PartitionKey eq ${tenantId} and RowKey ge ${prefix} and RowKey lt ${`${prefix}~`}`,
        },
      })) {
        rows.push({ rowKey: row.rowKey, ...JSON.parse(row.data) });
      }
      return rows;
    },
    /** What in its ledger breaks an invariant. */
    findings: () => checkLedger(tables, tenantId, clock.now),
    /** What the bot still does once its answers are out is done. */
    async settled(): Promise<void> {
      await Promise.all([bot, ...others].map((each) => each.idle()));
      await uploads.idle();
    },
    /** The files that are being made. */
    uploads,
    /** What is to be sent or done by now is sent or done. */
    async works(): Promise<void> {
      await bot.idle();
      await worker?.idle();
      await worker?.look();
    },
    worker,
    botState: tables.botState,
    /** The ledger of a process that dies after its commits: it tells nobody that there is something to do. */
    quietLedger: () => new Tables({ connectionString }, turnScope, ledgerDomain).ledger(tenantId),
    /** The e-mails that were written. */
    mails,
    written,
    /** One more bot beside the first, on the same tables. */
    async another(): Promise<Bot> {
      const other = await start();
      others.push(other);
      return other;
    },
    /** Another process takes over. */
    async restart(): Promise<void> {
      await bot.close();
      bot = await start();
    },
    minutesLater(minutes: number): void {
      clock.now = new Date(clock.now.getTime() + minutes * 60_000);
    },
    /** @throws when a secret of the settings, a product key or what opens a file stands in a row, a log line, a message or a mail */
    async close(): Promise<void> {
      await bot.idle();
      await uploads.close();
      await worker?.stop();
      await Promise.all([bot, ...others].map((each) => each.close()));
      await teams.close();
      const texts = [...(await unloadCompany(tenantId)), ...(await written())].map((each) =>
        JSON.stringify(each),
      );
      await rm(mailFolder, { recursive: true });
      expect(leaks(texts, [...secretsOf(file), ...teams.oneDrive.capabilities])).toEqual([]);
    },
  };
}

export type OpenCompany = Awaited<ReturnType<typeof openCompany>>;

/** Other tests leave work in the same Azurite, of companies whose Teams is gone: it isn't this worker's. */
function onlyOf(tenantId: string, work: Work): void {
  const [due, tenants] = [work.due.bind(work), work.tenants.bind(work)];
  work.due = async (now) => (await due(now)).filter((wanted) => wanted.tenantId === tenantId);
  work.tenants = async () => (await tenants()).filter((id) => id === tenantId);
}

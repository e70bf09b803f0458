import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { odata } from '@azure/data-tables';
import { type ParsedMail, simpleParser } from 'mailparser';
import pino from 'pino';
import { checkLedger } from '../../benefits/checkLedger';
import type { CompanyFile } from '../../benefits/importCompany';
import type { Ports, Work } from '../../benefits/ports';
import { activationWebhook } from '../../bot/activationWebhook';
import { readConfig } from '../../bot/config';
import { createBot } from '../../bot/createBot';
import { createWorker } from '../../bot/createWorker';
import { keyCiphers } from '../../bot/keyCiphers';
import { ledgerDomain, realPorts } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';
import { realClock } from '../../notifications/clock';
import { parseCompanyFile } from '../../scripts/companyFile';
import type { CallScope } from '../../storage/callScope';
import { Tables } from '../../storage/tables';
import { startBot } from '../bot/runningBot';
import { Chatter } from './chatter';
import { loadCompany, unloadCompany } from './load';
import { tableClient } from './tables';
import { type Member, Teams } from './teams';

export const contoso: CompanyFile = parseCompanyFile(
  readFileSync(join(__dirname, '../../samples/contoso.json'), 'utf8'),
);

/** What product keys are encrypted with in tests. */
export const ENCRYPTION_KEYS = `test:${Buffer.alloc(32, 't').toString('base64')}`;

export interface CompanyOptions {
  /** Changes the company that is loaded; null loads none. */
  readonly load?: ((file: CompanyFile) => CompanyFile) | null;
  readonly env?: Record<string, string>;
  /** Another storage for the bot than the run's Azurite. */
  readonly storage?: string;
  readonly scope?: CallScope;
  /** Whether what is in the outbox is sent, by a worker of the bot's. */
  readonly sends?: boolean;
}

/** A company of its own in the run's Azurite, a bot, and the Teams that its people chat in. */
export async function openCompany({
  load = (file) => file,
  env = {},
  storage,
  scope = turnScope,
  sends = false,
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
    KEY_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
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
  if (load) await loadCompany(ports, tenantId, cipherOf, load(contoso));

  const logged: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
  const botTables = storage ? new Tables({ connectionString: storage }, scope, ledgerDomain) : tables;
  const { webhookSecret: secret } = config;
  const now = () => clock.now.getTime();
  const start = () =>
    startBot({
      config: { ...config, port: 0 },
      logic: createBot(config, botTables, log, portsOf(botTables)),
      activations: secret ? activationWebhook({ secret, portsOf: portsOf(botTables), now, log }) : undefined,
    });
  let bot = await start();
  const mailFolder = await mkdtemp(join(tmpdir(), 'mail-'));
  const workerClock = { ...realClock, now };
  const mailConfig = { ...config, mail: { folder: mailFolder, from: 'Partner Benefits <bot@contoso.com>' } };
  if (sends) onlyOf(tenantId, botTables.work);
  const worker = sends
    ? createWorker(mailConfig, botTables, bot.adapter, log, portsOf(botTables), workerClock)
    : undefined;

  return {
    tenantId,
    clock,
    teams,
    ports,
    ledger: ports.ledger,
    logged,
    /** Somebody in Teams, whom the company may or may not know. */
    person(
      name: string,
      about: Partial<Member> & { readonly locale?: string; readonly tenant?: string } = {},
    ): Chatter {
      const { locale = 'en-US', tenant = tenantId, ...rest } = about;
      const email = `${name.toLowerCase().replace(/\s+/g, '.')}@contoso.com`;
      const member = {
        id: `29:${randomUUID()}`,
        name,
        aadObjectId: randomUUID(),
        email,
        userPrincipalName: email,
        tenantId: tenant,
        ...rest,
      };
      return new Chatter(member, tenant, teams, { post: (activity) => bot.post(activity) }, locale);
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
    settled: () => bot.idle(),
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
    async mails(): Promise<ParsedMail[]> {
      const names = await readdir(mailFolder);
      return Promise.all(
        names.sort().map(async (name) => simpleParser(await readFile(join(mailFolder, name)))),
      );
    },
    /** Another process takes over. */
    async restart(): Promise<void> {
      await bot.close();
      bot = await start();
    },
    minutesLater(minutes: number): void {
      clock.now = new Date(clock.now.getTime() + minutes * 60_000);
    },
    async close(): Promise<void> {
      await worker?.stop();
      await bot.close();
      await teams.close();
      await rm(mailFolder, { recursive: true });
      await unloadCompany(tenantId);
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

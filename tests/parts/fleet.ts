import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkLedger } from '../../benefits/checkLedger';
import { type CompanyFile, importCompany } from '../../benefits/importCompany';
import type { Ports } from '../../benefits/ports';
import { readConfig } from '../../bot/config';
import { keyCiphers } from '../../bot/keyCiphers';
import { ledgerDomain, realPorts } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';
import { Tables } from '../../storage/tables';
import { type Azurite, startAzurite } from './azurite';
import { type Built, startBuilt } from './built';
import { type Bot, Chatter, type Posted } from './chatter';
import { contoso } from './company';
import { ENCRYPTION_KEYS } from './secrets';
import { StorageProxy } from './storageProxy';
import { type Member, memberCalled, Teams } from './teams';

export interface FleetOptions {
  /** How many processes of the built bot. */
  readonly processes?: number;
  /** Changes the company that is loaded. */
  readonly load?: (file: CompanyFile) => CompanyFile;
  readonly env?: Record<string, string>;
}

/**
 * Several processes of the built bot, as they run side by side in a real deployment, with an Azurite of their own
 * (their workers look at all that is in it), each behind a proxy that can break its storage; one Teams; one company.
 */
export async function openFleet({ processes = 3, load = (file) => file, env = {} }: FleetOptions = {}) {
  const tenantId = randomUUID();
  const azurite = await startAzurite();
  const teams = await Teams.start();
  const folder = await mkdtemp(join(tmpdir(), 'fleet-'));
  const tables = new Tables({ connectionString: azurite.connectionString }, turnScope, ledgerDomain);
  await tables.create();
  const { keyEncryption } = readConfig({ BOT_MODE: 'local', KEY_ENCRYPTION_KEYS: ENCRYPTION_KEYS });
  const ports: Ports = realPorts(tables.ledger(tenantId), keyCiphers(keyEncryption)(tenantId));
  await importCompany(ports, load(contoso), false);
  await tables.work.register(tenantId); // as the operator's import does
  const started: BotProcess[] = [];
  const start = async (more: Record<string, string> = {}) => {
    const bot = await BotProcess.start(azurite, folder, { ...env, ...more });
    started.push(bot);
    return bot;
  };
  const bots = await Promise.all(Array.from({ length: processes }, () => start()));

  return {
    tenantId,
    teams,
    /** Straight to Azurite, past the proxies. */
    ports,
    ledger: ports.ledger,
    tables,
    /** What in the ledger breaks an invariant. */
    findings: () => checkLedger(tables, tenantId, new Date()),
    connectionString: azurite.connectionString,
    /** Where the processes write their e-mails: `.data/mail/*.eml`. */
    folder,
    bots,
    /** One more process, as after a restart; it may have other settings. */
    start,
    /** Somebody in Teams, whose activities go to the process that `bot` gives at the time. */
    person(name: string, bot: () => Bot, about: Partial<Member> = {}): Chatter {
      const member = memberCalled(name, tenantId, about);
      return new Chatter(member, tenantId, teams, { post: (activity) => bot().post(activity) }, 'en-US');
    },
    async close(): Promise<void> {
      await Promise.all(started.map((bot) => bot.ends()));
      await teams.close();
      await azurite.stop();
      await rm(folder, { recursive: true });
    },
  };
}

export type Fleet = Awaited<ReturnType<typeof openFleet>>;

/** One process of the built bot. */
export class BotProcess {
  private constructor(
    readonly built: Built,
    readonly url: string,
    readonly storage: StorageProxy,
  ) {}

  static async start(azurite: Azurite, folder: string, env: Record<string, string>): Promise<BotProcess> {
    const storage = await StorageProxy.to(azurite.connectionString);
    const settings = {
      BOT_MODE: 'local',
      PORT: '0',
      STORAGE_CONNECTION_STRING: storage.connectionString,
      KEY_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
      ...env,
    };
    const built = startBuilt('bot/main.js', [], settings, folder);
    const [, port] = await built.prints(/"port":(\d+),.*"msg":"ready"/);
    return new BotProcess(built, `http://127.0.0.1:${port}`, storage);
  }

  /** @returns status 0 when the process was gone before it answered */
  async post(activity: object): Promise<Posted> {
    return this.postTo('/api/messages', JSON.stringify(activity));
  }

  async postTo(path: string, body: string, headers: Record<string, string> = {}): Promise<Posted> {
    try {
      const response = await fetch(`${this.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      return { status: response.status, text: await response.text() };
    } catch {
      return { status: 0, text: '' };
    }
  }

  /** Its log, a record a line. */
  get logged(): Record<string, unknown>[] {
    const lines = this.built.printed.out.split('\n').filter((line) => line.startsWith('{'));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** kill -9: no word to anybody. */
  async dies(): Promise<void> {
    this.built.sends('SIGKILL');
    await this.built.ended;
  }

  /** Ends it as a deployment does, and waits. Does nothing when it has ended. */
  async ends(): Promise<void> {
    if (this.built.isRunning()) this.built.sends('SIGTERM');
    await this.built.ended;
    await this.storage.close();
  }
}

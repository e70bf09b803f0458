import { TableClient, type TableServiceClientOptions } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import type { LedgerContents } from '../benefits/ledgerContents';
import type { Ledger } from '../benefits/ports';
import type { CallScope } from './callScope';
import { EntityTable } from './entityTable';
import { httpClient } from './httpClient';
import { contentsOf } from './ledgerContents';
import { LedgerPartition } from './ledgerPartition';
import { Remembered } from './remembered';
import { sharedKeyPolicy } from './sharedKey';
import { TableBotState } from './tableBotState';
import { type LedgerDomain, TableLedger } from './tableLedger';
import { WorkTable } from './workTable';

/** Where the tables are: an account's connection string, or its address with an identity that may use it. */
export type StorageAccount = { readonly connectionString: string } | IdentityAccount;

export interface IdentityAccount {
  readonly url: string;
  readonly credential: TokenCredential;
  /** What each request goes through before it waits for its token. */
  readonly policies: NonNullable<TableServiceClientOptions['additionalPolicies']>;
}

/** The client's own retries, inside the turn's deadline. */
const RETRIES = { maxRetries: 2, retryDelayInMs: 100, maxRetryDelayInMs: 1_000 };

/** Everything that lasts. One of these serves a process. */
export class Tables {
  readonly botState: TableBotState;
  readonly work: WorkTable;
  /** Told when a commit left something to do unasked for a tenant. */
  onWork: (tenantId: string) => void = () => {};
  private readonly ledgerTable: EntityTable;
  private readonly tables: readonly EntityTable[];
  private readonly remembered = new Remembered();

  constructor(
    account: StorageAccount,
    scope: CallScope,
    private readonly domain: LedgerDomain,
  ) {
    const open = (name: string) => openTable(account, name, scope);
    const [ledger, botState, work] = [open('Ledger'), open('BotState'), open('Work')];
    this.tables = [ledger, botState, work];
    this.ledgerTable = ledger;
    this.botState = new TableBotState(botState);
    this.work = new WorkTable(work);
  }

  ledger(tenantId: string): Ledger {
    return new TableLedger(this.ledgerTable, tenantId, this.domain, this.remembered, () =>
      this.onWork(tenantId),
    );
  }

  /** All that stands in a tenant's partition, read page by page: for `checkLedger`. @param told hears how many rows are read */
  async contents(tenantId: string, told?: (rows: number) => void): Promise<LedgerContents> {
    const { conflict, fold } = this.domain;
    return contentsOf(await new LedgerPartition(this.ledgerTable, tenantId, conflict).raw(told), fold);
  }

  /** Makes the tables that are not there yet. */
  async create(): Promise<void> {
    await Promise.all(this.tables.map((table) => table.make()));
  }

  /** @throws what storage throws when it doesn't answer */
  async ping(): Promise<void> {
    await this.ledgerTable.pages({ filter: "PartitionKey eq ''", select: ['RowKey'], pageSize: 1 }).next();
  }
}

/** One table of the account, as the bot uses it. */
export const openTable = (account: StorageAccount, name: string, scope: CallScope): EntityTable =>
  new EntityTable(clientOf(account, name), scope);

function clientOf(account: StorageAccount, name: string): TableClient {
  const options: TableServiceClientOptions = { retryOptions: RETRIES, httpClient };
  if ('url' in account) {
    const { url, credential, policies: additionalPolicies } = account;
    return new TableClient(url, name, credential, { ...options, additionalPolicies });
  }
  const { connectionString } = account;
  const isPlainHttp = /(^|;)TableEndpoint=http:/i.test(connectionString);
  const client = TableClient.fromConnectionString(connectionString, name, {
    ...options,
    allowInsecureConnection: isPlainHttp, // Azurite
  });
  const policy = sharedKeyPolicy(connectionString);
  if (policy) {
    client.pipeline.removePolicy({ name: policy.name });
    client.pipeline.addPolicy(policy, { phase: 'Sign' });
  }
  return client;
}

import { TableClient, type TableServiceClientOptions } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import type { LedgerContents } from '../benefits/ledgerContents';
import type { Ledger } from '../benefits/ports';
import type { CallScope } from './callScope';
import { contentsOf } from './ledgerContents';
import { LedgerPartition } from './ledgerPartition';
import { Remembered } from './remembered';
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
  private readonly ledgerTable: TableClient;
  private readonly tables: readonly TableClient[];
  private readonly remembered = new Remembered();

  constructor(
    account: StorageAccount,
    private readonly scope: CallScope,
    private readonly domain: LedgerDomain,
  ) {
    this.ledgerTable = openTable(account, 'Ledger');
    const botState = openTable(account, 'BotState');
    const work = openTable(account, 'Work');
    this.tables = [this.ledgerTable, botState, work];
    this.botState = new TableBotState(botState, scope);
    this.work = new WorkTable(work, scope);
  }

  ledger(tenantId: string): Ledger {
    return new TableLedger(this.ledgerTable, tenantId, this.scope, this.domain, this.remembered, () =>
      this.onWork(tenantId),
    );
  }

  /** All that stands in a tenant's partition, read page by page: for `checkLedger`. @param told hears how many rows are read */
  async contents(tenantId: string, told?: (rows: number) => void): Promise<LedgerContents> {
    const { conflict, fold } = this.domain;
    return contentsOf(
      await new LedgerPartition(this.ledgerTable, tenantId, this.scope, conflict).raw(told),
      fold,
    );
  }

  /** Makes the tables that are not there yet. */
  async create(): Promise<void> {
    const options = () => ({ abortSignal: this.scope.signal() });
    await Promise.all(this.tables.map((table) => table.createTable(options())));
  }

  /** @throws what storage throws when it doesn't answer */
  async ping(): Promise<void> {
    const options = { queryOptions: { filter: "PartitionKey eq ''" }, abortSignal: this.scope.signal() };
    await this.ledgerTable.listEntities(options).byPage({ maxPageSize: 1 }).next();
  }
}

function openTable(account: StorageAccount, name: string): TableClient {
  const options: TableServiceClientOptions = { retryOptions: RETRIES };
  if ('url' in account) {
    const { url, credential, policies: additionalPolicies } = account;
    return new TableClient(url, name, credential, { ...options, additionalPolicies });
  }
  const isPlainHttp = /(^|;)TableEndpoint=http:/i.test(account.connectionString);
  return TableClient.fromConnectionString(account.connectionString, name, {
    ...options,
    allowInsecureConnection: isPlainHttp, // Azurite
  });
}

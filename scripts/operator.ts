import type { Directory } from '../benefits/directory';
import type { Ports } from '../benefits/ports';
import { ConfigError, readOperatorConfig } from '../bot/config';
import { graphDirectory } from '../bot/graph';
import { identity } from '../bot/identity';
import { keyCiphers } from '../bot/keyCiphers';
import { ledgerDomain, realPorts } from '../bot/ports';
import { openAccount } from '../bot/storageAccount';
import { turnScope } from '../bot/turnScope';
import { keyCipher } from '../storage/keyCipher';
import { Tables } from '../storage/tables';

/** It can't be done; the operator can mend it, so that its message is all that they are told. */
export class OperatorError extends Error {}

/** The command isn't written so. */
export class UsageError extends OperatorError {}

/** One company's tables, for a command of the operator's. */
export interface Tenant {
  readonly tenantId: string;
  readonly tables: Tables;
  readonly ports: Ports;
  /** The company's Entra ID. */
  directory(): Directory;
  /** Tells the running bots that there is something to do for this company. */
  announce(): Promise<void>;
}

/** @throws ConfigError when the settings don't say where the tables are */
export async function openTenant(id: string): Promise<Tenant> {
  const tenantId = id.toLowerCase();
  if (!/^[a-z0-9-]{1,64}$/.test(tenantId)) throw new UsageError(`${id} is not a tenant id`);
  const { storage, graph, keyEncryption } = readOperatorConfig();
  const tables = new Tables(openAccount(storage), turnScope, ledgerDomain);
  await tables.create();
  return {
    tenantId,
    tables,
    ports: realPorts(
      tables.ledger(tenantId),
      keyEncryption ? keyCiphers(keyEncryption)(tenantId) : keyCipher(tenantId, needsEncryptionKeys),
    ),
    directory: () =>
      graphDirectory(tenantId, { url: graph.url, credential: identity(graph.clientId), scope: turnScope }),
    async announce() {
      await tables.work.register(tenantId);
      await tables.work.want(tenantId, Date.now());
    },
  };
}

function needsEncryptionKeys(): never {
  throw new ConfigError([
    "KEY_ENCRYPTION_KEYS: is missing, put what the bot's own settings have there: it has to open what is sealed here",
  ]);
}

import { Tables } from '../storage/tables';
import { activationWebhook } from './activationWebhook';
import { isServed } from './activityChecks';
import { createAdmission } from './admission';
import { ConfigError, readConfig } from './config';
import { createBot } from './createBot';
import { createWorker } from './createWorker';
import { Uploads } from './files/uploads';
import { Intake } from './intake';
import { keyCiphers } from './keyCiphers';
import { createLog } from './log';
import { metricsPage } from './metricsPage';
import { ledgerDomain, realPorts } from './ports';
import { createServer, listen, PortError } from './server';
import { stopOnSignal } from './stop';
import { openAccount } from './storageAccount';
import { TeamsAdapter } from './teamsAdapter';
import { turnScope } from './turnScope';

/** The tables can't be reached at start. */
class StorageError extends Error {}

/** All the wiring: settings → storage → bot → server. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const tables = new Tables(openAccount(config.storage), turnScope, ledgerDomain);
  await tables.create().catch((cause: unknown) => {
    throw new StorageError(
      'check STORAGE_CONNECTION_STRING or STORAGE_ACCOUNT_URL: the tables cannot be reached',
      { cause },
    );
  });

  // Only who asks for it pays for it, with memory and time to start.
  const telemetry =
    config.telemetry && (await import('./openTelemetry.js')).startTelemetry(config.telemetry, log);
  const adapter = new TeamsAdapter(config, log);
  const cipherOf = keyCiphers(config.keyEncryption);
  const portsOf = (tenantId: string) => realPorts(tables.ledger(tenantId), cipherOf(tenantId));
  const worker = createWorker(config, tables, adapter, log, portsOf, { telemetry });
  const { webhookSecret: secret } = config;
  const intake = new Intake();
  const uploads = new Uploads(log);
  const serves = (tenantId: string) => isServed(tenantId, config);
  const server = createServer({
    intake,
    admission: createAdmission(config, { onStaleKeys: (err) => log.warn({ err }, 'signing keys are stale') }),
    adapter,
    logic: createBot(config, tables, log, portsOf, { onTurn: telemetry?.turn, uploads }),
    isReady: () => tables.ping().then(() => true),
    activations: secret ? activationWebhook({ secret, serves, portsOf, now: Date.now, log }) : undefined,
    metrics: telemetry && metricsPage(telemetry, config.telemetry?.metricsToken),
    telemetry,
    log,
  });
  const port = await listen(server, config);
  worker.start();
  log.info({ port, mode: config.mode }, 'ready');
  stopOnSignal({ intake, uploads, server, worker, telemetry, log });
}

main().catch((error: unknown) => {
  process.stderr.write(`The bot can't start:\n${whyNot(error)}\n`);
  process.exitCode = 1;
});

/** What can be mended is said in a line; the rest with its place. */
function whyNot(error: unknown): string {
  if (error instanceof ConfigError || error instanceof PortError) return error.message;
  if (error instanceof StorageError) return `${error.message}\n${String(error.cause)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

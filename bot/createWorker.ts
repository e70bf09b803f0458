import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Ports } from '../benefits/ports';
import { type Clock, realClock } from '../notifications/clock';
import { emlFolder, smtpChannel } from '../notifications/emailChannel';
import type { EmailChannel } from '../notifications/channel';
import { teamsChannel } from '../notifications/teamsChannel';
import { Worker } from '../notifications/worker';
import type { Tables } from '../storage/tables';
import type { Config } from './config';
import { entraFor } from './entra';
import type { MailConfig } from './mailSettings';
import type { TeamsAdapter } from './teamsAdapter';
import type { Telemetry } from './telemetry';
import { runInScope } from './turnScope';

/**
 * What the bot does unasked, in this instance; every commit that leaves something to do nudges it.
 * @param portsOf what use cases are handed, for one company
 * @param more.clock a test hands in its own, as `more.entraOf`
 */
export function createWorker(
  config: Config,
  tables: Tables,
  adapter: TeamsAdapter,
  log: Logger,
  portsOf: (tenantId: string) => Ports,
  {
    clock = realClock,
    telemetry,
    entraOf = entraFor(config.graph),
  }: {
    readonly clock?: Clock;
    readonly telemetry?: Telemetry;
    readonly entraOf?: ReturnType<typeof entraFor>;
  } = {},
): Worker {
  const appId = config.mode === 'teams' ? config.app.id : '';
  const onUnknown = (err: unknown) => log.error({ err }, 'Teams was not reached');
  const worker = new Worker({
    work: tables.work,
    portsOf: (tenantId) => ({ ...portsOf(tenantId), now: () => new Date(clock.now()) }),
    channels: {
      teams: teamsChannel(adapter, appId, { inScope: runInScope, onUnknown }),
      email: emailChannel(config.mail),
    },
    entraOf,
    clock,
    owner: randomUUID(),
    inScope: runInScope,
    log,
    onNotice: telemetry?.notice,
  });
  telemetry?.observe(() => worker.state);
  tables.onWork = (tenantId) => worker.nudge(tenantId);
  return worker;
}

function emailChannel(mail: MailConfig): EmailChannel {
  return 'smtpUrl' in mail ? smtpChannel({ url: mail.smtpUrl, from: mail.from }) : emlFolder(mail);
}

import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { Worker } from '../notifications/worker';
import type { Uploads } from './files/uploads';
import type { Intake } from './intake';
import type { Telemetry } from './telemetry';

/**
 * How long it still listens once `/readyz` has said no, in milliseconds: so that a load balancer sees the no before
 * connections are refused, and what it still sends here is served.
 */
const LEAVING_MS = 1_000;
/** Whoever stops us waits for 10 s (`scripts/program.ts`, and container platforms at the least) and then kills. */
const ENDED_WITHIN_MS = 9_500;

/** What has to end. */
export interface StopParts {
  readonly intake: Intake;
  readonly uploads: Uploads;
  readonly server: Server;
  readonly worker: Worker;
  readonly telemetry?: Telemetry;
  readonly log: Logger;
}

/**
 * On SIGTERM or SIGINT takes no new turns and sends no new notices, finishes those in hand, breaks off files that are
 * still being made, and ends the process: with
 * 0, or with 1 when something hangs. A second signal of the same name ends it at once.
 */
export function stopOnSignal(parts: StopParts): void {
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      parts.log.info({ signal }, 'stopping');
      if (!isStopping) void stop(parts);
      isStopping = true;
    });
  }
}

async function stop({ intake, uploads, server, worker, telemetry, log }: StopParts): Promise<void> {
  setTimeout(() => {
    log.error({ turns: intake.size }, 'stopped with something in hand');
    process.exit(1);
  }, ENDED_WITHIN_MS);
  intake.leave();
  const workerStopped = worker.stop();
  await wait(LEAVING_MS);
  server.close();
  await Promise.all([intake.close(), uploads.close(), workerStopped]);
  // What the last turns have left to do, others must know of; they do it.
  await worker.idle();
  await telemetry?.stop();
  log.info('stopped');
  process.exit();
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream';
import type { Logger } from 'pino';
import * as restify from 'restify';
import type { ActivationWebhook } from './activationWebhook';
import { AdmissionError, type Admission } from './admission';
import { ChannelKeysError } from './channelKeys';
import type { Config } from './config';
import { beforeAbort } from './deadline';
import { type Intake, IntakeClosedError } from './intake';
import type { MetricsPage } from './metricsPage';
import { BodyError, readJsonBody } from './requestBody';
import type { TeamsAdapter, TurnLogic } from './teamsAdapter';
import type { RequestRefusal, Telemetry } from './telemetry';
import { runInScope, turnScope } from './turnScope';

/** What a turn may take, in milliseconds: Teams waits for 10 s. What is done after its answer has as much again. */
const TURN_MS = 8_000;
const READY_MS = 2_000;
/** How long a request may take to come in, in milliseconds. */
const RECEIVE_MS = 10_000;

/** What the server is made of. */
export interface ServerParts {
  readonly intake: Intake;
  readonly admission: Admission;
  readonly adapter: TeamsAdapter;
  readonly logic: TurnLogic;
  /** Can the bot do its work (storage answers)? A rejection counts as no. */
  readonly isReady: () => Promise<boolean>;
  /** How a fulfilment system says that a benefit is active; without it there is no such address. */
  readonly activations?: ActivationWebhook;
  /** The figures of what was done; without it there is no such address. */
  readonly metrics?: MetricsPage;
  readonly telemetry?: Pick<Telemetry, 'refused' | 'activation'>;
  readonly log: Logger;
}

/**
 * The bot's HTTP side: `POST /api/messages` for Teams, `POST /api/activations` for a fulfilment system, `GET /healthz`
 * (the process is up), `GET /readyz` (it can do its work, and wants more of it) and `GET /metrics` (what it has done).
 * Refusals and faults are answered without a word of detail: that is in the log.
 */
export function createServer(parts: ServerParts): restify.Server {
  const server = restify.createServer({ name: '' });
  server.server.requestTimeout = RECEIVE_MS;
  server.pre((_request: IncomingMessage, response: ServerResponse, next: () => void) => {
    // The next request had better come to another instance.
    if (!parts.intake.isOpen) response.shouldKeepAlive = false;
    next();
  });
  // restify listens to this and does nothing: such a connection would be nobody's, without any time limit, and the
  // process could not end. Without a listener, Node takes the request as if it had not asked for it.
  server.server.removeAllListeners('upgrade');
  server.post('/api/messages', async (request, response) => handleMessage(parts, request, response));
  addActivations(server, parts);
  addMetrics(server, parts);
  server.get('/healthz', async (_request, response) => answer(response, 200, { status: 'ok' }));
  server.get('/readyz', async (_request, response) => {
    const ready = parts.intake.isOpen && (await isReady(parts));
    await answer(response, ready ? 200 : 503, { status: ready ? 'ok' : 'unavailable' });
  });
  server.on('restifyError', withoutDetail);
  return server;
}

function addActivations(server: restify.Server, parts: ServerParts): void {
  const { activations, intake, telemetry } = parts;
  if (!activations) return;
  server.post('/api/activations', async (request, response) => {
    try {
      await intake.take(async () => {
        const { status, body } = await activations(request);
        telemetry?.activation(status);
        await answer(response, status, body);
      });
    } catch (error) {
      await answer(response, noteFailure(parts, error));
    }
  });
}

function addMetrics(server: restify.Server, { metrics }: ServerParts): void {
  if (!metrics) return;
  server.get('/metrics', async (request, response) => {
    const text = await metrics(request);
    if (text === undefined) return answer(response, 401);
    return write(response, 200, text, 'text/plain; version=0.0.4; charset=utf-8');
  });
}

/** What restify answers by itself (no such address, not this method) would quote the address. */
function withoutDetail(_request: unknown, _response: unknown, error: Error, done: () => void): void {
  Object.assign(error, { toJSON: () => ({}) });
  done();
}

/** The port can't be had; the message says all that there is to mend. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

/**
 * Starts to listen, in local mode on this machine only.
 * @returns the port
 * @throws PortError when the port can't be had
 */
export function listen(server: restify.Server, config: Pick<Config, 'mode' | 'port'>): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === 'EADDRINUSE' ? 'is in use already; stop what uses it or set PORT' : 'cannot be used';
      reject(new PortError(`Port ${config.port} ${why}`, { cause }));
    };
    server.once('error', fail);
    server.listen({ port: config.port, ...(config.mode === 'local' && { host: '127.0.0.1' }) }, () => {
      server.removeListener('error', fail);
      resolve(server.address().port);
    });
  });
}

async function handleMessage(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = (error: unknown) => answer(response, noteFailure(parts, error));
  try {
    const body = await readJsonBody(request);
    // In hand from here on: who sends a body slowly, or never, must not keep the bot from ending.
    await parts.intake.take(() => runTurn(parts, request, body, response).catch(refuse));
  } catch (error) {
    await refuse(error);
  }
}

async function runTurn(
  { admission, adapter, logic }: ServerParts,
  request: IncomingMessage,
  body: unknown,
  response: ServerResponse,
): Promise<void> {
  const turn = await runInScope(TURN_MS, async () => {
    const admitted = await admission.admit(request.headers, body);
    return adapter.run(admitted, admitted.activity, logic);
  });
  await answer(response, turn.response?.status ?? 200, turn.response?.body);
  await runInScope(TURN_MS, turn.afterAnswer);
}

/** Logs why there is no answer, and says which status stands for it. */
function noteFailure({ log, telemetry }: ServerParts, error: unknown): number {
  telemetry?.refused(refusalOf(error));
  if (error instanceof BodyError || error instanceof AdmissionError || error instanceof IntakeClosedError) {
    log.warn({ status: error.status, reason: error.reason }, 'request refused');
    return error.status;
  }
  log.error({ err: error }, 'turn failed');
  // Nobody can be let in for now: to be tried again, and no fault of the turn's.
  return error instanceof ChannelKeysError ? 503 : 500;
}

function refusalOf(error: unknown): RequestRefusal {
  if (error instanceof BodyError) return 'body';
  if (error instanceof AdmissionError) return error.status === 401 ? 'token' : 'forbidden';
  if (error instanceof IntakeClosedError) return 'stopping';
  return error instanceof ChannelKeysError ? 'noSigningKeys' : 'fault';
}

async function isReady({ isReady, log }: ServerParts): Promise<boolean> {
  try {
    return await runInScope(READY_MS, () => beforeAbort(turnScope.signal(), isReady()));
  } catch (err) {
    log.warn({ err }, 'not ready');
    return false;
  }
}

function answer(response: ServerResponse, status: number, body?: unknown): Promise<void> {
  const text = body === undefined ? '' : JSON.stringify(body);
  return write(response, status, text, 'application/json; charset=utf-8');
}

/** Writes the whole answer, and resolves when it is out or there is nobody left to read it. */
function write(response: ServerResponse, status: number, text: string, type: string): Promise<void> {
  return new Promise((resolve) => {
    finished(response, () => resolve());
    response.writeHead(status, {
      'content-length': Buffer.byteLength(text),
      ...(text && { 'content-type': type }),
      // What is left of a body that we did not read to its end must not be taken for a next request; and who can't
      // be served here had better not come back on this connection.
      ...([413, 503].includes(status) && { connection: 'close' }),
    });
    response.end(text);
  });
}

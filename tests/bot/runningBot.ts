import type { Logger } from 'pino';
import type { ActivationWebhook } from '../../bot/activationWebhook';
import { createAdmission } from '../../bot/admission';
import type { Config } from '../../bot/config';
import { Intake } from '../../bot/intake';
import { createLog } from '../../bot/log';
import { createServer, listen } from '../../bot/server';
import { TeamsAdapter, type TurnLogic } from '../../bot/teamsAdapter';

interface Given {
  config: Config;
  logic: TurnLogic;
  now?: () => number;
  isReady?: () => Promise<boolean>;
  activations?: ActivationWebhook;
  log?: Logger;
}

/** Tells when all is done that turns left for after their answers. */
class WatchedAdapter extends TeamsAdapter {
  private readonly left = new Set<Promise<void>>();

  override async run(...turn: Parameters<TeamsAdapter['run']>) {
    const finished = await super.run(...turn);
    let done = () => {};
    const after = new Promise<void>((resolve) => (done = resolve));
    this.left.add(after);
    return {
      ...finished,
      afterAnswer: () => finished.afterAnswer().finally(() => (this.left.delete(after), done())),
    };
  }

  async idle(): Promise<void> {
    await Promise.all(this.left);
  }
}

/** The bot's edge with real HTTP on both sides; only the logic of the turn is the test's. */
export async function startBot({
  config,
  logic,
  now,
  isReady = async () => true,
  activations,
  log: given,
}: Given) {
  const logged: string[] = [];
  const log = given ?? createLog('warn', { write: (line) => void logged.push(line) });
  const adapter = new WatchedAdapter(config, log);
  const onStaleKeys = (err: unknown) => log.warn({ err }, 'old signing keys are used');
  const admission = createAdmission(config, { now, onStaleKeys });
  const server = createServer({ intake: new Intake(), admission, adapter, logic, isReady, activations, log });
  const url = `http://127.0.0.1:${await listen(server, config)}`;

  /** Posts to the bot as Teams does. */
  function post(body: unknown, headers: Record<string, string> = {}) {
    return send(typeof body === 'string' ? body : JSON.stringify(body), headers);
  }

  function send(body: string | ReadableStream, headers: Record<string, string>) {
    return postTo('/api/messages', body, headers);
  }

  async function postTo(path: string, body: string | ReadableStream, headers: Record<string, string>) {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    });
    return { status: response.status, text: await response.text() };
  }

  async function get(path: string) {
    const response = await fetch(`${url}${path}`);
    return { status: response.status, text: await response.text() };
  }

  return {
    adapter,
    logged,
    server,
    url,
    idle: () => adapter.idle(),
    post,
    send,
    postTo,
    get,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server.server) server.server.closeAllConnections();
      }),
  };
}

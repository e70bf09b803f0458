import { Agent, type IncomingMessage, request as send, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { onLoopback } from '../bot/loopback';
import { connectionStringTo } from './azurite';

/** A request to storage that stands between a bot and Azurite. */
export interface StorageCall {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** An entity group transaction. */
  readonly isTransaction: boolean;
  readonly isWrite: boolean;
  readonly table: 'Ledger' | 'BotState' | 'Work' | 'other';
}

/**
 * `neverArrives`: the connection breaks before storage has it; `answerIsLost`: after; `hangs`: nobody answers, and storage
 * doesn't have it; `answerHangs`: nobody answers, and storage has it; `isRefused`: storage says no.
 */
export type Fate = 'passes' | 'neverArrives' | 'answerIsLost' | 'hangs' | 'answerHangs' | 'isRefused';

const REFUSAL = { 'odata.error': { code: 'AuthorizationFailure', message: { value: 'Not this time.' } } };

/** Stands between one process and Azurite; a test decides what becomes of each call. */
export class StorageProxy {
  /** Asked when a call comes in. */
  before: (call: StorageCall) => Fate | Promise<Fate> = () => 'passes';
  /** Told when storage has answered, before the answer goes on. */
  after: (call: StorageCall, status: number) => void | Promise<void> = () => {};

  private constructor(
    readonly connectionString: string,
    readonly close: () => Promise<void>,
  ) {}

  static async to(connectionString: string): Promise<StorageProxy> {
    const [, target = ''] = /TableEndpoint=(http:\/\/[^/;]+)/.exec(connectionString) ?? [];
    const agent = new Agent({ keepAlive: true });
    const { url, close } = await onLoopback((request, response) => {
      void proxy.handle(request, response, (body) => forward(request, body, target, agent));
    });
    const proxy = new StorageProxy(connectionStringTo(url), async () => {
      await close();
      agent.destroy();
    });
    return proxy;
  }

  private async handle(
    request: IncomingMessage,
    response: ServerResponse,
    ask: (body: Buffer) => Promise<IncomingMessage>,
  ): Promise<void> {
    try {
      const body = await buffer(request);
      const call = callOf(request, body.toString());
      const fate = await this.before(call);
      if (fate === 'hangs') return;
      if (fate === 'isRefused') {
        response.writeHead(403, { 'content-type': 'application/json' });
        return void response.end(JSON.stringify(REFUSAL));
      }
      if (fate === 'neverArrives') return void request.socket.destroy();
      const answer = await ask(body);
      const text = await buffer(answer);
      const status = answer.statusCode ?? 500;
      await this.after(call, status);
      if (fate === 'answerHangs') return;
      if (fate === 'answerIsLost') return void request.socket.destroy();
      response.writeHead(status, answer.rawHeaders);
      response.end(text);
    } catch {
      request.socket.destroy(); // one of both sides is gone
    }
  }
}

function forward(
  { url = '', method, headers }: IncomingMessage,
  body: Buffer,
  target: string,
  agent: Agent,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const forwarded = send(new URL(url, target), { method, headers, agent });
    forwarded.once('response', resolve).once('error', reject);
    forwarded.end(body);
  });
}

function callOf({ method = '', url = '' }: IncomingMessage, body: string): StorageCall {
  const path = decodeURIComponent(url);
  const isTransaction = path.includes('$batch');
  const named = /(Ledger|BotState|Work)/.exec(isTransaction ? body : path)?.[1];
  return {
    method,
    path,
    body,
    isTransaction,
    isWrite: method !== 'GET',
    table: (named as StorageCall['table'] | undefined) ?? 'other',
  };
}

import { Agent, type Dispatcher, request as send } from 'undici';

export interface HttpRequest {
  readonly method: Dispatcher.HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
}

export interface HttpAnswer extends Pick<Dispatcher.ResponseData, 'headers'> {
  readonly status: number;
  readonly text: string;
}

/** A connection that nobody used for so long isn't used again: the other side may be about to close it. In milliseconds. */
const IDLE_MS = 4_000;
const dispatcher = new Agent({ keepAliveTimeout: IDLE_MS });

/**
 * One request, no retry, no redirect: by undici's own `request` and not `fetch`, which takes a good part of what a
 * turn does. It rejects when no answer comes, whatever the reason.
 */
export async function httpRequest(url: string, request: HttpRequest): Promise<HttpAnswer> {
  const { statusCode: status, headers, body } = await openRequest(url, request);
  return { status, headers, text: await body.text() };
}

/** The same, up to where the answer's body begins: whoever asks reads it, or destroys it. */
export function openRequest(url: string, request: HttpRequest): Promise<Dispatcher.ResponseData> {
  return send(url, { ...request, dispatcher });
}

/** `Retry-After` is a number of seconds or a date. */
export function retryAfterMs(headers: HttpAnswer['headers'], now: number): number | undefined {
  const header = headers['retry-after'];
  if (typeof header !== 'string') return undefined;
  const milliseconds = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

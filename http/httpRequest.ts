import { Agent, type Dispatcher, request as send } from 'undici';

export interface HttpRequest {
  readonly method: Dispatcher.HttpMethod;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** By their names in lower case; the values of one that came more than once with commas between. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Connections that are used again, unless nobody did for so long. @param idleMs in milliseconds */
export const keptConnections = (idleMs: number): Dispatcher => new Agent({ keepAliveTimeout: idleMs });

/** The other side may be about to close it, and what is sent here is not sent again. In milliseconds. */
const IDLE_MS = 4_000;
const kept = keptConnections(IDLE_MS);

/**
 * One request, no retry, no redirect: by undici's own `request` and not `fetch`, which takes a good part of what a
 * turn does. It rejects when no answer comes, whatever the reason.
 */
export async function httpRequest(
  url: string,
  request: HttpRequest,
  connections?: Dispatcher,
): Promise<HttpAnswer> {
  const { statusCode: status, headers, body } = await openRequest(url, request, connections);
  const values = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return { status, headers: Object.fromEntries(values), text: await body.text() };
}

/** The same, up to where the answer's body begins: whoever asks reads it, or destroys it. */
export function openRequest(
  url: string,
  request: HttpRequest,
  dispatcher = kept,
): Promise<Dispatcher.ResponseData> {
  // Whoever asks may have promised to unpack; it isn't done here.
  const headers = { ...request.headers, 'accept-encoding': 'identity' };
  return send(url, { ...request, headers, dispatcher });
}

/** `Retry-After` is a number of seconds or a date. */
export function retryAfterMs(headers: HttpAnswer['headers'], now: number): number | undefined {
  const header = headers['retry-after'];
  if (header === undefined) return undefined;
  const milliseconds = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

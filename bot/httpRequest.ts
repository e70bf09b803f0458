import { Agent as HttpAgent, type IncomingMessage, request as http } from 'node:http';
import { Agent as HttpsAgent, request as https } from 'node:https';
import { text as textOf } from 'node:stream/consumers';

export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly rawHeaders: readonly string[];
  readonly text: string;
}

/** A connection that nobody used for so long isn't used again: the other side may be about to close it. In milliseconds. */
const IDLE_MS = 4_000;
const kept = { keepAlive: true, timeout: IDLE_MS };
const agents = { http: new HttpAgent(kept), https: new HttpsAgent(kept) };

/**
 * One request, no retry, no redirect: by Node's own client and not `fetch`, which takes a good part of what a turn
 * does. It rejects when no answer comes, whatever the reason.
 */
export async function httpRequest(url: string, request: HttpRequest): Promise<HttpAnswer> {
  const response = await openRequest(url, request);
  const { statusCode: status = 0, rawHeaders } = response;
  return { status, rawHeaders, text: await textOf(response) };
}

/** The same, up to where the answer's body begins: whoever asks reads it, or destroys it. */
export function openRequest(url: string, { body, ...options }: HttpRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { ...options.headers, 'content-length': Buffer.byteLength(body ?? '') };
    // What throws here, such as a header that no request takes, rejects as well.
    const sent = url.startsWith('https:')
      ? https(url, { ...options, headers, agent: agents.https }, resolve)
      : http(url, { ...options, headers, agent: agents.http }, resolve);
    sent.once('error', reject).end(body);
  });
}

/** `Retry-After` is a number of seconds or a date. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const milliseconds = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

import type { ConnectorClientOptions } from 'botframework-connector';
import { type HttpAnswer as Answer, httpRequest, retryAfterMs } from '../http/httpRequest';
import { ConnectorError } from '../notifications/connectorError';
import { withDeadline } from './deadline';

/** What one request may take, in milliseconds, if the turn has that much left. */
const REQUEST_MS = 5_000;
/** What it may take when the turn's time is used up, so that a person can still be told so. */
const LAST_WORDS_MS = 1_500;

type HttpClient = NonNullable<ConnectorClientOptions['httpClient']>;
type HttpRequest = Parameters<HttpClient['sendRequest']>[0];
type HttpAnswer = Awaited<ReturnType<HttpClient['sendRequest']>>;

/** Where the deadline comes from: the scope of the turn. */
export interface SendingScope {
  signal(): AbortSignal;
}

/**
 * The way out to Teams for the SDK's connector (`connectorClientOptions.httpClient`): one request, no retry, no
 * redirect, and a deadline. Anything but a 2xx answer is thrown as ConnectorError, which also keeps the SDK's own
 * retries from running.
 */
export function createConnectorHttpClient(scope: SendingScope, now: () => number = Date.now): HttpClient {
  return {
    async sendRequest(request) {
      const target = `${request.method} ${new URL(request.url).host}`;
      const answer = await inTime(scope, target, (signal) => send(request, target, signal));
      const { status, text: bodyAsText } = answer;
      if (status < 200 || status > 299) throw refused(target, answer, now());
      return { request, status, headers: headersFor(request, answer), bodyAsText };
    },
  };
}

/**
 * Does one piece of sending in its share of the turn's time.
 * @throws ConnectorError with code `Timeout` when that is used up
 */
export async function inTime<T>(
  scope: SendingScope,
  target: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const turn = scope.signal();
  let used: AbortSignal | undefined;
  const note = (signal: AbortSignal) => work((used = signal));
  try {
    return turn.aborted
      ? await withDeadline(LAST_WORDS_MS, undefined, note)
      : await withDeadline(REQUEST_MS, turn, note);
  } catch (cause) {
    if (!used?.aborted) throw cause;
    throw new ConnectorError(`No answer in time: ${target}`, { code: 'Timeout' }, { cause });
  }
}

async function send(
  { url, method, headers, body }: HttpRequest,
  target: string,
  signal: AbortSignal,
): Promise<Answer> {
  const text = typeof body === 'string' ? body : undefined;
  try {
    return await httpRequest(url, { method, headers: headers.toJson(), body: text, signal });
  } catch (cause) {
    throw new ConnectorError(`No answer: ${target}`, { code: 'NoAnswer' }, { cause });
  }
}

/** The SDK wants its own kind of headers, whose class it does not hand out: an emptied copy of the request's. */
function headersFor(request: HttpRequest, answer: Answer): HttpAnswer['headers'] {
  const headers = request.headers.clone();
  for (const name of headers.headerNames()) headers.remove(name);
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, value);
  return headers;
}

function refused(target: string, { status, headers, text }: Answer, now: number): ConnectorError {
  const code = errorCode(text);
  return new ConnectorError(`Refused: ${target} answered ${status}${code ? ` (${code})` : ''}`, {
    statusCode: status,
    code,
    retryAfterMs: retryAfterMs(headers, now),
  });
}

/**
 * The code in Teams' `{ error: { code } }`; of a refused write the more exact one in `{ message: { subCode } }`,
 * where the message may be JSON within a string.
 */
function errorCode(text: string): string | undefined {
  const { error, message } = objectIn(text);
  const { subCode } = typeof message === 'string' ? objectIn(message) : asObject(message);
  return [subCode, asObject(error).code].find((code) => typeof code === 'string');
}

function objectIn(text: string): Record<string, unknown> {
  try {
    return asObject(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

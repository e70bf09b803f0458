import { createHttpHeaders, type HttpClient, RestError } from '@azure/core-rest-pipeline';
import { httpRequest, keptConnections } from '../http/httpRequest';

/** A connection that nobody used for so long isn't used again: a firewall may have forgotten it. In milliseconds. */
const IDLE_MS = 60_000;
/** One for all tables. */
const connections = keptConnections(IDLE_MS);

/** What Node's own client says, by which the table client tells what may be sent again. */
const AS_NODE_SAYS: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'ECONNRESET',
  UND_ERR_CONNECT_TIMEOUT: 'ETIMEDOUT',
};

/**
 * The way out to storage for the table client's pipeline, in place of the client's own (docs/performance.md says what
 * that brought).
 *
 * It rejects with a `RestError` when no answer comes, and with the signal's reason when that aborts.
 */
export const httpClient: HttpClient = {
  async sendRequest(request) {
    const { url, method, headers, abortSignal } = request;
    const body = request.body ?? undefined;
    if (typeof body !== 'string' && body !== undefined) throw new TypeError('only text is sent to storage');
    if (!request.allowInsecureConnection && !url.startsWith('https:'))
      throw new Error(`storage is not asked without TLS: ${new URL(url).host}`);
    const signal = abortSignal as AbortSignal; // every request has one, by `EntityTable`
    try {
      const asked = { method, headers: headers.toJSON(), body, signal };
      const answer = await httpRequest(url, asked, connections);
      return {
        request,
        status: answer.status,
        headers: createHttpHeaders(answer.headers),
        bodyAsText: answer.text,
      };
    } catch (cause) {
      if (signal.aborted) throw cause;
      const { message, code = RestError.REQUEST_SEND_ERROR } = cause as NodeJS.ErrnoException;
      throw new RestError(message, { code: AS_NODE_SAYS[code] ?? code, request });
    }
  },
};

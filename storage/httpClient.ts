import { createHttpHeaders, type HttpClient, RestError } from '@azure/core-rest-pipeline';
import { Agent, request as send } from 'undici';

/** A connection that nobody used for so long isn't used again: a firewall may have forgotten it. In milliseconds. */
const IDLE_MS = 60_000;
const dispatcher = new Agent({ keepAliveTimeout: IDLE_MS });

/** What Node's own client says, by which the table client tells what may be sent again. */
const AS_NODE_SAYS: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'ECONNRESET',
  UND_ERR_CONNECT_TIMEOUT: 'ETIMEDOUT',
};

/**
 * The way out to storage for the table client's pipeline, by undici, which takes half of what its own takes of a
 * processor (docs/performance.md). One for all tables, so that they share its connections.
 *
 * It rejects with a `RestError` when no answer comes, and with the signal's reason when that aborts.
 */
export const httpClient: HttpClient = {
  async sendRequest(request) {
    const { url, method, body = null, abortSignal } = request;
    if (body !== null && typeof body !== 'string') throw new TypeError('only text is sent to storage');
    if (!request.allowInsecureConnection && !url.startsWith('https:'))
      throw new Error(`storage is not asked without TLS: ${new URL(url).host}`);
    try {
      const answer = await send(url, {
        method,
        headers: request.headers.toJSON(),
        body,
        signal: abortSignal,
        dispatcher,
      });
      const headers = createHttpHeaders();
      for (const [name, value] of Object.entries(answer.headers))
        if (value !== undefined) headers.set(name, Array.isArray(value) ? (value[0] ?? '') : value);
      return { request, status: answer.statusCode, headers, bodyAsText: await answer.body.text() };
    } catch (cause) {
      if (abortSignal?.aborted) throw cause;
      const { message, code = RestError.REQUEST_SEND_ERROR } = cause as NodeJS.ErrnoException;
      throw new RestError(message, { code: AS_NODE_SAYS[code] ?? code, request });
    }
  },
};

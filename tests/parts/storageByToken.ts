import { createHmac } from 'node:crypto';
import { type IncomingMessage, request as send } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { reply } from '../bot/botWithConnector';
import type { Loopback } from '../bot/loopback';
import { ACCOUNT, ACCOUNT_KEY, type Azurite } from './azurite';
import { onSecureLoopback } from './secureLoopback';

/** An account whose keys are disabled: over https only, and to nobody who doesn't bring this token. */
export async function startStorageByToken(azurite: Azurite, token: () => string) {
  /** How many requests it let in, and refused. */
  const requests = { letIn: 0, refused: 0 };
  const [, endpoint = ''] = /TableEndpoint=([^;]+)/.exec(azurite.connectionString) ?? [];
  const front: Loopback = await onSecureLoopback((request, response) => {
    if (request.headers.authorization !== `Bearer ${token()}`) {
      requests.refused += 1;
      return reply(response, 403);
    }
    requests.letIn += 1;
    const url = new URL(request.url ?? '', endpoint);
    const forwarded = send(url, { method: request.method, headers: signed(request, url) });
    forwarded.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
      void pipeline(answer, response).catch(() => response.destroy());
    });
    void pipeline(request, forwarded).catch(() => response.destroy());
  });
  return { url: `${front.url}/${ACCOUNT}`, requests, close: () => front.close() };
}

/** Signed with the account's key (SharedKeyLite), since Azurite can be reached with nothing else over http. */
function signed({ headers }: IncomingMessage, { pathname }: URL) {
  const date = new Date().toUTCString();
  const signature = createHmac('sha256', Buffer.from(ACCOUNT_KEY, 'base64'))
    .update(`${date}\n/${ACCOUNT}${pathname}`)
    .digest('base64');
  return { ...headers, 'x-ms-date': date, authorization: `SharedKeyLite ${ACCOUNT}:${signature}` };
}

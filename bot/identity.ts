import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import {
  type AccessToken,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import { withDeadline } from './deadline';

/** What one request for a token may take, in milliseconds. */
const TOKEN_REQUEST_MS = 3_000;

const client = createDefaultHttpClient();

/** `getToken` hears no signal, and without a limit waits for ever for an endpoint that doesn't answer. */
const httpClient: HttpClient = {
  sendRequest: (request) =>
    withDeadline(TOKEN_REQUEST_MS, undefined, (abortSignal) =>
      client.sendRequest(Object.assign(request, { abortSignal })),
    ),
};

/**
 * Signs in as the managed identity with this client id, or, without one, as whoever this machine is: its own
 * identity, or the developer who signed in to Azure on it. However many ask at once, one token is fetched: the
 * endpoint that hands them out refuses more than a few requests at a time.
 */
export function identity(clientId?: string): TokenCredential {
  const credential = clientId
    ? new ManagedIdentityCredential({ clientId, httpClient })
    : new DefaultAzureCredential({ httpClient });
  const underWay = new Map<string, Promise<AccessToken | null>>();
  return {
    getToken(scopes) {
      const key = String(scopes);
      const fetched = underWay.get(key) ?? credential.getToken(scopes).finally(() => underWay.delete(key));
      underWay.set(key, fetched);
      return fetched;
    },
  };
}

import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { json } from '../bot/botWithConnector';
import { onLoopback } from '../bot/loopback';

/**
 * What hands out the tokens of a managed identity in Azure Container Apps and App Service, on loopback: to who knows
 * its header, for one identity.
 */
export async function startIdentityEndpoint(
  clientId: string,
  newToken: (resource: string) => string = () => `token-${randomUUID()}`,
) {
  const header = randomUUID();
  /** The resources that tokens were asked for, one entry a request. */
  const asked: string[] = [];
  /** What it does instead of answering. */
  const script: { instead?: (response: ServerResponse) => void } = {};
  const tokens = new Map<string, string>();
  const tokenFor = (resource: string) => {
    const token = tokens.get(resource) ?? newToken(resource);
    tokens.set(resource, token);
    return token;
  };

  const { url, close } = await onLoopback((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    const resource = searchParams.get('resource') ?? '';
    asked.push(resource);
    if (script.instead) return script.instead(response);
    const isKnown =
      request.headers['x-identity-header'] === header &&
      searchParams.get('client_id') === clientId &&
      searchParams.get('api-version') === '2019-08-01';
    if (!isKnown) return json(response, 400, { statusCode: 400, message: 'No such identity.' });
    const expires_on = `${Math.floor(Date.now() / 1_000) + 86_400}`;
    json(response, 200, { access_token: tokenFor(resource), expires_on, resource, token_type: 'Bearer' });
  });

  return {
    /** What the platform puts into the environment of a process. */
    env: { IDENTITY_ENDPOINT: `${url}/msi/token`, IDENTITY_HEADER: header },
    asked,
    script,
    tokenFor,
    close,
  };
}

export type IdentityEndpoint = Awaited<ReturnType<typeof startIdentityEndpoint>>;

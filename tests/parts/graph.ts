import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TokenCredential } from '@azure/identity';
import { json, reply } from '../bot/botWithConnector';
import { onLoopback } from '../bot/loopback';

/** Somebody in Entra ID, as Graph tells of them. */
export interface EntraUser {
  readonly id: string;
  readonly displayName?: string;
  readonly mail?: string;
  readonly userPrincipalName: string;
  readonly preferredLanguage?: string;
  readonly accountEnabled: boolean;
  readonly userType?: 'Member' | 'Guest';
}

interface Entry {
  readonly id: string;
  readonly said: Partial<EntraUser> | 'removed';
}

type Answer = (response: ServerResponse) => void;

export const throttles =
  (seconds: number, status = 429): Answer =>
  (response) =>
    json(response, status, { error: { code: 'TooManyRequests' } }, { 'retry-after': `${seconds}` });
export const hangs: Answer = () => {};

/** A token as Entra ID makes them, but for its signature: Graph's are of one tenant. */
export function tokenOf(tenantId: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ tid: tenantId, jti: randomUUID() })}.signature`;
}

export const credentialOf = (token: string): TokenCredential => ({
  getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 }),
});

/**
 * Microsoft Graph on loopback, as far as the bot uses it: a delta query that pages, tells of a change only what
 * changed, leaves out what was never set, and forgets its links; installing the app for somebody.
 */
export async function startGraph(token: string, pageSize = 2) {
  const people = new Map<string, EntraUser>();
  const log: Entry[] = [];
  const asked: string[] = [];
  const installed: { readonly objectId: string; readonly body: unknown }[] = [];
  const script: Answer[] = [];
  let forgottenBefore = 0;

  const { url, close } = await onLoopback((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    asked.push(`${method} ${path}`);
    const body = await bodyOf(request);
    const instead = script.shift();
    if (instead) return instead(response);
    if (headers.authorization !== `Bearer ${token}`)
      return refuse(response, 401, 'InvalidAuthenticationToken');
    const { pathname, searchParams } = new URL(path, url);
    if (pathname === '/v1.0/users/delta') return delta(response, searchParams);
    const [, , , id = '', ...rest] = pathname.split('/');
    const user = people.get(id);
    if (!user) return refuse(response, 404, 'Request_ResourceNotFound');
    if (rest.length === 0) return json(response, 200, user);
    if (installed.some(({ objectId }) => objectId === id)) return refuse(response, 409, 'Conflict');
    installed.push({ objectId: id, body });
    reply(response, 201);
  }

  function delta(response: ServerResponse, query: URLSearchParams): void {
    const place = query.get('$skiptoken') ?? query.get('$deltatoken');
    const [from = 0, to = 0, at = 0] = (place ?? `0 ${log.length} 0`).split(' ').map(Number);
    if (place !== null && to < forgottenBefore) return refuse(response, 410, 'resyncRequired');
    const end = query.has('$deltatoken') ? log.length : to;
    const all = from === 0 ? [...people.values()] : changesBetween(from, end);
    const isLast = at + pageSize >= all.length;
    const link = (name: string, value: string) =>
      `${url}/v1.0/users/delta?${name}=${encodeURIComponent(value)}`;
    json(response, 200, {
      value: all.slice(at, at + pageSize),
      ...(isLast
        ? { '@odata.deltaLink': link('$deltatoken', `${end} ${end} 0`) }
        : { '@odata.nextLink': link('$skiptoken', `${from} ${end} ${at + pageSize}`) }),
    });
  }

  function changesBetween(from: number, to: number): object[] {
    const changes = new Map<string, object>();
    for (const { id, said } of log.slice(from, to)) {
      if (said === 'removed') changes.set(id, { id, '@removed': { reason: 'changed' } });
      else {
        const before = changes.get(id) ?? {};
        changes.set(id, '@removed' in before ? { ...people.get(id), id } : { ...before, ...said, id });
      }
    }
    return [...changes.values()];
  }

  return {
    url,
    close,
    people,
    /** Every request, as `GET /v1.0/…`. */
    asked,
    installed,
    /** What it does instead of answering, request by request. */
    script,
    adds(name: string, about: Partial<EntraUser> = {}): EntraUser {
      const word = name.toLowerCase().replace(/\W+/g, '.');
      const mail = `${word}@contoso.com`;
      const id = randomUUID();
      const made: EntraUser = {
        ...{ id, displayName: name, mail, userPrincipalName: mail, accountEnabled: true, userType: 'Member' },
        ...about,
      };
      // JSON leaves out what is undefined, as Graph does what was never set.
      people.set(made.id, made);
      log.push({ id: made.id, said: made });
      return made;
    },
    changes({ id }: Pick<EntraUser, 'id'>, said: Partial<EntraUser>): void {
      const before = people.get(id);
      if (!before) throw new Error(`nobody is ${id}`);
      people.set(id, { ...before, ...said });
      log.push({ id, said });
    },
    removes({ id }: Pick<EntraUser, 'id'>): void {
      people.delete(id);
      log.push({ id, said: 'removed' });
    },
    restores(user: EntraUser): void {
      people.set(user.id, user);
      log.push({ id: user.id, said: user });
    },
    /** Its links are honoured no longer. */
    forgets(): void {
      log.push({ id: randomUUID(), said: 'removed' });
      forgottenBefore = log.length;
    },
  };
}

export type Graph = Awaited<ReturnType<typeof startGraph>>;

const refuse = (response: ServerResponse, status: number, code: string): void =>
  json(response, status, { error: { code, message: 'No.' } });

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  return text === '' ? undefined : JSON.parse(text);
}

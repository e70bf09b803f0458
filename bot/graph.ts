import type { AccessToken, TokenCredential } from '@azure/identity';
import { decodeJwt, errors } from 'jose';
import { z } from 'zod';
import {
  type Directory,
  DirectoryError,
  type DirectoryPage,
  type DirectoryUser,
} from '../benefits/directory';
import { type HttpAnswer, httpRequest, retryAfterMs } from '../http/httpRequest';
import { languageFrom } from '../locales/texts';
import { withDeadline } from './deadline';

/** What one request may take, in milliseconds. */
const REQUEST_MS = 8_000;
/** A token that ends so soon isn't used any more. */
const TOKEN_MARGIN_MS = 5 * 60_000;
const SCOPE = 'https://graph.microsoft.com/.default';
const SELECT = '$select=id,displayName,mail,userPrincipalName,preferredLanguage,accountEnabled,userType';
/** Answers after which the same request may do. */
const LATER: readonly number[] = [429, 500, 502, 503, 504];

export interface GraphParts {
  /** Where Microsoft Graph is: an origin. */
  readonly url: string;
  readonly credential: TokenCredential;
  /** Ends what is under way, and counts it. */
  readonly scope: { signal(): AbortSignal; onRequest(): void };
  readonly requestMs?: number;
  readonly now?: () => number;
}

/** A company's users in Microsoft Entra ID, by Microsoft Graph: one request each, no retry. */
export function graphDirectory(tenantId: string, parts: GraphParts): Directory {
  const graph = graphOf(tenantId, parts);
  const users = `${graph.origin}/v1.0/users`;
  return {
    async changes(link = `${users}/delta?${SELECT}`) {
      const page = pageOf(graph.parsed(pageForm, await graph.ask('GET', link)));
      mustBeOn(graph.origin, page.link);
      return page;
    },
    async user(objectId) {
      const answer = await graph.ask('GET', `${users}/${objectId}?${SELECT}`, undefined, [404]);
      return answer.status === 404 ? undefined : userOf(graph.parsed(userForm, answer));
    },
  };
}

const refused = (why: string, options?: ErrorOptions) =>
  new DirectoryError('refused', `Microsoft Graph can't be used: ${why}`, options);

/** Whoever could make us follow a link elsewhere would be sent the token. */
function mustBeOn(origin: string, link: string): void {
  if (new URL(link).origin !== origin) throw refused('a link leads to another host');
}

/** Requests to Graph for one tenant, with the right to be there. */
export function graphOf(tenantId: string, parts: GraphParts) {
  const { url, credential, scope, requestMs = REQUEST_MS, now = Date.now } = parts;
  const { origin } = new URL(url);
  let held: AccessToken | undefined;

  /**
   * @param expected statuses that are an answer, besides 2xx
   * @throws DirectoryError for any other
   */
  async function ask(
    method: 'GET' | 'POST',
    target: string,
    body?: object,
    expected: readonly number[] = [],
  ): Promise<HttpAnswer> {
    mustBeOn(origin, target);
    const answer = await inTime(async (signal) => {
      const headers = { authorization: `Bearer ${await token()}`, accept: 'application/json' };
      scope.onRequest();
      if (!body) return httpRequest(target, { method, headers, signal });
      const json = { ...headers, 'content-type': 'application/json' };
      return httpRequest(target, { method, headers: json, body: JSON.stringify(body), signal });
    });
    const { status } = answer;
    if ((status >= 200 && status < 300) || expected.includes(status)) return answer;
    throw errorOf(answer, now());
  }

  /** Whatever keeps an answer from coming, the same request may do later. */
  async function inTime(work: (signal: AbortSignal) => Promise<HttpAnswer>): Promise<HttpAnswer> {
    try {
      return await withDeadline(requestMs, scope.signal(), work);
    } catch (cause) {
      if (cause instanceof DirectoryError) throw cause;
      throw new DirectoryError('busy', 'Microsoft Graph does not answer', { cause });
    }
  }

  /** A token opens one tenant: with another's, the people of one company would be entered in the other. */
  async function token(): Promise<string> {
    if (held && held.expiresOnTimestamp - now() > TOKEN_MARGIN_MS) return held.token;
    const got = await credential.getToken(SCOPE).catch((cause: unknown) => {
      throw refused(`there is no token for it (${cause instanceof Error ? cause.name : 'unknown'})`, {
        cause,
      });
    });
    const home = tenantIn(got?.token ?? '');
    if (!got || home !== tenantId)
      throw refused(`the identity is of the tenant ${home ?? '(unknown)'}, not of ${tenantId}`);
    held = got;
    return held.token;
  }

  return { origin, ask, parsed };
}

function tenantIn(token: string): string | undefined {
  try {
    const { tid } = decodeJwt(token);
    return typeof tid === 'string' ? tid.toLowerCase() : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

function parsed<T>(form: z.ZodType<T>, { text }: HttpAnswer): T {
  try {
    return form.parse(JSON.parse(text));
  } catch (cause) {
    throw refused('its answer is not what it is documented to be', { cause });
  }
}

const errorForm = z.object({ error: z.object({ code: z.string().regex(/^\w{1,60}$/) }) });

function errorOf({ status, headers, text }: HttpAnswer, now: number): DirectoryError {
  const code = codeIn(text);
  const says = `Microsoft Graph answered ${status}${code ? ` (${code})` : ''}`;
  // Tokens of users are documented to end in a 410, and with a 400 after a week.
  if (status === 410 || /^(syncStateNotFound|resyncRequired)$/i.test(code))
    return new DirectoryError('expired', says);
  if (!LATER.includes(status)) return new DirectoryError('refused', says);
  return new DirectoryError('busy', says, { retryAfterMs: retryAfterMs(headers, now) });
}

function codeIn(text: string): string {
  try {
    return errorForm.safeParse(JSON.parse(text)).data?.error.code ?? '';
  } catch (error) {
    if (error instanceof SyntaxError) return '';
    throw error;
  }
}

const text = z.string().nullish();
const userForm = z.object({
  id: z.guid(),
  displayName: text,
  mail: text,
  userPrincipalName: text,
  preferredLanguage: text,
  accountEnabled: z.boolean().nullish(),
  userType: text,
  '@removed': z.object({}).optional(),
});
const pageForm = z.object({
  value: z.array(userForm),
  '@odata.nextLink': z.url().optional(),
  '@odata.deltaLink': z.url().optional(),
});

function pageOf(page: z.infer<typeof pageForm>): DirectoryPage {
  const { '@odata.nextLink': next, '@odata.deltaLink': delta } = page;
  const link = next ?? delta;
  if (link === undefined) throw refused('its page has neither a next link nor a delta link');
  return { users: page.value.map(userOf), link, isLast: next === undefined };
}

function userOf(user: z.infer<typeof userForm>): DirectoryUser {
  const { displayName, mail: email, userPrincipalName, userType, preferredLanguage } = user;
  return {
    objectId: user.id.toLowerCase(),
    ...(user['@removed'] && { isRemoved: true }),
    displayName,
    email,
    language: languageFrom(preferredLanguage ?? undefined),
    isEnabled: user.accountEnabled,
    isGuest: isGuest(userType, userPrincipalName ?? ''),
  };
}

/** As who speaks to the bot is judged: somebody of another organisation has a principal name that is no address. */
function isGuest(userType: string | null | undefined, principalName: string): boolean | undefined {
  if (/#ext#/i.test(principalName)) return true;
  return userType === undefined ? undefined : userType?.toLowerCase() === 'guest';
}

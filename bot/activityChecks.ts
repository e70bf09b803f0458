import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Config } from './config';
import { isLoopback, isOnList, plainUrl } from './serviceUrl';

const CHANNEL = 'msteams';
/** Deeper than any card; what comes after us walks bodies by recursion. */
const MAX_DEPTH = 100;
/** Ids of tenants become partition keys. */
const TENANT_ID = /^[a-z0-9-]{1,64}$/;

/** A request that is not let in. The reason is for the log only: it never goes into an answer. */
export class AdmissionError extends Error {
  override readonly name = 'AdmissionError';

  constructor(
    /** 401: the token does not hold; 403: the request itself does not. */
    readonly status: 401 | 403,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** What a body is known to be once it was checked. */
export interface CheckedActivity {
  readonly activity: Activity;
  /** The tenant that the activity comes from, in lower case. */
  readonly tenantId: string;
}

/**
 * Checks what can be checked without the token: an activity from Teams, from a place that we would answer to, from
 * a tenant that we serve.
 * @throws AdmissionError with status 403
 */
export function checkActivity(body: unknown, config: Config): CheckedActivity {
  if (isDeeperThan(MAX_DEPTH, body)) throw new AdmissionError(403, `body deeper than ${MAX_DEPTH}`);
  takeKnown(body);
  if (body.channelId !== CHANNEL) throw new AdmissionError(403, 'channelId is not msteams');
  checkServiceUrl(body.serviceUrl, config);
  return { activity: body, tenantId: checkTenant(body, config) };
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

/** Goes into addresses of the connector's, and into keys. */
const id = z.string().regex(/^\P{Cs}{1,1000}$/su);
/** Goes into a header as well, of the SDK's. */
const conversationId = z.string().regex(/^[ -~]{1,1000}$/);
const text = z.string().nullish();
const account = z.object({ id, name: text, aadObjectId: id.nullish() });

/**
 * The fields that we or the SDK read, and what they are when they are there. No more is said of them: each is still
 * somebody's claim. Of accounts and conversations all else is dropped, since it would go back with an answer.
 */
const known = z.object({
  type: z.string().min(1),
  id: id.nullish(),
  replyToId: id.nullish(),
  name: text,
  action: text,
  text,
  locale: text,
  localTimezone: z.string().max(100).nullish(),
  from: account,
  recipient: account,
  conversation: z.object({ id: conversationId, conversationType: text, tenantId: text }),
  membersAdded: z.array(z.unknown()).nullish(),
});

/** @throws AdmissionError when a field isn't what it must be */
function takeKnown(body: unknown): asserts body is Activity {
  const { data, error } = known.safeParse(body);
  const [wrong] = error?.issues ?? [];
  if (wrong) throw new AdmissionError(403, `body is not an activity: ${wrong.path.join('.')} ${wrong.code}`);
  Object.assign(body as object, data); // an object, as the schema has found
}

function checkServiceUrl(serviceUrl: unknown, config: Config): void {
  const url = typeof serviceUrl === 'string' ? plainUrl(serviceUrl) : undefined;
  if (!url) throw new AdmissionError(403, 'serviceUrl is missing or no plain URL');
  if (!(config.mode === 'local' ? isOnThisMachine(url) : isAllowed(url, config.allowedServiceUrls))) {
    throw new AdmissionError(403, 'serviceUrl is not on the list');
  }
}

function isOnThisMachine(url: URL): boolean {
  return (url.protocol === 'http:' || url.protocol === 'https:') && isLoopback(url);
}

function isAllowed(url: URL, list: readonly string[]): boolean {
  return url.protocol === 'https:' && isOnList(url, list);
}

/** An activity names its tenant in one place or two; in two, they must be the same. */
function checkTenant(activity: Activity, config: Config): string {
  const named = [at(activity, 'channelData', 'tenant', 'id'), at(activity, 'conversation', 'tenantId')];
  const [tenantId, other] = named.filter((id) => id !== undefined && id !== null).map(asTenantId);
  if (tenantId === undefined) throw new AdmissionError(403, 'tenant is missing');
  if (other !== undefined && other !== tenantId) throw new AdmissionError(403, 'two different tenants');
  if (!isServed(tenantId, config)) throw new AdmissionError(403, 'tenant is not on the list');
  return tenantId;
}

/** Is this one of the tenants that may use the bot? In local mode any. */
export function isServed(tenantId: string, config: Config): boolean {
  return config.mode === 'local' || config.allowedTenants.includes(tenantId);
}

function asTenantId(id: unknown): string {
  const lowered = typeof id === 'string' ? id.toLowerCase() : '';
  if (!TENANT_ID.test(lowered)) throw new AdmissionError(403, 'tenant is no tenant id');
  return lowered;
}

/** What is at the end of a path through objects that may not be there. */
function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );
}

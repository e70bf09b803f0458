import type { IncomingHttpHeaders } from 'node:http';
import type { Activity } from 'botbuilder';
import { AuthenticationConstants, ClaimsIdentity } from 'botframework-connector';
import { AdmissionError, checkActivity } from './activityChecks';
import { ChannelKeys } from './channelKeys';
import type { Config, TeamsConfig } from './config';
import * as jose from 'jose';

export { AdmissionError } from './activityChecks';

/** How far the channel's clock and ours may be apart, in seconds. */
const CLOCK_TOLERANCE_S = 5 * 60;

/** A request that was let in. */
export interface Admitted {
  readonly activity: Activity;
  /** The tenant that the activity comes from, in lower case. */
  readonly tenantId: string;
  /** Who speaks to us, as the SDK wants it: the channel, or in local mode nobody in particular. */
  readonly claimsIdentity: ClaimsIdentity;
}

/** The door: nothing reaches the SDK that did not pass it. */
export interface Admission {
  /**
   * Lets a request in, or not.
   * @throws AdmissionError when the request or its token does not hold
   * @throws ChannelKeysError when the channel's keys can't be had, so that nobody can be let in
   */
  admit(headers: IncomingHttpHeaders, body: unknown): Promise<Admitted>;
}

/** What admission may be given besides the settings. */
export interface AdmissionOptions {
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
  /** Told when newer signing keys can't be had and the old ones go on being used. */
  readonly onStaleKeys?: (cause: unknown) => void;
}

/** Who may speak to the bot: Teams with a token of the channel's, or in local mode anybody on this machine. */
export function createAdmission(config: Config, options: AdmissionOptions = {}): Admission {
  const identify = config.mode === 'local' ? async () => anonymous() : tokenCheck(config, options);
  return {
    async admit(headers, body) {
      const checked = checkActivity(body, config);
      return { ...checked, claimsIdentity: await identify(headers, checked.activity.serviceUrl) };
    },
  };
}

/** The same as the SDK gives to a request when authentication is off. */
function anonymous(): ClaimsIdentity {
  const { AppIdClaim, AnonymousSkillAppId, AnonymousAuthType } = AuthenticationConstants;
  return new ClaimsIdentity([{ type: AppIdClaim, value: AnonymousSkillAppId }], AnonymousAuthType);
}

function tokenCheck(config: TeamsConfig, { now = Date.now, onStaleKeys }: AdmissionOptions) {
  const keys = new ChannelKeys(config.channel.openIdMetadata, { now, onStale: onStaleKeys });
  const rules = {
    issuer: config.channel.issuer,
    audience: config.app.id,
    algorithms: ['RS256'],
    clockTolerance: CLOCK_TOLERANCE_S,
    requiredClaims: ['exp'],
  };
  return async (headers: IncomingHttpHeaders, serviceUrl: string): Promise<ClaimsIdentity> => {
    const payload = await verified(bearerToken(headers), keys, { ...rules, currentDate: new Date(now()) });
    if (payload[AuthenticationConstants.ServiceUrlClaim] !== serviceUrl) {
      throw new AdmissionError(401, 'token is for another serviceUrl');
    }
    const claims = Object.entries(payload).map(([type, value]) => ({ type, value: String(value) }));
    return new ClaimsIdentity(claims, true);
  };
}

function bearerToken(headers: IncomingHttpHeaders): string {
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(headers.authorization ?? '') ?? [];
  if (token === undefined) throw new AdmissionError(401, 'no bearer token');
  return token;
}

type VerifyRules = Parameters<typeof jose.jwtVerify>[2];
type Payload = Awaited<ReturnType<typeof jose.jwtVerify>>['payload'];

async function verified(token: string, keys: ChannelKeys, rules: VerifyRules): Promise<Payload> {
  try {
    const { payload } = await jose.jwtVerify(token, ({ kid }) => endorsedKey(keys, kid), rules);
    return payload;
  } catch (error) {
    if (!(error instanceof jose.errors.JOSEError)) throw error;
    throw new AdmissionError(401, `token: ${error.code} ${error.message}`, { cause: error });
  }
}

async function endorsedKey(keys: ChannelKeys, kid: unknown) {
  const found = typeof kid === 'string' ? await keys.find(kid) : undefined;
  if (!found) throw new AdmissionError(401, 'token: signing key unknown');
  if (!found.endorsements.includes('msteams'))
    throw new AdmissionError(401, 'token: key not endorsed for msteams');
  return found.key;
}

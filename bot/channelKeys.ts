import { z } from 'zod';
import { withDeadline } from './deadline';
import * as jose from 'jose';
import { isSafeToCall } from './serviceUrl';

const FETCH_MS = 5_000;
const FRESH_MS = 24 * 3_600_000;
/** Past their freshness, keys go on being used for a day when newer ones can't be had. */
const USABLE_MS = FRESH_MS + 24 * 3_600_000;
const COOLDOWN_MS = 5 * 60_000;
/** Of an RSA key of 2,048 bits, in base64url: a shorter one is refused by whoever checks a signature with it. */
const SHORTEST_MODULUS = 342;

const Metadata = z.object({
  jwks_uri: z.url().refine((text) => isSafeToCall(new URL(text)), 'neither https nor on this machine'),
});
const Jwk = z.looseObject({
  kty: z.string(),
  kid: z.string().optional(),
  n: z.string().optional(),
  endorsements: z.array(z.string()).optional(),
});
const KeySet = z.object({ keys: z.array(Jwk).min(1) });

/** A key that the channel service signs with, and the channels (`msteams` …) that it may speak for. */
export interface ChannelKey {
  readonly key: jose.CryptoKey | Uint8Array;
  readonly endorsements: readonly string[];
}

/** The channel's keys can't be had, so no token can be checked: a fault, not a refusal. */
export class ChannelKeysError extends Error {
  override readonly name = 'ChannelKeysError';
}

/** What the key cache needs from outside. */
export interface ChannelKeysOptions {
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** Told when newer keys can't be had and the old ones go on being used. */
  readonly onStale?: (cause: unknown) => void;
  /** What one fetch, of the metadata and the keys, may take, in milliseconds: 5 s if it isn't said. */
  readonly fetchMs?: number;
}

/**
 * The signing keys of the channel service, found through its OpenID metadata and kept for 24 hours.
 * However many requests wait for keys, there is one fetch at a time; with keys in hand, at most one in 5 minutes,
 * whatever key ids are asked for.
 */
export class ChannelKeys {
  private held?: { readonly keys: ReadonlyMap<string, ChannelKey>; readonly since: number };
  private triedAt = Number.NEGATIVE_INFINITY;
  private fetching?: Promise<void>;

  constructor(
    private readonly metadataUrl: string,
    private readonly options: ChannelKeysOptions,
  ) {}

  /**
   * The key with this id, or undefined when the channel has none.
   * @throws ChannelKeysError when no usable keys can be had
   */
  async find(kid: string): Promise<ChannelKey | undefined> {
    if (this.wantsFetch(kid)) await this.fetchOnce();
    return this.held?.keys.get(kid);
  }

  private wantsFetch(kid: string): boolean {
    if (!this.held || !this.isYoungerThan(USABLE_MS)) return true;
    if (this.isYoungerThan(FRESH_MS) && this.held.keys.has(kid)) return false;
    return this.fetching !== undefined || this.options.now() - this.triedAt >= COOLDOWN_MS;
  }

  private isYoungerThan(milliseconds: number): boolean {
    return this.held !== undefined && this.options.now() - this.held.since < milliseconds;
  }

  private fetchOnce(): Promise<void> {
    this.fetching ??= this.refresh().finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  private async refresh(): Promise<void> {
    this.triedAt = this.options.now();
    try {
      const { fetchMs = FETCH_MS } = this.options;
      const keys = await withDeadline(fetchMs, undefined, (signal) => fetchKeys(this.metadataUrl, signal));
      this.held = { keys, since: this.options.now() };
    } catch (cause) {
      if (!this.isYoungerThan(USABLE_MS)) {
        throw new ChannelKeysError(`No signing keys from ${this.metadataUrl}`, { cause });
      }
      this.options.onStale?.(cause);
    }
  }
}

async function fetchKeys(metadataUrl: string, signal: AbortSignal): Promise<Map<string, ChannelKey>> {
  const metadata = Metadata.parse(await fetchJson(metadataUrl, signal));
  const { keys } = KeySet.parse(await fetchJson(metadata.jwks_uri, signal));
  const found = new Map<string, ChannelKey>();
  for (const { endorsements = [], ...jwk } of keys) {
    if (jwk.kty !== 'RSA' || jwk.kid === undefined || (jwk.n ?? '').length < SHORTEST_MODULUS) continue;
    found.set(jwk.kid, { key: await jose.importJWK(jwk, 'RS256'), endorsements });
  }
  if (found.size === 0) throw new Error(`${metadata.jwks_uri} has no key that tokens can be checked with`);
  return found;
}

async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal, redirect: 'error' });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

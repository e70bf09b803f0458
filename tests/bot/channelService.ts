import * as jose from 'jose';
import type { RequestListener } from 'node:http';
import { onLoopback } from './loopback';

export const ISSUER = 'https://api.botframework.com';

const keyPairs = new Map<string, ReturnType<typeof jose.generateKeyPair>>();

/** Made once and used by all tests: that takes a while. */
function keyPair(kid: string) {
  const pair = keyPairs.get(kid) ?? jose.generateKeyPair('RS256');
  keyPairs.set(kid, pair);
  return pair;
}

/** The channel service as far as tokens go: real keys, published on loopback, and tokens signed with them. */
export async function startChannelService() {
  const { url, close } = await onLoopback((request, response) => {
    const wanted = request.url === '/keys' ? 'keys' : 'metadata';
    fetches[wanted] += 1;
    const instead = script[wanted];
    if (instead) return instead(request, response);
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(wanted === 'keys' ? { keys: published } : { issuer: ISSUER, jwks_uri: `${url}/keys` }),
    );
  });
  const fetches = { metadata: 0, keys: 0 };
  /** What it answers instead of the truth. */
  const script: { metadata?: RequestListener; keys?: RequestListener } = {};
  const published: object[] = [];

  /** Publishes a key, and gives its private half to sign with. */
  async function publish(kid: string, endorsements?: string[]) {
    const { publicKey, privateKey } = await keyPair(kid);
    published.push({ ...(await jose.exportJWK(publicKey)), kid, use: 'sig', endorsements });
    return privateKey;
  }

  return { metadataUrl: `${url}/metadata`, fetches, script, publish, close };
}

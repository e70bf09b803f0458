import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/** The key of a storage account, ready to sign with. */
export interface AccountKey {
  readonly account: string;
  readonly key: KeyObject;
}

/** Undefined when the connection string has none: it has a signature, or is a short form. */
export function accountKeyIn(connectionString: string): AccountKey | undefined {
  const partOf = (name: string) =>
    new RegExp(`(?:^|;)\\s*${name}=([^;]+)`, 'i').exec(connectionString)?.[1]?.trim();
  const [account, key] = [partOf('AccountName'), partOf('AccountKey')];
  return account && key ? { account, key: createSecretKey(key, 'base64') } : undefined;
}

/** What the table client calls its own. */
export const NAMED_KEY_POLICY = 'tablesNamedKeyCredentialPolicy';

/**
 * Signs as the table client does (SharedKeyLite,
 * https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key), with a key that is made ready once:
 * the client does that for each request, which on Node 24 takes longer than all the rest of signing. No request here
 * has the parameter `comp`, which would be signed as well.
 */
export const sharedKeyPolicy = ({ account, key }: AccountKey): PipelinePolicy => ({
  name: NAMED_KEY_POLICY,
  sendRequest(request, next) {
    const date = new Date().toUTCString();
    const signed = `${date}\n/${account}${new URL(request.url).pathname}`;
    const signature = createHmac('sha256', key).update(signed).digest('base64');
    request.headers.set('x-ms-date', date);
    request.headers.set('authorization', `SharedKeyLite ${account}:${signature}`);
    return next(request);
  },
});

import { createHmac, createSecretKey } from 'node:crypto';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/**
 * Signs as the table client's policy of the same name does (SharedKeyLite,
 * https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key), with a key that is made ready once:
 * the client does that for each request, which on Node 24 takes longer than all the rest of signing. No request here
 * has the parameter `comp`, which would be signed as well.
 *
 * Undefined when the connection string has no key: it has a signature, or is a short form.
 */
export function sharedKeyPolicy(connectionString: string): PipelinePolicy | undefined {
  const partOf = (name: string) =>
    new RegExp(`(?:^|;)\\s*${name}=([^;]+)`, 'i').exec(connectionString)?.[1]?.trim();
  const [account, text] = [partOf('AccountName'), partOf('AccountKey')];
  if (!account || !text) return undefined;
  const key = createSecretKey(text, 'base64');
  return {
    name: 'tablesNamedKeyCredentialPolicy',
    sendRequest(request, next) {
      const date = new Date().toUTCString();
      const signed = `${date}\n/${account}${new URL(request.url).pathname}`;
      const signature = createHmac('sha256', key).update(signed).digest('base64');
      request.headers.set('x-ms-date', date);
      request.headers.set('authorization', `SharedKeyLite ${account}:${signature}`);
      return next(request);
    },
  };
}

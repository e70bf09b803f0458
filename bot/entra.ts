import type { Entra } from '../benefits/directory';
import type { GraphConfig } from './config';
import { graphDirectory } from './graph';
import { graphInstaller } from './graphInstaller';
import { identity } from './identity';
import { turnScope } from './turnScope';

/** What the bot does at Microsoft Graph unasked, for each company, as the settings want it. */
export function entraFor({ url, clientId, syncedTenants, catalogAppId }: GraphConfig) {
  const parts = { url, credential: identity(clientId), scope: turnScope };
  return (tenantId: string): Entra => ({
    directory: syncedTenants.includes(tenantId) ? graphDirectory(tenantId, parts) : undefined,
    installer: catalogAppId === undefined ? undefined : graphInstaller(tenantId, catalogAppId, parts),
  });
}

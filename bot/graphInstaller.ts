import type { AppInstaller } from '../benefits/directory';
import { graphOf, type GraphParts } from './graph';

/** Installs the bot's app for people, by Microsoft Graph. @param appId of the app in the tenant's catalogue */
export function graphInstaller(tenantId: string, appId: string, parts: GraphParts): AppInstaller {
  const { origin, ask } = graphOf(tenantId, parts);
  return {
    async install(objectId) {
      const app = { 'teamsApp@odata.bind': `${origin}/v1.0/appCatalogs/teamsApps/${appId}` };
      // 409: they have it already.
      await ask('POST', `${origin}/v1.0/users/${objectId}/teamwork/installedApps`, app, [409]);
    },
  };
}

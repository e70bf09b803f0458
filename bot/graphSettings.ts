import { guid, safeUrl, type Settings } from './settings';

/** Where Microsoft Graph is, and what the bot does there. */
export interface GraphConfig {
  readonly url: string;
  /** Whom to sign in as: the managed identity with this client id, or else whatever identity the machine has. */
  readonly clientId?: string;
  /** The tenants whose users are taken over from Entra ID every day. */
  readonly syncedTenants: readonly string[];
  /** The app's id in the catalogue of Teams: it is installed for who never opened it. Without, for nobody. */
  readonly catalogAppId?: string;
}

export function readGraph(settings: Settings, clientId?: string): GraphConfig {
  return {
    url: settings.optional(
      'GRAPH_URL',
      safeUrl('the https URL of Microsoft Graph'),
      'https://graph.microsoft.com',
    ),
    ...(clientId && { clientId }),
    syncedTenants: settings.list(
      'USERS_FROM_ENTRA',
      guid('the ids of the tenants whose users are taken over from Entra ID, separated by commas,'),
    ),
    catalogAppId: settings.optional<string | undefined>(
      'TEAMS_CATALOG_APP_ID',
      guid("the app's id in the catalogue of Teams"),
      undefined,
    ),
  };
}

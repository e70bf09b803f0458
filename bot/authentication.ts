import type { TokenCredential } from '@azure/identity';
import {
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import {
  AppCredentials,
  AuthenticationConstants,
  type AuthenticatorResult,
  type ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  GovernmentConstants,
  type UserTokenClient,
} from 'botframework-connector';
import type { AppRegistration, Config } from './config';
import { createConnectorHttpClient, inTime } from './connectorHttpClient';
import { sendsActivitiesAsTheyAre } from './connectorOperations';
import { identity } from './identity';
import { turnScope } from './turnScope';

/** How the SDK signs in to the channel for us, in local mode not at all; all that it sends has a deadline. */
export function authenticationFor(config: Config): ConfigurationBotFrameworkAuthentication {
  return new LastingAuthentication(
    isUsGovernment(config) ? { ChannelService: GovernmentConstants.ChannelService } : {},
    new PunctualCredentialFactory(config.mode === 'teams' ? config.app : undefined),
    undefined,
    undefined,
    { httpClient: createConnectorHttpClient(turnScope) },
  );
}

/** Whom our own tokens are for: the channel service of the cloud that the bot is in. */
export function audienceFor(config: Config): string {
  return (isUsGovernment(config) ? GovernmentConstants : AuthenticationConstants).ToChannelFromBotOAuthScope;
}

function isUsGovernment(config: Config): boolean {
  return config.mode === 'teams' && config.channel.issuer === GovernmentConstants.ToBotFromChannelTokenIssuer;
}

function appSettings(app: AppRegistration) {
  return {
    MicrosoftAppType: app.type,
    MicrosoftAppId: app.id,
    ...('password' in app && { MicrosoftAppPassword: app.password }),
    ...('tenantId' in app && { MicrosoftAppTenantId: app.tenantId }),
  };
}

/**
 * The SDK makes its clients anew for every turn, which is a good part of what a turn costs. This bot has one identity
 * (admission has checked that a token is for it), so that one of each serves all turns.
 */
class LastingAuthentication extends ConfigurationBotFrameworkAuthentication {
  private connectors?: ConnectorFactory;
  private userTokenClient?: Promise<UserTokenClient>;

  override createConnectorFactory(claimsIdentity: ClaimsIdentity): ConnectorFactory {
    return (this.connectors ??= new LastingConnectors(super.createConnectorFactory(claimsIdentity)));
  }

  override createUserTokenClient(claimsIdentity: ClaimsIdentity): Promise<UserTokenClient> {
    const lasting = (this.userTokenClient ??= super.createUserTokenClient(claimsIdentity));
    lasting.catch(() => (this.userTokenClient = undefined)); // the next turn tries again
    return lasting;
  }
}

/** Teams has one address a region; who makes up paths below it is not remembered for ever. */
const CLIENTS_KEPT = 100;

class LastingConnectors extends ConnectorFactory {
  private readonly clients = new Map<string, Promise<ConnectorClient>>();

  constructor(private readonly factory: ConnectorFactory) {
    super();
  }

  override create(serviceUrl: string, audience: string): Promise<ConnectorClient> {
    const key = `${audience} ${serviceUrl}`;
    const known = this.clients.get(key);
    if (known) return known;
    if (this.clients.size >= CLIENTS_KEPT) this.clients.clear();
    const made = this.factory.create(serviceUrl, audience).then(sendsActivitiesAsTheyAre);
    this.clients.set(key, made);
    made.catch(() => this.clients.delete(key)); // the next turn tries again
    return made;
  }
}

type Credentials = ReturnType<ConfigurationServiceClientCredentialFactory['createCredentials']>;

/** Credentials that fetch their token within the turn's time: the SDK's own wait for as long as it takes. */
class PunctualCredentialFactory extends ConfigurationServiceClientCredentialFactory {
  private readonly identity?: TokenCredential;

  constructor(app?: AppRegistration) {
    super(app && appSettings(app));
    if (app?.type === 'UserAssignedMSI') this.identity = identity(app.id);
  }

  override async createCredentials(...args: [string, string, string, boolean]): Credentials {
    const [appId, audience] = args;
    const credentials = this.identity
      ? new IdentityCredentials(appId, audience, this.identity)
      : await super.createCredentials(...args);
    return {
      signRequest: (request) =>
        inTime(turnScope, 'the sign-in service', () => credentials.signRequest(request)),
    };
  }
}

/** The bot as its managed identity. (The SDK's own would also try whoever is signed in to Azure on this machine.) */
class IdentityCredentials extends AppCredentials {
  constructor(
    appId: string,
    audience: string,
    private readonly identity: TokenCredential,
  ) {
    super(appId, undefined, audience);
  }

  protected override async refreshToken(): Promise<AuthenticatorResult> {
    const token = await this.identity.getToken(`${this.oAuthScope}/.default`);
    if (!token) throw new Error('The identity gave no token');
    return { accessToken: token.token, expiresOn: new Date(token.expiresOnTimestamp) };
  }
}

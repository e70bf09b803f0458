import {
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import { AuthenticationConstants, GovernmentConstants } from 'botframework-connector';
import type { AppRegistration, Config } from './config';
import { createConnectorHttpClient, inTime } from './connectorHttpClient';
import { turnScope } from './turnScope';

/** How the SDK signs in to the channel for us, in local mode not at all; all that it sends has a deadline. */
export function authenticationFor(config: Config): ConfigurationBotFrameworkAuthentication {
  return new ConfigurationBotFrameworkAuthentication(
    isUsGovernment(config) ? { ChannelService: GovernmentConstants.ChannelService } : {},
    new PunctualCredentialFactory(config.mode === 'teams' ? appSettings(config.app) : {}),
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

type Credentials = ReturnType<ConfigurationServiceClientCredentialFactory['createCredentials']>;

/** Credentials that fetch their token within the turn's time: the SDK's own wait for as long as it takes. */
class PunctualCredentialFactory extends ConfigurationServiceClientCredentialFactory {
  override async createCredentials(...args: [string, string, string, boolean]): Credentials {
    const credentials = await super.createCredentials(...args);
    return {
      signRequest: (request) =>
        inTime(turnScope, 'the sign-in service', () => credentials.signRequest(request)),
    };
  }
}

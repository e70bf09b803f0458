import { type FilesConfig, readFiles } from './fileSettings';
import { type GraphConfig, readGraph } from './graphSettings';
import { type KeyEncryptionConfig, LOCAL_ENCRYPTION, readKeyEncryption } from './keySettings';
import { LOCAL_MAIL, readMail, type MailConfig } from './mailSettings';
import { anyText, guid, oneOf, port, safeUrl, secret, serviceUrl, Settings, type Rule } from './settings';
import { AZURITE, readStorage, type StorageConfig } from './storageSettings';
import { readTelemetry, type TelemetryConfig } from './telemetrySettings';

export type { FilesConfig } from './fileSettings';
export type { GraphConfig } from './graphSettings';
export type { KeyEncryptionConfig } from './keySettings';
export type { MailConfig } from './mailSettings';
export type { StorageConfig } from './storageSettings';

const APP_TYPES = ['SingleTenant', 'UserAssignedMSI', 'MultiTenant'] as const;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Teams' own hosts: the public cloud and those of the US government. */
const TEAMS_SERVICE_URLS = [
  'https://smba.trafficmanager.net/',
  'https://smba.infra.gcc.teams.microsoft.com/',
  'https://smba.infra.gov.teams.microsoft.us/',
  'https://smba.infra.dod.teams.microsoft.us/',
];

/** Who the bot is to Microsoft Entra, and how it proves it. */
export type AppRegistration =
  | {
      readonly type: 'SingleTenant';
      readonly id: string;
      readonly password: string;
      readonly tenantId: string;
    }
  | { readonly type: 'UserAssignedMSI'; readonly id: string; readonly tenantId: string }
  | { readonly type: 'MultiTenant'; readonly id: string; readonly password: string };

/** An account admin from the start: an object id (or in local mode an e-mail), in lower case. */
export interface ConfiguredAdmin {
  readonly tenantId?: string;
  readonly id: string;
}

interface CommonConfig {
  readonly port: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly storage: StorageConfig;
  readonly mail: MailConfig;
  readonly graph: GraphConfig;
  readonly files: FilesConfig;
  /** What product keys are encrypted with. */
  readonly keyEncryption: KeyEncryptionConfig;
  /** What a fulfilment system signs with when it says that a benefit is active; without it nobody may. */
  readonly webhookSecret?: string;
  readonly accountAdmins: readonly ConfiguredAdmin[];
  /** How it is measured what the bot does; without it nothing is. */
  readonly telemetry?: TelemetryConfig;
  /** Where a company goes that isn't in the bot yet (docs/rules.md, rule 0). */
  readonly partnerLinks: { readonly membershipCenter: string; readonly program: string };
}

/** The bot in Teams. Tenant ids are in lower case, service URLs are whole and normalised. */
export interface TeamsConfig extends CommonConfig {
  readonly mode: 'teams';
  readonly app: AppRegistration;
  /** Where the channel's signing keys are, and who issues its tokens. */
  readonly channel: { readonly openIdMetadata: string; readonly issuer: string };
  readonly allowedTenants: readonly string[];
  readonly allowedServiceUrls: readonly string[];
}

/** The bot on a developer's machine: reached over loopback only, no sign-in. */
export interface LocalConfig extends CommonConfig {
  readonly mode: 'local';
}

export type Config = TeamsConfig | LocalConfig;

/** The settings can't be used; the message has one line for each thing that is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/**
 * The bot's settings, from the environment.
 * @throws ConfigError naming every setting that is missing or wrong
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const settings = new Settings(env);
  const mode = settings.optional('BOT_MODE', oneOf(['teams', 'local'] as const), 'teams');
  const config = mode === 'local' ? localConfig(settings) : teamsConfig(settings);
  if (settings.problems.length > 0) throw new ConfigError(settings.problems);
  return config;
}

export interface OperatorConfig {
  readonly storage: StorageConfig;
  readonly graph: GraphConfig;
  /** Undefined when the settings don't say it: only commands that touch product keys need it. */
  readonly keyEncryption?: KeyEncryptionConfig;
}

/**
 * Where the tables are and what product keys are encrypted with, for the operator's commands. A local file of keys
 * is never used for the tables of a bot that runs elsewhere: it could not open what was sealed here.
 * @throws ConfigError
 */
export function readOperatorConfig(env: NodeJS.ProcessEnv = process.env): OperatorConfig {
  const settings = new Settings(env);
  const mode = settings.optional('BOT_MODE', oneOf(['teams', 'local'] as const), 'teams');
  const isElsewhere = settings.has('STORAGE_CONNECTION_STRING') || settings.has('STORAGE_ACCOUNT_URL');
  const needsSetting = mode === 'teams' && isElsewhere;
  const clientId = ownIdentity(settings);
  const config = {
    storage: readStorage(settings, { byDefault: AZURITE, clientId }),
    graph: readGraph(settings, clientId),
    keyEncryption:
      needsSetting && !settings.has('KEY_ENCRYPTION_KEYS')
        ? undefined
        : readKeyEncryption(settings, LOCAL_ENCRYPTION),
  };
  if (settings.problems.length > 0) throw new ConfigError(settings.problems);
  return config;
}

function localConfig(settings: Settings): LocalConfig {
  return {
    mode: 'local',
    ...commonConfig(settings, localAdmin),
    storage: readStorage(settings, { byDefault: AZURITE }),
    mail: readMail(settings, LOCAL_MAIL),
    graph: readGraph(settings),
    files: readFiles(settings, true),
    keyEncryption: readKeyEncryption(settings, LOCAL_ENCRYPTION),
    telemetry: readTelemetry(settings, false),
  };
}

function teamsConfig(settings: Settings): TeamsConfig {
  const serviceUrls = settings.list('ALLOWED_SERVICE_URLS', serviceUrl);
  const app = appRegistration(settings);
  const clientId = app.type === 'UserAssignedMSI' ? app.id : undefined;
  return {
    mode: 'teams',
    app,
    channel: {
      openIdMetadata: settings.optional(
        'CHANNEL_OPENID_METADATA',
        safeUrl("the https URL of the channel's OpenID metadata"),
        'https://login.botframework.com/v1/.well-known/openidconfiguration',
      ),
      issuer: settings.optional(
        'CHANNEL_ISSUER',
        safeUrl("the issuer of the channel's tokens"),
        'https://api.botframework.com',
      ),
    },
    allowedTenants: settings.requiredList(
      'ALLOWED_TENANTS',
      guid('the ids of the tenants that may use the bot, separated by commas,'),
    ),
    allowedServiceUrls: serviceUrls.length > 0 ? serviceUrls : TEAMS_SERVICE_URLS,
    ...commonConfig(settings, teamsAdmin),
    storage: readStorage(settings, { clientId }),
    mail: readMail(settings),
    graph: readGraph(settings, clientId),
    files: readFiles(settings, false),
    keyEncryption: readKeyEncryption(settings),
    telemetry: readTelemetry(settings, true),
  };
}

function commonConfig(
  settings: Settings,
  admin: Rule<ConfiguredAdmin>,
): Omit<CommonConfig, 'storage' | 'mail' | 'graph' | 'files' | 'keyEncryption' | 'telemetry'> {
  return {
    port: settings.optional('PORT', port, 3978),
    logLevel: settings.optional('LOG_LEVEL', oneOf(LOG_LEVELS), 'info'),
    webhookSecret: settings.optional<string | undefined>('ACTIVATION_WEBHOOK_SECRET', secret, undefined),
    accountAdmins: settings.list('ACCOUNT_ADMINS', admin),
    partnerLinks: {
      membershipCenter: settings.optional(
        'PARTNER_MEMBERSHIP_CENTER_URL',
        safeUrl('the https URL of the Partner Membership Center'),
        'https://partner.microsoft.com/_login?authType=OpenIdConnect',
      ),
      program: settings.optional(
        'PARTNER_PROGRAM_URL',
        safeUrl("the https URL of the programme's site"),
        'https://partner.microsoft.com/membership',
      ),
    },
  };
}

const appId = guid("the bot's application (client) id");
const appType = (settings: Settings) =>
  settings.optional('MicrosoftAppType', oneOf(APP_TYPES), 'SingleTenant');

/** The client id of the bot's managed identity, where there is one: an operator's command that runs beside it. */
function ownIdentity(settings: Settings): string | undefined {
  if (appType(settings) !== 'UserAssignedMSI') return undefined;
  return settings.optional<string | undefined>('MicrosoftAppId', appId, undefined);
}

function appRegistration(settings: Settings): AppRegistration {
  const type = appType(settings);
  const id = settings.required('MicrosoftAppId', appId, '');
  const password = () => settings.required('MicrosoftAppPassword', anyText("the bot's client secret"), '');
  const tenantId = () =>
    settings.required(
      'MicrosoftAppTenantId',
      guid("the id of the tenant that the bot's app is registered in"),
      '',
    );
  switch (type) {
    case 'SingleTenant':
      return { type, id, password: password(), tenantId: tenantId() };
    case 'UserAssignedMSI':
      return { type, id, tenantId: tenantId() };
    case 'MultiTenant':
      return { type, id, password: password() };
  }
}

const teamsAdmin: Rule<ConfiguredAdmin> = {
  expects: 'tenantId/objectId, separated by commas,',
  parse(text) {
    const [tenantId, id, ...rest] = text
      .toLowerCase()
      .split('/')
      .map((part) => guid('').parse(part));
    return tenantId && id && rest.length === 0 ? { tenantId, id } : undefined;
  },
};

const localAdmin: Rule<ConfiguredAdmin> = {
  expects: 'tenantId/objectId, or an object id or e-mail alone, separated by commas,',
  parse(text) {
    const parts = text.toLowerCase().split('/');
    const [first = '', second] = parts;
    if (parts.length > 2 || parts.includes('')) return undefined;
    return second === undefined ? { id: first } : { tenantId: first, id: second };
  },
};

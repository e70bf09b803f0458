import { TableClient } from '@azure/data-tables';
import { serviceUrl, type Rule, type Settings } from './settings';

/**
 * Where the tables are: a connection string, or an account reached with the managed identity that has this client id,
 * or else with whatever identity the machine has.
 */
export type StorageConfig =
  { readonly connectionString: string } | { readonly accountUrl: string; readonly clientId?: string };

/** Azurite's tables on this machine; account and key are the ones that it publishes. */
export const AZURITE: StorageConfig = {
  connectionString:
    'DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;' +
    'AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;' +
    'TableEndpoint=http://127.0.0.1:10002/devstoreaccount1;',
};

const connectionString: Rule<StorageConfig> = {
  expects: "a storage account's connection string (or STORAGE_ACCOUNT_URL instead)",
  parse: (text) =>
    /(^|;)(AccountName|SharedAccessSignature|UseDevelopmentStorage)=[^;]/i.test(text) && canBeOpened(text)
      ? { connectionString: text }
      : undefined,
};

/** Only the client library knows all the forms of one, and of what is none it throws anything. */
function canBeOpened(text: string): boolean {
  try {
    TableClient.fromConnectionString(text, 'Ledger');
    return true;
  } catch {
    return false;
  }
}

const tablesUrl: Rule<{ readonly accountUrl: string }> = {
  expects: "the https URL of a storage account's tables",
  parse: (text) => (serviceUrl.parse(text) ? { accountUrl: text } : undefined),
};

interface StorageDefaults {
  /** Where the tables are when neither setting says so. */
  readonly byDefault?: StorageConfig;
  /** Whom to sign in as when there is no key. */
  readonly clientId?: string;
}

/** Reads where the tables are: exactly one of the two settings, or neither when there is a default. */
export function readStorage(settings: Settings, { byDefault, clientId }: StorageDefaults): StorageConfig {
  if (settings.has('STORAGE_ACCOUNT_URL')) {
    if (settings.has('STORAGE_CONNECTION_STRING')) {
      settings.refuse(
        'STORAGE_CONNECTION_STRING',
        'is set beside STORAGE_ACCOUNT_URL',
        'a value in only one of them',
      );
    }
    const { accountUrl } = settings.required('STORAGE_ACCOUNT_URL', tablesUrl, { accountUrl: '' });
    return { accountUrl, ...(clientId && { clientId }) };
  }
  return byDefault
    ? settings.optional('STORAGE_CONNECTION_STRING', connectionString, byDefault)
    : settings.required('STORAGE_CONNECTION_STRING', connectionString, { connectionString: '' });
}

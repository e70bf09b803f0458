import type { StorageAccount } from '../storage/tables';
import type { StorageConfig } from './storageSettings';

/** The account that the settings name, with the identity that this machine has when they give no key. */
export async function openAccount(storage: StorageConfig): Promise<StorageAccount> {
  if ('connectionString' in storage) return storage;
  const { DefaultAzureCredential } = await import('@azure/identity'); // a slow module that only this needs
  return { url: storage.accountUrl, credential: new DefaultAzureCredential() };
}

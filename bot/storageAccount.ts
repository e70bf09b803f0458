import type { IdentityAccount, StorageAccount } from '../storage/tables';
import { beforeAbort } from './deadline';
import { identity } from './identity';
import type { StorageConfig } from './storageSettings';
import { turnScope } from './turnScope';

/** The account that the settings name; when they give no key, with an identity. */
export function openAccount(storage: StorageConfig): StorageAccount {
  if ('connectionString' in storage) return storage;
  return { url: storage.accountUrl, credential: identity(storage.clientId), policies: [endsWithTheTurn] };
}

/** Of several requests that wait for one token, the client would end all with the first one's signal. */
const endsWithTheTurn: IdentityAccount['policies'][number] = {
  position: 'perCall',
  policy: {
    name: 'endsWithTheTurn',
    sendRequest: (request, next) => beforeAbort(turnScope.signal(), next(request)),
  },
};

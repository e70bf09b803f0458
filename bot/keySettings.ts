import type { EncryptionKey } from '../storage/keyCipher';
import { type Rule, type Settings } from './settings';

/** What product keys are encrypted with: keys from the settings, or those of a file, which is made when it is needed. */
export type KeyEncryptionConfig = { readonly keys: readonly EncryptionKey[] } | { readonly file: string };

/** A developer's machine: the bot and the operator's commands find the same there. */
export const LOCAL_ENCRYPTION: KeyEncryptionConfig = { file: '.data/key-encryption-keys' };

/** Read as one text, since an entry of a list that is wrong would be quoted, and these are secrets. */
export const encryptionKeys: Rule<KeyEncryptionConfig> = {
  expects: 'id:base64 of 32 bytes (openssl rand -base64 32), the newest first, separated by commas,',
  parse(text) {
    const keys = parseEncryptionKeys(text);
    return keys && { keys };
  },
};

/** Reads `id:base64,…`; undefined when anything is wrong with it. */
export function parseEncryptionKeys(text: string): readonly EncryptionKey[] | undefined {
  const keys = text.split(',').map((entry) => parseOne(entry.trim()));
  const whole = keys.filter((key) => key !== undefined);
  const areDifferent = new Set(whole.map(({ id }) => id)).size === keys.length;
  return areDifferent ? whole : undefined;
}

function parseOne(entry: string): EncryptionKey | undefined {
  const [, id = '', base64 = ''] = /^([a-z0-9-]{1,32}):([A-Za-z0-9+/]{43}=)$/.exec(entry) ?? [];
  const secret = Buffer.from(base64, 'base64');
  return secret.length === 32 ? { id, secret } : undefined;
}

/** Reads what product keys are encrypted with; it must be there, unless there is a default. */
export function readKeyEncryption(settings: Settings, byDefault?: KeyEncryptionConfig): KeyEncryptionConfig {
  return byDefault
    ? settings.optional('KEY_ENCRYPTION_KEYS', encryptionKeys, byDefault)
    : settings.required('KEY_ENCRYPTION_KEYS', encryptionKeys, { keys: [] });
}

import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { KeyCipher } from '../benefits/ports';
import { type EncryptionKey, keyCipher } from '../storage/keyCipher';
import { type KeyEncryptionConfig, parseEncryptionKeys } from './keySettings';

/** What seals and opens the product keys of each tenant. A file of keys is read, or made, at the first use. */
export function keyCiphers(config: KeyEncryptionConfig): (tenantId: string) => KeyCipher {
  let kept: readonly EncryptionKey[] | undefined;
  const keys = () => (kept ??= 'keys' in config ? config.keys : keysIn(config.file));
  return (tenantId) => keyCipher(tenantId, keys);
}

/** @throws Error when the file can't be read, or isn't one of ours */
function keysIn(file: string): readonly EncryptionKey[] {
  const keys = parseEncryptionKeys((read(file) ?? make(file)).trim());
  if (!keys)
    throw new Error(`${file} is damaged: without it, the product keys that it sealed can't be opened`);
  return keys;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Whole or not at all, since two processes may make it at the same moment: then the first one's is kept. */
function make(file: string): string {
  const draft = `${file}.${randomUUID()}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(draft, `local:${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isError(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8');
}

const isError = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

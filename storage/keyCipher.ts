import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyCipher } from '../benefits/ports';

/** A 256-bit key of the operator's that product keys are encrypted with. */
export interface EncryptionKey {
  /** Stands beside every ciphertext: `[a-z0-9-]`. */
  readonly id: string;
  readonly secret: Buffer;
}

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM. What is sealed is one string, `<id of the encryption key>.<IV, tag and ciphertext>`, and can be
 * opened only for the tenant and the row that it was sealed for. A mark is a keyed digest, `<id>.<digest>`, with a
 * key derived from the encryption key: whoever has the table but no encryption key can't try product keys against it.
 *
 * @param encryptionKeys the first seals, all open; called when they are needed
 */
export function keyCipher(tenantId: string, encryptionKeys: () => readonly EncryptionKey[]): KeyCipher {
  const place = (keyId: string, boundTo: string) => Buffer.from(JSON.stringify([keyId, tenantId, boundTo]));
  return {
    seal(productKey, boundTo) {
      const { id, secret } = newest();
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, derived(secret, 'seal'), iv).setAAD(place(id, boundTo));
      const text = Buffer.concat([cipher.update(productKey, 'utf8'), cipher.final()]);
      return `${id}.${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')}`;
    },

    open(sealed, boundTo) {
      const [id = '', body = ''] = sealed.split('.');
      const known = encryptionKeys().find((each) => each.id === id);
      if (!known) throw new Error(`a product key was sealed with ${id}, which KEY_ENCRYPTION_KEYS lacks`);
      const bytes = Buffer.from(body, 'base64url');
      const [iv, rest] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES)];
      const cipher = createDecipheriv(ALGORITHM, derived(known.secret, 'seal'), iv, {
        authTagLength: TAG_BYTES,
      });
      cipher.setAAD(place(id, boundTo)).setAuthTag(rest.subarray(0, TAG_BYTES));
      return Buffer.concat([cipher.update(rest.subarray(TAG_BYTES)), cipher.final()]).toString('utf8');
    },

    isOutdated: (sealed) => sealed.split('.')[0] !== newest().id,

    marks: (productKey, boundTo) =>
      encryptionKeys().map(({ id, secret }) => {
        const hmac = createHmac('sha256', derived(secret, 'mark')).update(place(id, boundTo));
        return `${id}.${hmac.update('\0').update(productKey, 'utf8').digest('base64url')}`;
      }),
  };

  function newest(): EncryptionKey {
    const [first] = encryptionKeys();
    if (!first) throw new Error('there is no key to encrypt product keys with');
    return first;
  }
}

/** Sealing and marking never use the same bits. */
const derived = (secret: Buffer, purpose: 'seal' | 'mark'): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `partner-benefits ${purpose}`, 32));

import { type EncryptionKey, keyCipher } from '../../storage/keyCipher';

const KEY = 'AAAA1-BBBB2-CCCC3-DDDD4-EEEE5';
const old: EncryptionKey = { id: 'old', secret: Buffer.alloc(32, 'o') };
const fresh: EncryptionKey = { id: 'new', secret: Buffer.alloc(32, 'n') };

const cipherWith = (...keys: EncryptionKey[]) => keyCipher('tenant', () => keys);
const cipher = cipherWith(old);

describe('a sealed product key', () => {
  it('opens where it was sealed for, whatever characters it has', () => {
    for (const key of [KEY, 'é🔑\\"', ' ']) expect(cipher.open(cipher.seal(key, 'b/1'), 'b/1')).toBe(key);
  });

  it('tells nothing: no part of it is in there, and the same key is sealed differently each time', () => {
    const sealed = [cipher.seal(KEY, 'b/1'), cipher.seal(KEY, 'b/1')];
    expect(new Set(sealed).size).toBe(2);
    for (const each of sealed) {
      expect(each).toMatch(/^old\.[\w-]+$/);
      expect(Buffer.from(each.slice(4), 'base64url').toString('latin1')).not.toContain('AAAA1');
    }
  });

  it('opens in no other row, of no other benefit, and of no other tenant', () => {
    const sealed = cipher.seal(KEY, 'b/1');
    expect(() => cipher.open(sealed, 'b/2')).toThrow();
    expect(() => cipher.open(sealed, 'c/1')).toThrow();
    expect(() => keyCipher('other', () => [old]).open(sealed, 'b/1')).toThrow();
  });

  it('opens no more when a bit of it was changed', () => {
    const bytes = Buffer.from(cipher.seal(KEY, 'b/1').slice(4), 'base64url');
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => cipher.open(`old.${changed.toString('base64url')}`, 'b/1')).toThrow();
    }
    for (const cut of ['old.', 'old.AAAA', 'old', '']) expect(() => cipher.open(cut, 'b/1')).toThrow();
    expect(() => cipher.open(`old.${bytes.subarray(0, -1).toString('base64url')}`, 'b/1')).toThrow();
  });

  it('opens with its own encryption key only, and says which one is missing', () => {
    const sealed = cipher.seal(KEY, 'b/1');
    expect(() => cipherWith(fresh).open(sealed, 'b/1')).toThrow(
      'a product key was sealed with old, which KEY_ENCRYPTION_KEYS lacks',
    );
    expect(() => cipherWith({ ...old, secret: fresh.secret }).open(sealed, 'b/1')).toThrow();
    expect(() => cipherWith(fresh, old).open(sealed.replace('old.', 'new.'), 'b/1')).toThrow();
    expect(() => cipherWith().seal(KEY, 'b/1')).toThrow('no key to encrypt product keys with');
  });

  it('is outdated once there is a newer encryption key, and still opens', () => {
    const sealed = cipher.seal(KEY, 'b/1');
    const both = cipherWith(fresh, old);
    expect([cipher.isOutdated(sealed), both.isOutdated(sealed)]).toEqual([false, true]);
    expect(both.open(sealed, 'b/1')).toBe(KEY);
    expect(both.seal(KEY, 'b/1')).toMatch(/^new\./);
  });
});

describe('a mark', () => {
  it('is the same for the same key of the same benefit, and of nothing else', () => {
    const [mark] = cipher.marks(KEY, 'b');
    expect(cipher.marks(KEY, 'b')).toEqual([mark]);
    expect(cipher.marks(`${KEY}6`, 'b')).not.toEqual([mark]);
    expect(cipher.marks(KEY, 'c')).not.toEqual([mark]);
    expect(keyCipher('other', () => [old]).marks(KEY, 'b')).not.toEqual([mark]);
  });

  it('can’t be made without the encryption key, and is found again with each that is known', () => {
    const [mark] = cipher.marks(KEY, 'b');
    expect(cipherWith({ ...old, secret: fresh.secret }).marks(KEY, 'b')).not.toContain(mark);
    expect(cipherWith(fresh, old).marks(KEY, 'b')).toEqual([expect.stringMatching(/^new\./), mark]);
  });
});

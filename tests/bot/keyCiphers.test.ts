import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyCiphers } from '../../bot/keyCiphers';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'partner-benefits-'));
  file = join(folder, '.data', 'key-encryption-keys');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a file of encryption keys', () => {
  it('is made at the first use, for its owner only, and shared by whoever comes later', () => {
    const [bot, command] = [keyCiphers({ file })('tenant'), keyCiphers({ file })('tenant')];
    expect(readdirSync(folder)).toEqual([]);
    const sealed = bot.seal('key', 'b/1');
    expect(command.open(sealed, 'b/1')).toBe('key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, '.data'))).toEqual(['key-encryption-keys']);
    expect(readFileSync(file, 'utf8')).toMatch(/^local:[\w+/]{43}=\n$/);
  });

  it('keeps tenants apart', () => {
    const cipherOf = keyCiphers({ file });
    const sealed = cipherOf('one').seal('key', 'b/1');
    expect(() => cipherOf('other').open(sealed, 'b/1')).toThrow();
  });

  it('that is damaged is not replaced', () => {
    keyCiphers({ file })('tenant').seal('key', 'b/1');
    writeFileSync(file, 'nonsense');
    expect(() => keyCiphers({ file })('tenant').seal('key', 'b/1')).toThrow(/is damaged/);
    expect(readFileSync(file, 'utf8')).toBe('nonsense');
  });
});

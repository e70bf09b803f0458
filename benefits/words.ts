/** Letters that Unicode doesn't take apart, and the sigma that only ends a word. */
const PLAIN: Record<string, string> = { ł: 'l', ı: 'i', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ς: 'σ' };

/**
 * How words are compared: accents, case and punctuation don't count.
 * "José  GARCÍA-López" → "jose garcia lopez".
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđßæœıς]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** How addresses are compared (docs/rules.md, rule 11): trimmed, Unicode NFC, lower case. */
export function normalEmail(address: string): string {
  return address.trim().normalize('NFC').toLowerCase();
}

export function sameEmail(one: string, other: string): boolean {
  return normalEmail(one) === normalEmail(other);
}

/** Good enough to be sent to: one @, no spaces, angle brackets or invisible characters, a domain with a dot; 254 characters at most. */
export function isEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s\p{C}@<>(),;:"\\[\]]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,}$/u.test(
      text,
    )
  );
}

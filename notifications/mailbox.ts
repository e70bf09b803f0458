import { isEmail } from '../benefits/words';

/** Whom a mail is from or to, as its header says it. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** Reads `Name <address>`, `"Name, with a comma" <address>` or an address alone; undefined when it is none of these. */
export function parseMailbox(text: string): Mailbox | undefined {
  const [, name = '', address = text] = /^([^<>]*)<([^<>]*)>$/.exec(text.trim()) ?? [];
  const mailbox = { name: oneLine(unquoted(name)), address: address.trim() };
  return isEmail(mailbox.address) ? mailbox : undefined;
}

/**
 * Text for one line of a header: what can't be shown (line breaks, control characters, halves of characters) becomes
 * a space, and `=?`, from which many a mail program goes on to decode, is taken apart.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
    .replace(/=(?=\?)/g, '= ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function unquoted(name: string): string {
  const [, quoted] = /^"(.*)"$/.exec(name.trim()) ?? [];
  return quoted === undefined ? name : quoted.replace(/\\(.)/g, '$1');
}

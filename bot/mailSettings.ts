import { parseMailbox } from '../notifications/mailbox';
import type { Rule, Settings } from './settings';

/** Who mails are from, and where they go: to a mail server, or as `.eml` files into a folder. */
export type MailConfig =
  { readonly smtpUrl: string; readonly from: string } | { readonly folder: string; readonly from: string };

/** A developer's machine: whoever wants to read a mail opens its file. */
export const LOCAL_MAIL = {
  folder: '.data/mail',
  from: 'Partner Benefits <noreply@localhost.localdomain>',
} as const;

const smtpUrl: Rule<string> = {
  expects:
    'the URL of a mail server, smtp:// or smtps://, with user and password if it wants them (percent-encoded),',
  parse: (text) => (URL.canParse(text) && isMailServer(new URL(text)) ? text : undefined),
};

const mailbox: Rule<string> = {
  expects: 'who mails are from, "Name <address>" or an address,',
  parse: (text) => (parseMailbox(text) ? text : undefined),
};

/** Reads where mails go and who they are from; both must be there, unless there is a default. */
export function readMail(settings: Settings, byDefault?: typeof LOCAL_MAIL): MailConfig {
  if (!byDefault) {
    return {
      smtpUrl: settings.required('SMTP_URL', smtpUrl, ''),
      from: settings.required('MAIL_FROM', mailbox, ''),
    };
  }
  const url = settings.optional<string | undefined>('SMTP_URL', smtpUrl, undefined);
  const from = settings.optional('MAIL_FROM', mailbox, byDefault.from);
  return url ? { smtpUrl: url, from } : { folder: byDefault.folder, from };
}

/** A path or fragment means that a `/` or `#` of the password was left as it is. */
function isMailServer({ protocol, hostname, pathname, hash }: URL): boolean {
  return (
    (protocol === 'smtp:' || protocol === 'smtps:') &&
    /^(?:[\w.-]+|\[[\da-f:.]+\])$/i.test(hostname) &&
    (pathname === '' || pathname === '/') &&
    hash === ''
  );
}

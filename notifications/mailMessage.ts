import { domainToASCII } from 'node:url';
import type { SendMailOptions } from 'nodemailer';
import type { Mail } from './channel';
import { oneLine, type Mailbox } from './mailbox';

/**
 * A mail as nodemailer takes it: the same words as text and as HTML. Its Message-ID follows from the mail's id
 * and the sender's domain, so that a repeat is known as one; nobody's absence note answers it.
 */
export function messageOf(mail: Mail, from: Mailbox): SendMailOptions {
  const domain = domainToASCII(from.address.slice(from.address.lastIndexOf('@') + 1));
  return {
    messageId: `<${plain(mail.id)}@${domain}>`,
    from: { ...from },
    to: { name: oneLine(mail.toName ?? ''), address: mail.to },
    subject: oneLine(mail.subject),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    xMailer: false,
    text: textOf(mail),
    html: htmlOf(mail),
  };
}

/** Whatever an id or an address holds, as part of a file's name or of a header. */
export function plain(text: string): string {
  return text.replace(/[^\w.@+-]/g, '_').slice(0, 100);
}

function textOf({ title, paragraphs, ...mail }: Mail): string {
  const link = safeLink(mail);
  return [title, ...paragraphs, ...(link ? [`${link.title}: ${link.url}`] : [])].join('\n\n') + '\n';
}

function htmlOf({ language, title, paragraphs, ...mail }: Mail): string {
  const link = safeLink(mail);
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
</head>
<body style="margin:0;padding:24px;background:#ffffff;color:#242424;font:16px/1.5 'Segoe UI',Arial,sans-serif">
<div style="max-width:560px;margin:0 auto;overflow-wrap:anywhere">
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">${lines(title)}</h1>
${paragraphs.map((text) => `<p style="margin:0 0 16px">${lines(text)}</p>`).join('\n')}
${link ? button(link) : ''}
</div>
</body>
</html>
`;
}

const BUTTON =
  'display:inline-block;padding:12px 20px;background:#5b5fc7;color:#ffffff;border-radius:4px;text-decoration:none';

function button({ title, url }: NonNullable<Mail['link']>): string {
  return `<p style="margin:24px 0"><a href="${escaped(url)}" style="${BUTTON}">${escaped(title)}</a></p>`;
}

/** A link that leads to a web page; any other is left out. */
function safeLink({ link }: Pick<Mail, 'link'>): Mail['link'] {
  if (!link || !URL.canParse(link.url)) return undefined;
  const { protocol, href } = new URL(link.url);
  return protocol === 'https:' || protocol === 'http:'
    ? { title: oneLine(link.title), url: href }
    : undefined;
}

const lines = (text: string): string => escaped(text).replace(/\r\n?|\n/g, '<br>');

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

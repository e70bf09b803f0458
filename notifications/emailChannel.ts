import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type NodemailerError } from 'nodemailer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { EmailChannel, SendResult } from './channel';
import { parseMailbox, type Mailbox } from './mailbox';
import { messageOf, plain } from './mailMessage';

/** Less than the bot has to end in, once it is told to: a mail in hand is then sent and marked. */
const DEADLINE_MS = 8_000;
/** A mail holds what we wrote into it, and nothing that is fetched from elsewhere. */
const SELF_CONTAINED = { disableFileAccess: true, disableUrlAccess: true } as const;

interface SmtpOptions {
  /** nodemailer's connection URL, `smtp://` or `smtps://`, with user and password if the server wants them. */
  readonly url: string;
  /** `Name <address>` or an address. */
  readonly from: string;
  /** Once it aborts, sends that are under way end with `again`. */
  readonly signal?: AbortSignal;
  /** For one mail, with its wait for a free connection. */
  readonly deadlineMs?: number;
}

/** Keeps connections to the mail server open for the next mail; `close` lets mails that are under way finish. */
export interface SmtpChannel extends EmailChannel {
  close(): void;
}

/**
 * Hands mails to a mail server, with one attempt a mail. A result never holds an address or the password: `why` is
 * the server's answer by its numbers and the command ("RCPT TO 550 5.1.1"), or the code of what went wrong
 * ("ECONNREFUSED"). Only what the server says for good about the recipient or the message is `failed`.
 * @throws Error when the URL or the sender can't be used
 */
export function smtpChannel({ url, from, signal, deadlineMs = DEADLINE_MS }: SmtpOptions): SmtpChannel {
  const sender = senderOf(from);
  const transport = createTransport({
    // First: what the URL's query says must not undo what follows.
    ...serverOf(url),
    ...SELF_CONTAINED,
    pool: true,
    maxRequeues: 0,
    logger: false,
    connectionTimeout: deadlineMs,
    dnsTimeout: deadlineMs,
    greetingTimeout: deadlineMs,
    socketTimeout: deadlineMs,
    idleTimeout: deadlineMs / 2,
  });
  return {
    async send(mail) {
      try {
        await inTime(deadlineMs, signal, (ends) =>
          transport.sendMail({ ...messageOf(mail, sender), signal: ends }),
        );
        return { outcome: 'sent' };
      } catch (error) {
        return resultOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/**
 * Writes mails as `<id>-<recipient>.eml` into a folder, for development. The folder is made when it is missing, a
 * file is whole from the moment it is there, and a mail that is sent again replaces its file.
 * @throws Error when the sender can't be used
 */
export function emlFolder({
  folder,
  from,
}: {
  readonly folder: string;
  readonly from: string;
}): EmailChannel {
  const sender = senderOf(from);
  const transport = createTransport({
    ...SELF_CONTAINED,
    streamTransport: true,
    buffer: true,
    newline: 'windows',
  });
  return {
    async send(mail) {
      try {
        const { message } = await transport.sendMail(messageOf(mail, sender));
        await mkdir(folder, { recursive: true });
        await writeWhole(join(folder, `${plain(mail.id)}-${plain(mail.to)}.eml`), message);
        return { outcome: 'sent' };
      } catch (error) {
        return resultOf(error);
      }
    },
  };
}

function senderOf(from: string): Mailbox {
  const sender = parseMailbox(from);
  if (!sender) throw new Error('The sender of mails is not an address');
  return sender;
}

function serverOf(url: string): ReturnType<typeof parseConnectionUrl> {
  try {
    return parseConnectionUrl(url);
  } catch {
    // Without its cause, which quotes the URL with the password.
    throw new Error('The URL of the mail server is not valid');
  }
}

async function writeWhole(path: string, content: Parameters<typeof writeFile>[1]): Promise<void> {
  const unfinished = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(unfinished, content);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** Gives work that honours a signal a deadline in milliseconds, or its parent's end if that is sooner. */
async function inTime<T>(
  milliseconds: number,
  parent: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort(parent?.reason);
  const timeout = Object.assign(new Error('Too late'), { code: 'ETIMEDOUT' });
  const timer = setTimeout(() => controller.abort(timeout), milliseconds);
  parent?.addEventListener('abort', stop);
  if (parent?.aborted) stop();
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    parent?.removeEventListener('abort', stop);
  }
}

function resultOf(error: unknown): SendResult {
  const what = typeof error === 'object' && error !== null ? (error as Partial<NodemailerError>) : {};
  return { outcome: isFinal(what) ? 'failed' : 'again', why: whyOf(what) };
}

const AUTHENTICATION_REQUIRED = 530;

/** Is it about this mail, and will stay so? What the server has against us is for the operator to mend. */
function isFinal({ code, command, permanent, responseCode }: Partial<NodemailerError>): boolean {
  if (responseCode === undefined) return code === 'EENVELOPE'; // an address that no mail can be written to
  const isAboutMail = command === 'RCPT TO' || command === 'DATA';
  return isAboutMail && permanent === true && responseCode !== AUTHENTICATION_REQUIRED;
}

/** By codes only: messages quote addresses. */
function whyOf({
  cause,
  code,
  command,
  originalCode,
  response,
  responseCode,
}: Partial<NodemailerError>): string {
  if (responseCode === undefined) return codeOf(cause) ?? originalCode ?? code ?? 'unknown';
  const [, status] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '') ?? [];
  return [command, responseCode, status].filter((part) => part !== undefined).join(' ');
}

function codeOf(cause: unknown): string | undefined {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}

import type { Logger } from 'pino';
import type { Benefit, Chat, Notice, Person, Stored } from '../benefits/model';
import { afterTry, type Delivered, unreachableChat } from '../benefits/notices';
import { languageOf } from '../benefits/people';
import { type Change, ConflictError, type Ports } from '../benefits/ports';
import { noticeCard } from '../cards/notice/notice';
import { type Texts, textsIn } from '../locales/texts';
import type { EmailChannel, SendResult, TeamsChannel } from './channel';
import { FINISHED_WITHIN_MS } from './hold';
import { wordingOf } from './wording';

/** What one request to storage, or a few at once, may take. */
export const STORAGE_MS = 8_000;

export interface Channels {
  readonly teams: TeamsChannel;
  readonly email: EmailChannel;
}

export interface DeliveryParts {
  readonly ports: Ports;
  readonly channels: Channels;
  /** Runs the work with a time limit of its own, in milliseconds, that its requests to storage obey. */
  readonly inScope: <T>(milliseconds: number, work: () => Promise<T>) => Promise<T>;
  readonly log: Logger;
  /** Ids of what was sent and could not be marked so: it is not sent again. */
  readonly unmarked: Set<string>;
}

/** A notice in its reader's words, ready to go. */
interface Ready {
  readonly reader?: Person;
  readonly send: () => Promise<SendResult>;
}

/**
 * Tries to send one notice, in its reader's language, and writes what became of it.
 * @param maySend asked right before it is sent
 * @returns undefined when it might not be sent any more
 * @throws what storage throws when it doesn't answer
 */
export async function deliver(
  parts: DeliveryParts,
  notice: Stored<Notice>,
  maySend: () => boolean,
): Promise<SendResult | undefined> {
  const { ports, inScope, unmarked } = parts;
  const { reader, send } = await inScope(STORAGE_MS, () => makeReady(parts, notice));
  if (!maySend()) return undefined;
  return inScope(FINISHED_WITHIN_MS, async () => {
    const result: SendResult = unmarked.has(notice.id) ? { outcome: 'sent' } : await send();
    if (result.outcome === 'sent') unmarked.add(notice.id);
    await commitUnlessDone(ports, afterTry(ports, notice, reader, result satisfies Delivered));
    unmarked.delete(notice.id);
    if (result.outcome === 'unreachable' && reader) await markUnreachable(ports, reader);
    return result;
  });
}

async function makeReady(parts: DeliveryParts, notice: Stored<Notice>): Promise<Ready> {
  const { ledger } = parts.ports;
  const [reader, benefit] = await Promise.all([ledger.person(notice.userId), benefitOf(parts.ports, notice)]);
  if (!reader) return { send: ended({ outcome: 'failed', why: 'unknown user' }) };
  const { chat } = reader;
  if (notice.channel === 'teams' && !chat?.reachable) {
    return { reader, send: ended({ outcome: 'unreachable', reason: chat ? 'notInstalled' : 'neverOpened' }) };
  }
  const language = languageOf(reader, undefined);
  const isKnown = language && chat?.timeZone && notice.channel === 'teams';
  const company = isKnown ? undefined : await ledger.company();
  const t = textsIn(language ?? company?.language ?? 'en', chat?.timeZone ?? company?.timeZone ?? 'UTC');
  try {
    return { reader, send: worded(parts.channels, notice, reader, benefit, t, company?.name ?? '') };
  } catch (err) {
    // Nothing outside is asked for words: it is about this notice, and no other must wait for it.
    parts.log.error({ err, notice: notice.key }, 'a notice could not be put into words');
    return { reader, send: ended({ outcome: 'failed', why: 'wording' }) };
  }
}

const ended = (result: SendResult) => () => Promise.resolve(result);

function worded(
  { teams, email }: Channels,
  notice: Notice,
  { user, chat }: Person,
  benefit: Benefit | undefined,
  t: Texts,
  company: string,
): Ready['send'] {
  const { title, paragraphs, portalUrl } = wordingOf(notice, benefit, t);
  if (notice.channel === 'email') {
    const mail = {
      id: notice.id,
      to: notice.to,
      toName: user.displayName,
      language: t.language,
      subject: title,
      title,
      paragraphs: [...paragraphs, t('email.footer', { company })],
      link: portalUrl ? { title: t('email.open'), url: portalUrl } : undefined,
    };
    return () => email.send(mail);
  }
  const card = cardOf(notice, { title, paragraphs, portalUrl }, t);
  return () => teams.send(chat?.reference ?? {}, card);
}

function cardOf(
  { key, facts }: Notice,
  wording: { readonly title: string; readonly paragraphs: readonly string[]; readonly portalUrl?: string },
  t: Texts,
) {
  const { benefitId, userId, notYetId } = facts;
  const isAsked =
    key === 'isItActive' && [benefitId, userId, notYetId].every((fact) => typeof fact === 'string');
  const pending = isAsked
    ? { benefitId: String(benefitId), userId: String(userId), notYetId: String(notYetId) }
    : undefined;
  return noticeCard({ ...wording, pending, isTheirs: key !== 'isItActive' && key !== 'undelivered' }, t);
}

async function benefitOf({ ledger }: Ports, { facts }: Notice): Promise<Benefit | undefined> {
  return typeof facts.benefitId === 'string' ? ledger.benefit(facts.benefitId) : undefined;
}

/** A conflict means that it was written before: by whoever had the lease, or by an operator. */
async function commitUnlessDone(ports: Ports, changes: readonly Change[]): Promise<void> {
  try {
    await ports.ledger.commit(changes);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}

async function markUnreachable(ports: Ports, reader: Person): Promise<void> {
  const change: { readonly before: Stored<Chat>; readonly after: Chat } | undefined = unreachableChat(reader);
  if (!change) return;
  try {
    await ports.ledger.saveChat(reader.user.id, change.after, change.before);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error; // they came meanwhile
  }
}

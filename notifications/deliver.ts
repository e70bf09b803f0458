import type { Benefit, Chat, Notice, Person, Stored } from '../benefits/model';
import { afterTry, type Delivered, unreachableChat } from '../benefits/notices';
import { languageOf } from '../benefits/people';
import { type Change, ConflictError, type Ports } from '../benefits/ports';
import { noticeCard } from '../cards/notice/notice';
import { type Texts, textsIn } from '../locales/texts';
import type { EmailChannel, SendResult, TeamsChannel } from './channel';
import { wordingOf } from './wording';

export interface Channels {
  readonly teams: TeamsChannel;
  readonly email: EmailChannel;
}

/** Tries to send one notice, in its reader's language, and writes what became of it. */
export async function deliver(ports: Ports, notice: Stored<Notice>, channels: Channels): Promise<SendResult> {
  const [reader, benefit] = await Promise.all([ports.ledger.person(notice.userId), benefitOf(ports, notice)]);
  const result: SendResult = reader
    ? await send(ports, notice, reader, benefit, channels)
    : { outcome: 'failed', why: 'unknown user' };
  await commitUnlessDone(ports, afterTry(ports, notice, reader, result satisfies Delivered));
  if (result.outcome === 'unreachable' && reader) await markUnreachable(ports, reader);
  return result;
}

async function send(
  ports: Ports,
  notice: Stored<Notice>,
  reader: Person,
  benefit: Benefit | undefined,
  { teams, email }: Channels,
): Promise<SendResult> {
  const language = languageOf(reader, undefined);
  const timeZone = reader.chat?.timeZone;
  const isKnown = language && timeZone && notice.channel === 'teams';
  const company = isKnown ? undefined : await ports.ledger.company();
  const t = textsIn(language ?? company?.language ?? 'en', timeZone ?? company?.timeZone ?? 'UTC');
  const { title, paragraphs, portalUrl } = wordingOf(notice, benefit, t);
  if (notice.channel === 'email') {
    const footer = t('email.footer', { company: company?.name ?? '' });
    const link = portalUrl ? { title: t('email.open'), url: portalUrl } : undefined;
    return email.send({
      id: notice.id,
      to: notice.to,
      toName: reader.user.displayName,
      language: t.language,
      subject: title,
      title,
      paragraphs: [...paragraphs, footer],
      link,
    });
  }
  const { chat } = reader;
  if (!chat?.reachable) return { outcome: 'unreachable', reason: chat ? 'notInstalled' : 'neverOpened' };
  return teams.send(chat.reference, cardOf(notice, { title, paragraphs, portalUrl }, t));
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

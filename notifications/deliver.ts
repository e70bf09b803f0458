import type { Logger } from 'pino';
import type { Entra } from '../benefits/directory';
import { toInstall } from '../benefits/installApp';
import type { Benefit, Chat, Person, Stored } from '../benefits/model';
import type { Notice } from '../benefits/work';
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
  readonly entra?: Entra;
}

/** A try to send a notice: not to whom, nor what it said. */
export interface NoticeEnd {
  readonly channel: Notice['channel'];
  readonly key: Notice['key'];
  /** `fault`: storage didn't answer, so that it could not be tried, or not be marked. */
  readonly outcome: SendResult['outcome'] | 'fault';
  readonly ms: number;
}

/** A notice in its reader's words, ready to go. */
export interface Ready {
  readonly reader?: Person;
  /** Whether it goes to Teams, at its pace. */
  readonly isPaced?: boolean;
  readonly send: () => Promise<SendResult>;
}

/**
 * All that can be done before it is a notice's turn, so that it goes out at once then.
 * @throws what storage throws when it doesn't answer
 */
export function makeReady(parts: DeliveryParts, notice: Stored<Notice>): Promise<Ready> {
  if (parts.unmarked.has(notice.id)) return Promise.resolve({ send: ended({ outcome: 'sent' }) });
  return parts.inScope(STORAGE_MS, () => readAndWord(parts, notice));
}

/**
 * Tries to send it, and writes what became of it.
 * @param onResult told before that is written: others may have to stop at once
 * @throws what storage throws when it doesn't answer
 */
export function deliver(
  parts: DeliveryParts,
  notice: Stored<Notice>,
  ready: Ready,
  onResult: (result: SendResult) => void,
): Promise<void> {
  const { ports, inScope, unmarked } = parts;
  const { reader, send } = ready;
  return inScope(FINISHED_WITHIN_MS, async () => {
    const result = await send();
    onResult(result);
    if (result.outcome === 'sent') unmarked.add(notice.id);
    const isNew = result.outcome === 'unreachable' && result.reason === 'neverOpened';
    await commitUnlessDone(ports, [
      ...afterTry(ports, notice, reader, result satisfies Delivered),
      ...(isNew && reader && parts.entra?.installer ? toInstall(ports, reader) : []),
    ]);
    unmarked.delete(notice.id);
    if (result.outcome === 'unreachable' && reader) await markUnreachable(ports, reader);
  });
}

/** What it needs couldn't be read: it is tried again later. @throws what storage throws when it doesn't answer */
export const putOff = (ports: Ports, notice: Stored<Notice>): Promise<void> =>
  commitUnlessDone(ports, afterTry(ports, notice, undefined, { outcome: 'again', why: 'fault' }));

async function readAndWord(parts: DeliveryParts, notice: Stored<Notice>): Promise<Ready> {
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
    const isPaced = notice.channel === 'teams';
    return { reader, isPaced, send: worded(parts.channels, notice, reader, benefit, t, company?.name ?? '') };
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

/** Nothing that is the reader's own is told of. */
const ADMINS: readonly Notice['key'][] = ['isItActive', 'undelivered', 'handoverFailed', 'leftEntra'];

function cardOf(
  { key, facts }: Notice,
  wording: { readonly title: string; readonly paragraphs: readonly string[]; readonly portalUrl?: string },
  t: Texts,
) {
  const ids = {
    benefitId: facts.benefitId,
    userId: facts.userId,
    madeBy: facts.madeBy,
    notYetId: facts.notYetId,
  };
  const pending = key === 'isItActive' && areTexts(ids) ? ids : undefined;
  const { benefitId, userId } = ids;
  const seat = { benefitId, userId };
  const stillHeld = key === 'handoverFailed' && areTexts(seat) ? seat : undefined;
  const requestId = typeof facts.requestId === 'string' ? facts.requestId : undefined;
  const isAdmins = ADMINS.includes(key);
  const isTheirs = !isAdmins && requestId === undefined;
  return noticeCard({ ...wording, pending, stillHeld, requestId, isTheirs }, t);
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

const areTexts = <Name extends string>(facts: Record<Name, unknown>): facts is Record<Name, string> =>
  Object.values(facts).every((fact) => typeof fact === 'string');

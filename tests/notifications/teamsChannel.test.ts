import type { ServerResponse } from 'node:http';
import { runInScope } from '../../bot/turnScope';
import { messageCard } from '../../cards/message/message';
import { textsIn } from '../../locales/texts';
import { teamsChannel } from '../../notifications/teamsChannel';
import { json, reply, startBotWithConnector, type BotWithConnector } from '../bot/botWithConnector';

const card = messageCard(textsIn('en', 'UTC'), 'A seat for you', ['Visual Studio is yours.'], []);

let bot: BotWithConnector;
let unknown: unknown[];

beforeEach(async () => {
  bot = await startBotWithConnector();
  unknown = [];
});

afterEach(() => bot.close());

const keptReference = () => ({
  channelId: 'msteams',
  serviceUrl: `${bot.connectorUrl}/_connector`,
  conversation: { id: 'chat', tenantId: 'tenant-1', conversationType: 'personal' },
  bot: { id: 'bot', name: 'Bot' },
  user: { id: 'user', aadObjectId: 'object-1' },
});

const channelOf = (inScope: typeof runInScope) =>
  teamsChannel(bot.adapter, '', { inScope, onUnknown: (error) => unknown.push(error) });

/** @param hurry by how much less time a send has than it normally would */
function send({ reference = keptReference() as object, hurry = 1 } = {}) {
  const inScope = <T>(ms: number, work: () => Promise<T>) => runInScope(ms / hurry, work);
  return channelOf(inScope).send(reference, card);
}

async function sendAnswered(answer: (response: ServerResponse) => void) {
  bot.script.connectorAnswers = answer;
  const result = await send();
  expect(bot.received).toHaveLength(1);
  expect(unknown).toEqual([]);
  return result;
}

const refusal = (code: string) => ({ error: { code, message: 'Adele Vance, adele@contoso.com' } });

const sendRefused = (status: number, code: string) =>
  sendAnswered((response) => json(response, status, refusal(code), { 'retry-after': '7' }));

describe('a card', () => {
  it('goes to the chat as a new message that has its first line as summary', async () => {
    await send();
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }];
    expect(bot.received).toMatchObject([
      {
        method: 'POST',
        path: '/_connector/v3/conversations/chat/activities',
        body: { type: 'message', summary: card.fallbackText, recipient: { id: 'user' }, attachments },
      },
    ]);
    expect(card.fallbackText).toContain('A seat for you');
    expect(bot.received[0]?.body).not.toHaveProperty('replyToId');
    expect(bot.received[0]?.body).not.toHaveProperty('text');
  });

  it('is written over a message, and the message is all that it changes', async () => {
    const update = () => channelOf(runInScope).update(keptReference(), 'message-1', card);
    expect(await update()).toEqual({ outcome: 'sent' });
    expect(bot.received).toMatchObject([
      {
        method: 'PUT',
        path: '/_connector/v3/conversations/chat/activities/message-1',
        body: { type: 'message', id: 'message-1', attachments: [{ content: card }] },
      },
    ]);
    bot.script.connectorAnswers = (response) =>
      json(response, 404, refusal('ActivityNotFoundInConversation'));
    expect(await update()).toEqual({ outcome: 'unreachable', reason: 'notInstalled', isForgotten: true });
    bot.script.connectorAnswers = (response) => json(response, 503, refusal('NotNow'));
    expect(await update()).toEqual({ outcome: 'again', why: '503 NotNow' });
  });

  it.each([200, 201, 202])('is sent when Teams answers %i', async (status) => {
    const result = await sendAnswered((response) => json(response, status, { id: 'sent-1' }));
    expect(result).toEqual({ outcome: 'sent' });
  });

  const jsonType = { 'content-type': 'application/json' };

  it.each<[string, (response: ServerResponse) => void]>([
    ['nothing', (response) => reply(response, 204)],
    ['what is no JSON', (response) => reply(response, 200, '<html>', jsonType)],
    ['an id of another kind', (response) => json(response, 201, { id: 7 })],
    ['a page', (response) => reply(response, 200, '<html>', { 'content-type': 'text/html' })],
  ])('is sent, not to be sent twice, when Teams takes it and answers with %s', async (_what, answer) => {
    expect(await sendAnswered(answer)).toEqual({ outcome: 'sent' });
  });
});

describe('is tried again, later', () => {
  it.each([412, 502, 503, 504])('when Teams answers %i', async (status) => {
    expect(await sendRefused(status, 'NotNow')).toEqual({ outcome: 'again', why: `${status} NotNow` });
  });

  it('when the connection drops', async () => {
    const result = await sendAnswered((response) => response.destroy());
    expect(result).toEqual({ outcome: 'again', why: 'NoAnswer' });
  });

  it('when nobody is there', async () => {
    const reference = { ...keptReference(), serviceUrl: 'http://127.0.0.1:1/' };
    expect(await send({ reference })).toEqual({ outcome: 'again', why: 'NoAnswer' });
  });

  it('when no answer comes in time', async () => {
    bot.script.connectorAnswers = () => {};
    expect(await send({ hurry: 100 })).toEqual({ outcome: 'again', why: 'Timeout' });
    expect(bot.received).toHaveLength(1);
  }, 3_000);
});

describe('too many', () => {
  const HOUR_MS = 3_600_000;

  it.each([
    ['as many seconds as Teams says', '7', 7_000],
    ['not at all when Teams says so', '0', 0],
    ['until a date, but no longer than an hour', 'Fri, 31 Dec 2100 23:59:59 GMT', HOUR_MS],
    ['not for a date that is past', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['an hour at most', '86400', HOUR_MS],
    ['five seconds when Teams says nothing that is understood', 'soon', 5_000],
  ])('lets the tenant wait %s', async (_what, header, afterMs) => {
    const result = await sendAnswered((response) =>
      json(response, 429, refusal('Throttled'), { 'retry-after': header }),
    );
    expect(result).toEqual({ outcome: 'again', afterMs, tenantMustWait: true, why: '429 Throttled' });
  });

  it('lets the tenant wait five seconds when Teams says nothing', async () => {
    const result = await sendAnswered((response) => reply(response, 429));
    expect(result).toEqual({ outcome: 'again', afterMs: 5_000, tenantMustWait: true, why: '429' });
  });
});

describe('does not reach', () => {
  it.each([
    ['BotNotInConversationRoster', 'notInstalled'],
    ['ConversationBlockedByUser', 'blocked'],
    ['MessageWritesBlocked', 'blocked'],
    ['BotDisabledByAdmin', 'disabled'],
    ['ForbiddenOperationException', 'notInstalled'],
  ])('a person when Teams answers 403 %s', async (code, reason) => {
    expect(await sendRefused(403, code)).toEqual({ outcome: 'unreachable', reason });
  });

  it.each(['ConversationNotFound', 'Whatever'])('a chat that is gone: 404 %s', async (code) => {
    const forgotten = { outcome: 'unreachable', reason: 'notInstalled', isForgotten: true };
    expect(await sendRefused(404, code)).toEqual(forgotten);
  });
});

describe('fails', () => {
  it.each([
    [403, 'Forbidden'],
    [400, 'BadArgument'],
    [401, 'Unauthorized'],
    [408, 'RequestTimeout'],
    [413, 'MessageSizeTooBig'],
    [500, 'ServiceError'],
    [501, 'BotDisabledByAdmin'],
  ])('when Teams answers %i %s', async (status, code) => {
    expect(await sendRefused(status, code)).toEqual({ outcome: 'failed', why: `${status} ${code}` });
  });

  it('without a code when Teams gives none', async () => {
    const result = await sendAnswered((response) => reply(response, 403, '<html>adele@contoso.com'));
    expect(result).toEqual({ outcome: 'failed', why: '403' });
  });

  it('without a code that may name somebody', async () => {
    expect(await sendRefused(400, 'adele@contoso.com')).toEqual({ outcome: 'failed', why: '400' });
  });

  it('when it never got as far as Teams, and says to the log why', async () => {
    const reference = { ...keptReference(), conversation: undefined };
    expect(await send({ reference })).toEqual({ outcome: 'failed', why: 'TypeError' });
    expect(unknown).toEqual([expect.any(TypeError)]);
    expect(bot.received).toEqual([]);
  });
});

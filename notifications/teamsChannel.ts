import type { CloudAdapter, TurnContext } from 'botbuilder';
import { cardMessage } from '../cards/cardMessage';
import type { SendResult, TeamsChannel, UnreachableReason } from './channel';
import { ConnectorError } from './connectorError';

/** What one message may take, its sign-in included, in milliseconds. */
const SEND_MS = 8_000;
/** How long a tenant waits when Teams says “too many” without saying how long, in milliseconds. */
const WAIT_MS = 5_000;
/** The longest that a tenant waits, whatever Teams says, in milliseconds. */
const LONGEST_WAIT_MS = 3_600_000;

const LATER: readonly number[] = [412, 502, 503, 504];

/** Codes of a 403 that are about the person or their company; any other is a fault of ours. */
const UNREACHABLE: ReadonlyMap<string | undefined, UnreachableReason> = new Map([
  ['BotNotInConversationRoster', 'notInstalled'],
  ['ForbiddenOperationException', 'notInstalled'],
  ['ConversationBlockedByUser', 'blocked'],
  ['MessageWritesBlocked', 'blocked'],
  ['BotDisabledByAdmin', 'disabled'],
]);

/** What the channel needs around a send. */
export interface Surroundings {
  /** Runs the work with a time limit of its own, in milliseconds, that the adapter's requests obey. */
  readonly inScope: <T>(milliseconds: number, work: () => Promise<T>) => Promise<T>;
  /** An error that isn't Teams' answer, for the log: the result only names it. */
  readonly onUnknown: (error: unknown) => void;
}

/**
 * Sends cards to kept conversations: one request each, no retry. It never throws; who calls decides by the
 * result what becomes of the message.
 * @param adapter throws ConnectorError for what Teams refuses or doesn't answer
 * @param botAppId empty in local mode
 */
export function teamsChannel(
  adapter: Pick<CloudAdapter, 'continueConversationAsync'>,
  botAppId: string,
  { inScope, onUnknown }: Surroundings,
): TeamsChannel {
  return {
    send: (reference, card) =>
      result(reference, async (context) => void (await context.sendActivity(cardMessage(card)))),
    update: (reference, id, card) =>
      result(reference, async (context) => void (await context.updateActivity({ ...cardMessage(card), id }))),
  };

  async function result(
    reference: object,
    work: (context: TurnContext) => Promise<void>,
  ): Promise<SendResult> {
    try {
      await inScope(SEND_MS, () => inChat(adapter, botAppId, reference, work));
      return { outcome: 'sent' };
    } catch (error) {
      if (error instanceof ConnectorError) return resultOf(error);
      if (isTaken(error)) return { outcome: 'sent' };
      onUnknown(error);
      return { outcome: 'failed', why: error instanceof Error ? error.name : 'unknown' };
    }
  }
}

function inChat(
  adapter: Pick<CloudAdapter, 'continueConversationAsync'>,
  botAppId: string,
  reference: object,
  work: (context: TurnContext) => Promise<void>,
): Promise<void> {
  return adapter.continueConversationAsync(botAppId, reference, async (context) => {
    // The SDK makes an id up for the activity that it continues with; the message would go out as a reply to it.
    context.activity.id = undefined;
    await work(context);
  });
}

/** Teams took it, with an answer that the SDK can't read: a second try would be a second message. */
function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { statusCode = 0 } = error as Error & { statusCode?: number };
  return statusCode >= 200 && statusCode < 300;
}

function resultOf(error: ConnectorError): SendResult {
  const { statusCode, code } = error;
  if (statusCode === undefined || LATER.includes(statusCode)) return { outcome: 'again', why: whyOf(error) };
  if (statusCode === 429) return tooMany(error);
  if (statusCode === 404) return { outcome: 'unreachable', reason: 'notInstalled', isForgotten: true };
  const reason = statusCode === 403 ? UNREACHABLE.get(code) : undefined;
  return reason ? { outcome: 'unreachable', reason } : { outcome: 'failed', why: whyOf(error) };
}

function tooMany(error: ConnectorError): SendResult {
  const afterMs = Math.min(error.retryAfterMs ?? WAIT_MS, LONGEST_WAIT_MS);
  return { outcome: 'again', afterMs, tenantMustWait: true, why: whyOf(error) };
}

/** Status and code. The code is text from outside: what isn't a single word might tell more than we want to keep. */
function whyOf({ statusCode, code = '' }: ConnectorError): string {
  return [statusCode, /^\w{1,60}$/.test(code) ? code : ''].filter(Boolean).join(' ');
}

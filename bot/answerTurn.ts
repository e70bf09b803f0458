import type { TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import { mayAssign, mustBeBenefitsAdmin } from '../benefits/access';
import { BenefitError } from '../benefits/errors';
import type { AdaptiveCard } from '../cards/bind';
import type { Typed } from '../dialogs/turn';
import { earlierCard } from './answers';
import type { Conversation, DialogAnswer } from './conversation';
import type { FilesConfig } from './fileSettings';
import { cellsOf } from './files/cells';
import { fetchFile, type SentFile, sentFileIn } from './files/sentFile';
import { pastedLines } from './pastedLines';
import { isTooLong } from './press';
import type { RouteTurn } from './route';
import { closingRoutes, isApart, routeOf } from './routes';
import { checkedRows, checkedText } from './routes/bulk';
import { notUnderstood } from './routes/talk';

interface Parts {
  readonly conversation: Conversation;
  readonly files: FilesConfig;
  readonly log: Logger;
}

const LONGEST_TEXT = 2_000;

/**
 * What a person did, answered by the dialog that is under way, or by a route.
 * @throws BenefitError when it is refused
 */
export async function answerTurn(context: TurnContext, turn: RouteTurn, parts: Parts): Promise<DialogAnswer> {
  const { input } = turn;
  if ('text' in input) return typed(context, turn, input, parts);
  if (isTooLong(input.data)) throw new BenefitError('textTooLong', { limit: LONGEST_TEXT });
  const answer = isApart(input.verb) ? undefined : await parts.conversation.pressed(context, turn);
  if (answer) return answer;
  const route = routeOf(input.verb);
  if (!route) return { card: earlierCard(turn.t), isClosed: false };
  return { card: await route(turn), isClosed: closingRoutes.some((name) => name === input.verb) };
}

async function typed(
  context: TurnContext,
  turn: RouteTurn,
  { text, command }: Typed,
  parts: Parts,
): Promise<DialogAnswer> {
  const file = sentFileIn(context.activity);
  if (file) return { card: await listIn(file, turn, parts), isClosed: false };
  const lines = mayAssign(turn.person.user) ? pastedLines(text) : undefined;
  if (lines !== undefined) return { card: await checkedText(turn, lines), isClosed: false };
  if (text.length > LONGEST_TEXT) throw new BenefitError('textTooLong', { limit: LONGEST_TEXT });
  const route = command && routeOf(command.name);
  if (route) return { card: await route(turn), isClosed: false };
  return (await parts.conversation.typed(context)) ?? { card: notUnderstood(turn, text), isClosed: false };
}

/** A file that is sent is a list of assignments: nothing else comes as a file. */
async function listIn(file: SentFile, turn: RouteTurn, parts: Parts): Promise<AdaptiveCard> {
  mustBeBenefitsAdmin(turn.person.user);
  return checkedRows(turn, cellsOf(file.name, await fetchFile(file, parts)));
}

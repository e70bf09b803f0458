import { ActivityTypes, type Activity, CardFactory, type TurnContext } from 'botbuilder';
import type { AdaptiveCard } from '../cards/bind';
import type { DialogAnswer } from './conversation';
import { afterAnswer } from './teamsAdapter';

/** A message that is a card; its first line stands in the chat list and is read out. */
export function cardMessage(card: AdaptiveCard): Partial<Activity> {
  const { fallbackText } = card;
  return {
    type: ActivityTypes.Message,
    summary: typeof fallbackText === 'string' ? fallbackText : undefined,
    attachments: [CardFactory.adaptiveCard(card)],
  };
}

/**
 * Answers what a person did with a card: a press gets it in place of the card that was pressed. That is only
 * the presser's view, so a closing card is also written to the message, once the answer is out.
 */
export async function answerWithCard(context: TurnContext, { card, isClosed }: DialogAnswer): Promise<void> {
  const { type, replyToId, conversation } = context.activity;
  if (type !== ActivityTypes.Invoke) return void (await context.sendActivity(cardMessage(card)));
  await answerInvoke(context, 'application/vnd.microsoft.card.adaptive', card);
  if (!isClosed || !replyToId) return;
  afterAnswer(context, async (lasting) => {
    await lasting.updateActivity({ ...cardMessage(card), id: replyToId, conversation });
  });
}

/** The body that Teams expects in answer to an invoke of a card. */
export async function answerInvoke(
  context: TurnContext,
  type: string,
  value: object | string,
): Promise<void> {
  const body = { statusCode: 200, type, value };
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body } });
}

import { ActivityTypes, type TurnContext } from 'botbuilder';
import { cardMessage } from '../cards/cardMessage';
import type { DialogAnswer } from './conversation';
import { afterAnswer } from './teamsAdapter';

export { cardMessage };

/** What a tap says, in the person's own name. */
export interface Suggestion {
  readonly type: 'imBack';
  readonly title: string;
  readonly value: string;
}

interface Answer extends DialogAnswer {
  /** Shown above the field that one types in, until something is said. */
  readonly suggested?: Suggestion[];
}

/**
 * Answers what a person did with a card: a press gets it in place of the card that was pressed. That is only
 * the presser's view, so a closing card is also written to the message, once the answer is out.
 */
export async function answerWithCard(
  context: TurnContext,
  { card, isClosed, suggested: actions }: Answer,
): Promise<void> {
  const { type, from, replyToId, conversation } = context.activity;
  if (type !== ActivityTypes.Invoke) {
    const suggestedActions = actions && { to: [from.id], actions };
    return void (await context.sendActivity({ ...cardMessage(card), suggestedActions }));
  }
  await answerInvoke(context, 'application/vnd.microsoft.card.adaptive', card);
  if (!isClosed || !replyToId) return;
  afterAnswer(context, async (lasting) => {
    await lasting.updateActivity({ ...cardMessage(card), id: replyToId, conversation });
  });
}

/** What Teams expects in answer to an invoke of which nothing is shown. */
export async function answerEmpty(context: TurnContext): Promise<void> {
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200 } });
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

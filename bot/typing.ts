import { ActivityTypes, type TurnContext } from 'botbuilder';
import type { Logger } from 'pino';

/** Tells once it is over, unless it is called off before: returns the way to do so. */
export type Patience = (isOver: () => void) => () => void;

/** How long a person waits before they see that an answer is on its way, in milliseconds. */
const PATIENCE_MS = 1_000;

export const aSecond: Patience = (isOver) => {
  const timer = setTimeout(isOver, PATIENCE_MS);
  return () => clearTimeout(timer);
};

interface Parts {
  readonly patience: Patience;
  readonly log: Logger;
}

/** Does the work for an answer to a message; whoever waits long for it sees the bot typing. The answer waits for nothing. */
export async function typingMeanwhile<T>(
  context: TurnContext,
  { patience, log }: Parts,
  work: () => Promise<T>,
): Promise<T> {
  const callOff = patience(() => void showTyping(context, log));
  try {
    return await work();
  } finally {
    callOff();
  }
}

/** Nobody misses it: what keeps Teams from taking it is met by the answer, too. */
async function showTyping(context: TurnContext, log: Logger): Promise<void> {
  try {
    await context.sendActivity({ type: ActivityTypes.Typing });
  } catch (err) {
    log.debug({ err }, 'typing was not shown');
  }
}

import type { TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import type { Ports } from '../benefits/ports';
import { isAttempt, keepAttempt, type RefusedFor } from '../benefits/refusals';
import { signInOf, tenantOf } from './speaker';
import { afterAnswer } from './teamsAdapter';

interface Refusal {
  readonly code: RefusedFor;
  /** The verb of the button or the name of the command: never what was typed. */
  readonly what: string;
  readonly isPress: boolean;
}

interface Parts {
  readonly portsOf: (tenantId: string) => Ports;
  readonly log: Logger;
}

/**
 * Most refusals are nobody's doing. What somebody tried stands in their history, once the answer is out; of who is
 * not among the users, it stands in the log.
 */
export function noteRefusal(
  context: TurnContext,
  { portsOf, log }: Parts,
  { code, what, isPress }: Refusal,
): void {
  if (!isAttempt(code, isPress)) return;
  const ports = portsOf(tenantOf(context.activity));
  const { objectId } = signInOf(context);
  afterAnswer(context, async () => {
    const userId = await ports.ledger.userIdOfSignIn(objectId, 'fresh');
    if (userId === undefined) log.warn({ code, what, objectId }, 'a stranger was refused');
    else await keepAttempt(ports, userId, { code, what });
  });
}

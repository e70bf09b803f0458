import type { Assignment, AuditRecord, User, UserSummary } from './model';
import type { Press } from './operations';
import type { Change, Ledger, Ports } from './ports';

export const summary = ({ id, email, displayName, active }: User): UserSummary => ({
  id,
  email,
  displayName,
  active,
});

/** In one round: who presses, and the benefit, the user and the assignment that are meant. */
export async function readAround(
  ledger: Ledger,
  by: string,
  meant: Pick<Assignment, 'benefitId' | 'userId'>,
) {
  const [admin, benefit, user, assignment] = await Promise.all([
    ledger.user(by),
    ledger.benefit(meant.benefitId),
    ledger.user(meant.userId),
    ledger.assignment(meant.benefitId, meant.userId),
  ]);
  return { admin, benefit, user, assignment };
}

/** The audit record of something that happened to an assignment. */
export function audit(
  action: string,
  to: Pick<Assignment, 'benefitId' | 'userId' | 'operationId'> & Pick<AuditRecord, 'fromUserId'>,
  by: string,
  at: string,
  details?: object,
): Change {
  const { benefitId, userId, fromUserId, operationId } = to;
  return { of: 'audit', after: { operationId, action, at, by, benefitId, userId, fromUserId, details } };
}

/** The audit record of what a press did to a user. @param details never an address or a secret */
export function userAudit(
  action: string,
  { operationId, by }: Press,
  userId: string,
  at: string,
  details?: object,
): Change {
  return { of: 'audit', after: { operationId, action, at, by, userId, details } };
}

/** The audit record of something that nobody in chat did. */
export function byOutsider(
  ports: Ports,
  action: string,
  by: 'settings' | 'operator' | 'bot',
  userId: string,
  details?: object,
): Change {
  const operationId = `${action}-${ports.random(10)}`;
  return userAudit(action, { operationId, by }, userId, ports.now().toISOString(), details);
}

import type { Assignment, User, UserSummary } from './model';
import type { Change } from './ports';

export const summary = ({ id, email, displayName, active }: User): UserSummary => ({
  id,
  email,
  displayName,
  active,
});

/** The audit record of something that happened to an assignment. */
export function audit(action: string, to: Assignment, by: string, at: string, details?: object): Change {
  const { benefitId, userId, operationId } = to;
  return { of: 'audit', after: { operationId, action, at, by, benefitId, userId, details } };
}

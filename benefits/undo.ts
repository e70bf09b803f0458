import { mustBeBenefitsAdmin } from './access';
import { BenefitError } from './errors';
import type { LocalText, UserSummary } from './model';
import { assignmentFacts, teamsNotice } from './notices';
import { type Decision, once, type Press } from './operations';
import { audit, readAround, summary } from './records';
import type { Ports } from './ports';

export const UNDO_MINUTES = 10;

export interface UndoOrder {
  readonly benefitId: string;
  readonly userId: string;
  /** The operation that made the assignment: a later one of the same two isn't meant. */
  readonly madeBy: string;
}

export interface Undone {
  readonly benefit: { readonly id: string; readonly name: LocalText; readonly isOnlyForSelf?: boolean };
  readonly user: UserSummary;
}

/**
 * Takes an assignment back as if it had not been made: the seat is free at once, whatever
 * `reassignAfterDays` says, since ten minutes are for correcting a slip.
 *
 * @throws BenefitError `unknownId`; `undoNothing` when it isn't there any more, `undoTooLate` after 10 minutes, or as `once` does
 */
export function undoAssignment(ports: Ports, press: Press, order: UndoOrder): Promise<Undone> {
  const { ledger } = ports;
  const read = () =>
    Promise.all([readAround(ledger, press.by, order), ledger.handover(order.benefitId, order.userId)]);
  return once(ports, 'undo', press, read, ([around, handover]): Decision<Undone> => {
    const { admin, benefit, user, assignment } = around;
    mustBeBenefitsAdmin(admin);
    if (!benefit || !user) throw new BenefitError('unknownId');
    if (assignment?.operationId !== order.madeBy) throw new BenefitError('undoNothing');
    const age = ports.now().getTime() - new Date(assignment.assignedAt).getTime();
    if (age > UNDO_MINUTES * 60_000) throw new BenefitError('undoTooLate', { minutes: UNDO_MINUTES });

    const at = ports.now().toISOString();
    const facts = { ...assignmentFacts(assignment, benefit, user), by: admin.displayName, byId: admin.id };
    return {
      changes: [
        { of: 'benefit', before: benefit, after: { ...benefit, held: benefit.held - 1 } },
        { of: 'assignment', before: assignment },
        ...(handover ? [{ of: 'handover', before: handover } as const] : []),
        audit('undo', { ...assignment, operationId: press.operationId }, admin.id, at),
        ...(user.id === admin.id ? [] : [teamsNotice(ports, user.id, 'undone', facts)]),
      ],
      outcome: {
        benefit: { id: benefit.id, name: benefit.name, isOnlyForSelf: benefit.assignable === 'self' },
        user: summary(user),
      },
    };
  });
}

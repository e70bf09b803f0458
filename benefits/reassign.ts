import { mustBeBenefitsAdmin } from './access';
import { giving } from './assign';
import type { Assignment, Day, LocalText, UserSummary } from './model';
import { checkedMove, type Move, mustBeMovable, readMove, type ReassignOrder } from './move';
import { assignmentFacts, teamsNotice } from './notices';
import { type Decision, once, type Press } from './operations';
import type { Change, Ports } from './ports';
import { audit, summary } from './records';

export interface Reassigned {
  readonly benefit: { readonly id: string; readonly name: LocalText };
  readonly from: UserSummary;
  readonly to: UserSummary;
  readonly expectedOn?: Day;
  readonly alternateEmail?: string;
}

/**
 * Takes a seat from its holder and gives it to somebody else, in one transaction: at no moment is it lost, nor
 * held by two (docs/rules.md, rule 8). Both are told. A handover that was planned for the seat comes to nothing.
 *
 * @throws BenefitError as `checkedMove`, as `mustBeMovable`, or as `once` does
 */
export function reassign(ports: Ports, press: Press, order: ReassignOrder): Promise<Reassigned> {
  const { ledger } = ports;
  const read = () => Promise.all([ledger.user(press.by), readMove(ledger, order)]);
  return once(ports, 'reassign', press, read, ([admin, facts]): Decision<Reassigned> => {
    mustBeBenefitsAdmin(admin);
    const move = checkedMove(facts, order, ports.now());
    mustBeMovable(move, ports.now());
    const { benefit, from, to, alternateEmail } = move;
    const how = { by: summary(admin), operationId: press.operationId };
    const { assignment, changes } = moving(ports, move, how);
    return {
      changes,
      outcome: {
        benefit: { id: benefit.id, name: benefit.name },
        from: summary(from),
        to: summary(to),
        expectedOn: assignment.expectedOn,
        alternateEmail,
      },
    };
  });
}

/** How a seat comes to be moved. */
interface How {
  /** Who gives it to its new holder. */
  readonly by: UserSummary;
  readonly operationId: string;
  /** By a handover that was planned: nobody sees it happen, and both are told, whoever they are. */
  readonly isPlanned?: boolean;
}

/** All that moving a seat changes, for one transaction: some twenty rows at most. */
export function moving(
  ports: Ports,
  move: Move,
  how: How,
): { readonly assignment: Assignment; readonly changes: readonly Change[] } {
  const { benefit, from, to, assignment: before, handover } = move;
  const { by, operationId, isPlanned = false } = how;
  const gift = { ...move, user: to, by, operationId, isUnasked: isPlanned };
  const { assignment, changes } = giving(ports, gift);
  const facts = {
    ...assignmentFacts(before, benefit, from),
    to: to.displayName,
    by: by.displayName,
    byId: by.id,
  };
  const isTold = from.active && (isPlanned || from.id !== by.id);
  const details = { status: assignment.status, ...(isPlanned && { plannedBy: by.id }) };
  const record = { ...assignment, fromUserId: from.id };
  const all: Change[] = [
    { of: 'benefit', before: benefit, after: benefit },
    { of: 'assignment', before },
    ...changes,
    ...(handover ? [{ of: 'handover', before: handover } as const] : []),
    audit('reassign', record, isPlanned ? 'bot' : by.id, assignment.assignedAt, details),
    ...(isTold ? [teamsNotice(ports, from.id, 'reassigned', facts)] : []),
  ];
  return { assignment, changes: all };
}

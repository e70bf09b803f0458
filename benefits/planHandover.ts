import { mustBeBenefitsAdmin } from './access';
import { dayIn, instantAt } from './days';
import { BenefitError } from './errors';
import type { Day, Handover, LocalText, UserSummary } from './model';
import type { DueOf } from './work';
import { type Decision, newOperationId, newSortedId, once, type Press } from './operations';
import type { Ports } from './ports';
import { checkedMove, mustBePlannable, readMove, type ReassignOrder } from './move';
import { audit, summary } from './records';
import { movableOn } from './seats';

/** The hour of its day, in the company's time zone, at which a handover takes place. */
const HANDED_OVER_AT_HOUR = 9;

export interface PlannedHandover {
  readonly benefit: { readonly id: string; readonly name: LocalText };
  readonly from: UserSummary;
  readonly to: UserSummary;
  readonly on: Day;
}

export interface HandoverPlanned extends PlannedHandover {
  /** The due work that will do it. */
  readonly dueId: string;
  /** The operation id of *Call off the handover*. */
  readonly callOffId: string;
}

/**
 * Plans a reassignment for the first day on which the seat may go to somebody else (docs/rules.md, rule 8†). It
 * then happens by itself, and both are told; until then it can be called off, and nobody is told.
 *
 * @throws BenefitError as `checkedMove`; `handoverPlanned` when there is one for the seat; `endsBeforeHandover`
 * when the benefit doesn't last until that day; or as `once` does
 */
export function planHandover(ports: Ports, press: Press, order: ReassignOrder): Promise<HandoverPlanned> {
  const { ledger } = ports;
  const read = () => Promise.all([ledger.user(press.by), readMove(ledger, order)]);
  return once(ports, 'planHandover', press, read, ([admin, facts]): Decision<HandoverPlanned> => {
    mustBeBenefitsAdmin(admin);
    const move = checkedMove(facts, order, ports.now());
    const { company, benefit, assignment, alternateEmail } = move;
    const today = dayIn(company.timeZone, ports.now());
    const first = movableOn(benefit, assignment, company.timeZone);
    const on = first > today ? first : today;
    mustBePlannable(benefit, on, move.handover);

    const [from, to] = [summary(move.from), summary(move.to)];
    const due: DueOf<'handover'> = {
      id: newSortedId(ports),
      at: instantAt(on, HANDED_OVER_AT_HOUR, company.timeZone),
      kind: 'handover',
      benefitId: benefit.id,
      fromUserId: from.id,
    };
    const handover: Handover = {
      benefitId: benefit.id,
      from,
      to,
      on,
      alternateEmail,
      plannedBy: summary(admin),
      madeBy: assignment.operationId,
      dueId: due.id,
    };
    return {
      changes: [
        { of: 'benefit', before: benefit, after: benefit },
        { of: 'handover', after: handover },
        { of: 'due', after: due },
        audit('planHandover', recordOf(handover, press), admin.id, ports.now().toISOString(), { on }),
      ],
      outcome: { ...outcomeOf(benefit, handover), dueId: due.id, callOffId: newOperationId(ports, press.by) },
    };
  });
}

export interface CallOffOrder {
  readonly benefitId: string;
  readonly fromUserId: string;
  /** The due work of the handover, when a later one for the same seat isn't meant. */
  readonly dueId?: string;
}

/**
 * A planned handover doesn't take place. Its due work is left, and comes to nothing.
 * @throws BenefitError `unknownId`; `noHandover` when there is none any more, or as `once` does
 */
export function callOffHandover(ports: Ports, press: Press, order: CallOffOrder): Promise<PlannedHandover> {
  const { ledger } = ports;
  const { benefitId, fromUserId, dueId } = order;
  const read = () =>
    Promise.all([
      ledger.user(press.by),
      ledger.benefit(benefitId),
      ledger.user(fromUserId),
      ledger.handover(benefitId, fromUserId),
    ]);
  return once(ports, 'callOffHandover', press, read, (facts): Decision<PlannedHandover> => {
    const [admin, benefit, fromUser, handover] = facts;
    mustBeBenefitsAdmin(admin);
    const isAnother = dueId !== undefined && handover?.dueId !== dueId;
    if (!benefit || !fromUser) throw new BenefitError('unknownId');
    if (!handover || isAnother) throw new BenefitError('noHandover');
    const { on } = handover;
    return {
      changes: [
        { of: 'benefit', before: benefit, after: benefit },
        { of: 'handover', before: handover },
        audit('callOffHandover', recordOf(handover, press), admin.id, ports.now().toISOString(), { on }),
      ],
      outcome: outcomeOf(benefit, handover),
    };
  });
}

interface Named {
  readonly id: string;
  readonly name: LocalText;
}

const outcomeOf = ({ id, name }: Named, { from, to, on }: Handover): PlannedHandover => ({
  benefit: { id, name },
  from,
  to,
  on,
});

const recordOf = ({ benefitId, from, to }: Handover, { operationId }: Press) => ({
  benefitId,
  userId: to.id,
  fromUserId: from.id,
  operationId,
});

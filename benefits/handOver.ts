import { BenefitError } from './errors';
import type { Benefit, Handover, Stored } from './model';
import type { DueOf } from './work';
import { checkedMove, type Move, mustBeMovable, readMove } from './move';
import { teamsNotice } from './notices';
import { untilSettled } from './operations';
import type { Change, Ports } from './ports';
import { moving } from './reassign';
import { audit } from './records';

/**
 * The day of a handover has come: it takes place, in one transaction with taking it off the list, so that it does
 * once however often it is tried. The rules are asked again; when one says no, who planned it is told why. It is
 * done even if they may not plan another: it was decided when they might.
 */
export function handOver(ports: Ports, due: Stored<DueOf<'handover'>>): Promise<void> {
  const { ledger } = ports;
  return untilSettled(ports, async () => {
    const [stillDue, planned] = await Promise.all([
      ledger.dueWorkById(due.at, due.id),
      ledger.handover(due.benefitId, due.fromUserId),
    ]);
    if (!stillDue) return;
    const changes = planned ? await handingOver(ports, planned, due.id) : [];
    await ledger.commit([{ of: 'due', before: due }, ...changes]);
  });
}

/** All that it changes; nothing, when it was called off since or another was planned. */
async function handingOver(ports: Ports, planned: Handover, dueId: string): Promise<readonly Change[]> {
  const { benefitId, from, to, alternateEmail, madeBy, plannedBy } = planned;
  const order = { benefitId, fromUserId: from.id, toUserId: to.id, alternateEmail, madeBy };
  const facts = await readMove(ports.ledger, order);
  const { benefit, handover } = facts;
  if (handover?.dueId !== dueId) return [];
  if (!benefit) throw new Error(`a seat of ${benefitId} is to be handed over, and there is no such benefit`);
  let move: Move;
  try {
    move = checkedMove(facts, order, ports.now());
    mustBeMovable({ ...move, handover: undefined }, ports.now());
  } catch (error) {
    if (!(error instanceof BenefitError)) throw error;
    return failing(ports, benefit, handover, error);
  }
  return moving(ports, move, { by: plannedBy, operationId: dueId, isPlanned: true }).changes;
}

/** It doesn't take place, and who planned it is told why. */
function failing(
  ports: Ports,
  benefit: Stored<Benefit>,
  handover: Stored<Handover>,
  { code }: BenefitError,
): Change[] {
  const { benefitId, from, to, on, plannedBy, dueId } = handover;
  const record = { benefitId, userId: to.id, fromUserId: from.id, operationId: dueId };
  const facts = {
    benefit: benefit.name,
    benefitId,
    user: from.displayName,
    userId: from.id,
    to: to.displayName,
    date: { date: on },
    reason: code,
    by: plannedBy.displayName,
    byId: plannedBy.id,
  };
  return [
    { of: 'benefit', before: benefit, after: benefit },
    { of: 'handover', before: handover },
    audit('handoverFailed', record, 'bot', ports.now().toISOString(), { code, plannedBy: plannedBy.id }),
    teamsNotice(ports, plannedBy.id, 'handoverFailed', facts),
  ];
}

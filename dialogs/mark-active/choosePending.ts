import { dayIn } from '../../benefits/days';
import { BenefitError } from '../../benefits/errors';
import type { Assignment, Day } from '../../benefits/model';
import type { Ledger } from '../../benefits/ports';
import { summary } from '../../benefits/records';
import { type PendingRow, pendingActivationsCard } from '../../cards/pending-activations/pendingActivations';
import { type Move, ON, STAY, type Step } from '../step';
import { idOf, type Turn } from '../turn';
import type { MarkActiveDraft } from './draft';

const PAGE = 10;

export const choosePending: Step<MarkActiveDraft> = {
  name: 'choosePending',
  isAnswered: ({ chosen }) => chosen !== undefined,

  async show({ after }, turn, press, refused) {
    const { ledger } = turn.ports;
    const [found, { timeZone }] = await Promise.all([
      ledger.pendingActivations(PAGE + 1, after),
      turn.company(),
    ]);
    const today = dayIn(timeZone, turn.ports.now());
    const rows = await Promise.all(
      found.slice(0, PAGE).map((assignment) => rowOf(assignment, ledger, today)),
    );
    const pending = rows.filter((row) => row !== undefined);
    const hasMore = found.length > PAGE || after !== undefined;
    return pendingActivationsCard({ press, pending, hasMore, refusal: refused?.text ?? null }, turn.t);
  },

  presses: {
    choosePending: (draft, turn, data) => choose(draft, turn, idOf(data, 'benefitId'), idOf(data, 'userId')),

    /** The next page; behind the last, the first again. */
    async morePending(draft, turn) {
      const found = await turn.ports.ledger.pendingActivations(PAGE + 1, draft.after);
      const last = found.length > PAGE ? found[PAGE - 1] : undefined;
      const after = last && { assignedAt: last.assignedAt, benefitId: last.benefitId, userId: last.userId };
      return { draft: { ...draft, after }, go: STAY };
    },
  },
};

/** The activation that a button elsewhere is about. @throws BenefitError `unknownId`, `nothingPending` */
export async function choose(
  draft: MarkActiveDraft,
  turn: Turn,
  benefitId: string,
  userId: string,
  madeBy?: string,
): Promise<Move<MarkActiveDraft>> {
  const { ledger } = turn.ports;
  const [benefit, user, assignment] = await Promise.all([
    ledger.benefit(benefitId),
    ledger.user(userId),
    ledger.assignment(benefitId, userId),
  ]);
  if (!benefit || !user) throw new BenefitError('unknownId');
  if (assignment?.status !== 'activating') throw new BenefitError('nothingPending');
  if (madeBy !== undefined && assignment.operationId !== madeBy) throw new BenefitError('nothingPending');
  const chosen = {
    benefit: { id: benefit.id, name: benefit.name },
    user: summary(user),
    madeBy: assignment.operationId,
  };
  return { draft: { ...draft, chosen }, go: ON };
}

async function rowOf(assignment: Assignment, ledger: Ledger, today: Day): Promise<PendingRow | undefined> {
  const [benefit, user] = await Promise.all([
    ledger.benefit(assignment.benefitId),
    ledger.user(assignment.userId),
  ]);
  if (!benefit || !user) return undefined;
  const { expectedOn = today } = assignment;
  return { benefit, user: summary(user), assignment, expectedOn, isOverdue: expectedOn < today };
}

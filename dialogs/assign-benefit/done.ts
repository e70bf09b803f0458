import type { Assigned } from '../../benefits/assign';
import { UNDO_MINUTES } from '../../benefits/undo';
import { assignDoneCard } from '../../cards/assign-done/assignDone';
import type { AdaptiveCard } from '../../cards/bind';
import type { Turn } from '../turn';

/** The closing card of an assignment, the first time and whenever its press comes again. */
export function doneCard({ t }: Turn, outcome: Assigned, operationId: string): AdaptiveCard {
  return assignDoneCard({ ...outcome, operationId, undoMinutes: UNDO_MINUTES }, t);
}

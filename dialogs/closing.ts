import type { Operation } from '../benefits/model';
import { doneByPress } from '../benefits/operations';
import type { AdaptiveCard } from '../cards/bind';
import type { Turn } from './turn';

/** The card that closes a run, from what it committed. */
export type Closing = (turn: Turn, operation: Operation) => AdaptiveCard;
/** By action: what a run of a dialog may commit. */
export type Closings = Readonly<Record<string, Closing>>;

/** @param card is given what the use case of its action had as outcome, and its operation id */
export const closing =
  <Outcome extends object>(
    card: (turn: Turn, outcome: Outcome, operationId: string) => AdaptiveCard,
  ): Closing =>
  (turn, { id, outcome }) =>
    card(turn, outcome as Outcome, id); // written by the use case of that action

/**
 * The closing card of a run that was committed, for a press on one of its cards; undefined when it wasn't.
 * @throws BenefitError `operationNotYours` when it is somebody else's card
 */
export async function closedBefore(
  turn: Turn,
  run: string,
  closings: readonly Closings[],
): Promise<AdaptiveCard | undefined> {
  if (run === '') return undefined;
  const done = await doneByPress(turn.ports, { operationId: run, by: turn.person.user.id });
  if (!done) return undefined;
  const found = closings.find((each) => Object.hasOwn(each, done.action));
  return found?.[done.action]?.(turn, done);
}

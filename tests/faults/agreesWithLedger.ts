import type { AuditRecord } from '../../benefits/model';
import type { Ports } from '../../benefits/ports';
import { MULTIPLE, SINGLE_USE } from '../parts/manyFlows';
import type { Told } from '../parts/mixedPresses';

const ALL = 100_000;

/** What every caller was told, and nothing else, is what has happened. */
export async function agreesWithLedger(told: readonly Told[], ports: Ports): Promise<void> {
  await isDoneOrNot(told, ports);
  const history = await ports.ledger.history(ALL);
  await holdsWhatTheyWereTold(told, history, ports);
  await hasTheKeysThatWereShown(told, ports);
}

/** What was refused has left nothing behind. */
async function isDoneOrNot(told: readonly Told[], { ledger }: Ports): Promise<void> {
  for (const { action, press, refusal } of told) {
    const done = await ledger.operation(press.operationId);
    expect([action, refusal, done?.action]).toEqual([action, refusal, refusal ? undefined : action]);
  }
}

/** Who was told that somebody got a seat, and not since that they lost it, finds them holding it: nobody else does. */
async function holdsWhatTheyWereTold(
  told: readonly Told[],
  history: readonly AuditRecord[],
  { ledger }: Ports,
): Promise<void> {
  const holds = new Map<string, number>();
  const moves = (benefitId: string, userId: string, by: 1 | -1) =>
    holds.set(`${benefitId} ${userId}`, (holds.get(`${benefitId} ${userId}`) ?? 0) + by);
  const done = told.filter(({ refusal }) => refusal === undefined);
  for (const { action, benefitId, userId, toUserId } of done) {
    if (action === 'assign') moves(benefitId, userId, 1);
    if (action === 'release' || action === 'undo' || action === 'reassign') moves(benefitId, userId, -1);
    if (action === 'reassign') moves(benefitId, toUserId, 1);
  }
  // Of a deactivation the callers are told only how much it was: its releases carry its operation.
  const deactivations = done.filter(({ action }) => action === 'deactivate');
  for (const { action, operationId, benefitId = '', userId = '' } of history) {
    const isOfOne = deactivations.some(({ press }) => operationId === `${press.operationId}-${benefitId}`);
    if (action === 'release' && isOfOne) moves(benefitId, userId, -1);
  }
  const byWord = [...holds].filter(([, count]) => count !== 0).sort();
  const benefits = await ledger.benefits();
  const holders = await Promise.all(benefits.map(({ id }) => ledger.holders(id, ALL)));
  const byRows = holders.flat().map(({ benefitId, userId }) => [`${benefitId} ${userId}`, 1]);
  expect(byWord).toEqual(byRows.sort());
}

/** A single-use key was shown to its owner alone; of a multiple activation key no more went than there are. */
async function hasTheKeysThatWereShown(told: readonly Told[], { ledger }: Ports): Promise<void> {
  const claims = told.filter(({ action, refusal }) => action === 'claimKeys' && refusal === undefined);
  const shown = claims.filter(({ benefitId }) => benefitId === SINGLE_USE);
  const owners = new Map<string, Set<string>>();
  for (const { keys, press } of shown)
    for (const key of keys) owners.set(key, (owners.get(key) ?? new Set()).add(press.by));
  expect([...owners.values()].filter(({ size }) => size !== 1)).toEqual([]);

  const owned = (await ledger.productKeys(SINGLE_USE)).flatMap(({ owner }) => (owner ? [owner.id] : []));
  expect(owned.sort()).toEqual([...owners.values()].flatMap((people) => [...people]).sort());
  const [{ of = 0, left = 0 } = {}] = await ledger.productKeys(MULTIPLE);
  expect(of - left).toBe(claims.length - shown.length);
}

import { mayAssign, mayGetKeys } from '../../benefits/access';
import { BenefitError } from '../../benefits/errors';
import type { AdaptiveCard } from '../../cards/bind';
import { GetKeysDialog, getKeysOf } from '../../dialogs/get-keys/getKeys';
import { pressedId, type RouteTurn, saidIn } from '../route';

/** @throws BenefitError `keysNotForYou` to who may get the keys of no benefit */
export async function keys(turn: RouteTurn): Promise<AdaptiveCard> {
  const benefit = saidIn(turn).benefit ?? (await pressedId(turn, 'benefitId'));
  if (!(await mayGetAny(turn))) throw new BenefitError('keysNotForYou');
  return turn.begin(GetKeysDialog.id, benefit ? getKeysOf(benefit) : { draft: {} });
}

async function mayGetAny({ person: { user, assignments }, ports }: RouteTurn): Promise<boolean> {
  if (mayAssign(user)) return true;
  if (assignments.length === 0) return false;
  const benefits = await ports.ledger.benefitsShown();
  return assignments.some(({ benefitId }) => {
    const benefit = benefits.find(({ id }) => id === benefitId);
    return benefit !== undefined && mayGetKeys(user, benefit, true);
  });
}

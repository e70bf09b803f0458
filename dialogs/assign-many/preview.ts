import type { Bulk } from '../../benefits/bulk';
import { checkBulk, type GivenLine } from '../../benefits/checkBulk';
import { BenefitError } from '../../benefits/errors';
import type { AdaptiveCard } from '../../cards/bind';
import { bulkPreviewCard } from '../../cards/bulk-preview/bulkPreview';
import type { Turn } from '../turn';

/**
 * Checks a list, and shows what will become of its lines: first those that can't be assigned.
 * @throws BenefitError as `checkBulk` does
 */
export async function checkedCard(turn: Turn, lines: readonly GivenLine[]): Promise<AdaptiveCard> {
  return previewCard(turn, await checkBulk(turn.ports, turn.person.user, lines), 0);
}

/** @throws BenefitError `unknownId` when it has no such part */
export async function previewCard(turn: Turn, bulk: Bulk, index: number): Promise<AdaptiveCard> {
  const { ledger } = turn.ports;
  const [part, benefits] = await Promise.all([ledger.bulkPart(bulk.id, index), ledger.benefitsShown()]);
  if (!part) throw new BenefitError('unknownId');
  return bulkPreviewCard({ bulk, part, benefits }, turn.t);
}

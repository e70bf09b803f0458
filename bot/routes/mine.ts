import { heldBy } from '../../benefits/myBenefits';
import type { Benefit } from '../../benefits/model';
import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { messageCard } from '../../cards/message/message';
import { myBenefitsCard } from '../../cards/my-benefits/myBenefits';
import { whomToAsk } from '../answers';
import { type ApartTurn, dataOf } from '../route';

/** So many of a person's benefits fit a card of 28 KB, however long their texts are. */
const PAGE = 7;

export async function myBenefits(turn: ApartTurn): Promise<AdaptiveCard> {
  const { person, ports, t, company } = turn;
  const from = Math.max(0, Number(dataOf(turn).from ?? 0)) || 0;
  const [benefits, { timeZone }] = await Promise.all([benefitsWith(turn), company()]);
  const held = heldBy(person, benefits, timeZone, ports.now());
  if (held.length === 0) {
    const paragraphs = [t('myBenefits.none'), await whomToAsk(t, ports.ledger)];
    return messageCard(t, t('myBenefits.title'), paragraphs, [button(t, 'help')]);
  }
  const next = from + PAGE < held.length ? from + PAGE : null;
  return myBenefitsCard({ held: held.slice(from, from + PAGE), next }, t);
}

/** With every one that the person holds: it may have come into the catalogue just now. */
async function benefitsWith({ person, ports: { ledger } }: ApartTurn): Promise<readonly Benefit[]> {
  const known = await ledger.benefitsShown();
  const ids = new Set(known.map(({ id }) => id));
  return person.assignments.every(({ benefitId }) => ids.has(benefitId))
    ? known
    : ledger.benefitsShown('fresh');
}

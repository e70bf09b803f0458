import { mustBeAllowedToExport } from '../../benefits/access';
import { BenefitError } from '../../benefits/errors';
import { fold } from '../../benefits/words';
import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { exportCard, orderTitle } from '../../cards/export/export';
import { messageCard } from '../../cards/message/message';
import { textOf, today } from '../../dialogs/turn';
import { EXPORT_ORDERS } from '../files/exportOrder';
import { type ApartTurn, dataOf } from '../route';

/** What of the ledger somebody wants as a file. @throws BenefitError `mayNotExport` */
export async function askExport({ person, t }: ApartTurn): Promise<AdaptiveCard> {
  mustBeAllowedToExport(person.user);
  return exportCard({ orders: EXPORT_ORDERS }, t);
}

/** The file is made when the person has said yes to Teams' question. @throws BenefitError `mayNotExport`, `optionUnknown` */
export async function makeExport(turn: ApartTurn): Promise<AdaptiveCard> {
  const { person, t } = turn;
  mustBeAllowedToExport(person.user);
  const option = textOf(dataOf(turn), 'order');
  const order = EXPORT_ORDERS.find(({ table, format }) => option === `${table}.${format}`);
  if (!order) throw new BenefitError('optionUnknown', { option });
  const [company, date] = await Promise.all([turn.company(), today(turn)]);
  const what = order.table === 'all' ? 'export' : order.table;
  const name = `${slug(company.name)}-${what}-${date}.${order.format}`;
  const description = t('export.description', { what: orderTitle(order, t), date: { date } });
  turn.offer({ what: 'export', name, description, details: order });
  return messageCard(t, t('export.offered'), [t('export.below', { name })], [button(t, 'export')]);
}

const LONGEST_SLUG = 40;

/** A name as part of a file's, which every system takes: "Contoso GmbH & Co. KG" → "contoso-gmbh-co-kg". */
function slug(name: string): string {
  const words = fold(name).replace(/[^a-z0-9]+/g, '-').slice(0, LONGEST_SLUG).replace(/^-+|-+$/g, ''); // prettier-ignore
  return words || 'company';
}

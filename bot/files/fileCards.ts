import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { messageCard } from '../../cards/message/message';
import type { Facts } from '../../benefits/model';
import type { OfferedFile } from '../../dialogs/turn';
import type { Texts } from '../../locales/texts';
import { offers } from './offers';
import { MOST_MB } from './upload';

/** What becomes of a file that was offered. */
export type FileOutcome =
  'making' | 'sent' | 'declined' | 'busy' | 'over' | 'tooLarge' | 'stopped' | 'failed';

/** Which file, as its question says. */
export type OfferOf = Pick<OfferedFile, 'what' | 'details'>;

/** What stands where a file was offered. */
export function fileCard(outcome: FileOutcome, of: OfferOf, t: Texts, about: Facts = {}): AdaptiveCard {
  const facts = { limit: MOST_MB, ...about };
  const isOnItsWay = outcome === 'making' || outcome === 'sent';
  const buttons = isOnItsWay ? [] : [button(t, offers[of.what].again, of.details)];
  return messageCard(t, t(`file.${outcome}.title`, facts), [t(`file.${outcome}.text`, facts)], buttons);
}

import type { LocalText } from '../../benefits/model';
import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { messageCard } from '../../cards/message/message';
import type { Turn } from '../turn';

/** No key is shown any more. */
export function doneCard(
  { t }: Turn,
  benefit: { readonly id: string; readonly name: LocalText },
): AdaptiveCard {
  const buttons = [button(t, 'keys', { benefitId: benefit.id }), button(t, 'help')];
  return messageCard(t, t('keys.title', { benefit: benefit.name }), [t('keys.gone')], buttons);
}

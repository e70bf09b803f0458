import type { Bulk } from '../benefits/bulk';
import type { Texts } from '../locales/texts';
import type { AdaptiveCard } from './bind';
import { button } from './buttons';
import { messageCard } from './message/message';

/** How far a bulk is, and in the end what became of it. */
export function bulkProgressCard(bulk: Bulk, t: Texts): AdaptiveCard {
  const { assigned, refused, id: bulkId } = bulk;
  if (bulk.state !== 'done') {
    const text = t('bulk.progress', { done: assigned + refused, count: bulk.lines });
    return messageCard(t, t('bulk.assigning'), [text], []);
  }
  const notAll = refused > 0 ? [t('bulk.refusedToo', { count: refused })] : [];
  return messageCard(
    t,
    t('bulk.done', { count: assigned }),
    [...(assigned > 0 ? [t('bulk.allDone')] : []), ...notAll],
    [button(t, 'bulkFile', { bulkId }), button(t, 'assignMany')],
  );
}

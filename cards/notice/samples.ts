import type { Samples } from '../samples';
import { noticeCard } from './notice';
import notice from './sample.json';

/** What they are about. */
const { facts: FACTS } = notice;

export const noticeSamples: Samples = {
  notice: (t) =>
    noticeCard(
      {
        title: t('notice.assigned.title', FACTS),
        paragraphs: [
          t('notice.assigned.text', FACTS),
          t('notice.assigned.activating', { expectedOn: { date: notice.expectedOn } }),
        ],
        portalUrl: notice.portalUrl,
        isTheirs: true,
      },
      t,
    ),
  'notice, a question': (t) =>
    noticeCard(
      {
        title: t('notice.isItActive.title', FACTS),
        paragraphs: [t('notice.isItActive.text', { expectedOn: { date: notice.expectedOn } })],
        pending: notice.pending,
        isTheirs: false,
      },
      t,
    ),
  'notice, a seat that stayed': (t) =>
    noticeCard(
      {
        title: t('notice.handoverFailed.title', { ...FACTS, to: 'Megan Bowen' }),
        paragraphs: [
          t('notice.handoverFailed.text', { ...FACTS, to: 'Megan Bowen', date: { date: notice.expectedOn } }),
        ],
        stillHeld: notice.pending,
        isTheirs: false,
      },
      t,
    ),
  'notice, a request': (t) =>
    noticeCard(
      {
        title: t('notice.requestMade.title', notice.request),
        paragraphs: [
          t('notice.requestMade.text', { ...FACTS, ...notice.request }),
          t('notice.requestMade.hours', { ...FACTS, ...notice.request, count: notice.request.hours }),
        ],
        requestId: notice.request.requestId,
        isTheirs: false,
      },
      t,
    ),
  'notice, who left': (t) =>
    noticeCard(
      {
        title: t('notice.leftEntra.title', FACTS),
        paragraphs: [
          t('notice.leftEntra.disabled', FACTS),
          t('notice.leftEntra.holds', { count: notice.held.count, holds: notice.held.names }),
          t('notice.leftEntra.text', FACTS),
        ],
        isTheirs: false,
      },
      t,
    ),
};

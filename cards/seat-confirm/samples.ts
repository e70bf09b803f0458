import { button } from '../buttons';
import type { Samples } from '../samples';
import seatConfirm from './sample.json';
import { seatConfirmCard } from './seatConfirm';

/** A seat that is to go to somebody else. */
const SEAT = { benefit: { en: 'Visual Studio Enterprise' }, user: 'Alex Wilber', to: 'Zoë Lefèvre' };

export const seatConfirmSamples: Samples = {
  'seat-confirm': (t) =>
    seatConfirmCard(
      {
        press: seatConfirm.press,
        title: t('reassign.confirm', SEAT),
        facts: [
          { title: t('reassign.from'), value: seatConfirm.from },
          { title: t('reassign.goesTo'), value: seatConfirm.to },
        ],
        notes: [t('reassign.atOnce')],
        refusal: null,
        actions: [button(t, 'reassignUser', seatConfirm.press, { style: 'positive' })],
      },
      t,
    ),
  'seat-confirm, a handover': (t) =>
    seatConfirmCard(
      {
        press: seatConfirm.press,
        title: t('handover.confirm', { ...SEAT, date: { date: seatConfirm.on } }),
        facts: [
          { title: t('reassign.from'), value: seatConfirm.from },
          { title: t('reassign.goesTo'), value: seatConfirm.to },
          { title: t('handover.on'), value: t.date(seatConfirm.on) },
        ],
        notes: [t('handover.byItself')],
        refusal: null,
        actions: [button(t, 'planHandover', seatConfirm.press, { style: 'positive' })],
      },
      t,
    ),
  'seat-confirm, a release': (t) =>
    seatConfirmCard(
      {
        press: seatConfirm.press,
        title: t('release.confirm', SEAT),
        facts: [{ title: t('reassign.from'), value: seatConfirm.from }],
        notes: [t('release.willBeFree')],
        refusal: null,
        actions: [button(t, 'releaseUser', seatConfirm.press, { style: 'destructive' })],
      },
      t,
    ),
};

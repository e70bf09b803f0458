import { BenefitError } from '../../benefits/errors';
import type { UserSummary } from '../../benefits/model';
import { releaseAssignment, type Released } from '../../benefits/release';
import { boundUntil } from '../../benefits/seats';
import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { userTitle } from '../../cards/choose-user/chooseUser';
import { messageCard } from '../../cards/message/message';
import { seatConfirmCard } from '../../cards/seat-confirm/seatConfirm';
import { benefitOf } from '../chooseBenefit';
import { type HolderDraft, holderOf } from '../chooseHolder';
import type { Step } from '../step';
import type { Turn } from '../turn';

export const confirm: Step<HolderDraft> = {
  name: 'confirm',

  async show(draft, turn, press, refused) {
    const { t } = turn;
    const { user, since } = holderOf(draft);
    const { benefit, notes } = await seatNow(draft, turn);
    const names = { benefit: benefit.name, user: user.displayName };
    return seatConfirmCard(
      {
        press,
        title: isOneself(user, turn) ? t('release.confirmSelf', names) : t('release.confirm', names),
        facts: [
          { title: t('assignConfirm.package'), value: benefit.package },
          { title: t('reassign.from'), value: userTitle(user) },
          { title: t('myBenefits.since'), value: t.date(since) },
        ],
        notes,
        refusal: refused?.text ?? null,
        actions: [button(t, 'releaseUser', press, { style: 'destructive' })],
      },
      t,
    );
  },

  presses: {
    async releaseUser(draft, turn, _data, { run }) {
      const press = { operationId: run, by: turn.person.user.id };
      const { user, madeBy } = holderOf(draft);
      const order = { benefitId: benefitOf(draft).id, userId: user.id, madeBy };
      return { done: doneCard(turn, await releaseAssignment(turn.ports, press, order)) };
    },
  },
};

/** The benefit as it is now, and what follows from releasing the seat. */
async function seatNow(draft: HolderDraft, turn: Turn) {
  const { ports, company, t } = turn;
  const { id } = benefitOf(draft);
  const { user, since: assignedAt } = holderOf(draft);
  const [benefit, handover, { timeZone }] = await Promise.all([
    ports.ledger.benefit(id),
    ports.ledger.handover(id, user.id),
    company(),
  ]);
  if (!benefit) throw new BenefitError('benefitUnknown', { benefit: id });
  const date = boundUntil(benefit, { assignedAt }, timeZone, ports.now());
  const notes = [
    ...toldOf(user, turn),
    date ? t('release.willBeFreeOn', { date: { date } }) : t('release.willBeFree'),
    ...(handover
      ? [t('release.handover', { to: handover.to.displayName, date: { date: handover.on } })]
      : []),
  ];
  return { benefit, notes };
}

/** The closing card, the first time and whenever its press comes again. */
export function doneCard(turn: Turn, { benefit, user, freeOn }: Released): AdaptiveCard {
  const { t } = turn;
  const names = { benefit: benefit.name, user: user.displayName };
  const another = benefit.isOnlyForSelf
    ? button(t, 'assign')
    : button(t, 'assignAnother', { benefitId: benefit.id });
  return messageCard(
    t,
    isOneself(user, turn) ? t('release.doneSelf', names) : t('release.done', names),
    [...toldOf(user, turn), freeOn ? t('release.freeOn', { date: { date: freeOn } }) : t('release.free')],
    [...(freeOn ? [] : [another]), button(t, 'release'), button(t, 'help')],
  );
}

const isOneself = ({ id }: UserSummary, { person }: Turn): boolean => id === person.user.id;

const toldOf = (user: UserSummary, turn: Turn): string[] =>
  user.active && !isOneself(user, turn) ? [turn.t('assignDone.told', { user: user.displayName })] : [];

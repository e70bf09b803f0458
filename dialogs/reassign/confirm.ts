import { DEFAULT_ACTIVATION_DAYS } from '../../benefits/activation';
import { BenefitError } from '../../benefits/errors';
import type { Benefit, Day } from '../../benefits/model';
import { planHandover } from '../../benefits/planHandover';
import { reassign } from '../../benefits/reassign';
import { asksAlternateEmail, boundUntil } from '../../benefits/seats';
import { button } from '../../cards/buttons';
import { userTitle } from '../../cards/choose-user/chooseUser';
import { seatConfirmCard } from '../../cards/seat-confirm/seatConfirm';
import { benefitOf } from '../chooseBenefit';
import { holderOf } from '../chooseHolder';
import type { Step } from '../step';
import type { Turn } from '../turn';
import { plannedCard, reassignedCard } from './done';
import { newHolderOf, orderOf, type ReassignDraft } from './draft';

/** The last question: whether the seat goes now, or on the day on which it may. Which, is looked up each time. */
export const confirm: Step<ReassignDraft> = {
  name: 'confirm',

  async show(draft, turn, press, refused) {
    const { t } = turn;
    const { benefit, on } = await seatNow(draft, turn);
    const facts = {
      benefit: benefit.name,
      user: holderOf(draft).user.displayName,
      to: newHolderOf(draft).displayName,
    };
    return seatConfirmCard(
      {
        press,
        title: on ? t('handover.confirm', { ...facts, date: { date: on } }) : t('reassign.confirm', facts),
        facts: factsOf(draft, benefit, on, turn),
        notes: notesOf(benefit, on, turn),
        refusal: refused?.text ?? null,
        actions: [button(t, on ? 'planHandover' : 'reassignUser', press, { style: 'positive' })],
      },
      t,
    );
  },

  presses: {
    async reassignUser(draft, turn, _data, { run }) {
      const press = { operationId: run, by: turn.person.user.id };
      return { done: reassignedCard(turn, await reassign(turn.ports, press, orderOf(draft))) };
    },

    async planHandover(draft, turn, _data, { run }) {
      const press = { operationId: run, by: turn.person.user.id };
      return { done: plannedCard(turn, await planHandover(turn.ports, press, orderOf(draft))) };
    },
  },
};

/** The benefit, and on which day its seat may go to somebody else, when that isn't now. */
async function seatNow(draft: ReassignDraft, { ports, company }: Turn) {
  const { id } = benefitOf(draft);
  const [benefit, { timeZone }] = await Promise.all([ports.ledger.benefit(id), company()]);
  if (!benefit) throw new BenefitError('benefitUnknown', { benefit: id });
  const { since: assignedAt } = holderOf(draft);
  return { benefit, on: boundUntil(benefit, { assignedAt }, timeZone, ports.now()) };
}

function factsOf(draft: ReassignDraft, benefit: Benefit, on: Day | undefined, { t }: Turn) {
  const { user, since } = holderOf(draft);
  const fact = (title: string, value: string) => ({ title, value });
  return [
    fact(t('assignConfirm.package'), benefit.package),
    fact(t('reassign.from'), userTitle(user)),
    fact(t('myBenefits.since'), t.date(since)),
    fact(t('reassign.goesTo'), userTitle(newHolderOf(draft))),
    ...(asksAlternateEmail(benefit)
      ? [fact(t('assignConfirm.alternateEmail'), draft.alternateEmail ?? '')]
      : []),
    ...(on ? [fact(t('handover.on'), t.date(on))] : []),
  ];
}

function notesOf(benefit: Benefit, on: Day | undefined, { t }: Turn): string[] {
  const count = benefit.activationDays ?? DEFAULT_ACTIVATION_DAYS;
  return [
    t(on ? 'handover.byItself' : 'reassign.atOnce'),
    ...(asksAlternateEmail(benefit) ? [t('assignConfirm.willTake', { count })] : []),
  ];
}

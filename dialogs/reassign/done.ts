import type { HandoverPlanned } from '../../benefits/planHandover';
import type { Reassigned } from '../../benefits/reassign';
import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { messageCard } from '../../cards/message/message';
import type { Turn } from '../turn';

/** The closing card of a reassignment, the first time and whenever its press comes again. */
export function reassignedCard({ t, person }: Turn, done: Reassigned): AdaptiveCard {
  const { benefit, from, to, expectedOn, alternateEmail } = done;
  const names = { benefit: benefit.name, user: from.displayName, to: to.displayName };
  const told = [from, to].filter(({ id, active }) => active && id !== person.user.id);
  const people = new Intl.ListFormat(t.language).format(told.map(({ displayName }) => displayName));
  return messageCard(
    t,
    t('reassign.done', names),
    [
      t('reassign.text', names),
      expectedOn ? t('assignDone.activating', { expectedOn: { date: expectedOn } }) : t('assignDone.active'),
      ...(alternateEmail ? [t('assignDone.emails', { alternateEmail, email: to.email })] : []),
      ...(told.length > 0 ? [t('reassign.told', { count: told.length, people })] : []),
    ],
    [button(t, 'reassign'), button(t, 'help')],
  );
}

/** The closing card of a handover that was planned. */
export function plannedCard({ t }: Turn, done: HandoverPlanned): AdaptiveCard {
  const { benefit, from, to, on, dueId, callOffId } = done;
  const names = { benefit: benefit.name, user: from.displayName, to: to.displayName };
  const callOff = { operationId: callOffId, benefitId: benefit.id, userId: from.id, dueId };
  return messageCard(
    t,
    t('handover.done'),
    [t('handover.text', { ...names, date: { date: on } })],
    [button(t, 'reassign'), button(t, 'callOff', callOff), button(t, 'help')],
  );
}

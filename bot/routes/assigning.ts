import { mustBeBenefitsAdmin } from '../../benefits/access';
import { notYetActive } from '../../benefits/activation';
import { BenefitError } from '../../benefits/errors';
import { undoAssignment } from '../../benefits/undo';
import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { messageCard } from '../../cards/message/message';
import { AssignBenefitDialog, assignInOneLine } from '../../dialogs/assign-benefit/assignBenefit';
import { choose } from '../../dialogs/mark-active/choosePending';
import { MarkActiveDialog } from '../../dialogs/mark-active/markActive';
import { ResendDialog, resendInOneLine } from '../../dialogs/resend/resend';
import { idOf } from '../../dialogs/turn';
import { type ApartTurn, dataOf, pressedId, type RouteTurn, saidIn } from '../route';

export function assign(turn: RouteTurn): Promise<AdaptiveCard> {
  const { benefit, user } = saidIn(turn);
  return turn.begin(AssignBenefitDialog.id, benefit ? assignInOneLine(benefit, user) : { draft: {} });
}

export function resend(turn: RouteTurn): Promise<AdaptiveCard> {
  const { benefit, user } = saidIn(turn);
  return turn.begin(ResendDialog.id, benefit ? resendInOneLine(benefit, user) : { draft: {} });
}

/** With a benefit that is known, as if it had been typed. */
export async function assignAnother(turn: RouteTurn): Promise<AdaptiveCard> {
  const benefitId = await pressedId(turn, 'benefitId');
  return turn.begin(
    AssignBenefitDialog.id,
    benefitId ? assignInOneLine(benefitId, undefined) : { draft: {} },
  );
}

export async function undo(turn: ApartTurn): Promise<AdaptiveCard> {
  const { person, ports, t } = turn;
  const data = dataOf(turn);
  const press = { operationId: idOf(data, 'operationId'), by: person.user.id };
  const [benefitId, userId, madeBy] = ['benefitId', 'userId', 'madeBy'].map((field) => idOf(data, field));
  if (!benefitId || !userId || !madeBy) throw new BenefitError('unknownId');
  const { benefit, user } = await undoAssignment(ports, press, { benefitId, userId, madeBy });
  const text = t('undone.text', { benefit: benefit.name, user: user.displayName });
  return messageCard(
    t,
    t('undone.title'),
    [text],
    [
      benefit.isOnlyForSelf ? button(t, 'assign') : button(t, 'assignAnother', { benefitId }),
      button(t, 'help'),
    ],
  );
}

/** From a notice that asks about one activation straight to its confirmation. */
export async function markActive(turn: RouteTurn): Promise<AdaptiveCard> {
  mustBeBenefitsAdmin(turn.person.user);
  const data = dataOf(turn);
  const move = await choose({}, turn, idOf(data, 'benefitId'), idOf(data, 'userId'), idOf(data, 'madeBy'));
  return turn.begin(MarkActiveDialog.id, { draft: 'draft' in move ? move.draft : {} });
}

export async function notYet(turn: ApartTurn): Promise<AdaptiveCard> {
  const { person, ports, t } = turn;
  const data = dataOf(turn);
  const press = { operationId: idOf(data, 'operationId'), by: person.user.id };
  const [benefitId, userId, madeBy] = [idOf(data, 'benefitId'), idOf(data, 'userId'), idOf(data, 'madeBy')];
  const order = { benefitId, userId, madeBy };
  const { benefit, user, expectedOn } = await notYetActive(ports, press, order);
  const facts = { benefit: benefit.name, user: user.displayName, expectedOn: { date: expectedOn } };
  return messageCard(t, t('notYet.title'), [t('notYet.text', facts)], [button(t, 'activations')]);
}

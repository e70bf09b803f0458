import type { Day, LocalText, UserSummary } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, portalLink } from '../buttons';
import template from './template.json';

export interface AssignDone {
  /** The operation that made the assignment. */
  readonly operationId: string;
  readonly benefit: {
    readonly id: string;
    readonly name: LocalText;
    readonly portalUrl?: string;
    readonly isOnlyForSelf?: boolean;
  };
  readonly user: UserSummary;
  readonly self: boolean;
  readonly expectedOn?: Day;
  readonly alternateEmail?: string;
  /** The operation id of *Undo*. */
  readonly undoId: string;
  readonly undoMinutes: number;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly paragraphs: readonly { readonly text: string }[];
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** It is done, what happens next, and how to go on or take it back. */
export function assignDoneCard(done: AssignDone, t: Texts): AdaptiveCard {
  const { benefit, user, self, expectedOn, alternateEmail } = done;
  const names = { benefit: benefit.name, user: user.displayName };
  const paragraphs = [
    expectedOn ? t('assignDone.activating', { expectedOn: { date: expectedOn } }) : t('assignDone.active'),
    ...(alternateEmail ? [t('assignDone.emails', { alternateEmail, email: user.email })] : []),
    ...(self ? [] : [t('assignDone.told', names)]),
    t('assignDone.undo', { minutes: done.undoMinutes }),
  ];
  return card({
    lang: t.language,
    title: self ? t('assignDone.titleSelf', names) : t('assignDone.title', names),
    paragraphs: paragraphs.map((text) => ({ text })),
    actions: [
      ...(self && benefit.portalUrl ? [portalLink(t, benefit.portalUrl)] : []),
      benefit.isOnlyForSelf ? button(t, 'assign') : button(t, 'assignAnother', { benefitId: benefit.id }),
      button(t, 'undo', {
        operationId: done.undoId,
        benefitId: benefit.id,
        userId: user.id,
        madeBy: done.operationId,
      }),
    ],
  });
}

import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, portalLink } from '../buttons';
import template from './template.json';

export interface NoticeAsk {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly portalUrl?: string;
  /** For a notice that asks an admin whether a benefit is active. */
  readonly pending?: {
    readonly benefitId: string;
    readonly userId: string;
    readonly madeBy: string;
    readonly notYetId: string;
  };
  /** For a notice that a seat did not go to somebody else. */
  readonly stillHeld?: { readonly benefitId: string; readonly userId: string };
  /** For a notice about a service request. */
  readonly requestId?: string;
  /** For a notice about what the reader holds. */
  readonly isTheirs: boolean;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly paragraphs: readonly { readonly text: string }[];
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** What the bot says unasked, with the buttons that fit. */
export function noticeCard(
  { title, paragraphs, portalUrl, pending, stillHeld, requestId, isTheirs }: NoticeAsk,
  t: Texts,
): AdaptiveCard {
  return card({
    lang: t.language,
    title,
    paragraphs: paragraphs.map((text) => ({ text })),
    actions: [
      ...(portalUrl ? [portalLink(t, portalUrl)] : []),
      ...(pending ? pendingButtons(pending, t) : []),
      ...(stillHeld ? [button(t, 'reassign', stillHeld)] : []),
      ...(requestId ? [button(t, 'openRequest', { requestId })] : []),
      ...(isTheirs ? [button(t, 'myBenefits')] : []),
    ],
  });
}

function pendingButtons(
  { benefitId, userId, madeBy, notYetId }: NonNullable<NoticeAsk['pending']>,
  t: Texts,
): CardAction[] {
  return [
    button(t, 'markActive', { benefitId, userId, madeBy }, { style: 'positive' }),
    button(t, 'notYet', { benefitId, userId, madeBy, operationId: notYetId }),
  ];
}

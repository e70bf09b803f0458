import type { AdaptiveCard } from './bind';

/** A message with one attachment, as Bot Framework and Teams write it. */
export interface CardMessage {
  type: 'message';
  summary?: string;
  attachments: { contentType: 'application/vnd.microsoft.card.adaptive'; content: AdaptiveCard }[];
}

/** A message that is a card; its first line stands in the chat list and is read out. */
export function cardMessage(card: AdaptiveCard): CardMessage {
  const { fallbackText } = card;
  return {
    type: 'message',
    summary: typeof fallbackText === 'string' ? fallbackText : undefined,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}

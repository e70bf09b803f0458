import type { AdaptiveCard } from '../cards/bind';

/** How a send ended: Teams' and the mail server's many answers in few words. */
export type SendResult =
  | { readonly outcome: 'sent' }
  /** Not now. `tenantMustWait`: it isn't about this message, nothing of the tenant may be sent before. */
  | {
      readonly outcome: 'again';
      readonly afterMs?: number;
      readonly tenantMustWait?: boolean;
      readonly why: string;
    }
  /** Nothing reaches this person until they come. `isForgotten`: their conversation doesn't exist any more. */
  | { readonly outcome: 'unreachable'; readonly reason: UnreachableReason; readonly isForgotten?: boolean }
  | { readonly outcome: 'failed'; readonly why: string };

/** Said to who assigned, in words: `undelivered.reason.<reason>`. */
export type UnreachableReason = 'blocked' | 'disabled' | 'notInstalled' | 'neverOpened';

/** Sends cards to a person's own chat. `reference` is Bot Framework's conversation reference, as it was kept. */
export interface TeamsChannel {
  send(reference: object, card: AdaptiveCard): Promise<SendResult>;
  /** Writes a card over a message; `unreachable` also when the message isn't there any more. */
  update(reference: object, messageId: string, card: AdaptiveCard): Promise<SendResult>;
}

export interface Mail {
  /** Of the notice: the mail server and a mail program know a repeat by it. */
  readonly id: string;
  readonly to: string;
  /** As people write it; may hold any character. */
  readonly toName?: string;
  readonly language: string;
  readonly subject: string;
  /** The first line, as a heading. */
  readonly title: string;
  /** Plain sentences. */
  readonly paragraphs: readonly string[];
  readonly link?: { readonly title: string; readonly url: string };
}

export interface EmailChannel {
  send(mail: Mail): Promise<SendResult>;
}

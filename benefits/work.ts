import type { Facts, Instant } from './model';

/** What the bot does unasked, as types: messages, and what is to be done at a time. */

/** What a notice says; each has its texts `notice.<key>` and `email.<key>`. */
export type NoticeKey =
  | 'assigned'
  | 'activated'
  | 'stillActivating'
  | 'undone'
  | 'released'
  | 'reassigned'
  | 'handoverFailed'
  | 'instructions'
  | 'isItActive'
  | 'roleChanged'
  | 'requestMade'
  | 'requestAnswered'
  | 'requestClosed'
  | 'requestWithdrawn'
  | 'leftEntra'
  | 'undelivered';

/** A message that the bot sends unasked: one address, one channel; a locale key and facts, never finished text, never a secret. */
export interface Notice {
  /** Sortable by time. */
  readonly id: string;
  readonly channel: 'teams' | 'email';
  /** A user id for `teams`, an address for `email`. */
  readonly to: string;
  /** Who reads it, in whose language it speaks. */
  readonly userId: string;
  readonly key: NoticeKey;
  readonly facts: Facts;
  readonly createdAt: Instant;
  /** `open`: kept until the person comes. `parked`: given up, until an operator sends it again. */
  readonly state: 'waiting' | 'open' | 'sent' | 'parked';
  readonly tries: number;
  /** Not to be tried before. */
  readonly notBefore?: Instant;
  readonly sentAt?: Instant;
  /** Why the last try failed: a code, never an address. */
  readonly lastError?: string;
}

/** Something to be done at a time: the only kind of work that isn't somebody's press. */
export type DueWork = { readonly id: string; readonly at: Instant } & DueKind;

export type DueKind =
  /** To ask whether an activation is done. `madeBy`: the operation that made the assignment, since a later one isn't meant. */
  | {
      readonly kind: 'chase';
      readonly benefitId: string;
      readonly userId: string;
      readonly madeBy: string;
    }
  /** The handover of the seat that `fromUserId` holds. */
  | { readonly kind: 'handover'; readonly benefitId: string; readonly fromUserId: string }
  /** A seat that was released before it could go to somebody else is free from now on (docs/rules.md, rule 8). */
  | { readonly kind: 'freeSeat'; readonly benefitId: string }
  /** To take keys off a card, when nobody has done so. */
  | {
      readonly kind: 'hideKeys';
      readonly benefitId: string;
      readonly userId: string;
      /** The message that shows them. */
      readonly messageId: string;
      /** When they were claimed: given up a day later. */
      readonly claimedAt: Instant;
    }
  /** To release what a deactivated user still holds, if that was interrupted. */
  | {
      readonly kind: 'releaseAll';
      readonly userId: string;
      readonly by: string;
      readonly operationId: string;
      /** Of who is active again by then, what was assigned later is theirs. */
      readonly deactivatedAt: Instant;
    }
  /** To put into the history how often somebody was refused in a minute, beyond what stands there. */
  | { readonly kind: 'countRefusals'; readonly userId: string; readonly minute: Instant }
  /** To assign what is left of a bulk, a part after the other, and to show how far that is. */
  | {
      readonly kind: 'assignMany';
      readonly bulkId: string;
      /** Who is shown it, and in which message. */
      readonly userId: string;
      readonly messageId?: string;
      /** Showing is given up a day later. */
      readonly since: Instant;
    }
  /** To take over what has changed in Entra ID, a page each time, and again tomorrow. */
  | { readonly kind: 'syncUsers' }
  /** To install the bot for somebody who never opened it. `since`: given up a day later. */
  | { readonly kind: 'installApp'; readonly userId: string; readonly since: Instant };

/** Due work of one kind. */
export type DueOf<Kind extends DueKind['kind']> = Extract<DueWork, { readonly kind: Kind }>;

import type { Day, Instant, LocalText, UserSummary } from './model';

/** Static: any number of uses. Multiple activation: a finite number, never topped up. Single use: one key, one owner. */
export const KEY_KINDS = ['static', 'multipleActivation', 'singleUse'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** A link to download or install a product. It fits the languages and systems that it names; all, when it names none. */
export interface Download {
  readonly title: LocalText;
  readonly url: string;
  readonly languages?: readonly string[];
  readonly systems?: readonly string[];
}

/** A product key. In the clear only while it is shown. */
export interface ProductKey {
  readonly id: string;
  readonly benefitId: string;
  /** The key, encrypted for exactly this row (`KeyCipher`). */
  readonly sealed: string;
  /** Tells one key from another without telling it, so that an import finds what is there: a keyed digest. */
  readonly mark: string;
  /** Of a multiple activation key: how many activations are left. */
  readonly left?: number;
  /** Of a multiple activation key: how many it had. */
  readonly of?: number;
  /** Of a single-use key: whose it is. */
  readonly owner?: UserSummary;
  readonly ownedSince?: Instant;
}

/** How often a person claimed keys on one day, by benefit. */
export interface Claims {
  readonly userId: string;
  /** In the company's time zone. */
  readonly day: Day;
  readonly counts: Readonly<Record<string, number>>;
}

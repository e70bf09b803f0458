import type { Finding } from './findings';
import type { Stored } from './model';
import type { Change } from './ports';

/** Something that was read, with the key of its row. */
export type Kept<T> = Stored<T> & { readonly row: string };

type EntityOf<Kind extends Change['of']> = NonNullable<Extract<Change, { readonly of: Kind }>['after']>;

/**
 * All that a company's partition holds, by kind. It is read page by page and so is no snapshot: while the bot works,
 * two of its parts may be of different moments.
 */
export type LedgerContents = {
  readonly [Kind in Change['of']]: readonly Kept<EntityOf<Kind>>[];
} & {
  /** Whose way to be reached is kept. */
  readonly chat: readonly Kept<{ readonly userId: string }>[];
  /** What the rows show by themselves: unreadable, unknown, misplaced, or not what their main row makes them. */
  readonly faults: readonly Finding[];
};

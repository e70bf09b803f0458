import type { LocalText, UserSummary } from '../../benefits/model';

export interface MarkActiveDraft {
  readonly chosen?: Chosen;
  /** As typed: what the holder should know. */
  readonly note?: string;
  /** The last of the page before, when the list is paged. */
  readonly after?: { readonly assignedAt: string; readonly benefitId: string; readonly userId: string };
}

interface Chosen {
  readonly benefit: { readonly id: string; readonly name: LocalText };
  readonly user: UserSummary;
  /** The operation that made the assignment. */
  readonly madeBy: string;
}

export function chosenOf({ chosen }: MarkActiveDraft): Chosen {
  if (!chosen) throw new Error('no activation was chosen before this step');
  return chosen;
}

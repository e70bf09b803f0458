import { mustBeBenefitsAdmin } from './access';
import { BenefitError } from './errors';
import type { Facts, Instant, User, UserSummary } from './model';

/** A list of assignments that an admin has given: checked line by line, and made when they say so. */
export interface Bulk {
  /** Sortable by time. */
  readonly id: string;
  readonly by: UserSummary;
  /** When it was checked. */
  readonly at: Instant;
  readonly state: 'checked' | 'assigning' | 'done';
  /** Under which it is made, once. */
  readonly operationId: string;
  readonly lines: number;
  /** In how many parts its lines stand: those that can't be assigned first, then by benefit. */
  readonly parts: number;
  /** How many parts there is nothing left to do for. */
  readonly doneParts: number;
  readonly assigned: number;
  readonly refused: number;
  /** What it takes of each benefit, as it was when it was checked: of the first of them, and of how many more. */
  readonly benefits: readonly BulkBenefit[];
  readonly moreBenefits: number;
}

export interface BulkBenefit {
  readonly benefitId: string;
  /** How many get it. */
  readonly count: number;
  /** How many seats are free then. */
  readonly freeAfter: number;
}

/** Some lines of a bulk: what one transaction assigns, all of one benefit, or what can't be assigned. */
export interface BulkPart {
  readonly bulkId: string;
  /** From 0. */
  readonly index: number;
  readonly lines: readonly BulkLine[];
}

export interface BulkLine {
  /** Its number in the list, from 1. */
  readonly number: number;
  /** As they were written. */
  readonly benefit: string;
  readonly user: string;
  readonly alternateEmail?: string;
  /** What that means, as far as it means anything. */
  readonly benefitId?: string;
  readonly userId?: string;
  readonly userName?: string;
  /** Absent while it is to be assigned. */
  readonly outcome?: LineOutcome;
}

/** Assigned, or why not. What the line says itself, its benefit and its user, isn't among the facts: a row has its limits. */
export type LineOutcome = 'assigned' | Pick<BenefitError, 'code' | 'facts'>;

/** @throws what is no refusal */
export function outcomeOf(error: unknown): LineOutcome {
  if (!(error instanceof BenefitError)) throw error;
  const { benefit: _, user: __, ...facts }: Facts = error.facts;
  return { code: error.code, facts };
}

/** How many lines a list may have. */
export const MOST_LINES = 1_000;

/** How many are still to be assigned. */
export const leftIn = ({ lines, assigned, refused }: Bulk): number => lines - assigned - refused;

/**
 * A list belongs to who has made it.
 * @throws BenefitError `notBenefitsAdmin`; `unknownId` when there is none; `operationNotYours` when it is somebody else's
 */
export function mustBeOwnBulk(bulk: Bulk | undefined, user: User): asserts bulk is Bulk {
  mustBeBenefitsAdmin(user);
  if (!bulk) throw new BenefitError('unknownId');
  if (bulk.by.id !== user.id) throw new BenefitError('operationNotYours');
}

import type { Instant, UserSummary } from './model';

/** The phases for which advice can be asked for (docs/rules.md, rule 14). */
export const PHASES = ['presales', 'design', 'deployment', 'appDevelopment'] as const;
export type Phase = (typeof PHASES)[number];

/** A request for advisory hours or presales assistance (docs/rules.md, rules 14 and 15). */
export interface ServiceRequest {
  /** What people quote. Begins with its time, as `timePart` writes it. */
  readonly id: string;
  readonly benefitId: string;
  readonly requestedBy: UserSummary;
  readonly at: Instant;
  readonly state: 'open' | 'answered' | 'closed';
  readonly title: string;
  readonly description: string;
  readonly product: string;
  readonly phase: Phase;
  /** ISO 3166 code. */
  readonly country: string;
  /** BCP 47 tag: the language that the consultant shall speak. */
  readonly language: string;
  /** With the country code, `+33123456789`. */
  readonly phone: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Deducted when it was made; 0 of a benefit that isn't counted in hours. */
  readonly hours: number;
  /** Of `hours`, what was spent in the end: the rest came back. */
  readonly spent?: number;
  /** The last answer of an admin. */
  readonly answer?: string;
  readonly answeredBy?: UserSummary;
  readonly answeredAt?: Instant;
  readonly closedAt?: Instant;
}

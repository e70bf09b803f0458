import type { Benefit, Facts, Instant, UserSummary } from './model';

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
  /** `withdrawn`: closed by who sent it, before anybody answered. */
  readonly state: 'open' | 'answered' | 'closed' | 'withdrawn';
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
  /** An admin; who sent it, when it is withdrawn. */
  readonly closedBy?: UserSummary;
}

export const isClosed = ({ state }: Pick<ServiceRequest, 'state'>): boolean =>
  state === 'closed' || state === 'withdrawn';

/** How a request is quoted: its id in groups that can be read out, `0MIH2-K3X0-3A9C`. */
export function referenceOf(id: string): string {
  const letters = id.toUpperCase().replace('-', '');
  return [letters.slice(0, 5), letters.slice(5, 9), letters.slice(9)].join('-');
}

/** The id that a typed reference means, whatever its capitals and gaps; undefined when it can be none. */
export function requestIdOf(typed: string): string | undefined {
  const [, time, rest] =
    /^([0-9a-z]{9})([0-9a-f]{4})$/.exec(typed.toLowerCase().replace(/[\s#\p{Pd}]/gu, '')) ?? [];
  return time && rest && `${time}-${rest}`;
}

/** What every notice about a request tells; never how its sender is reached. */
export function requestFacts(request: ServiceRequest, benefit: Pick<Benefit, 'id' | 'name'>): Facts {
  const { id, title, product, hours, requestedBy } = request;
  return {
    benefit: benefit.name,
    benefitId: benefit.id,
    requestId: id,
    reference: referenceOf(id),
    title,
    product,
    hours,
    user: requestedBy.displayName,
  };
}

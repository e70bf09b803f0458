import { isAnyAdmin } from './access';
import { BenefitError } from './errors';
import type { AuditRecord, Benefit, User } from './model';
import type { Ledger } from './ports';

/** Nobody in chat, but one of these did it. */
export const OUTSIDERS = ['settings', 'operator', 'webhook', 'bot'] as const;
export type Outsider = (typeof OUTSIDERS)[number];

/** What the history is read of: a benefit, a user, or everything. */
export interface HistoryOf {
  readonly benefitId?: string;
  readonly userId?: string;
  /** The last record of the page before. */
  readonly after?: Pick<AuditRecord, 'at' | 'operationId'>;
}

/** An audit record with what it takes to tell it. Who or what is not known any more is its id. */
export interface ToldRecord {
  readonly action: string;
  readonly at: string;
  readonly by: { readonly outsider: Outsider } | { readonly user: string };
  readonly benefit?: Benefit['name'];
  readonly user?: string;
  readonly from?: string;
  readonly details: object;
}

export interface HistoryPage {
  /** The newest first. */
  readonly records: readonly ToldRecord[];
  /** What the history is of, by name. */
  readonly benefit?: Benefit['name'];
  readonly user?: string;
  /** The last record, when there are older ones. */
  readonly next?: Pick<AuditRecord, 'at' | 'operationId'>;
}

/** @throws BenefitError `notAdmin` */
export function mustSeeHistory(user: User): void {
  if (!isAnyAdmin(user)) throw new BenefitError('notAdmin');
}

/** A page of who did what when. @throws BenefitError `notAdmin` */
export async function historyPage(
  ledger: Ledger,
  reader: User,
  of: HistoryOf,
  limit: number,
): Promise<HistoryPage> {
  mustSeeHistory(reader);
  const [found, catalogue] = await Promise.all([ledger.history(limit + 1, of), ledger.benefits()]);
  const page = found.slice(0, limit);
  const benefits = new Map(catalogue.map(({ id, name }) => [id, name]));
  const users = await namesOf(ledger, [of.userId, ...page.flatMap(peopleIn)]);
  const benefitName = (id: string | undefined) =>
    id === undefined ? undefined : (benefits.get(id) ?? { en: id });
  const userName = (id: string | undefined) => (id === undefined ? undefined : (users.get(id) ?? id));
  const last = page.at(-1);
  return {
    records: page.map(({ action, at, by, benefitId, userId, fromUserId, details = {} }) => ({
      action,
      at,
      by: isOutsider(by) ? { outsider: by } : { user: userName(by) ?? by },
      benefit: benefitName(benefitId),
      user: userName(userId),
      from: userName(fromUserId),
      details,
    })),
    benefit: benefitName(of.benefitId),
    user: userName(of.userId),
    next: last && found.length > limit ? { at: last.at, operationId: last.operationId } : undefined,
  };
}

const isOutsider = (by: string): by is Outsider => OUTSIDERS.some((name) => name === by);

/** Whom a record tells of, besides who is no user. */
export const peopleIn = ({ by, userId, fromUserId }: AuditRecord) => [
  isOutsider(by) ? undefined : by,
  userId,
  fromUserId,
];

/** The names of those who are known. */
export async function namesOf(
  ledger: Ledger,
  ids: readonly (string | undefined)[],
): Promise<Map<string, string>> {
  const known = new Set(ids.filter((id) => id !== undefined));
  const users = await Promise.all([...known].map((id) => ledger.user(id)));
  return new Map(users.flatMap((user) => (user ? [[user.id, user.displayName]] : [])));
}

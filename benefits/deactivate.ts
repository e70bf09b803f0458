import { mustBeAccountAdmin } from './access';
import { BenefitError } from './errors';
import type { Benefit, Company, Day, Instant, LocalText, Person, User, UserSummary } from './model';
import { newSortedId, once, type Decision, type Press } from './operations';
import type { Change, Ports } from './ports';
import { summary, userAudit } from './records';
import { releaseAll } from './releaseAll';
import { countAdmins, countLeaving } from './roles';
import { boundUntil } from './seats';

/** What becomes of a benefit when its holder is deactivated. */
export interface Freed {
  readonly name: LocalText;
  /** From when on the seat is free, when that isn't at once (docs/rules.md, rule 8†). */
  readonly freeOn?: Day;
}

export interface Deactivated {
  readonly user: UserSummary;
  readonly at: Instant;
  /** What they held: the first of it, ordered by name, and how much it was. */
  readonly freed: readonly Freed[];
  readonly count: number;
}

/** So many are named, on the card that asks and on the one that tells. */
export const MOST_NAMED = 15;
const FINISHED_AFTER_MS = 60_000;

/**
 * Deactivates a user, and releases what they hold. The first transaction deactivates and leaves word of what is to
 * be done; what a crash interrupts after it, the worker finishes a minute later. Their roles go too; requests, keys
 * and history stay.
 *
 * @returns how much is left to the worker, beside what happened
 * @throws BenefitError `notAccountAdmin`, `userUnknown`, `userNotActive`, `notYourself`, `lastAccountAdmin`, or as `once` does
 */
export async function deactivateUser(
  ports: Ports,
  press: Press,
  { userId }: { readonly userId: string },
): Promise<Deactivated & { readonly left: number }> {
  const { ledger } = ports;
  const read = () =>
    Promise.all([ledger.company(), ledger.user(press.by), ledger.person(userId), ledger.benefits()]);
  const outcome = await once(ports, 'deactivate', press, read, ([company, admin, person, catalogue]) => {
    if (!company) throw new BenefitError('companyNotLoaded');
    mustBeAccountAdmin(admin);
    if (!person) throw new BenefitError('userUnknown', { user: userId });
    const { user } = person;
    if (!user.active) throw new BenefitError('userNotActive', { user: user.displayName });
    if (userId === admin.id) throw new BenefitError('notYourself');
    const after: User = { ...user, active: false, roles: [] };
    const at = ports.now().toISOString();
    const all = freedBy(person, catalogue, company, ports.now());
    return {
      changes: [
        { of: 'user', before: user, after },
        ...countLeaving(company, user, after),
        userAudit('deactivate', press, userId, at, { roles: user.roles, count: all.length }),
        toFinish(ports, press, userId, at),
      ],
      outcome: { user: summary(after), at, freed: all.slice(0, MOST_NAMED), count: all.length },
    };
  });
  return { ...outcome, left: await releasedNow(ports, press, outcome) };
}

function toFinish(ports: Ports, { operationId, by }: Press, userId: string, deactivatedAt: Instant): Change {
  const at = new Date(ports.now().getTime() + FINISHED_AFTER_MS).toISOString();
  const id = newSortedId(ports);
  return { of: 'due', after: { id, at, kind: 'releaseAll', userId, by, operationId, deactivatedAt } };
}

/** The deactivation stands: when others keep changing the same benefits, the rest is the worker's. */
async function releasedNow(
  ports: Ports,
  { operationId, by }: Press,
  { user, at, count }: Deactivated,
): Promise<number> {
  try {
    return await releaseAll(ports, { userId: user.id, by, operationId, deactivatedAt: at });
  } catch (error) {
    if (error instanceof BenefitError && error.code === 'tooBusy') return count;
    throw error;
  }
}

/** What becomes of each benefit that a person holds, if they are deactivated now; by name. */
export function freedBy(
  { assignments }: Person,
  catalogue: readonly Benefit[],
  { timeZone }: Company,
  now: Date,
): Freed[] {
  return assignments
    .flatMap((assignment): Freed[] => {
      const benefit = catalogue.find(({ id }) => id === assignment.benefitId);
      if (!benefit) return [];
      return [{ name: benefit.name, freeOn: boundUntil(benefit, assignment, timeZone, now) }];
    })
    .sort((one, other) => one.name.en.localeCompare(other.name.en));
}

/**
 * Activates a user again, as an employee: neither their roles nor what was released come back.
 * @throws BenefitError `notAccountAdmin`, `userUnknown`, `userIsActive`, or as `once` does
 */
export function reactivateUser(
  ports: Ports,
  press: Press,
  { userId }: { readonly userId: string },
): Promise<{ readonly user: UserSummary }> {
  const { ledger } = ports;
  const read = () => Promise.all([ledger.company(), ledger.user(press.by), ledger.user(userId)]);
  return once(ports, 'reactivate', press, read, ([company, admin, user]): Decision<{ user: UserSummary }> => {
    if (!company) throw new BenefitError('companyNotLoaded');
    mustBeAccountAdmin(admin);
    if (!user) throw new BenefitError('userUnknown', { user: userId });
    if (user.active) throw new BenefitError('userIsActive', { user: user.displayName });
    const after: User = { ...user, active: true, roles: [] };
    return {
      changes: [
        { of: 'user', before: user, after },
        ...countAdmins(company, user, after),
        userAudit('reactivate', press, userId, ports.now().toISOString()),
      ],
      outcome: { user: summary(after) },
    };
  });
}

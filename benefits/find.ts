import type { Benefit, UserSummary } from './model';
import type { Ledger } from './ports';
import { fold, isEmail, normalEmail } from './words';

/** What a typed text may mean. */
export type Found<T> = { readonly one: T } | { readonly several: readonly T[] } | { readonly none: true };

/**
 * The benefits that a typed name may mean: the one of exactly this name or id, else all whose name has
 * each of its words.
 */
export function findBenefit(typed: string, catalogue: readonly Benefit[]): Found<Benefit> {
  const byId = catalogue.find(({ id }) => id === typed);
  if (byId) return { one: byId };
  const wanted = fold(typed);
  if (wanted === '') return { none: true };
  const namesOf = ({ id, name }: Benefit) => [id, name.en, name.fr ?? name.en].map(fold);
  const exact = catalogue.filter((benefit) => namesOf(benefit).includes(wanted));
  if (exact.length > 0) return found(exact);
  const words = wanted.split(' ');
  return found(
    catalogue.filter((benefit) =>
      namesOf(benefit).some((name) => {
        const own = name.split(' ');
        return words.every((word) => own.some((candidate) => candidate.startsWith(word)));
      }),
    ),
  );
}

const USERS_OFFERED = 25;

/** The users whom a typed name or address may mean. An address is exact; a name is searched for. */
export async function findUser(typed: string, ledger: Ledger): Promise<Found<UserSummary>> {
  return bestOf(await usersMeant(typed, ledger, USERS_OFFERED), typed);
}

const HOLDERS_LOOKED_UP = 50;

/**
 * The holders of a benefit whom a typed name or address may mean, however many there are: users are looked up, and
 * then what they hold.
 */
export async function findHolder(
  typed: string,
  benefitId: string,
  ledger: Ledger,
): Promise<Found<UserSummary>> {
  const users = await usersMeant(typed, ledger, HOLDERS_LOOKED_UP);
  const held = await Promise.all(users.map(({ id }) => ledger.assignment(benefitId, id)));
  const holders = users.filter((_, index) => held[index] !== undefined);
  return bestOf(holders, typed);
}

async function usersMeant(typed: string, ledger: Ledger, limit: number): Promise<UserSummary[]> {
  if (!isEmail(typed.trim())) return searchUsers(typed, ledger, limit);
  const userId = await ledger.userIdOfEmail(normalEmail(typed));
  const user = userId === undefined ? undefined : await ledger.user(userId);
  return user ? [user] : [];
}

/** The one of exactly this name, else all of them. */
function bestOf(users: readonly UserSummary[], typed: string): Found<UserSummary> {
  const exact = users.filter(({ displayName }) => fold(displayName) === fold(typed));
  return found(exact.length === 1 ? exact : users);
}

/** Users whose names or addresses begin so; none for what has neither letter nor digit. */
export async function searchUsers(typed: string, ledger: Ledger, limit: number): Promise<UserSummary[]> {
  return fold(typed) === '' ? [] : ledger.searchUsers(typed, limit);
}

/** So many of the inactive are looked through: they stand in no index. */
const INACTIVE_SEARCHED = 1_000;

/** Users who are not active any more, of whose name and address every typed word begins a part. */
export async function searchInactive(typed: string, ledger: Ledger, limit: number): Promise<UserSummary[]> {
  const wanted = fold(typed);
  if (wanted === '') return [];
  const all = await ledger.inactiveUsers(INACTIVE_SEARCHED);
  return all
    .filter(({ displayName, email }) => {
      const parts = fold(`${displayName} ${email}`).split(' ');
      return wanted.split(' ').every((word) => parts.some((part) => part.startsWith(word)));
    })
    .slice(0, limit);
}

/** The users who are not active any more and whom a text may mean: no other search finds them. */
export async function findFormerUser(typed: string, ledger: Ledger): Promise<Found<UserSummary>> {
  return found(await searchInactive(typed, ledger, USERS_OFFERED));
}

function found<T>(all: readonly T[]): Found<T> {
  const [first, ...more] = all;
  if (first === undefined) return { none: true };
  return more.length === 0 ? { one: first } : { several: all };
}

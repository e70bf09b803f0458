import type { Person } from '../benefits/model';
import type { Ledger } from '../benefits/ports';
import { openTenant } from './operator';
import { print } from './output';

export interface UsersOptions {
  readonly tenant: string;
  readonly search?: string;
  readonly json: boolean;
}

const MOST_FOUND = 100;

/** `users`: everybody with their roles and what they hold, page by page; or whom a search finds. */
export async function users({ tenant, search, json }: UsersOptions): Promise<void> {
  const { ledger } = (await openTenant(tenant)).ports;
  const pages = search === undefined ? ledger.people() : found(ledger, search);
  let count = 0;
  for await (const page of pages) {
    for (const person of page) {
      print(json ? `${count === 0 ? '[' : ','}\n  ${JSON.stringify(shown(person))}` : inWords(person));
      count += 1;
    }
  }
  print(json ? `${count === 0 ? '[' : ''}]` : `users: ${count}`);
}

async function* found(ledger: Ledger, search: string): AsyncGenerator<Person[]> {
  const users = await ledger.searchUsers(search, MOST_FOUND);
  const people = await Promise.all(users.map(({ id }) => ledger.person(id)));
  yield people.filter((person) => person !== undefined);
}

const shown = ({ user, assignments }: Person) => ({
  ...{ id: user.id, email: user.email, displayName: user.displayName },
  ...{ active: user.active, roles: user.roles },
  holds: assignments.map(({ benefitId, status }) => ({ benefitId, status })),
});

function inWords({ user, assignments }: Person): string {
  const holds = assignments.map(({ benefitId, status }) =>
    status === 'active' ? benefitId : `${benefitId} (${status})`,
  );
  return [
    `${user.id}  ${user.displayName} <${user.email}>`,
    ...(user.active ? [] : ['inactive']),
    ...user.roles,
    ...(holds.length > 0 ? [`holds ${holds.join(', ')}`] : []),
  ].join('  ');
}

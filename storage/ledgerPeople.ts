import type { Assignment, Chat, Person, Stored, User } from '../benefits/model';
import type { Notice } from '../benefits/work';
import type { Found } from './ledgerPartition';

/** Whose row it is: `u!U`, or one of those that begin with `u!U!`. */
export const ownerOf = ({ rowKey }: Pick<Found<object>, 'rowKey'>): string => rowKey.split('!')[1] ?? '';

/** The people whose rows these are, in the order of the rows. What belongs to no user is left out. */
export function peopleIn(rows: readonly Found<object>[]): Person[] {
  const people = new Map<string, Mutable<Person>>();
  for (const row of rows) {
    const [, id = '', kind] = row.rowKey.split('!');
    if (kind === undefined) {
      people.set(id, { user: row.value as Stored<User>, assignments: [], openNotices: [] });
    }
    const person = people.get(id);
    if (!person) continue;
    if (kind === 'c') person.chat = row.value as Stored<Chat>;
    else if (kind === 'a') person.assignments.push(row.value as Stored<Assignment>);
    else if (kind === 'n') person.openNotices.push(row.value as Stored<Notice>);
  }
  return [...people.values()];
}

type Mutable<T> = {
  -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K];
};

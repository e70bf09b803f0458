import type { User } from '../../benefits/model';
import { fold } from '../../benefits/words';

/** Whom a search must find, told without an index: the active of whose name or address one of the words begins so. */
export function fits({ displayName, email, active }: User, typed: string): boolean {
  const words = fold(displayName).split(' ');
  const rotated = words.slice(0, 12).map((_, n) => [...words.slice(n), ...words.slice(0, n)].join(' '));
  return active && [...rotated, fold(email)].some((each) => each.startsWith(fold(typed)));
}

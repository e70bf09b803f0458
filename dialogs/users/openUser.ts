import { mustBeAccountAdmin } from '../../benefits/access';
import { BenefitError } from '../../benefits/errors';
import type { User } from '../../benefits/model';
import { summary } from '../../benefits/records';
import type { Move } from '../step';
import type { Turn } from '../turn';
import { type FormName, type UsersDraft, userOf } from './draft';

/**
 * A person's card, or the form that was asked for in one line.
 * @throws BenefitError `unknownId`
 */
export async function openUser(draft: UsersDraft, turn: Turn, userId: string): Promise<Move<UsersDraft>> {
  const user = await turn.ports.ledger.user(userId);
  if (!user) throw new BenefitError('unknownId');
  const { wish, ...rest } = draft;
  const next = { ...rest, user: summary(user), newUser: undefined, done: undefined, added: undefined };
  if (!wish) return { draft: next, go: 'user' };
  try {
    return await openForm(next, turn, wish);
  } catch (error) {
    if (error instanceof BenefitError) return { draft: next, go: 'user', refused: error };
    throw error;
  }
}

/** @throws BenefitError `notAccountAdmin`, `userUnknown`, `notYourself`, `userNotActive` */
export async function openForm(draft: UsersDraft, turn: Turn, form: FormName): Promise<Move<UsersDraft>> {
  mustBeAccountAdmin(turn.person.user);
  const { id } = userOf(draft);
  const user = await turn.ports.ledger.user(id);
  if (!user) throw new BenefitError('userUnknown', { user: id });
  if (form !== 'editUser' && !user.active)
    throw new BenefitError('userNotActive', { user: user.displayName });
  if (form === 'deactivateUser' && id === turn.person.user.id) throw new BenefitError('notYourself');
  return { draft: { ...draft, ...(await filledIn(form, user, turn)) }, go: form };
}

async function filledIn(form: FormName, user: User, turn: Turn): Promise<Partial<UsersDraft>> {
  if (form === 'setRoles') return { roles: user.roles };
  if (form === 'deactivateUser') return {};
  const { displayName, email, language = (await turn.company()).language } = user;
  const opened = { displayName, email, language };
  return { form: { opened, typed: opened } };
}

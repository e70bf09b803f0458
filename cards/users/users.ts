import type { User } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, rowName, type CardAction, type StepPress } from '../buttons';
import { rolesInWords } from '../user/user';
import template from './template.json';

export interface UsersAsk {
  readonly press: StepPress;
  readonly users: readonly Pick<User, 'id' | 'email' | 'displayName' | 'roles'>[];
  /** Whether these are the ones who are not active any more. */
  readonly isInactive: boolean;
  /** Where else one can look. */
  readonly lists: readonly ('activeUsers' | 'inactiveUsers')[];
  readonly hasMore: boolean;
  readonly search: string | null;
  /** How many were found. */
  readonly note: string | null;
  readonly refusal: string | null;
}

interface Row {
  readonly name: string;
  readonly email: string;
  readonly roles: string;
  readonly select: CardAction;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly note: string | null;
  readonly refusal: string | null;
  readonly rows: readonly Row[];
  readonly searchLabel: string;
  readonly searchPlaceholder: string;
  readonly search: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** Everybody in the list, or everybody who was; each row opens the person's card. */
export function usersCard(ask: UsersAsk, t: Texts): AdaptiveCard {
  const { press, users, isInactive, hasMore } = ask;
  const empty = isInactive ? t('users.noneInactive') : null;
  return card({
    lang: t.language,
    title: isInactive ? t('users.inactiveTitle') : t('users.title'),
    note: ask.note ?? (users.length === 0 ? empty : null),
    refusal: ask.refusal,
    rows: users.map((user) => rowOf(user, ask, t)),
    searchLabel: t('users.searchLabel'),
    searchPlaceholder: t('chooseUser.searchPlaceholder'),
    search: ask.search,
    actions: [
      button(t, 'searchUsers', press),
      ...(hasMore ? [button(t, 'moreUsers', press)] : []),
      button(t, 'openAddUser', press),
      ...ask.lists.map((verb) => button(t, verb, press)),
      button(t, 'cancel', press),
    ],
  });
}

function rowOf(user: UsersAsk['users'][number], { press, isInactive }: UsersAsk, t: Texts): Row {
  const { id, displayName, email } = user;
  const roles = isInactive ? t('users.inactive') : rolesInWords(user.roles, t);
  const title = rowName(displayName, email, roles);
  return {
    name: displayName,
    email,
    roles,
    select: button(t, 'openUser', { ...press, userId: id }, { title }),
  };
}

import type { UserSummary } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface ChooseUserAsk {
  readonly press: StepPress;
  readonly title: string;
  readonly users: readonly UserSummary[];
  /** Whether there are more users than fit the list: then a search is offered. */
  readonly hasMore: boolean;
  /** Whether only some are listed, since something was searched for: then it can be searched for something else. */
  readonly isSearched: boolean;
  /** Whether a user can be added here, and a step before be gone back to. */
  readonly isInside: boolean;
  readonly chosen: UserSummary | null;
  readonly search: string | null;
  /** A sentence above the list: who was added, how many were found. */
  readonly note: string | null;
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly note: string | null;
  readonly label: string;
  readonly placeholder: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly typeahead: { readonly type: 'Data.Query'; readonly dataset: string } | null;
  readonly chosen: string | null;
  readonly refusal: string | null;
  readonly searchable: boolean;
  readonly searchLabel: string;
  readonly searchPlaceholder: string;
  readonly search: string | null;
  readonly searchActions: readonly CardAction[];
  readonly actions: readonly CardAction[];
}

/** The name of the typeahead's data set, in the search invoke that a client sends. */
export const USERS_DATASET = 'users';

const card = bind<Binding>(template);

/** Which user is meant: a list that filters as one types; with very many users, the first of them and a search. */
export function chooseUserCard(ask: ChooseUserAsk, t: Texts): AdaptiveCard {
  const { press, hasMore, chosen } = ask;
  const searchable = hasMore || ask.isSearched;
  const isListed = ask.users.some(({ id }) => id === chosen?.id);
  const users = chosen === null || isListed ? ask.users : [chosen, ...ask.users];
  return card({
    lang: t.language,
    title: ask.title,
    note: ask.note,
    label: t('chooseUser.label'),
    placeholder: t('chooseUser.placeholder'),
    choices: users.map((user) => ({ title: userTitle(user), value: user.id })),
    typeahead: hasMore ? { type: 'Data.Query', dataset: USERS_DATASET } : null,
    chosen: chosen?.id ?? null,
    refusal: ask.refusal,
    searchable,
    searchLabel: t('chooseUser.searchLabel'),
    searchPlaceholder: t('chooseUser.searchPlaceholder'),
    search: ask.search,
    searchActions: [button(t, 'searchUsers', press)],
    actions: [
      button(t, 'chooseUser', press, { style: 'positive' }),
      ...(ask.isInside ? [button(t, 'openAddUser', press), button(t, 'back', press)] : []),
      button(t, 'cancel', press),
    ],
  });
}

/** How a user stands in a list: two of the same name differ by their address. */
export const userTitle = ({ displayName, email }: UserSummary): string => `${displayName} (${email})`;

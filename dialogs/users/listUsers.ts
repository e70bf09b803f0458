import { BenefitError } from '../../benefits/errors';
import { findUser, searchInactive, searchUsers } from '../../benefits/find';
import type { UserSummary } from '../../benefits/model';
import type { Ledger } from '../../benefits/ports';
import { usersCard } from '../../cards/users/users';
import type { Texts } from '../../locales/texts';
import { newUserDraft } from '../chooseUser';
import { type Move, STAY, type Step } from '../step';
import { idOf, textOf, type Turn } from '../turn';
import type { UsersDraft } from './draft';
import { openUser } from './openUser';

const PAGE = 10;

/** Everybody, by name; whatever is typed searches. */
export const listUsers: Step<UsersDraft> = {
  name: 'listUsers',
  isAnswered: ({ user, newUser }) => user !== undefined || newUser !== undefined,

  async show(draft, { ports: { ledger }, t }, press, refused) {
    const found = await search(draft, ledger);
    const listed = found.length > 0 ? found : await page(draft, ledger);
    const users = await Promise.all(listed.slice(0, PAGE).map(({ id }) => ledger.user(id)));
    return usersCard(
      {
        press,
        users: users.filter((user): user is NonNullable<typeof user> => user !== undefined),
        isInactive: draft.isInactive === true,
        lists: [draft.isInactive ? 'activeUsers' : 'inactiveUsers'],
        // What was searched for isn't paged.
        hasMore: found.length === 0 && (listed.length > PAGE || draft.after !== undefined),
        search: draft.search ?? null,
        note: refused ? null : noteOf(draft, found.length, t),
        refusal: refused?.text ?? null,
      },
      t,
    );
  },

  keep: (draft, data) => ({ ...draft, search: textOf(data, 'search') || undefined }),

  presses: {
    openUser: (draft, turn, data) => openUser(draft, turn, idOf(data, 'userId')),

    async searchUsers(draft, { ports }) {
      return { draft: await searched(draft, ports.ledger), go: STAY };
    },

    /** The next page; behind the last, the first again. */
    async moreUsers(draft, { ports }) {
      const list = await page(draft, ports.ledger);
      const last = list.length > PAGE ? list[PAGE - 1] : undefined;
      const after = last && { id: last.id, displayName: last.displayName };
      return { draft: { ...draft, after, search: undefined }, go: STAY };
    },

    inactiveUsers: async (draft) => ({ draft: listOf(draft, true), go: STAY }),
    activeUsers: async (draft) => ({ draft: listOf(draft, false), go: STAY }),

    async openAddUser(draft, turn) {
      return {
        draft: { ...draft, wish: undefined, newUser: await newUserDraft(draft, turn) },
        go: 'addUser',
      };
    },
  },

  says,
};

/** Who is meant is opened; when several are, or nobody is, the list says so. */
async function says(draft: UsersDraft, turn: Turn, typed: string): Promise<Move<UsersDraft>> {
  const { ledger } = turn.ports;
  const found = await findUser(typed, ledger);
  if ('one' in found) return openUser(draft, turn, found.one.id);
  const next = await searched({ ...draft, search: typed }, ledger);
  if ('several' in found) return { draft: next, go: STAY };
  const [only, ...others] = next.isInactive ? await searchInactive(typed, ledger, 2) : [];
  if (!only) return { draft: next, go: STAY, refused: new BenefitError('userUnknown', { user: typed }) };
  return others.length === 0 ? openUser(next, turn, only.id) : { draft: next, go: STAY };
}

/** In the list that is shown; in the other one, when somebody fits only there. */
async function searched(draft: UsersDraft, ledger: Ledger): Promise<UsersDraft> {
  const { search: typed = '', isInactive = false } = draft;
  const [active, inactive] = await Promise.all([
    searchUsers(typed, ledger, 1),
    searchInactive(typed, ledger, 1),
  ]);
  const [here, there] = isInactive ? [inactive, active] : [active, inactive];
  const isThere = here.length === 0 && there.length > 0;
  return { ...draft, after: undefined, isInactive: isInactive !== isThere };
}

const listOf = (draft: UsersDraft, isInactive: boolean): UsersDraft => ({
  ...draft,
  isInactive,
  after: undefined,
  search: undefined,
});

async function search(
  { search: typed = '', isInactive }: UsersDraft,
  ledger: Ledger,
): Promise<UserSummary[]> {
  return (isInactive ? searchInactive : searchUsers)(typed, ledger, PAGE + 1);
}

function page({ after, isInactive }: UsersDraft, ledger: Ledger): Promise<UserSummary[]> {
  return isInactive ? ledger.inactiveUsers(PAGE + 1, after) : ledger.usersByName(PAGE + 1, after);
}

function noteOf({ search: typed }: UsersDraft, found: number, t: Texts): string | null {
  if (!typed) return null;
  if (found === 0) return t('chooseUser.foundNobody', { typed });
  if (found > PAGE) return t('chooseUser.foundMany', { count: PAGE, typed });
  return t('chooseUser.found', { count: found, typed });
}

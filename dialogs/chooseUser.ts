import { BenefitError } from '../benefits/errors';
import { findUser, searchUsers } from '../benefits/find';
import type { Person, UserSummary } from '../benefits/model';
import { summary } from '../benefits/records';
import { isEmail } from '../benefits/words';
import { chooseUserCard } from '../cards/choose-user/chooseUser';
import type { Texts } from '../locales/texts';
import { type Move, ON, STAY, type Step } from './step';
import { idOf, textOf, type Turn } from './turn';

/** What a dialog that asks for a user keeps of it. */
export interface UserDraft {
  readonly user?: UserSummary;
  /** Who is picked in the list while another button is pressed. */
  readonly picked?: string;
  /** What users were searched for. */
  readonly search?: string;
  /** The form *Add a user*, while it is filled in. */
  readonly newUser?: NewUserDraft;
  /** Who was just added: said once. */
  readonly added?: string;
}

export interface NewUserDraft {
  readonly displayName: string;
  readonly email: string;
  readonly language: string;
  readonly role: string;
}

/** What differs from dialog to dialog. */
interface Question<Draft> {
  title(draft: Draft, t: Texts): string;
  applies?(draft: Draft): boolean;
  /** Whether users can be added here, and a step before this one be gone back to. */
  readonly isInside: boolean;
  /** @throws BenefitError when this user can't be chosen; it is shown beside the list */
  check(draft: Draft, turn: Turn, person: Person): Promise<void>;
}

/** Up to so many users, all of them stand in the list; with more, the first few and a search. */
export const ALL_LISTED = 100;
export const FIRST_LISTED = 25;

/** The question which user is meant: from a list that filters, by a search, or typed. */
export function chooseUserStep<Draft extends UserDraft>(question: Question<Draft>): Step<Draft> {
  return {
    name: 'chooseUser',
    applies: question.applies,
    isAnswered: ({ user }) => user !== undefined,

    readAhead(ledger) {
      void ledger.usersToChooseFrom(ALL_LISTED, FIRST_LISTED);
    },

    async show(draft, turn, press, refused) {
      const { search, picked } = draft;
      const { ledger } = turn.ports;
      const [{ users, hasMore }, found, chosen] = await Promise.all([
        ledger.usersToChooseFrom(ALL_LISTED, FIRST_LISTED),
        search ? searchUsers(search, ledger, FIRST_LISTED + 1) : [],
        picked && picked !== draft.user?.id ? ledger.user(picked) : draft.user,
      ]);
      const [only, ...others] = found;
      const ask = {
        press,
        title: question.title(draft, turn.t),
        users: only ? found.slice(0, FIRST_LISTED) : users,
        hasMore,
        isSearched: search !== undefined,
        isInside: question.isInside,
        chosen: chosen ?? (others.length === 0 ? only : undefined) ?? null,
        search: search ?? null,
        note: refused ? null : noteOf(draft, turn, found.length, hasMore),
        refusal: refused?.text ?? null,
      };
      return chooseUserCard(ask, turn.t);
    },

    keep: (draft, data) => ({
      ...draft,
      added: undefined,
      picked: idOf(data, 'user') || undefined,
      ...('search' in data && { search: textOf(data, 'search') }),
    }),

    presses: {
      async chooseUser(draft, turn, data) {
        const userId = idOf(data, 'user');
        const typed = textOf(data, 'search');
        if (userId === '' && typed !== '') return says({ ...draft, search: typed }, turn, typed);
        if (userId === '') throw new BenefitError('userMissing');
        return choose(draft, turn, userId);
      },

      async searchUsers(draft, _turn, data) {
        return {
          draft: {
            ...draft,
            search: textOf(data, 'search') || undefined,
            user: undefined,
            picked: undefined,
          },
          go: STAY,
        };
      },

      async openAddUser(draft, turn) {
        return { draft: { ...draft, newUser: await newUserDraft(draft, turn) }, go: 'addUser' };
      },
    },

    says,
  };

  async function says(draft: Draft, turn: Turn, typed: string): Promise<Move<Draft>> {
    const found = await findUser(typed, turn.ports.ledger);
    if ('one' in found) return choose(draft, turn, found.one.id);
    const refused = 'none' in found ? new BenefitError('userUnknown', { user: typed }) : undefined;
    return { draft: { ...draft, search: typed, user: undefined, picked: undefined }, go: STAY, refused };
  }

  async function choose(draft: Draft, turn: Turn, userId: string): Promise<Move<Draft>> {
    const person = await turn.ports.ledger.person(userId);
    if (!person) throw new BenefitError('unknownId');
    const next = { ...draft, user: summary(person.user), picked: undefined, added: undefined };
    try {
      await question.check(next, turn, person);
    } catch (error) {
      if (error instanceof BenefitError) return { draft: next, go: STAY, refused: error };
      throw error;
    }
    return { draft: next, go: ON };
  }
}

/** The form *Add a user* as it is opened: with what was searched for, or what was typed into it before. */
export async function newUserDraft(
  { newUser, search }: Pick<UserDraft, 'newUser' | 'search'>,
  turn: Turn,
): Promise<NewUserDraft> {
  const typed = search ?? '';
  return {
    displayName: isEmail(typed) ? '' : typed,
    email: isEmail(typed) ? typed : '',
    language: (await turn.company()).language,
    role: 'employee',
    ...newUser,
  };
}

function noteOf({ added, search }: UserDraft, { t }: Turn, found: number, hasMore: boolean): string | null {
  if (added !== undefined) return t('addUser.added', { user: added });
  if (search && found === 0) return t('chooseUser.foundNobody', { typed: search });
  if (search && found > FIRST_LISTED)
    return t('chooseUser.foundMany', { count: FIRST_LISTED, typed: search });
  if (search) return t('chooseUser.found', { count: found, typed: search });
  return hasMore ? t('chooseUser.first', { count: FIRST_LISTED }) : null;
}

import { mayHold } from '../../benefits/assign';
import { BenefitError } from '../../benefits/errors';
import { findUser } from '../../benefits/find';
import type { UserSummary } from '../../benefits/model';
import { newOperationId } from '../../benefits/operations';
import { isEmail } from '../../benefits/words';
import { chooseUserCard } from '../../cards/choose-user/chooseUser';
import { type Move, ON, STAY, type Step } from '../guidedDialog';
import { textOf, type Turn } from '../turn';
import { type AssignDraft, benefitOf, today } from './draft';

/** Up to so many users, all of them stand in the list; with more, the first few and a search. */
const ALL_LISTED = 100;
const FIRST_LISTED = 25;

export const chooseUser: Step<AssignDraft> = {
  name: 'chooseUser',
  applies: ({ benefit, isUserNamed }) => !benefit?.isSelf || isUserNamed === true,
  isAnswered: ({ user }) => user !== undefined,

  async show(draft, turn, press, refused) {
    const { search } = draft;
    const [all, found] = await Promise.all([
      turn.ports.ledger.firstUsers(ALL_LISTED + 1),
      search ? turn.ports.ledger.searchUsers(search, FIRST_LISTED) : [],
    ]);
    const hasMore = all.length > ALL_LISTED;
    const listed = all.slice(0, hasMore ? FIRST_LISTED : ALL_LISTED);
    const [only, ...others] = found;
    return chooseUserCard(
      {
        press,
        benefit: benefitOf(draft).name,
        users: only ? found : listed,
        hasMore,
        isSearched: search !== undefined,
        chosen: draft.user ?? (others.length === 0 ? only : undefined) ?? null,
        search: search ?? null,
        note: refused ? null : noteOf(draft, turn, found.length, hasMore),
        refusal: refused?.text ?? null,
      },
      turn.t,
    );
  },

  keep: (draft, data) => ({
    ...draft,
    added: undefined,
    ...('search' in data && { search: textOf(data, 'search') }),
  }),

  presses: {
    async chooseUser(draft, turn, data) {
      const userId = textOf(data, 'user');
      const typed = textOf(data, 'search');
      if (userId === '' && typed !== '') return says({ ...draft, search: typed }, turn, typed);
      if (userId === '') throw new BenefitError('userMissing');
      return choose(draft, turn, userId);
    },

    async searchUsers(draft, _turn, data) {
      return { draft: { ...draft, search: textOf(data, 'search') || undefined, user: undefined }, go: STAY };
    },

    async openAddUser(draft, turn) {
      return { draft: { ...draft, newUser: await newUserDraft(draft, turn) }, go: 'addUser' };
    },
  },

  says,
};

async function says(draft: AssignDraft, turn: Turn, typed: string): Promise<Move<AssignDraft>> {
  const found = await findUser(typed, turn.ports.ledger);
  if ('one' in found) return choose(draft, turn, found.one.id);
  const refused = 'none' in found ? new BenefitError('userUnknown', { user: typed }) : undefined;
  return { draft: { ...draft, search: typed, user: undefined }, go: STAY, refused };
}

async function choose(draft: AssignDraft, turn: Turn, userId: string): Promise<Move<AssignDraft>> {
  const { ledger } = turn.ports;
  const { id } = benefitOf(draft);
  const [benefit, user, held] = await Promise.all([
    ledger.benefit(id),
    ledger.user(userId),
    ledger.assignment(id, userId),
  ]);
  if (!benefit) throw new BenefitError('benefitUnknown', { benefit: id });
  if (!user) throw new BenefitError('userUnknown', { user: userId });
  const summary: UserSummary = {
    id: user.id,
    email: user.email,
    displayName: user.displayName,
    active: user.active,
  };
  const next = { ...draft, user: summary, added: undefined };
  try {
    mayHold(benefit, user, turn.person.user, await today(turn), held);
  } catch (error) {
    if (error instanceof BenefitError) return { draft: next, go: STAY, refused: error };
    throw error;
  }
  return { draft: next, go: ON };
}

async function newUserDraft({ newUser, search }: AssignDraft, turn: Turn) {
  const typed = search ?? '';
  return {
    displayName: isEmail(typed) ? '' : typed,
    email: isEmail(typed) ? typed : '',
    language: (await turn.company()).language,
    role: 'employee',
    ...newUser,
    operationId: newOperationId(turn.ports),
  };
}

function noteOf({ added, search }: AssignDraft, { t }: Turn, found: number, hasMore: boolean): string | null {
  if (added !== undefined) return t('addUser.added', { user: added });
  if (search && found === 0) return t('chooseUser.foundNobody', { typed: search });
  if (search) return t('chooseUser.found', { count: found, typed: search });
  return hasMore ? t('chooseUser.first', { count: FIRST_LISTED }) : null;
}

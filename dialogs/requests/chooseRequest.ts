import { isAnyAdmin } from '../../benefits/access';
import type { Ledger } from '../../benefits/ports';
import { requestFor } from '../../benefits/requestAnswers';
import { requestIdOf } from '../../benefits/serviceRequest';
import { requestsCard } from '../../cards/requests/requests';
import { type Move, ON, STAY, type Step } from '../step';
import { idOf, type Turn } from '../turn';
import type { RequestsDraft } from './draft';

const PAGE = 10;

/** The requests that this person may see, the newest first. */
export const chooseRequest: Step<RequestsDraft> = {
  name: 'chooseRequest',
  isAnswered: ({ requestId }) => requestId !== undefined,

  async show({ after }, turn, press, refused) {
    const found = await page(turn, after);
    return requestsCard(
      {
        press,
        requests: found.slice(0, PAGE),
        isOfAll: isAnyAdmin(turn.person.user),
        hasMore: found.length > PAGE || after !== undefined,
        refusal: refused?.text ?? null,
      },
      turn.t,
    );
  },

  presses: {
    chooseRequest: (draft, turn, data) => choose(draft, turn, idOf(data, 'requestId')),

    /** The next page; behind the last, the first again. */
    async moreRequests(draft, turn) {
      const found = await page(turn, draft.after);
      const after = found.length > PAGE ? found[PAGE - 1]?.id : undefined;
      return { draft: { ...draft, after }, go: STAY };
    },
  },

  says: (draft, turn, typed) => choose(draft, turn, requestIdOf(typed) ?? ''),
};

async function choose(draft: RequestsDraft, turn: Turn, id: string): Promise<Move<RequestsDraft>> {
  const { id: requestId } = await requestFor(turn.person.user, id, turn.ports.ledger);
  return { draft: { after: draft.after, requestId }, go: ON };
}

function page({ person, ports }: Turn, after: string | undefined): ReturnType<Ledger['serviceRequests']> {
  const userId = isAnyAdmin(person.user) ? undefined : person.user.id;
  return ports.ledger.serviceRequests(PAGE + 1, { userId, after });
}

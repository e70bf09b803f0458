import type { TurnContext } from 'botbuilder';
import { mustBeActive, mustBeBenefitsAdmin } from '../benefits/access';
import { BenefitError } from '../benefits/errors';
import type { UserSummary } from '../benefits/model';
import { userTitle } from '../cards/choose-user/chooseUser';
import { answerInvoke } from './delivery';
import { identify, type OpeningParts } from './openTurn';
import { searchText } from './press';

const MOST_RESULTS = 15;

/**
 * Choices for a user list of which only the first stand on the card: none for who may not choose from them, since a
 * list has no place for a refusal.
 * @param refused told of it
 */
export async function answerTypeahead(
  context: TurnContext,
  parts: OpeningParts,
  refused: (error: BenefitError) => void,
): Promise<void> {
  const users = await usersFor(context, parts, refused);
  const results = users.map((user) => ({ value: user.id, title: userTitle(user) }));
  await answerInvoke(context, 'application/vnd.microsoft.search.searchResponse', { results });
}

async function usersFor(
  context: TurnContext,
  parts: OpeningParts,
  refused: (error: BenefitError) => void,
): Promise<UserSummary[]> {
  try {
    const { ports, person } = await identify(context, parts);
    mustBeActive(person.user);
    mustBeBenefitsAdmin(person.user);
    return await ports.ledger.searchUsers(searchText(context.activity), MOST_RESULTS);
  } catch (error) {
    if (!(error instanceof BenefitError)) throw error;
    refused(error);
    return [];
  }
}

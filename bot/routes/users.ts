import type { AdaptiveCard } from '../../cards/bind';
import { FORMS } from '../../dialogs/users/draft';
import { newUserInOneLine, UsersDialog, usersInOneLine } from '../../dialogs/users/users';
import { type RouteTurn, saidIn } from '../route';

export function users(turn: RouteTurn): Promise<AdaptiveCard> {
  const said = saidIn(turn);
  // What is to be done with somebody: the group of its name has taken part in what was said.
  const wish = FORMS.find((form) => said[form]);
  return turn.begin(UsersDialog.id, said.user ? usersInOneLine(said.user, wish) : { draft: {} });
}

export async function newUser(turn: RouteTurn): Promise<AdaptiveCard> {
  return turn.begin(UsersDialog.id, await newUserInOneLine(saidIn(turn).user ?? '', turn));
}

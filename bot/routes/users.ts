import type { AdaptiveCard } from '../../cards/bind';
import { FORMS } from '../../dialogs/users/draft';
import { newUserInOneLine, UsersDialog, usersInOneLine } from '../../dialogs/users/users';
import type { RouteTurn } from '../route';

export function users({ command, begin }: RouteTurn): Promise<AdaptiveCard> {
  const { said = {} } = command ?? {};
  // What is to be done with somebody: the group of its name has taken part in what was said.
  const wish = FORMS.find((form) => said[form]);
  return begin(UsersDialog.id, said.user ? usersInOneLine(said.user, wish) : { draft: {} });
}

export async function newUser(turn: RouteTurn): Promise<AdaptiveCard> {
  return turn.begin(UsersDialog.id, await newUserInOneLine(turn.command?.said?.user ?? '', turn));
}

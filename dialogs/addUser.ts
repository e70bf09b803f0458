import { maySetRoles } from '../benefits/access';
import { type Language, type Role, ROLES } from '../benefits/model';
import { addUser as addToUsers } from '../benefits/users';
import { addUserCard } from '../cards/add-user/addUser';
import { languageFrom } from '../locales/texts';
import type { NewUserDraft, UserDraft } from './chooseUser';
import type { Step } from './step';
import { textOf } from './turn';

/**
 * Off the straight way: *Add a user* in the user step leads here, and this leads back with the new user chosen.
 * @param leadsTo the step to which it leads
 */
export const addUserStep = <Draft extends UserDraft>(leadsTo = 'chooseUser'): Step<Draft> => ({
  name: 'addUser',
  applies: () => false,

  async show(draft, turn, press, refused) {
    const mayGiveRoles = maySetRoles(turn.person.user);
    return addUserCard({ press, typed: formOf(draft), mayGiveRoles, refused }, turn.t);
  },

  keep(draft, data) {
    const form = formOf(draft);
    const newUser = {
      ...form,
      displayName: textOf(data, 'displayName'),
      email: textOf(data, 'email'),
      language: textOf(data, 'language') || form.language,
      role: textOf(data, 'role') || form.role,
    };
    return { ...draft, newUser };
  },

  presses: {
    async addUser(draft, { ports, person }, _data, { run }) {
      const { displayName, email, language, role } = formOf(draft);
      const press = { operationId: run, by: person.user.id };
      const order = {
        displayName,
        email,
        language: languageFrom(language) satisfies Language | undefined,
        roles: rolesOf(role),
      };
      const user = await addToUsers(ports, press, order);
      return {
        draft: {
          ...draft,
          user,
          picked: undefined,
          newUser: undefined,
          search: undefined,
          added: user.displayName,
        },
        go: leadsTo,
        isCommitted: true,
      };
    },
  },
});

function formOf({ newUser }: UserDraft): NewUserDraft {
  if (!newUser) throw new Error('the form was not opened before this step');
  return newUser;
}

const rolesOf = (role: string): Role[] => ROLES.filter((each) => each === role);

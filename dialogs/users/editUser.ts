import { editUser as changeUser } from '../../benefits/editUser';
import { editUserCard } from '../../cards/edit-user/editUser';
import { languageFrom } from '../../locales/texts';
import type { Step } from '../step';
import { textOf } from '../turn';
import { type EditForm, type UsersDraft, userOf } from './draft';

/** Off the straight way: a user's name, address and language. */
export const editUser: Step<UsersDraft> = {
  name: 'editUser',
  applies: () => false,

  async show(draft, { t }, press, refused) {
    const ask = { press, user: userOf(draft).displayName, typed: formOf(draft).typed, refused };
    return editUserCard(ask, t);
  },

  keep(draft, data) {
    const { opened, typed } = formOf(draft);
    const now = {
      displayName: textOf(data, 'displayName'),
      email: textOf(data, 'email'),
      language: textOf(data, 'language') || typed.language,
    };
    return { ...draft, form: { opened, typed: now } };
  },

  presses: {
    async editUser(draft, { ports, person }, _data, { run }) {
      const press = { operationId: run, by: person.user.id };
      const order = { userId: userOf(draft).id, ...changesIn(formOf(draft)) };
      const outcome = await changeUser(ports, press, order);
      const done = { action: 'editUser', outcome } as const;
      return {
        draft: { ...draft, user: outcome.user, form: undefined, done },
        go: 'user',
        isCommitted: true,
      };
    },
  },
};

function changesIn({ typed, opened }: EditForm) {
  const { displayName, email, language } = typed;
  return {
    ...(displayName !== opened.displayName && { displayName }),
    ...(email !== opened.email && { email }),
    ...(language !== opened.language && { language: languageFrom(language) }),
  };
}

function formOf({ form }: UsersDraft): EditForm {
  if (!form) throw new Error('the form was not opened before this step');
  return form;
}

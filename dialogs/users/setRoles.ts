import { ROLES } from '../../benefits/model';
import { setRoles as giveRoles } from '../../benefits/roles';
import { setRolesCard } from '../../cards/set-roles/setRoles';
import type { Step } from '../step';
import { textOf } from '../turn';
import { type UsersDraft, userOf } from './draft';

/** Off the straight way: what a user may do. */
export const setRoles: Step<UsersDraft> = {
  name: 'setRoles',
  applies: () => false,

  async show(draft, { t }, press, refused) {
    const { displayName } = userOf(draft);
    const { roles = [] } = draft;
    return setRolesCard({ press, user: displayName, roles, refusal: refused?.text ?? null }, t);
  },

  keep(draft, data) {
    // Clients leave out what is empty: none is chosen then.
    const chosen = textOf(data, 'roles').split(',');
    return { ...draft, roles: ROLES.filter((role) => chosen.includes(role)) };
  },

  presses: {
    async setRoles(draft, { ports, person }, _data, { run }) {
      const press = { operationId: run, by: person.user.id };
      const { roles = [] } = draft;
      const outcome = await giveRoles(ports, press, { userId: userOf(draft).id, roles });
      const done = { action: 'setRoles', outcome } as const;
      return { draft: { ...draft, roles: undefined, done }, go: 'user', isCommitted: true };
    },
  },
};

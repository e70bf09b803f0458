import type { Chatter } from '../parts/chatter';
import { changed, nameOf, type Situation } from '../parts/situations';
import type { Stage } from '../parts/stage';

const adele = 'Adele Vance';
const alex = { user: 'Alex Wilber' };
const raul = { user: 'Raul Razo' };
const address = 'alex.wilber@contoso.com';
const SAID = {
  en: { users: 'users', add: 'add user', edit: 'edit user', roles: 'roles of', deactivate: 'deactivate' },
  fr: {
    users: 'utilisateurs',
    add: 'ajouter un utilisateur',
    edit: 'modifier',
    roles: 'rôles de',
    deactivate: 'désactiver',
  },
};

const manyUsers = changed(({ users }) => ({
  users: [
    ...users,
    ...Array.from({ length: 20 }, (_, n) => ({
      id: `extra-${n}`,
      email: `extra.${n}@contoso.com`,
      displayName: `Extra ${n}`,
    })),
  ],
}));
const ninetyDays = changed(({ benefits }) => ({
  benefits: benefits.map((benefit) => ({ ...benefit, reassignAfterDays: 90 })),
}));
const manyBenefits = changed(({ benefits }) => {
  const kind = { package: 'Tools', category: 'software', assignable: 'anyone', seats: 1 } as const;
  const tool = (n: number) => ({ id: `tool-${n}`, name: { en: `Tool ${n}` }, ...kind });
  return { benefits: [...benefits, ...Array.from({ length: 17 }, (_, n) => tool(n))] };
});
const oneMoreAdmin = changed(({ users }) => ({
  users: users.map((user) => (user.id === 'nestor-wilke' ? { ...user, roles: ['accountAdmin'] } : user)),
}));

/** Somebody who has said so in one line, in the language of the stage. */
async function says(
  on: Stage,
  command: keyof (typeof SAID)['en'],
  whom = '',
  who: string | Chatter = adele,
): Promise<Chatter> {
  const person = typeof who === 'string' ? on.person(who) : who;
  await person.says(`${SAID[on.t.language][command]} ${whom}`.trim());
  return person;
}

async function fills(on: Stage, person: Chatter, fields: Record<string, string>): Promise<Chatter> {
  for (const [label, value] of Object.entries(fields)) person.fills(label, value);
  return on.clicks(person, 'button.editUser');
}

async function setsRoles(on: Stage, whom: string, roles: string): Promise<Chatter> {
  const admin = await says(on, 'roles', whom);
  await admin.presses(admin.button(on.t('button.setRoles')), { roles });
  return admin;
}

const deactivated = async (on: Stage, who: string | Chatter = adele) =>
  on.clicks(await says(on, 'deactivate', alex.user, who), 'button.deactivateUser');

/** Two admins with the same card before them; the first has pressed, and what the second sees is asked for. */
async function bothPress(act: (admin: Chatter) => Promise<Chatter>, open: (who: string) => Promise<Chatter>) {
  const [first, second] = [await open(adele), await open('Nestor Wilke')];
  await act(first);
  return act(second);
}

async function holds(on: Stage, count: number): Promise<void> {
  const { ledger } = on.company;
  const assignedBy = await ledger.user('adele-vance');
  if (!assignedBy) throw new Error('Adele is not there');
  const how = {
    status: 'active',
    assignedAt: '2026-03-10T09:00:00Z',
    assignedBy,
    operationId: 'by-hand',
  } as const;
  const tools = (await ledger.benefits()).filter(({ id }) => id.startsWith('tool-'));
  for (const before of tools.slice(0, count)) {
    await ledger.commit([
      { of: 'benefit', before, after: { ...before, held: 1 } },
      { of: 'assignment', after: { ...how, benefitId: before.id, userId: 'alex-wilber' } },
    ]);
  }
}

/** The list, a person, and what account admins do with them. */
// prettier-ignore
export const users: readonly Situation[] = [
  ['the list of users', (on) => says(on, 'users'), [
    'users.title', 'users.searchLabel', 'chooseUser.searchPlaceholder', 'role.employee', 'role.benefitsAdmin',
    'button.searchUsers', 'button.openAddUser', 'button.inactiveUsers', 'button.cancel']],
  ['more users than fit', async (on) => on.clicks(await says(on, 'users'), 'button.moreUsers'),
    ['users.title', 'button.moreUsers'], manyUsers],
  ['the inactive', async (on) => on.clicks(await says(on, 'users'), 'button.inactiveUsers'),
    ['users.inactiveTitle', 'users.inactive', 'button.activeUsers']],
  ['nobody inactive', async (on) => on.clicks(await says(on, 'users'), 'button.inactiveUsers'),
    ['users.noneInactive'], changed(({ users: all }) => ({ users: all.filter(({ active }) => active !== false) }))],
  ['several who fit', (on) => says(on, 'users', 'dupont'), [['chooseUser.found', { count: 2, typed: 'dupont' }]]],
  ['more who fit than are listed', (on) => says(on, 'users', 'extra'),
    [['chooseUser.foundMany', { count: 10, typed: 'extra' }]], manyUsers],
  ['nobody who fits', (on) => says(on, 'users', 'frobnicator'),
    [['refusal.userUnknown', { user: 'frobnicator' }], 'users.title']],
  ['no admin', async (on) => says(on, 'users', '', alex.user), ['instead.title']],

  ['a person', (on) => says(on, 'users', alex.user), [
    'addUser.email', 'addUser.language', 'languageName.en', 'role.label', 'role.employee', 'user.state', 'user.active',
    'user.holds', 'user.holdsNothing', 'button.openEdit', 'button.openRoles', 'button.openDeactivate',
    'button.history', 'button.back']],
  ['a person who holds something', async (on) => says(on, 'users', alex.user, await on.assigned('power-bi-pro', alex.user)),
    [['user.held', { benefit: nameOf('power-bi-pro'), state: { en: 'Active', fr: 'Actif' } }]]],
  ['a person who holds very much', async (on) => {
    await holds(on, 17);
    return says(on, 'users', alex.user);
  }, [['user.more', { count: 2 }]], manyBenefits],
  ['a person who is not active', (on) => says(on, 'users', raul.user), ['user.inactive', 'button.activateUser']],

  ['the form for a new user', (on) => says(on, 'add'), ['addUser.title', 'role.label', 'button.addUser', 'button.back']],
  ['a new user', async (on) => on.clicks(await says(on, 'add', 'Robin robin@contoso.com'), 'button.addUser'),
    [['users.added', { user: 'Robin' }], 'button.addAnotherUser']],

  ['the form to edit', (on) => says(on, 'edit', alex.user),
    [['editUser.title', alex], 'editUser.text', 'button.editUser', 'addUser.name']],
  ['edited', async (on) => fills(on, await says(on, 'edit', alex.user), { [on.t('addUser.name')]: 'Robin' }),
    [['users.edited', { user: 'Robin' }]]],
  ['nothing edited', async (on) => on.clicks(await says(on, 'edit', alex.user), 'button.editUser'), ['users.unchanged']],
  ['edited to no name', async (on) => fills(on, await says(on, 'edit', alex.user), { [on.t('addUser.name')]: ' ' }),
    ['refusal.nameMissing']],
  ['edited to what is no address', async (on) =>
    fills(on, await says(on, 'edit', alex.user), { [on.t('addUser.email')]: 'alex' }), ['refusal.emailInvalid']],
  ["edited to another's address", async (on) =>
    fills(on, await says(on, 'edit', 'Marie'), { [on.t('addUser.email')]: address }),
    [['refusal.emailTaken', { email: address }]]],
  ['what only account admins may', (on) => says(on, 'edit', alex.user, 'Nestor Wilke'), ['refusal.notAccountAdmin']],

  ['the roles', (on) => says(on, 'roles', alex.user), [
    ['setRoles.title', alex], 'setRoles.label', 'roleMay.employee', 'roleMay.benefitsAdmin', 'roleMay.accountAdmin',
    'button.setRoles']],
  ['roles set', (on) => setsRoles(on, alex.user, 'benefitsAdmin'),
    [['users.rolesSet', { ...alex, roles: { en: 'Benefits admin', fr: 'Administrateur des avantages' } }]]],
  ['the last account admin', (on) => setsRoles(on, adele, ''), [['refusal.lastAccountAdmin', { user: adele }]]],

  ['the last question', (on) => says(on, 'deactivate', alex.user), [
    ['deactivateUser.title', alex], ['deactivateUser.text', alex], ['chooseHeld.none', alex], 'deactivateUser.stays',
    'button.deactivateUser']],
  ['the last question about who holds something', async (on) =>
    says(on, 'deactivate', alex.user, await on.assigned('power-bi-pro', alex.user)),
    [['deactivateUser.held', alex], 'deactivateUser.freeAtOnce']],
  ['the last question about a seat that is not free at once', async (on) =>
    says(on, 'deactivate', alex.user, await on.assigned('power-bi-pro', alex.user)),
    [['deactivateUser.freeOn', { freeOn: { date: '2026-06-08' } }]], ninetyDays],
  ['deactivated', async (on) => deactivated(on, await on.assigned('power-bi-pro', alex.user)), [
    ['users.deactivated', alex], ['users.released', { count: 1 }], 'user.inactive', 'button.activateUser',
    ['users.freeOn', { benefit: nameOf('power-bi-pro'), freeOn: { date: '2026-06-08' } }]], ninetyDays],
  ['deactivated, with two benefits', async (on) => {
    await holds(on, 2);
    return deactivated(on);
  }, [['users.released', { count: 2 }]], manyBenefits],
  ['oneself', (on) => says(on, 'deactivate', adele), ['refusal.notYourself']],
  ['deactivated by another meanwhile', (on) => bothPress(
    (admin) => on.clicks(admin, 'button.deactivateUser'), (who) => says(on, 'deactivate', alex.user, who)),
    [['refusal.userNotActive', alex]], oneMoreAdmin],
  ['activated again', async (on) => on.clicks(await says(on, 'users', raul.user), 'button.activateUser'),
    [['users.reactivated', raul]]],
  ['activated by another meanwhile', (on) => bothPress(
    (admin) => on.clicks(admin, 'button.activateUser'), (who) => says(on, 'users', raul.user, who)),
    [['refusal.userIsActive', raul]], oneMoreAdmin],
  ['left after something was done', async (on) => on.clicks(await setsRoles(on, alex.user, 'benefitsAdmin'), 'button.cancel'),
    ['left.title', 'left.text', 'button.users']],
  ['a press that comes again afterwards', async (on) => {
    const admin = await says(on, 'deactivate', alex.user);
    const press = admin.button(on.t('button.deactivateUser'));
    await admin.presses(press);
    await on.clicks(admin, 'button.cancel');
    await admin.presses(press);
    return admin;
  }, ['users.title', ['users.deactivated', alex], 'button.users', 'button.help']],
];

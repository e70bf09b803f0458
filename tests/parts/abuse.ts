import type { Role, User } from '../../benefits/model';
import { actionsOf, type Json } from './card';
import type { Chatter } from './chatter';
import type { OpenCompany } from './company';

/** What somebody says; with `> ` before it, the label of the button that they press. */
export async function does(person: Chatter, ...steps: readonly string[]): Promise<Chatter> {
  for (const step of steps) await (step.startsWith('> ') ? person.clicks(step.slice(2)) : person.says(step));
  return person;
}

/** What an admin does to see nearly every button. A support benefit, a handover and a request are under way then. */
const TOUR = [
  ['overview', '> Power BI Pro, '],
  ['assign', '> Power BI Pro', 'Alex Wilber', '> Assign user'],
  ['assign power-bi-pro', '> Add a user'],
  ['assign cloud-support-incidents to Alex Wilber', 'alex@fabrikam.com', '> Assign user'],
  ['bulk', 'bulk\n; x@contoso.com\nPower BI Pro; raul.razo@contoso.com'],
  ['activations', '> Mark as active'],
  ['resend', 'Alex Wilber'],
  ['assign visual-studio-professional-action-pack to Jean Dupont', '> Assign user'],
  [
    'reassign',
    '> Visual Studio Professional',
    '> Jean Dupont',
    '> Hand over',
    'Diego Siciliani',
    '> Plan the',
  ],
  ['reassign power-bi-pro from Alex Wilber to Diego Siciliani'],
  ['release power-bi-pro from Alex Wilber'],
  ['keys windows-server-2025-standard', '> Show the keys'],
  ['users', '> Alex Wilber', '> Edit'],
  ['users Alex Wilber', '> Roles'],
  ['users Alex Wilber', '> Deactivate'],
  ['history', 'history of Alex Wilber'],
];

/** The first button of each verb on the cards of an admin who goes everywhere. */
export async function tour(admin: Chatter): Promise<Map<string, Json>> {
  const buttons = new Map<string, Json>();
  const send = admin.send.bind(admin);
  admin.send = async (activity) => {
    const posted = await send(activity);
    for (const action of actionsOf(admin.card)) {
      const { type, verb } = action;
      if (type === 'Action.Execute' && !buttons.has(String(verb))) buttons.set(String(verb), action);
    }
    return posted;
  };
  for (const steps of TOUR) await does(admin, ...steps);
  return buttons;
}

/** All that the ledger holds, but how people are reached, that they left a dialog, and what is kept of attempts. */
export async function stateOf(company: OpenCompany): Promise<Record<string, Json>> {
  await company.settled();
  const rows = (await company.rows('')).filter(
    ({ rowKey, action, kind }) =>
      !/^(u!.*!c$|rf!)/.test(String(rowKey)) &&
      !['refused', 'cancel'].includes(String(action)) &&
      kind !== 'countRefusals',
  );
  return Object.fromEntries(rows.map((row) => [String(row.rowKey), row]));
}

/** What stands in somebody's history of what they tried, in the order of time. */
export async function attemptsOf(company: OpenCompany, userId: string): Promise<Json[]> {
  await company.settled();
  const records = (await company.rows(`hu!${userId}!`)).filter(({ action }) => action === 'refused');
  return records.reverse().map(({ details }) => details as Json);
}

/** What of it stands in somebody's history as an attempt. It happens a minute after what was before. */
export async function triedBy(
  company: OpenCompany,
  userId: string,
  act: () => Promise<unknown>,
): Promise<Json[]> {
  company.minutesLater(1);
  const before = await attemptsOf(company, userId);
  await act();
  return (await attemptsOf(company, userId)).slice(before.length);
}

/** The same, of which nothing has changed but that it was refused. @returns why */
export async function refusedTo(
  company: OpenCompany,
  userId: string,
  act: () => Promise<unknown>,
): Promise<unknown> {
  const before = await stateOf(company);
  const attempts = await triedBy(company, userId, act);
  expect(await stateOf(company)).toEqual(before);
  expect(attempts).toHaveLength(1);
  return attempts[0]?.code;
}

/** Somebody may do more, or less, from now on, behind their back. @returns what takes it back */
export async function becomes(
  { ledger }: OpenCompany,
  userId: string,
  to: { readonly roles?: readonly Role[]; readonly active?: boolean },
): Promise<() => Promise<void>> {
  const write = async (change: Partial<User>) => {
    const before = await ledger.user(userId);
    if (!before) throw new Error(`${userId} is not there`);
    await ledger.commit([{ of: 'user', before, after: { ...before, ...change } }]);
    return before;
  };
  const { roles, active } = await write(to);
  return async () => void (await write({ roles, active }));
}

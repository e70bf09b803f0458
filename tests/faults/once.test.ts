import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Json, textsOf } from '../parts/card';
import type { Chatter, Posted } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { fillsIn, WHAT } from '../parts/requesting';
import { assigns, bound } from '../parts/seats';
import { few } from '../parts/situations';

const STUDIO = 'visual-studio-enterprise';

let company: OpenCompany;
let admin: Chatter;
let alex: Chatter;
beforeAll(async () => {
  company = await openCompany({ load: (file) => bound(few(file)), sends: true });
  company.clock.now = new Date('2026-03-10T12:00:00Z');
  admin = company.person('Adele Vance');
  alex = company.person('Alex Wilber');
  for (const name of ['Diego Siciliani', 'Marie Dupont']) await company.person(name).says('help');
  for (const person of [admin, alex]) await person.says('help');
  await assigns(admin, 'partner-advisory-hours to Alex Wilber');
});
afterAll(() => company.close());

interface Button {
  /** The operation that it does. */
  readonly action: string;
  readonly label: string;
  /** All that comes before; who presses it, if not the admin. */
  readonly before: () => Promise<Chatter | void>;
  /** The worker does it: the card tells how far it is. */
  readonly isWork?: true;
}

/** Every button that changes something. */
const buttons: readonly Button[] = [
  { action: 'assign', label: 'Assign user', before: () => says(`assign ${STUDIO} to Alex Wilber`) },
  {
    action: 'assignMany',
    label: 'Assign all',
    before: () => says(`bulk\n${STUDIO}-launch; x\n${STUDIO}; nestor.wilke@contoso.com`),
    isWork: true,
  },
  { action: 'undo', label: 'Undo', before: () => assigns(admin, `${STUDIO} to Marie Dupont`) },
  {
    action: 'release',
    label: 'Release',
    before: async () => {
      await assigns(admin, 'technical-presales to Diego Siciliani');
      await says('release technical-presales from Diego Siciliani');
    },
  },
  {
    action: 'reassign',
    label: 'Reassign',
    before: async () => {
      await assigns(admin, `${STUDIO}-gold to Diego Siciliani`);
      await says(`reassign ${STUDIO}-gold from Diego Siciliani to Marie Dupont`);
    },
  },
  { action: 'planHandover', label: 'Plan the handover', before: () => plans('Alex Wilber') },
  {
    action: 'callOffHandover',
    label: 'Call off the handover',
    before: async () => {
      await plans('Diego Siciliani');
      await admin.clicks('Plan the handover');
      await says('reassign power-bi-pro from Diego Siciliani to Nestor Wilke');
    },
  },
  {
    action: 'activate',
    label: 'Mark as active',
    before: async () => {
      await assigns(admin, 'cloud-support-incidents to Alex Wilber');
      await says('activations');
      await admin.clicks('Mark as active');
    },
  },
  {
    action: 'resend',
    label: 'On-premises support incidents',
    before: async () => {
      await assigns(admin, 'on-premises-support-incidents to Alex Wilber');
      await says('resend');
      admin.fills('User', 'Alex Wilber');
      await admin.clicks('Next');
    },
  },
  {
    action: 'notYet',
    label: 'Not yet',
    before: async () => {
      company.clock.now = new Date('2026-03-16T12:00:00Z');
      await company.works();
      admin.sees('Is it active? On-premises support incidents for Alex Wilber');
    },
  },
  { action: 'claimKeys', label: 'Show the keys', before: () => says('keys microsoft-365-business-premium') },
  { action: 'addUser', label: 'Add and go on', before: () => says('add user Robin robin@contoso.com') },
  {
    action: 'editUser',
    label: 'Save',
    before: async () => {
      await says('edit user marie dupont');
      admin.fills('Name', 'Marie Durand');
    },
  },
  {
    action: 'setRoles',
    label: 'Save',
    before: async () => {
      await says('users jean dupont');
      await admin.clicks('Roles');
      admin.fills('Roles', 'Benefits admin');
    },
  },
  { action: 'deactivate', label: 'Deactivate', before: () => says('deactivate diego siciliani') },
  { action: 'reactivate', label: 'Activate again', before: () => says('users raul razo') },
  { action: 'requestHours', label: 'Submit request', before: () => writesRequest('First') },
  {
    action: 'answerRequest',
    label: 'Send answer',
    before: async () => {
      await opensRequest('Second');
      await admin.clicks('Answer');
      admin.fills('Answer', 'Thursday at ten suits us.');
    },
  },
  {
    action: 'closeRequest',
    label: 'Close request',
    before: async () => {
      await opensRequest('Third');
      await admin.clicks('Close');
      admin.fills('Hours spent', '1');
    },
  },
  {
    action: 'withdrawRequest',
    label: 'Withdraw request',
    before: async () => {
      await writesRequest('Fourth');
      await alex.clicks('Submit request');
      await alex.clicks('Open the request');
      await alex.clicks('Withdraw');
      return alex;
    },
  },
];

it('these are all the buttons that change something', () => {
  const folder = join(__dirname, '../../benefits');
  const code = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const inCode = code.flatMap((text) => [...text.matchAll(/\b(?:once|onRequest)\(\s*ports,\s*'(\w+)'/g)]);
  const actions = buttons.map(({ action }) => action);
  expect(actions.sort()).toEqual(inCode.map(([, action]) => action).sort());
});

it.each(buttons)(
  '$action: “$label” pressed six times does one thing, and gives one answer',
  async ({ action, label, before, isWork }) => {
    const who = (await before()) ?? admin;
    await company.works();
    const done = await operations(action);
    const answer = await who.clicks(label);
    await company.works();
    const first = reads(isWork ? await who.repeats() : answer);
    const rows = await allRows();
    expect(await operations(action)).toBe(done + 1);

    const answers = [await who.repeats(), await who.sendsAgain()];
    answers.push(...(await Promise.all([who.sendsAgain(), who.sendsAgain()])));
    await company.restart();
    answers.push(await who.sendsAgain());
    await company.works();
    expect(answers.map(reads)).toEqual(answers.map(() => first));
    expect(await allRows()).toEqual(rows);
  },
);

/** Its dialog is gone, and nothing of it is kept that it could say again. */
it('“Cancel” pressed again says that nothing was changed, and changes nothing', async () => {
  await says(`assign ${STUDIO} to Jean Dupont`);
  await admin.clicks('Cancel');
  admin.sees('Cancelled', 'Nothing was changed.');
  const rows = await allRows();
  await admin.sendsAgain();
  admin.sees('This card is from earlier', 'Nothing was changed.');
  expect(await allRows()).toEqual(rows);
});

async function says(text: string): Promise<void> {
  await admin.says(text);
}

/** Alex' and Diego's seats can't go to Marie yet: it is planned for later. */
async function plans(from: string): Promise<void> {
  await assigns(admin, `power-bi-pro to ${from}`);
  await says(`reassign power-bi-pro from ${from} to Marie Dupont`);
  await admin.clicks('Hand over on');
}

/** Alex fills in the form. */
async function writesRequest(title: string): Promise<Chatter> {
  await alex.says('request advisory hours');
  await fillsIn(alex, { ...WHAT, Title: title, Hours: '2' });
  return alex;
}

/** The admin opens a request that Alex has sent. */
async function opensRequest(title: string): Promise<void> {
  await writesRequest(title);
  await alex.clicks('Submit request');
  await company.works();
  await says('requests');
  await admin.clicks(title);
}

const operations = async (action: string): Promise<number> =>
  (await company.rows('op!')).filter((operation) => operation.action === action).length;

/** All that the company's ledger holds, but for how people are reached: that is written anew at every turn. */
const allRows = async () => (await company.rows('')).filter(({ rowKey }) => !/^u!.*!c$/.test(String(rowKey)));

/** What stands on the card of an answer. */
function reads({ text }: Posted): string[] {
  return textsOf((JSON.parse(text) as { value: Json }).value);
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { openPlayground, picture, type Playground } from '../parts/playground';
import type { PlaygroundWindow } from '../parts/playgroundWindow';

let playground: Playground;
let admin: PlaygroundWindow;
let employee: PlaygroundWindow;

beforeAll(async () => {
  playground = await openPlayground();
  ({ admin, employee } = playground);
}, 180_000);
afterAll(() => playground?.close(), 60_000);

it('an admin assigns a support benefit, and the employee asks what is theirs', async () => {
  await admin.sees('Welcome, Adele Vance');
  await admin.presses('Assign a benefit');
  await admin.sees('Which benefit do you want to assign?');
  await picture(admin, 'choose-benefit');
  await admin.pressesOneOf(/^Cloud support incidents, 3 of 3 free, /);
  await admin.sees('Who gets Cloud support incidents?');
  await admin.picks('User', 'Alex Wilber (alex.wilber@contoso.com)');
  await admin.presses('Next');

  await admin.types('Alternate e-mail', 'alex.wilber@contoso.com');
  await admin.presses('Next');
  await admin.sees("That is Alex Wilber's own account address. Give a different one.");
  await admin.sees('alex.wilber@contoso.com');
  await picture(admin, 'alternate-email');

  await admin.types('Alternate e-mail', 'alex@fabrikam.com');
  await admin.presses('Back');
  await admin.sees('Who gets Cloud support incidents?');
  await admin.sees('Alex Wilber (alex.wilber@contoso.com)');
  await admin.presses('Next');
  await admin.sees('alex@fabrikam.com');
  await admin.presses('Next');
  await admin.sees('Assign Cloud support incidents to Alex Wilber?');
  await picture(admin, 'confirm');
  await admin.presses('Assign user');
  await admin.sees('Assigned to Alex Wilber: Cloud support incidents');
  await admin.sees('The instructions go by e-mail to alex@fabrikam.com and alex.wilber@contoso.com.');
  await picture(admin, 'done');

  // Unasked: `sees` waits for it.
  await employee.sees('Assigned to you: Cloud support incidents');
  await employee.sees('It is being activated. Expect it by');
  await picture(employee, 'notice');
  expect((await recipientsOfMails()).sort()).toEqual(['alex.wilber@contoso.com', 'alex@fabrikam.com']);

  await employee.says("what's assigned to me");
  await employee.sees('Cloud support incidents');
  await employee.sees('Being activated');
  await employee.sees('Assigned by Adele Vance');
  await picture(employee, 'my-benefits');
}, 120_000);

it('the admin marks it as active, and the employee is told', async () => {
  await admin.says('activations');
  await admin.sees('Cloud support incidents for Alex Wilber');
  await picture(admin, 'activations');
  await admin.presses('Mark as active');
  await admin.sees('Is it active? Cloud support incidents for Alex Wilber');
  await admin.presses('Mark as active');
  await admin.sees('Now active: Cloud support incidents for Alex Wilber');
  await employee.sees('Now active: Cloud support incidents');
}, 60_000);

it('the admin pastes a list, and the card itself tells how far it is', async () => {
  await admin.says('bulk');
  await admin.types(
    'Lines',
    'Visual Studio Enterprise; alex.wilber@contoso.com\nVisual Studio Enterprise; lee.gu@contoso.com\nx; y',
  );
  await picture(admin, 'list');
  await admin.presses('Check the lines');
  await admin.sees('Assign 2 of 3 lines?');
  await picture(admin, 'lines');
  await admin.presses('More lines');
  await admin.sees('Line 2: Lee Gu');
  await admin.presses('Assign all');
  await admin.sees('2 benefits were assigned');
  await admin.sees('1 line could not be assigned');
  await picture(admin, 'list-done');
  await employee.sees('Assigned to you: Visual Studio Enterprise');
}, 60_000);

it('writes one log line a turn, without what was typed', () => {
  const log = readFileSync(join(playground.folder, 'bot.log'), 'utf8');
  expect(log).toContain('"route":"assignUser","outcome":"ok"');
  expect(log).not.toMatch(/fabrikam|Wilber/);
});

/** The addresses of the e-mails that the bot wrote, once there are two. */
async function recipientsOfMails(): Promise<string[]> {
  const mailFolder = join(playground.folder, '.data', 'mail');
  let names: string[] = [];
  for (const late = Date.now() + 10_000; names.length < 2 && Date.now() < late;) {
    names = existsSync(mailFolder) ? readdirSync(mailFolder).filter((name) => name.endsWith('.eml')) : [];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const mails = await Promise.all(names.map((name) => simpleParser(readFileSync(join(mailFolder, name)))));
  return mails.flatMap(({ to }) => (to && 'value' in to ? to.value.map(({ address = '' }) => address) : []));
}

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

it('a row of the overview opens and closes in place', async () => {
  await admin.says('overview');
  await admin.sees('Visual Studio subscriptions');
  await admin.presses('Visual Studio Enterprise, 0 of 15 held: show details');
  await admin.sees('Free seats');
  await picture(admin, 'overview');
  await admin.presses('Visual Studio Enterprise: hide details');
}, 60_000);

it('the keys of a software, its language, its system, its links', async () => {
  await admin.says('keys Windows 11 Enterprise');
  await admin.sees('Special instructions');
  await admin.presses('Show the keys');
  await admin.sees('They disappear from here after 10 minutes');
  await picture(admin, 'keys');
  await admin.presses('Downloads');
  await picture(admin, 'language');
}, 60_000);

it('a seat goes from one to another, and both are told', async () => {
  await admin.says('assign Power BI Pro to Alex Wilber');
  await admin.presses('Assign user');
  await employee.sees('Assigned to you: Power BI Pro');
  await employee.says('my benefits');
  await employee.sees('Get keys');
  await picture(employee, 'my-benefits-with-keys');
  await admin.says('reassign Power BI Pro from Alex Wilber to Diego Siciliani');
  await admin.sees('Diego Siciliani');
  await picture(admin, 'reassign');
  await admin.presses('Reassign');
  await admin.sees('Now assigned to Diego Siciliani: Power BI Pro');
  await employee.sees('No longer assigned to you: Power BI Pro');
  await admin.says('release Power BI Pro from Diego Siciliani');
  await admin.presses('Release');
  await admin.sees('The seat is free now.');
}, 60_000);

it('advisory hours are requested, and the request is answered and closed', async () => {
  await admin.says('request 2 hours for Azure landing zone');
  await admin.sees('Partner advisory hours');
  await picture(admin, 'request');
}, 60_000);

it('a user is found, changed and deactivated', async () => {
  await admin.says('users diego');
  await admin.sees('Diego Siciliani');
  await picture(admin, 'user');
  await admin.says('history of Power BI Pro');
  await admin.sees('Power BI Pro');
  await picture(admin, 'history');
  await admin.says('help');
  await picture(admin, 'help');
}, 60_000);

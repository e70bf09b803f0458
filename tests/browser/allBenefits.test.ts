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
  await admin.pressesOneOf(/^Visual Studio Enterprise, 0 of 15 held, .*: show details$/);
  await admin.sees('Free seats');
  await picture(admin, 'overview');
  await admin.pressesOneOf(/^Visual Studio Enterprise, .*: hide details$/);
}, 60_000);

it('the keys of a software, its language, its system, its links', async () => {
  await admin.says('keys SQL Server Enterprise');
  await admin.sees('Special instructions');
  await admin.presses('Show the keys');
  await admin.sees('AAAA2-BBBB2-CCCC3-DDDD4-EEEE5');
  await picture(admin, 'keys');
  await admin.presses('Downloads');
  await admin.sees('In which language do you want SQL Server Enterprise cores?');
  await admin.presses('English');
  await admin.presses('Red Hat Enterprise Linux');
  await admin.sees('Download SQL Server for Linux');
  await picture(admin, 'downloads');
  await admin.presses('Done');
  await admin.sees('The keys are hidden. Get them again when you need them.');
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

it('a seat that can not move yet is handed over on its day, which can be called off', async () => {
  await admin.says('assign Visual Studio Professional (Action Pack) to Alex Wilber');
  await admin.presses('Assign user');
  await admin.says('reassign Visual Studio Professional (Action Pack) from Alex Wilber');
  await admin.sees("can't go to somebody else before");
  await picture(admin, 'not-yet');
  await admin.pressesOneOf(/^Hand over on /);
  await admin.picks('User', 'Diego Siciliani (diego.siciliani@contoso.com)');
  await admin.presses('Next');
  await admin.presses('Plan the handover');
  await admin.sees('The handover is planned');
  await admin.says('overview Visual Studio Professional (Action Pack)');
  await admin.sees('From Alex Wilber to Diego Siciliani on');
  await admin.presses('Call off the handover');
  await admin.sees('called off');
}, 60_000);

it('advisory hours are requested, and the request is answered and closed', async () => {
  await admin.says('assign Partner advisory hours (Gold) to Alex Wilber');
  await admin.presses('Assign user');
  await employee.sees('Assigned to you: Partner advisory hours (Gold)');
  await employee.says('request 2 hours for Azure landing zone');
  await employee.sees('Your request: Partner advisory hours (Gold)');
  await employee.types('Description', 'A second pair of eyes on our network design.');
  await employee.types('Product', 'Azure');
  await employee.picks('Phase', 'Design');
  await picture(employee, 'request');
  await employee.presses('Next');
  await employee.types('Phone with country code', '01 23 45 67 89');
  await employee.types('Time zone', 'Europe/Paris');
  await employee.picks('Country', 'France');
  await employee.presses('Next');
  await employee.sees('Enter the phone number with its country code');
  await employee.types('Phone with country code', '+33 1 23 45 67 89');
  await employee.presses('Next');
  await employee.sees('48 hours will be left after it.');
  await employee.presses('Submit request');
  await employee.sees('Your request is sent');

  await admin.sees('New request: Azure landing zone');
  await admin.presses('Open the request');
  await admin.presses('Answer');
  await admin.types('Answer', 'Call me on Monday.');
  await admin.presses('Send answer');
  await employee.sees('Call me on Monday.');
  await admin.says('requests');
  await admin.pressesOneOf(/^Azure landing zone, Answered, /);
  await admin.presses('Close');
  await admin.types('Hours spent', '1');
  await admin.presses('Close request');
  await admin.sees('1 hour came back.');
  await employee.sees('Your request is closed: Azure landing zone');
}, 120_000);

it('a user is found, changed and deactivated', async () => {
  await admin.says('assign Power BI Pro to Diego Siciliani');
  await admin.presses('Assign user');
  await admin.says('users diego');
  await admin.sees('Power BI Pro');
  await picture(admin, 'user');
  await admin.presses('Edit');
  await admin.types('Name', 'Diego S.');
  await admin.presses('Save');
  await admin.sees('The changes to Diego S. are saved.');
  await admin.presses('Deactivate');
  await admin.sees('What Diego S. holds is released:');
  await admin.presses('Deactivate');
  await admin.sees("Diego S. is not active any more and can't use this bot.");
  await admin.says('history of Power BI Pro');
  await admin.sees('Adele Vance released Power BI Pro, which Diego S. held.');
  await picture(admin, 'history');
  await admin.says('help');
  await picture(admin, 'help');
}, 120_000);

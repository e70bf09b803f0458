import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { Gate } from '../parts/gate';
import type { Refusal } from '../parts/teams';

const NOTHING = 'nothing at all';

let company: OpenCompany;
let admin: Chatter;
let employee: Chatter;
beforeEach(async () => {
  company = await openCompany({ sends: true });
  admin = company.person('Adele Vance');
  employee = company.person('Alex Wilber');
  for (const person of [admin, employee]) await person.says('help');
  await company.works();
});
afterEach(() => company.close());

async function assignsVisualStudio(): Promise<void> {
  await admin.clicks('Assign a benefit');
  await admin.clicks('Visual Studio Enterprise, 15 of 15 free');
  admin.fills('User', 'Alex Wilber');
  await admin.clicks('Next');
  await admin.clicks('Assign user');
  admin.sees('Assigned to Alex Wilber');
}

const endedNotices = (): string[] => company.logged.filter((line) => line.includes('"msg":"notice"'));

describe('no turn is held up', () => {
  it.each<[string, Refusal]>([
    ['429', { status: 429, headers: { 'retry-after': '60' } }],
    ['503', { status: 503 }],
    [NOTHING, { status: 504 }],
  ])('while Teams answers %s to a notice; what could not be sent is sent later', async (what, refusal) => {
    const gate = new Gate();
    if (what !== NOTHING) gate.open();
    company.teams.refuses = (id) =>
      id === employee.conversationId ? gate.pass().then(() => refusal) : undefined;
    await assignsVisualStudio();
    // Who waited for a notice would have waited until it was given up.
    if (what === NOTHING) expect(endedNotices()).toEqual([]);
    await gate.reached;

    // Whoever made it, and whoever shall get it, goes on.
    await admin.says('assign Power BI Pro to Alex Wilber');
    await admin.clicks('Assign user');
    admin.sees('Assigned to Alex Wilber', 'Power BI Pro');
    await employee.clicks('My benefits');
    employee.sees('Visual Studio Enterprise', 'Power BI Pro');
    await employee.clicks('Get keys');
    employee.sees('Product keys: Power BI Pro');
    expect(employee.messageCount).toBe(1);

    gate.open();
    company.teams.refuses = undefined;
    await company.works();
    company.minutesLater(2);
    await company.works();
    const told = company.teams.messagesOf(employee.conversationId).map(({ activity }) => activity.summary);
    expect(told.slice(1).sort()).toEqual([
      'Assigned to you: Power BI Pro',
      'Assigned to you: Visual Studio Enterprise',
    ]);
  });
});

import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';

let company: OpenCompany;
let admin: Chatter;
beforeEach(async () => {
  company = await openCompany({ sends: true });
  admin = company.person('Adele Vance');
  await admin.says('assign cloud support incidents to Alex Wilber');
  admin.fills('Alternate e-mail', 'alex@fabrikam.com');
  await admin.clicks('Next');
  await admin.clicks('Assign user');
  await company.works();
});
afterEach(() => company.close());

describe('the instructions once more', () => {
  it('go to both addresses and to the chat of the chosen holder', async () => {
    const employee = company.person('Alex Wilber');
    await employee.says('help');
    await company.works();
    const before = (await company.mails()).length;
    await admin.says('resend');
    admin.sees('Whose instructions shall I send again?');
    admin.seesNot('Add a user');
    admin.fills('User', 'Alex Wilber');
    await admin.clicks('Next');
    admin.sees('Which benefit of Alex Wilber?', 'Assigned by Adele Vance');
    await admin.clicks('Cloud support incidents');
    admin.sees('The instructions are on their way', 'alex.wilber@contoso.com and alex@fabrikam.com');
    await company.works();
    expect(await company.mails()).toHaveLength(before + 2);
    employee.sees('How to use Cloud support incidents');
  });

  it('in one line, three times a day', async () => {
    // Who has a chat is reached: no word about them comes between the answers.
    await company.person('Alex Wilber').says('help');
    await company.settled();
    for (let time = 1; time <= 3; time++) {
      await admin.says('resend cloud support incidents to Alex Wilber');
      admin.sees('The instructions are on their way');
    }
    await admin.says('renvoyer cloud support incidents à Alex Wilber');
    admin.sees('The instructions were sent again 3 times in the last 24 hours. Try again tomorrow.');
    company.minutesLater(24 * 60 + 1);
    await admin.says('resend cloud support incidents to Alex Wilber');
    admin.sees('The instructions are on their way');
  });

  it('are sent once however often the button is pressed', async () => {
    await admin.says('resend');
    admin.fills('User', 'Alex Wilber');
    await admin.clicks('Next');
    const [press, message] = [admin.button('Cloud support incidents'), admin.newestId];
    await Promise.all([1, 2, 3].map(() => admin.presses(press, {}, message)));
    await company.works();
    expect((await company.rows('hu!alex-wilber!')).filter(({ action }) => action === 'resend')).toHaveLength(
      1,
    );
  });

  it('are refused for what the user does not hold', async () => {
    await admin.says('resend Power BI to Alex Wilber');
    admin.sees("This user doesn't hold this benefit");
    await admin.says('resend Power BI to Zoë Lefèvre');
    admin.sees('Zoë Lefèvre holds no benefit.');
  });
});

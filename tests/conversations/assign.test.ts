import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';

let company: OpenCompany;
beforeEach(async () => {
  company = await openCompany();
});
afterEach(() => company.close());

describe('an admin assigns a benefit', () => {
  it('chooses a benefit and a user, confirms, and it is done, all on one card', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign');
    admin.sees('Which benefit do you want to assign?');
    admin.sees('Software', 'Cloud', 'Visual Studio subscriptions', 'Technical benefits', '15 of 15 free');
    await admin.clicks('Visual Studio Enterprise, 15 of 15 free');
    admin.sees('Who gets Visual Studio Enterprise?');
    admin.fills('User', 'Alex Wilber');
    await admin.clicks('Next');
    admin.sees('Assign Visual Studio Enterprise to Alex Wilber?', 'Alex Wilber (alex.wilber@contoso.com)');
    await admin.clicks('Assign user');
    admin.sees('Assigned to Alex Wilber: Visual Studio Enterprise', 'It is active now.');
    admin.sees('Alex Wilber will be told here in Teams.', 'You can undo it for 10 minutes.');
    expect(admin.messageCount).toBe(1);
    await admin.says('assign');
    admin.sees('14 of 15 free');
  });

  it('gives an alternate e-mail for a support benefit, in five presses', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('help');
    await admin.clicks('Assign a benefit');
    await admin.clicks('Cloud support incidents');
    admin.fills('User', 'Alex Wilber');
    await admin.clicks('Next');
    admin.sees('Alternate e-mail for Alex Wilber', 'As a safeguard');
    admin.fills('Alternate e-mail', 'alex@fabrikam.com');
    await admin.clicks('Next');
    admin.sees(
      'Assign Cloud support incidents to Alex Wilber?',
      'alex@fabrikam.com',
      'It takes about 3 days',
    );
    await admin.clicks('Assign user');
    admin.sees(
      'It is being activated. Expect it by',
      'The instructions go by e-mail to alex@fabrikam.com and alex.wilber@contoso.com',
    );
  });

  it('says how long an activation takes when the benefit does not', async () => {
    const benefit = await company.ledger.benefit('cloud-support-incidents');
    if (!benefit) throw new Error('the benefit is not there');
    await company.ledger.commit([
      { of: 'benefit', before: benefit, after: { ...benefit, activationDays: undefined } },
    ]);
    const admin = company.person('Adele Vance');
    await admin.says('assign cloud support incidents to Alex Wilber');
    await admin.says('alex@fabrikam.com');
    admin.sees('It takes about 5 days until it is active.');
  });

  it('writes the messages that are to be sent in the same transaction', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign cloud support incidents to alex.wilber@contoso.com');
    admin.fills('Alternate e-mail', ' Alex@Fabrikam.COM ');
    await admin.clicks('Next');
    await admin.clicks('Assign user');
    const rows = await company.rows('o!');
    expect(
      rows
        .map(({ channel, to, key }) => ({ channel, to, key }))
        .sort((a, b) => `${a.to}`.localeCompare(`${b.to}`)),
    ).toEqual([
      { channel: 'teams', to: 'alex-wilber', key: 'assigned' },
      { channel: 'email', to: 'alex.wilber@contoso.com', key: 'instructions' },
      { channel: 'email', to: 'alex@fabrikam.com', key: 'instructions' },
    ]);
  });

  it('assigns a benefit that is only for oneself without asking who', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign');
    admin.sees('Only to yourself');
    await admin.clicks('Azure bulk credit');
    admin.sees('Assign Azure bulk credit to yourself?');
    await admin.clicks('Assign user');
    admin.sees('Assigned to you: Azure bulk credit');
    expect(admin.button('Azure portal').url).toBe('https://portal.azure.com');
    admin.seesNot('Assign another'); // there is nobody else
    await admin.clicks('Undo');
    admin.seesNot('Assign another');
    await admin.clicks('Assign a benefit');
    admin.sees('Which benefit do you want to assign?');
  });

  it('goes on with another user of the same benefit', async () => {
    const admin = await assignedTo('Alex Wilber');
    await admin.clicks('Assign another');
    admin.sees('Who gets Visual Studio Enterprise?');
    admin.fills('User', 'Zoë Lefèvre');
    await admin.clicks('Next');
    await admin.clicks('Assign user');
    admin.sees('Assigned to Zoë Lefèvre: Visual Studio Enterprise');
    expect((await company.ledger.benefit('visual-studio-enterprise'))?.held).toBe(2);
  });

  it('shows the outcome to whoever sees the message and not the answer to the press', async () => {
    const admin = await assignedTo('Alex Wilber');
    await company.settled();
    expect(JSON.stringify(admin.storedCard)).toContain('Assigned to Alex Wilber: Visual Studio Enterprise');
  });
});

describe('undo', () => {
  it('takes the assignment back within ten minutes', async () => {
    const admin = await assignedTo('Alex Wilber');
    company.minutesLater(9);
    await admin.clicks('Undo');
    admin.sees('Taken back', 'The seat is free again');
    expect((await company.ledger.benefit('visual-studio-enterprise'))?.held).toBe(0);
    expect(await company.ledger.assignment('visual-studio-enterprise', 'alex-wilber')).toBeUndefined();
    await company.settled();
    expect(JSON.stringify(admin.storedCard)).toContain('Taken back');
  });

  it('is refused later', async () => {
    const admin = await assignedTo('Alex Wilber');
    company.minutesLater(11);
    await admin.clicks('Undo');
    admin.sees('It can only be undone for 10 minutes after it was made.');
    expect((await company.ledger.benefit('visual-studio-enterprise'))?.held).toBe(1);
  });

  it('does not undo a later assignment of the same two', async () => {
    const admin = await assignedTo('Alex Wilber');
    const undo = admin.button('Undo');
    await admin.presses(undo);
    await assignedTo('Alex Wilber', admin);
    await admin.presses(undo, {
      operationId: (admin.button('Undo').data as { operationId: string }).operationId,
    });
    admin.sees('There is nothing to undo');
    expect((await company.ledger.benefit('visual-studio-enterprise'))?.held).toBe(1);
  });
});

describe('on the way', () => {
  it('Back keeps what was chosen and typed at every step', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign');
    await admin.clicks('Cloud support incidents');
    admin.fills('User', 'Alex Wilber');
    await admin.clicks('Next');
    admin.fills('Alternate e-mail', 'alex@fabrikam.com');
    await admin.clicks('Back');
    admin.sees('Who gets Cloud support incidents?');
    expect(admin.holds('User')).toBe('alex-wilber');
    await admin.clicks('Next');
    expect(admin.holds('Alternate e-mail')).toBe('alex@fabrikam.com');
    await admin.clicks('Next');
    await admin.clicks('Back');
    expect(admin.holds('Alternate e-mail')).toBe('alex@fabrikam.com');
    await admin.clicks('Back');
    await admin.clicks('Back');
    admin.sees('Which benefit do you want to assign?');
    await admin.clicks('On-premises support incidents');
    expect(admin.holds('User')).toBe('alex-wilber');
  });

  it('Cancel leaves, and so does the word', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign');
    await admin.clicks('Cancel');
    admin.sees('Cancelled', 'Nothing was changed.');
    await admin.says('assign');
    await admin.says('Cancel!');
    admin.sees('Cancelled');
    await admin.says('cancel');
    admin.sees('There is nothing to cancel');
  });

  it('takes typed answers as it takes presses', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign');
    await admin.says('on-premises');
    admin.sees('Who gets On-premises support incidents?');
    await admin.says('zoe');
    admin.sees('Alternate e-mail for Zoë Lefèvre');
    await admin.says('zoe@fabrikam.com');
    admin.sees('Assign On-premises support incidents to Zoë Lefèvre?');
  });

  it('answers a command and goes on with the dialog afterwards', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign');
    const [step, card] = [admin.button('Visual Studio Enterprise'), admin.newestId];
    await admin.says('my benefits');
    admin.sees('Nothing is assigned to you at the moment.');
    const answer = await admin.presses(step, {}, card);
    expect(answer.text).toContain('Who gets Visual Studio Enterprise?');
  });

  it('goes on after a restart', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign');
    await admin.clicks('Visual Studio Enterprise');
    await company.restart();
    admin.fills('User', 'Alex Wilber');
    await admin.clicks('Next');
    admin.sees('Assign Visual Studio Enterprise to Alex Wilber?');
  });

  it('puts a dialog aside after a day', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign');
    company.minutesLater(25 * 60);
    await admin.clicks('Visual Studio Enterprise');
    admin.sees('That was a while ago', 'Nothing was changed');
  });

  it('ends with a word when its steps were changed by an update meanwhile', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign');
    await admin.clicks('Visual Studio Enterprise');
    const key = `msteams/conversations/${admin.conversationId}/`;
    const { [key]: state } = await company.botState.read([key]);
    expect(state.dialogs.dialogStack[0].state.version).toBe('1');
    state.dialogs.dialogStack[0].state.version = '0';
    await company.botState.write({ [key]: state });
    admin.fills('User', 'Alex Wilber');
    await admin.clicks('Next');
    admin.sees('I was updated in the meantime', 'Nothing was changed.');
    await admin.clicks('Assign a benefit');
    admin.sees('Which benefit do you want to assign?');
  });

  it('adds a user in the user step, and comes back with them chosen', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign Visual Studio Enterprise');
    await admin.clicks('Add a user');
    admin.fills('Name', 'Robin Newcomer');
    admin.fills('Account e-mail', 'robin.newcomer@contoso.com');
    admin.fills('Language', 'French');
    admin.fills('Role', 'Employee');
    await admin.clicks('Add and go on');
    admin.sees('Who gets Visual Studio Enterprise?', 'Robin Newcomer was added and is chosen.');
    await admin.clicks('Next');
    await admin.clicks('Assign user');
    admin.sees('Assigned to Robin Newcomer: Visual Studio Enterprise');
    const userId = await company.ledger.userIdOfEmail('robin.newcomer@contoso.com');
    expect(await company.ledger.user(userId ?? '')).toMatchObject({
      language: 'fr',
      roles: [],
      active: true,
    });
  });

  it('lets only account admins give a role with a new user', async () => {
    const admin = company.person('Nestor Wilke');
    await admin.says('assign Visual Studio Enterprise');
    await admin.clicks('Add a user');
    admin.seesNot('Role');
    admin.fills('Name', 'Robin Newcomer');
    admin.fills('Account e-mail', 'robin.newcomer@contoso.com');
    await admin.presses(admin.button('Add and go on'), { role: 'accountAdmin' });
    admin.sees('Only account admins can give roles');
    expect(await company.ledger.userIdOfEmail('robin.newcomer@contoso.com')).toBeUndefined();
  });
});

/** The admin has just assigned Visual Studio Enterprise. */
async function assignedTo(user: string, admin: Chatter = company.person('Adele Vance')): Promise<Chatter> {
  await admin.says('assign Visual Studio Enterprise');
  admin.fills('User', user);
  await admin.clicks('Next');
  await admin.clicks('Assign user');
  admin.sees(`Assigned to ${user}: Visual Studio Enterprise`);
  return admin;
}

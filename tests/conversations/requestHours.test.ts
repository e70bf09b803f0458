import {
  beside,
  describes,
  fillsIn,
  GOLD,
  HOURS,
  openRequesting,
  PRESALES,
  WHAT,
  type Requesting,
} from '../parts/requesting';

let on: Requesting;
let company: Requesting['company'];
let admin: Requesting['admin'];
let employee: Requesting['employee'];
beforeEach(async () => {
  on = await openRequesting();
  ({ company, admin, employee } = on);
});
afterEach(() => on.company.close());

describe('a request for advisory hours', () => {
  it('is sent by a holder: its hours are deducted, it has a reference, and the admins are told', async () => {
    await employee.says('request advisory hours');
    employee.sees('Your request: Partner advisory hours', '10 hours left');
    employee.sees('A consultant answers within 2 business days.', 'One request can take 25 hours at most.');
    await describes(employee);
    employee.sees('How can the consultant reach you?', 'Azure landing zone');
    expect(employee.holds('Country')).toBe('FR'); // as the time zone tells
    expect(employee.holds('Language of the consultant')).toBe('en');
    expect(employee.holds('Time zone')).toBe('Europe/Paris');
    employee.fills('Phone with country code', '0033 (0)1 99-00.00 00');
    employee.fills('Time zone', 'america/new york');
    await employee.clicks('Next');
    employee.sees('Submit this request?', 'Azure landing zone', 'Design', '6 hours will be left after it.');
    employee.sees('France', 'English', '+33199000000', 'America/New_York');
    await employee.clicks('Submit request');
    employee.sees('Your request is sent', 'A consultant answers within 2 business days.', '6 hours left');

    const [request, ...others] = await on.all();
    expect(others).toEqual([]);
    expect(request).toMatchObject({
      ...{ benefitId: HOURS, state: 'open', hours: 4, phase: 'design', country: 'FR', language: 'en' },
      ...{ phone: '+33199000000', timeZone: 'America/New_York', requestedBy: { id: 'alex-wilber' } },
    });
    expect(await on.used()).toBe(4);
    expect(await company.rows(`hb!${HOURS}!`)).toContainEqual(
      expect.objectContaining({ action: 'requestHours', by: 'alex-wilber', userId: 'alex-wilber' }),
    );

    const reference = /reference is ([\dA-Z-]{15})/.exec(employee.reads())?.[1] ?? 'none';
    await company.works();
    admin.sees('New request: Azure landing zone', 'Alex Wilber asks for advice on Azure', reference);
    admin.sees('4 hours are asked for.');
    admin.seesNot('99');
    await admin.clicks('Open the request');
    admin.sees('Azure landing zone', 'A second pair of eyes', '+33199000000', reference);
  });

  it('reaches, by e-mail too, the other admins, but not who sent it', async () => {
    await admin.says('request advisory hours');
    await admin.clicks('Partner advisory hours,');
    await fillsIn(admin);
    await admin.clicks('Submit request');
    await company.works();
    expect(on.titles(admin)).not.toContain('New request: Azure landing zone');
    const subjects = (await company.mails()).map(({ subject, to }) => [
      to && 'text' in to && to.text,
      subject,
    ]);
    expect(subjects).toContainEqual([
      '"Nestor Wilke" <nestor.wilke@contoso.com>',
      'New request: Azure landing zone',
    ]);
    expect(subjects.flat().join()).not.toContain('adele.vance');
    expect((await company.mails()).map(({ text }) => text).join()).not.toContain('99000000');
  });

  it('of a company without a benefits admin reaches the account admins', async () => {
    await on.becomes('adele-vance', ['accountAdmin']);
    for (const id of ['camille-durand', 'nestor-wilke']) await on.becomes(id, []);
    const reference = await on.requests(employee);
    await company.works();
    admin.sees('New request: Azure landing zone', reference);
    await admin.clicks('Open the request');
    admin.sees('Waiting for an answer');
    expect(() => admin.button('Answer')).toThrow();
  });

  it('asks first what it is for when several fit, with what is left of each', async () => {
    await on.gives(PRESALES);
    await employee.says('request advisory hours');
    employee.sees('What is your request for?', '10 hours left', 'By request');
    employee.seesNot('Visual Studio', 'Gold');
    await employee.clicks('Partner advisory hours');
    employee.sees('Your request: Partner advisory hours');
    await employee.clicks('Back');
    await employee.says('presales');
    employee.sees('Your request: Technical presales and deployment services');
  });

  it('starts from what is mine, with the benefit known', async () => {
    company.minutesLater(1);
    await on.gives(PRESALES);
    await employee.says('mine');
    await employee.clicks('Request advisory hours');
    employee.sees('Your request: Technical presales and deployment services');
  });

  it('of presales assistance takes no hours', async () => {
    const holding = await on.holder(PRESALES);
    await holding.says('request presales assistance');
    holding.sees('Your request: Technical presales and deployment services');
    holding.seesNot('Hours', 'hours');
    const { Hours: _, ...what } = WHAT;
    await fillsIn(holding, what);
    holding.seesNot('Hours', 'hours');
    await holding.clicks('Submit request');
    holding.sees('Your request is sent');
    expect(await on.all()).toMatchObject([{ benefitId: PRESALES, hours: 0 }]);
    expect(await on.used(PRESALES)).toBe(0);
    await company.works();
    admin.sees('New request: Azure landing zone');
    await admin.clicks('Open the request');
    await admin.clicks('Close');
    admin.sees('It was requested without hours: nothing comes back.');
    admin.seesNot('Hours spent');
    await admin.clicks('Close request');
    admin.sees('“Azure landing zone” is closed');
    expect(await on.all()).toMatchObject([{ state: 'closed', spent: 0 }]);
  });

  it('keeps what was typed on the way back', async () => {
    await employee.says('request advisory hours');
    await describes(employee);
    employee.fills('Phone with country code', '123');
    await employee.clicks('Back');
    expect(employee.holds('Description')).toBe(WHAT.Description);
    expect(employee.holds('Phase')).toBe('design');
    employee.fills('Hours', '5');
    await employee.clicks('Next');
    expect(employee.holds('Phone with country code')).toBe('123');
  });

  it.each([
    ['request 5 hours for Azure landing zone', '5', 'Azure landing zone'],
    ['Request 2 advisory hours about *Intune*', '2', '*Intune*'],
    ['request hours for a migration', undefined, 'a migration'],
    ['demander 5 heures pour une zone Azure', '5', 'une zone Azure'],
    ['demander 3 heures de conseil sur Intune', '3', 'Intune'],
    ['demander des heures pour une migration', undefined, 'une migration'],
  ])('in one line: %s', async (said, hours, title) => {
    await employee.says(said);
    expect(employee.holds('Hours') || undefined).toBe(hours);
    expect(employee.holds('Title')).toBe(title);
  });

  it('is shown as it was written', async () => {
    await on.requests(employee, {
      Title: '**Bold** $t(help.title) {{by}}',
      Description: '# No heading <at>Everyone</at>',
    });
    await company.works();
    admin.sees('New request: **Bold** $t(help.title) {{by}}');
    await admin.clicks('Open the request');
    admin.sees('**Bold** $t(help.title) {{by}}', '# No heading <at>Everyone</at>');
  });
});

describe('who may send one, and when', () => {
  it('somebody who holds nothing of the kind is told so, and whose id is sent is refused', async () => {
    const other = company.person('Diego Siciliani');
    await other.says('request advisory hours');
    other.sees('You hold neither advisory hours nor presales assistance.');
    await other.presses({ type: 'Action.Execute', verb: 'requestHours', data: { benefitId: HOURS } });
    other.sees('Requests on Partner advisory hours can be sent by its holders and by benefits admins.');
    await other.presses({
      type: 'Action.Execute',
      verb: 'requestHours',
      data: { benefitId: 'power-bi-pro' },
    });
    other.sees('Requests on Power BI Pro can be sent');
  });

  it('a benefits admin may without holding it', async () => {
    await admin.says('request advisory hours');
    admin.sees('What is your request for?', 'Partner advisory hours (Gold)');
    await admin.clicks('Partner advisory hours (Gold)');
    await fillsIn(admin);
    await admin.clicks('Submit request');
    expect(await on.used(GOLD)).toBe(4);
  });

  it('who is no admin any more in the middle of it is refused, and nothing is changed', async () => {
    await admin.says('request advisory hours');
    await admin.clicks('Partner advisory hours (Gold)');
    await fillsIn(admin);
    await on.becomes('adele-vance', []);
    await admin.clicks('Submit request');
    admin.sees(
      'Requests on Partner advisory hours (Gold) can be sent by its holders and by benefits admins.',
    );
    await admin.clicks('Back');
    await admin.clicks('Next');
    admin.sees('can be sent by its holders');
    expect(await on.used(GOLD)).toBe(0);
    expect(await on.all()).toEqual([]);
  });

  it('nothing is sent on what has ended', async () => {
    await employee.says('request advisory hours');
    await fillsIn(employee);
    company.clock.now = new Date('2027-06-30T21:59:00Z');
    await employee.says('request advisory hours'); // its last day in Paris
    await fillsIn(employee);
    company.clock.now = new Date('2027-06-30T22:00:00Z');
    await employee.clicks('Submit request');
    employee.sees('Partner advisory hours ended on June 30, 2027: no more requests can be sent on it.');
    await employee.says('request advisory hours');
    employee.sees('Ended on June 30, 2027');
    expect(await on.used()).toBe(0);
  });

  it('nothing is sent on what is used up', async () => {
    await on.requests(employee, { Hours: '10' });
    await employee.says('request advisory hours');
    employee.sees('No hours left');
    await employee.says('partner advisory hours');
    employee.sees('No hours of Partner advisory hours are left.');
  });
});

describe('two requests for the last hours', () => {
  it('at once: one gets them, the other is told what is left beside the hours', async () => {
    const other = await on.holder();
    for (const person of [employee, other]) {
      await person.says('request advisory hours');
      await fillsIn(person, { ...WHAT, Hours: '6' });
    }
    await Promise.all([employee.clicks('Submit request'), other.clicks('Submit request')]);
    const [loser, ...none] = [employee, other].filter(
      (person) => !person.reads().includes('Your request is sent'),
    );
    expect(none).toEqual([]);
    if (!loser) throw new Error('both were sent');
    expect(beside(loser, 'Hours')).toContain('That is too many hours: 4 are left');
    expect(await on.used()).toBe(6);
    await fillsIn(loser, { Hours: '4' }, {});
    await loser.clicks('Submit request');
    loser.sees('Your request is sent', '0 hours left');
    expect(await on.used()).toBe(10);
  });

  it('for all of them: the other is told that none is left', async () => {
    const other = await on.holder();
    await other.says('request advisory hours');
    await fillsIn(other);
    await on.requests(employee, { Hours: '10' });
    await other.clicks('Submit request');
    other.sees('No hours of Partner advisory hours are left.');
    expect(await on.used()).toBe(10);
  });
});

describe('the same press', () => {
  it('however often, deducts the hours once and tells the admins once', async () => {
    await employee.says('request advisory hours');
    await fillsIn(employee);
    const [press, message] = [employee.button('Submit request'), employee.newestId];
    const answers = await Promise.all([1, 2, 3].map(() => employee.presses(press, {}, message)));
    await company.restart();
    answers.push(await employee.presses(press, {}, message));
    expect(new Set(answers.map(({ text }) => /reference is ([\dA-Z-]+)/.exec(text)?.[1])).size).toBe(1);
    expect(await on.used()).toBe(4);
    expect(await on.all()).toHaveLength(1);
    await company.works();
    expect(on.titles(admin).filter((title) => title === 'New request: Azure landing zone')).toHaveLength(1);
  });

  it('by somebody else does nothing', async () => {
    await employee.says('request advisory hours');
    await fillsIn(employee);
    const press = employee.button('Submit request');
    const other = await on.holder();
    await other.says('request advisory hours');
    await other.presses(press);
    other.sees("This button belongs to somebody else's card.");
    await employee.clicks('Submit request');
    await other.presses(press);
    other.seesNot('Your request is sent');
    expect(await on.all()).toHaveLength(1);
  });
});

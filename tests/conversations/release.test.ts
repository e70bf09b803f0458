import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { actionsOn, assigns, bound, countersFit, DAY, heldOf, holdersOf, titlesOf } from '../parts/seats';

const BI = 'power-bi-pro';

let company: OpenCompany;
let admin: Chatter;
afterEach(async () => {
  await countersFit(company);
  await company.close();
});

describe('releasing', () => {
  beforeEach(async () => {
    company = await openCompany();
    admin = company.person('Adele Vance');
  });

  it('asks whose it is and to confirm, and the seat can be assigned again', async () => {
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    await assigns(admin, 'Power BI Pro to Diego Siciliani');
    await admin.says('release');
    admin.sees('Which benefit do you want to release?', '2 held');
    await admin.clicks('Power BI Pro');
    admin.sees('Whose Power BI Pro do you want to release?', 'Alex Wilber', 'Diego Siciliani');
    await admin.clicks('Diego Siciliani');
    admin.sees(
      'Take Power BI Pro from Diego Siciliani?',
      'Diego Siciliani (diego.siciliani@contoso.com)',
      'The seat will be free at once.',
    );
    expect(admin.button('Release').style).toBe('destructive');
    await admin.clicks('Release');
    admin.sees('No longer assigned to Diego Siciliani: Power BI Pro', 'The seat is free now.');
    expect(await holdersOf(company, BI)).toEqual(['alex-wilber']);
    await admin.clicks('Assign another');
    admin.sees('Who gets Power BI Pro?');
  });

  it('leaves nothing to be activated of a support benefit', async () => {
    await assigns(admin, 'cloud support incidents to Alex Wilber');
    await admin.says('release cloud support incidents from Alex Wilber');
    await admin.clicks('Release');
    expect(await company.rows('p!')).toEqual([]);
    await admin.says('activations');
    admin.sees('Nothing is being activated at the moment.');
  });

  it.each([
    ['release power bi from alex.wilber@contoso.com', 'Take Power BI Pro from Alex Wilber?'],
    ['Release Power BI Pro from wilber', 'Take Power BI Pro from Alex Wilber?'],
    ['remove Alex Wilber from Power BI Pro', 'Take Power BI Pro from Alex Wilber?'],
    ['take back Power BI Pro', 'Whose Power BI Pro do you want to release?'],
    ['libérer Power BI Pro de Alex Wilber', 'Take Power BI Pro from Alex Wilber?'],
    ['retirer Power BI Pro à Alex Wilber', 'Take Power BI Pro from Alex Wilber?'],
    ["liberer Power BI Pro d'Alex Wilber", 'Take Power BI Pro from Alex Wilber?'],
    ['release Power BI Pro from Zoë Lefèvre', 'Nobody called “Zoë Lefèvre” holds Power BI Pro.'],
    ['release Power BI Pro from from', 'Nobody called “from” holds Power BI Pro.'],
    ['release Frobnicator from alex', 'There is no benefit called “Frobnicator”.'],
    ['release Windows 11 Enterprise', 'Nobody holds Windows 11 Enterprise.'],
  ])('in one line: %s', async (said, seen) => {
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    await admin.says(said);
    admin.sees(seen);
    expect(await holdersOf(company, BI)).toEqual(['alex-wilber']);
  });

  it("of one's own is asked and told so, and goes back to the start of what is only for oneself", async () => {
    await assigns(admin, 'azure-bulk-credit');
    await admin.says('release Azure bulk credit from Adele Vance');
    admin.sees('Give up your own Azure bulk credit?');
    admin.seesNot('will be told');
    await admin.clicks('Release');
    admin.sees('No longer assigned to you: Azure bulk credit');
    admin.button('Assign a benefit');
    expect(await heldOf(company, 'azure-bulk-credit')).toBe(0);
  });

  it('also works after the end of the benefit', async () => {
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    company.clock.now = new Date('2027-07-01T10:00:00Z');
    await admin.says('release Power BI Pro from Alex Wilber');
    await admin.clicks('Release');
    admin.sees('No longer assigned to Alex Wilber: Power BI Pro');
  });

  it('starts with what a button knows, and goes back', async () => {
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    const data = { benefitId: BI, userId: 'alex-wilber' };
    await admin.presses({ type: 'Action.Execute', verb: 'release', data });
    admin.sees('Take Power BI Pro from Alex Wilber?');
    await admin.clicks('Back');
    admin.sees('Whose Power BI Pro do you want to release?');
    await admin.clicks('Cancel');
    admin.sees('Nothing was changed.');
    expect(await holdersOf(company, BI)).toEqual(['alex-wilber']);
  });

  it('four times with one press is done once, with the same answer', async () => {
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    await admin.says('release Power BI Pro from Alex Wilber');
    const [press, message] = [admin.button('Release'), admin.newestId];
    const answers = await Promise.all([1, 2, 3, 4].map(() => admin.presses(press, {}, message)));
    await company.restart();
    answers.push(await admin.presses(press, {}, message));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.text).toContain('No longer assigned to Alex Wilber');
    expect(await heldOf(company, BI)).toBe(0);
    expect(await actionsOn(company, BI)).toEqual(['assign', 'release']);
  });

  it('is refused on the same card when another has done it, or has assigned it anew', async () => {
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    const nestor = company.person('Nestor Wilke');
    for (const each of [admin, nestor]) await each.says('release Power BI Pro from Alex Wilber');
    await nestor.clicks('Release');
    const card = admin.button('Release');
    await admin.presses(card);
    admin.sees('Take Power BI Pro from Alex Wilber?', "This user doesn't hold this benefit.");
    await assigns(nestor, 'Power BI Pro to Alex Wilber');
    await admin.clicks('Release');
    admin.sees("This user doesn't hold this benefit.");
    expect(await holdersOf(company, BI)).toEqual(['alex-wilber']);
  });

  it('is for benefits admins', async () => {
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    const employee = company.person('Alex Wilber');
    await employee.says('release Power BI Pro from Alex Wilber');
    employee.sees('Only benefits admins can do that');
  });
});

describe('before the seat may go to somebody else', () => {
  let alex: Chatter;
  beforeEach(async () => {
    company = await openCompany({ load: bound, sends: true });
    company.clock.now = new Date('2026-03-02T12:00:00Z');
    admin = company.person('Adele Vance');
    alex = company.person('Alex Wilber', { locale: 'fr-FR' });
    for (const person of [admin, alex]) await person.says('help');
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    await assigns(admin, 'Power BI Pro to Adele Vance');
    await company.works();
  });

  it('the holder loses it at once, the seat is counted until that day, and then it is free by itself', async () => {
    company.minutesLater(10 * DAY);
    await admin.says('release Power BI Pro from Alex Wilber');
    admin.sees("The seat can't go to somebody else before May 31, 2026: it counts as held until then.");
    await admin.clicks('Release');
    admin.sees('The seat counts as held until it is free on May 31, 2026.');
    admin.seesNot('Assign another');
    await company.works();
    alex.sees('Cet avantage ne vous est plus attribué : Power BI Pro', 'Adele Vance l’a libéré.');
    expect(await holdersOf(company, BI)).toEqual(['adele-vance']);
    expect(await heldOf(company, BI)).toBe(2);
    await admin.says('assign Power BI Pro to Alex Wilber');
    admin.sees('No seat of Power BI Pro is free any more');
    // In Paris, where the company is, the 31st begins at 22:00 UTC.
    company.clock.now = new Date('2026-05-30T21:59:00Z');
    await company.works();
    expect(await heldOf(company, BI)).toBe(2);

    company.clock.now = new Date('2026-05-30T22:00:00Z');
    await Promise.all([company.works(), company.works()]);
    expect(await heldOf(company, BI)).toBe(1);
    expect(await company.rows('d!')).toEqual([]);
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    expect(titlesOf(company, alex)).toHaveLength(3);
  });

  it('on that day it is free at once', async () => {
    company.clock.now = new Date('2026-05-30T22:00:00Z');
    await admin.says('release Power BI Pro from Alex Wilber');
    admin.sees('The seat will be free at once.');
    await admin.clicks('Release');
    admin.sees('The seat is free now.');
    expect(await heldOf(company, BI)).toBe(1);
  });

  it('Undo within ten minutes frees it at once', async () => {
    await admin.says('release Power BI Pro from Adele Vance');
    await admin.clicks('Release');
    expect(await heldOf(company, BI)).toBe(2);
    company.clock.now = new Date('2026-06-01T12:00:00Z');
    await company.works();
    await assigns(admin, 'Power BI Pro to Adele Vance');
    await admin.clicks('Undo');
    admin.sees('The seat is free again.');
    expect(await heldOf(company, BI)).toBe(1);
  });
});

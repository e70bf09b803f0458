import { doDueWork } from '../../benefits/dueWork';
import type { Stored, User } from '../../benefits/model';
import { newOperationId } from '../../benefits/operations';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import {
  actionsOn,
  assigns,
  bound,
  countersFit,
  DAY,
  heldOf,
  holdersOf,
  mailedTo,
  titlesOf,
} from '../parts/seats';

const BI = 'power-bi-pro';
const GONE = 'No longer assigned to you: Power BI Pro';
const GOT = 'Un avantage pour vous\u00a0: Power BI Pro';

let company: OpenCompany;
let admin: Chatter;
let alex: Chatter;
let zoe: Chatter;
beforeEach(async () => {
  company = await openCompany({ load: bound, sends: true });
  company.clock.now = new Date('2026-03-02T12:00:00Z');
  admin = company.person('Adele Vance');
  alex = company.person('Alex Wilber');
  zoe = company.person('Zoë Lefèvre', { locale: 'fr-FR', email: 'zoe.lefevre@contoso.com' });
  for (const person of [admin, alex, zoe]) await person.says('help');
  await assigns(admin, 'Power BI Pro to Alex Wilber');
  await company.works();
});
afterEach(async () => {
  await countersFit(company);
  await company.close();
});

/** Said, refused with its date, and planned for that day instead. */
async function plans(to = 'Zoë Lefèvre', who = admin): Promise<void> {
  await who.says(`reassign Power BI Pro from Alex Wilber to ${to}`);
  await who.clicks('Hand over on May 31, 2026');
  await who.clicks('Plan the handover');
  who.sees('The handover is planned');
}

/** The morning of the day on which the seat may go, in Paris. */
const ITS_DAY = new Date('2026-05-31T07:00:00Z');

async function onItsDay(): Promise<void> {
  company.clock.now = ITS_DAY;
  await company.works();
}

async function changeUser(id: string, change: Partial<User>): Promise<void> {
  const before = (await company.ledger.user(id)) as Stored<User>;
  await company.ledger.commit([{ of: 'user', before, after: { ...before, ...change } }]);
}

describe('before its day, a seat', () => {
  it('is refused with the date, and the handover is offered for then', async () => {
    await admin.says('reassign');
    await admin.clicks('Power BI Pro');
    await admin.clicks('Alex Wilber');
    admin.sees(
      'Who holds Power BI Pro now?',
      "Power BI Pro of Alex Wilber can't go to somebody else before May 31, 2026.",
    );
    await admin.clicks('Hand over on May 31, 2026');
    admin.sees('Who gets Power BI Pro instead of Alex Wilber?');
    admin.fills('User', 'Zoë Lefèvre');
    await admin.clicks('Next');
    admin.sees(
      'Hand over Power BI Pro of Alex Wilber to Zoë Lefèvre on May 31, 2026?',
      'It takes place by itself on that day',
    );
    admin.seesNot('Reassign');
    await admin.clicks('Plan the handover');
    admin.sees(
      'The handover is planned',
      'On May 31, 2026, Power BI Pro goes from Alex Wilber to Zoë Lefèvre by itself',
    );
    await company.works();
    expect(await holdersOf(company, BI)).toEqual(['alex-wilber']);
    expect(await company.rows('d!')).toMatchObject([{ kind: 'handover', at: ITS_DAY.toISOString() }]);
    expect(await company.rows(`bh!${BI}!`)).toMatchObject([
      { from: { id: 'alex-wilber' }, to: { id: 'zoe-lefevre' }, on: '2026-05-31' },
    ]);
    // Nobody but who planned it is told yet.
    expect(titlesOf(company, zoe)).toHaveLength(1);
    expect(titlesOf(company, alex)).not.toContain(GONE);
  });

  it('that could go when the question was asked, and can not any more, is offered on the same card', async () => {
    const before = await company.ledger.benefit(BI);
    if (!before) throw new Error('not loaded');
    await company.ledger.commit([{ of: 'benefit', before, after: { ...before, reassignAfterDays: 0 } }]);
    await admin.says('reassign Power BI Pro from Alex Wilber to Zoë Lefèvre');
    const now = await company.ledger.benefit(BI);
    if (!now) throw new Error('not loaded');
    await company.ledger.commit([{ of: 'benefit', before: now, after: { ...now, reassignAfterDays: 90 } }]);
    await admin.clicks('Reassign');
    admin.sees(
      "can't go to somebody else before May 31, 2026",
      'Hand over Power BI Pro of Alex Wilber to Zoë Lefèvre on May 31, 2026?',
    );
    expect(await holdersOf(company, BI)).toEqual(['alex-wilber']);
    await admin.clicks('Plan the handover');
    admin.sees('The handover is planned');
  });

  it('has one handover: the second is refused with what is planned, and that can be called off there', async () => {
    await plans();
    const nestor = company.person('Nestor Wilke');
    await nestor.says('reassign Power BI Pro from Alex Wilber to Diego Siciliani');
    nestor.sees(
      'Power BI Pro of Alex Wilber goes to Zoë Lefèvre on May 31, 2026: that is planned already.',
      'Goes to Zoë Lefèvre on May 31, 2026',
    );
    await nestor.clicks('Call off the handover');
    nestor.sees(
      'The handover is called off',
      "Power BI Pro stays with Alex Wilber, and doesn't go to Zoë Lefèvre",
    );
    await plans('Diego Siciliani', nestor);
    await onItsDay();
    expect(await holdersOf(company, BI)).toEqual(['diego-siciliani']);
  });

  it('of two admins who plan at once, one plans and the other is told', async () => {
    const nestor = company.person('Nestor Wilke');
    for (const [each, to] of [
      [admin, 'Zoë Lefèvre'],
      [nestor, 'Diego Siciliani'],
    ] as const) {
      await each.says(`reassign Power BI Pro from Alex Wilber to ${to}`);
      await each.clicks('Hand over on');
    }
    await Promise.all([admin, nestor].map((each) => each.clicks('Plan the handover')));
    const seen = [admin, nestor].map((each) => each.reads());
    expect(seen.filter((text) => text.includes('The handover is planned'))).toHaveLength(1);
    expect(seen.filter((text) => text.includes('that is planned already'))).toHaveLength(1);
    expect(await company.rows('bh!')).toHaveLength(1);
  });

  it('planned four times with one press is planned once, with the same answer', async () => {
    await admin.says('reassign Power BI Pro from Alex Wilber to Zoë Lefèvre');
    await admin.clicks('Hand over on May 31, 2026');
    const [press, message] = [admin.button('Plan the handover'), admin.newestId];
    const answers = await Promise.all([1, 2, 3].map(() => admin.presses(press, {}, message)));
    await company.restart();
    answers.push(await admin.presses(press, {}, message));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.text).toContain('The handover is planned');
    expect(await company.rows('bh!')).toHaveLength(1);
    expect(await company.rows('d!')).toHaveLength(1);
  });

  it('of a benefit that ends before that day can only be released', async () => {
    company.clock.now = new Date('2027-05-01T12:00:00Z');
    await assigns(admin, 'Power BI Pro to Diego Siciliani');
    await company.works(); // the admin has been told that he isn't reached
    await admin.says('reassign Power BI Pro from Diego Siciliani');
    admin.sees(
      'Power BI Pro ends on June 30, 2027, before its seat may go to somebody else on July 30, 2027.',
    );
    admin.seesNot('Hand over');
  });
});

describe('on its day', () => {
  it('the seat goes by itself, in one transaction, and both are told', async () => {
    await plans();
    company.clock.now = new Date(ITS_DAY.getTime() - 60_000);
    await company.works();
    expect(await holdersOf(company, BI)).toEqual(['alex-wilber']);
    await onItsDay();
    expect(await holdersOf(company, BI)).toEqual(['zoe-lefevre']);
    expect(await heldOf(company, BI)).toBe(1);
    alex.sees(GONE, 'Adele Vance has given it to Zoë Lefèvre.');
    zoe.sees('Un avantage pour vous : Power BI Pro', 'Adele Vance vous l’a attribué.');
    expect(await company.rows('bh!')).toEqual([]);
    expect(await company.rows('d!')).toEqual([]);
    expect(await actionsOn(company, BI)).toEqual(['assign', 'planHandover', 'reassign']);
    for (const list of [`hb!${BI}!`, 'hu!alex-wilber!', 'hu!zoe-lefevre!']) {
      expect((await company.rows(list))[0]).toMatchObject({
        action: 'reassign',
        by: 'bot',
        userId: 'zoe-lefevre',
        fromUserId: 'alex-wilber',
        details: { plannedBy: 'adele-vance' },
      });
    }
    // The seat is bound anew.
    await admin.says('reassign Power BI Pro from Zoë Lefèvre');
    admin.sees("can't go to somebody else before August 29, 2026");
  });

  it('it goes once, whoever does it and however often: a second worker, or one after a crash', async () => {
    await plans();
    company.clock.now = ITS_DAY;
    const [due] = await company.ledger.dueWork(1);
    if (!due) throw new Error('nothing is due');
    await Promise.all([1, 2, 3].map(() => doDueWork(company.ports, due)));
    await doDueWork({ ...company.ports, ledger: company.quietLedger() }, due);
    await company.works();
    expect(await holdersOf(company, BI)).toEqual(['zoe-lefevre']);
    expect((await company.rows(`hb!${BI}!`)).filter(({ action }) => action === 'reassign')).toHaveLength(1);
    expect(titlesOf(company, alex).filter((title) => title === GONE)).toHaveLength(1);
    expect(titlesOf(company, zoe).filter((title) => title === GOT)).toHaveLength(1);
  });

  it('it goes even if who planned it is no admin any more, and tells them when they are concerned', async () => {
    await plans('Adele Vance');
    await changeUser('adele-vance', { roles: ['accountAdmin'] });
    await onItsDay();
    admin.sees('Assigned to you: Power BI Pro', 'Adele Vance assigned it to you.');
    expect(await holdersOf(company, BI)).toEqual(['adele-vance']);
  });

  it('it goes at the moment at which somebody else releases it, or not at all', async () => {
    await plans();
    await admin.says('release Power BI Pro from Alex Wilber');
    admin.sees('The handover to Zoë Lefèvre on May 31, 2026 will not take place.');
    company.clock.now = ITS_DAY;
    const [due] = await company.ledger.dueWork(1);
    if (!due) throw new Error('nothing is due');
    await Promise.all([doDueWork(company.ports, due), releasesAgain()]);
    const isReleased = admin.reads().includes('No longer assigned to Alex Wilber');
    expect(await holdersOf(company, BI)).toEqual(isReleased ? [] : ['zoe-lefevre']);
    expect(await company.rows('bh!')).toEqual([]);

    /** A dialog that was left for a day has ended: the same is said once more. */
    async function releasesAgain(): Promise<void> {
      await admin.says('release Power BI Pro from Alex Wilber');
      if (admin.reads().includes('Take Power BI Pro')) await admin.clicks('Release');
    }
  });

  it.each([
    [
      'holds it already',
      () => assigns(admin, 'Power BI Pro to Zoë Lefèvre'),
      'Zoë Lefèvre already holds it.',
    ],
    [
      'is not active any more',
      () => changeUser('zoe-lefevre', { active: false }),
      'Zoë Lefèvre is not active any more.',
    ],
  ])('the seat stays when who should get it %s, and who planned it is told why', async (_, act, why) => {
    await plans();
    await act();
    await onItsDay();
    admin.sees(
      'The handover of Power BI Pro did not take place',
      'You had planned that it goes from Alex Wilber to Zoë Lefèvre on May 31, 2026.',
      why,
    );
    expect(await holdersOf(company, BI)).toContain('alex-wilber');
    expect(titlesOf(company, alex)).not.toContain(GONE);
    expect([...(await company.rows('bh!')), ...(await company.rows('d!'))]).toEqual([]);
    expect((await company.rows(`hb!${BI}!`))[0]).toMatchObject({ action: 'handoverFailed', by: 'bot' });
    await admin.clicks('Reassign');
    admin.sees('Who gets Power BI Pro instead of Alex Wilber?');
  });

  it.each([
    ['the benefit has ended', { endsOn: '2026-05-30' }, 'It has ended.'],
    [
      'it is bound for longer',
      { reassignAfterDays: 180 },
      "Its seat can't go to somebody else as things are now.",
    ],
    [
      'it is only for oneself now',
      { assignable: 'self' },
      "Its seat can't go to somebody else as things are now.",
    ],
  ] as const)('the seat stays when %s', async (_, change, why) => {
    await plans();
    const before = await company.ledger.benefit(BI);
    if (!before) throw new Error('not loaded');
    await company.ledger.commit([{ of: 'benefit', before, after: { ...before, ...change } }]);
    await onItsDay();
    admin.sees('The handover of Power BI Pro did not take place', why);
    expect(await holdersOf(company, BI)).toEqual(['alex-wilber']);
  });
});

describe('a planned handover', () => {
  it('can be called off: it does not take place, and the same press gives the same answer', async () => {
    await plans();
    const [press, message] = [admin.button('Call off the handover'), admin.newestId];
    const answers = await Promise.all([1, 2, 3].map(() => admin.presses(press, {}, message)));
    await company.restart();
    answers.push(await admin.presses(press, {}, message));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.text).toContain('The handover is called off');
    expect(JSON.stringify(admin.storedCard)).toContain('The handover is called off');
    expect(await company.rows('bh!')).toEqual([]);
    await onItsDay();
    expect(await holdersOf(company, BI)).toEqual(['alex-wilber']);
    expect(await company.rows('d!')).toEqual([]);
    expect(await actionsOn(company, BI)).toEqual(['assign', 'callOffHandover', 'planHandover']);
    expect(titlesOf(company, admin)).not.toContain('The handover of Power BI Pro did not take place');
  });

  it('is called off by benefits admins only, and not when it is gone', async () => {
    await plans();
    const press = admin.button('Call off the handover');
    await zoe.presses(press);
    zoe.sees('Ce bouton appartient à la carte de quelqu’un d’autre');
    await zoe.presses(press, { operationId: newOperationId(company.ports, 'zoe-lefevre') });
    zoe.sees('Seuls les administrateurs des avantages peuvent le faire');
    expect(await company.rows('bh!')).toHaveLength(1);
    const nestor = company.person('Nestor Wilke');
    await nestor.says('reassign Power BI Pro from Alex Wilber');
    await nestor.clicks('Call off the handover');
    await admin.presses(press);
    admin.sees("This handover isn't planned any more");
    await admin.presses({ ...press, data: {} });
    admin.sees('There is no such entry in your company');
  });

  it('of a later plan is not meant by the button of an earlier one', async () => {
    await plans();
    const press = admin.button('Call off the handover');
    const { operationId: _, dueId: __, ...seat } = press.data as Record<string, string>;
    const nestor = company.person('Nestor Wilke');
    await nestor.says('reassign Power BI Pro from Alex Wilber');
    await nestor.clicks('Call off the handover');
    await plans('Diego Siciliani', nestor);
    await admin.presses(press);
    admin.sees("This handover isn't planned any more");
    expect(await company.rows('bh!')).toHaveLength(1);
    // Whoever sees the plan itself, as in the overview, means that one.
    await admin.presses({ ...press, data: { ...seat, operationId: operationIdOf(press) } });
    expect(await company.rows('bh!')).toEqual([]);

    function operationIdOf({ data }: Record<string, unknown>): string {
      return (data as { operationId: string }).operationId;
    }
  });

  it('comes to nothing when the seat is released', async () => {
    await plans();
    await admin.says('release Power BI Pro from Alex Wilber');
    await admin.clicks('Release');
    expect(await company.rows('bh!')).toEqual([]);
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    await onItsDay();
    expect(await holdersOf(company, BI)).toEqual(['alex-wilber']);
    expect(titlesOf(company, zoe)).toHaveLength(1);
  });

  it('waits for its own day when an earlier plan for the same two came to nothing', async () => {
    await plans();
    await admin.says('release Power BI Pro from Alex Wilber');
    await admin.clicks('Release');
    company.clock.now = new Date('2026-05-01T12:00:00Z');
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    await admin.says('reassign Power BI Pro from Alex Wilber to Zoë Lefèvre');
    await admin.clicks('Hand over on July 30, 2026');
    await admin.clicks('Plan the handover');
    await onItsDay();
    expect(await company.rows('bh!')).toHaveLength(1);
    expect(await holdersOf(company, BI)).toEqual(['alex-wilber']);
    company.clock.now = new Date('2026-07-30T07:00:00Z');
    await company.works();
    expect(await holdersOf(company, BI)).toEqual(['zoe-lefevre']);
  });

  it('comes to nothing when the assignment is undone', async () => {
    await company.person('Diego Siciliani').says('help');
    await assigns(admin, 'Power BI Pro to Diego Siciliani');
    const [undo, message] = [admin.button('Undo'), admin.newestId];
    await admin.says('reassign Power BI Pro from Diego Siciliani to Zoë Lefèvre');
    await admin.clicks('Hand over on');
    await admin.clicks('Plan the handover');
    await admin.presses(undo, {}, message);
    expect(await company.rows('bh!')).toEqual([]);
    expect(await holdersOf(company, BI)).toEqual(['alex-wilber']);
  });

  it('comes to nothing when the seat is reassigned on its day, before its hour', async () => {
    await plans();
    company.clock.now = new Date(ITS_DAY.getTime() - 60 * 60_000);
    await admin.says('reassign Power BI Pro from Alex Wilber to Diego Siciliani');
    await admin.clicks('Reassign');
    admin.sees('Now assigned to Diego Siciliani: Power BI Pro');
    expect(await company.rows('bh!')).toEqual([]);
    await onItsDay();
    expect(await holdersOf(company, BI)).toEqual(['diego-siciliani']);
    expect(titlesOf(company, zoe)).toHaveLength(1);
  });
});

describe('of a support benefit', () => {
  beforeEach(async () => {
    await company.close();
    company = await openCompany({
      load: (file) => ({
        ...file,
        benefits: file.benefits.map((benefit) =>
          benefit.kind === 'support' ? { ...benefit, reassignAfterDays: 30 } : benefit,
        ),
      }),
      sends: true,
    });
    company.clock.now = new Date('2026-03-02T12:00:00Z');
    admin = company.person('Adele Vance');
    for (const person of [admin, company.person('Alex Wilber')]) await person.says('help');
    await assigns(admin, 'cloud support incidents to Alex Wilber');
    await company.works();
    // The question whether it is active comes first, on its own day.
    company.minutesLater(4 * DAY);
    await company.works();
    await admin.says('reassign cloud support incidents from Alex Wilber to Zoë Lefèvre');
    await admin.clicks('Hand over on April 1, 2026');
    admin.fills('Alternate e-mail', 'zoe@fabrikam.com');
    await admin.clicks('Next');
    admin.sees('zoe@fabrikam.com');
    await admin.clicks('Plan the handover');
    company.clock.now = new Date('2026-04-01T07:00:00Z');
  });

  it('the handover starts an activation, with the e-mails to both addresses', async () => {
    await company.works();
    expect(await company.rows('ba!cloud-support-incidents!')).toMatchObject([
      {
        userId: 'zoe-lefevre',
        status: 'activating',
        alternateEmail: 'zoe@fabrikam.com',
        expectedOn: '2026-04-04',
      },
    ]);
    // Zoë was entered with French as her language.
    expect(await mailedTo(company, 'Mode d’emploi\u00a0: Incidents de support cloud')).toEqual([
      'zoe.lefevre@contoso.com',
      'zoe@fabrikam.com',
    ]);
    company.minutesLater(3 * DAY);
    await company.works();
    admin.sees('Is it active? Cloud support incidents for Zoë Lefèvre');
  });

  it('it stays when the alternate e-mail has become the address of the account', async () => {
    await changeUser('zoe-lefevre', { email: 'zoe@fabrikam.com' });
    await company.works();
    expect(titlesOf(company, admin)).toContain('The handover of Cloud support incidents did not take place');
    const told = JSON.stringify(company.teams.messagesOf(admin.conversationId));
    expect(told).toContain('The alternate e-mail address is not allowed any more.');
    expect(await holdersOf(company, 'cloud-support-incidents')).toEqual(['alex-wilber']);
  });
});

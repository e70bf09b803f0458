import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { actionsOn, assigns, countersFit, heldOf, holdersOf, mailedTo, titlesOf } from '../parts/seats';

const VS = 'visual-studio-enterprise';

let company: OpenCompany;
let admin: Chatter;
beforeEach(async () => {
  company = await openCompany();
  admin = company.person('Adele Vance');
});
afterEach(async () => {
  await countersFit(company);
  await company.close();
});

/** A company in which what is told is sent, and people to whom it can be. */
async function told(...people: (readonly [string, string])[]): Promise<Chatter[]> {
  await company.close();
  company = await openCompany({ sends: true });
  const readers = people.map(([name, locale]) => company.person(name, { locale, email: emailOf(name) }));
  for (const reader of readers) await reader.says('help');
  await company.works();
  admin = readers[0] ?? admin;
  return readers;
}
const emailOf = (name: string) =>
  `${name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(' ', '.')}@contoso.com`;
const ADELE = ['Adele Vance', 'en-US'] as const;
const ALEX = ['Alex Wilber', 'en-US'] as const;
const ZOE = ['Zoë Lefèvre', 'fr-FR'] as const;

/** The admin stands before the last question. */
async function aboutTo(say: string, who = admin): Promise<Chatter> {
  await who.says(say);
  who.button('Reassign');
  return who;
}

describe('reassigning', () => {
  it('asks who has it, who gets it, and to confirm; and tells both', async () => {
    const [, alex, zoe] = await told(ADELE, ALEX, ZOE);
    await assigns(admin, 'Visual Studio Enterprise to Alex Wilber');
    await admin.says('reassign');
    admin.sees('Which benefit shall go to somebody else?', 'Visual Studio Enterprise', '1 held');
    admin.seesNot('Power BI Pro');
    await admin.clicks('Visual Studio Enterprise');
    admin.sees('Who holds Visual Studio Enterprise now?', 'Alex Wilber', 'alex.wilber@contoso.com · since');
    await admin.clicks('Alex Wilber');
    admin.sees('Who gets Visual Studio Enterprise instead of Alex Wilber?');
    admin.fills('User', 'Zoë Lefèvre');
    await admin.clicks('Next');
    admin.sees(
      'Give Visual Studio Enterprise of Alex Wilber to Zoë Lefèvre?',
      'Alex Wilber (alex.wilber@contoso.com)',
      'Zoë Lefèvre (zoe.lefevre@contoso.com)',
      'The seat moves at once',
    );
    await admin.clicks('Reassign');
    admin.sees(
      'Now assigned to Zoë Lefèvre: Visual Studio Enterprise',
      'Alex Wilber no longer holds it.',
      'Alex Wilber and Zoë Lefèvre will be told here in Teams.',
    );

    await company.works();
    alex?.sees(
      'No longer assigned to you: Visual Studio Enterprise',
      'Adele Vance has given it to Zoë Lefèvre.',
    );
    zoe?.sees('Un avantage pour vous : Visual Studio Enterprise', 'Adele Vance vous l’a attribué.');
    expect(await holdersOf(company, VS)).toEqual(['zoe-lefevre']);
    expect(await heldOf(company, VS)).toBe(1);
    await alex?.says('mine');
    alex?.sees('Nothing is assigned to you at the moment.');
  });

  it('is one transaction, and stands in the history of the benefit and of both people', async () => {
    await assigns(admin, 'Visual Studio Enterprise to Alex Wilber');
    await aboutTo('reassign Visual Studio Enterprise from Alex Wilber to Zoë Lefèvre');
    await admin.clicks('Reassign');
    const [made] = await company.rows(`ba!${VS}!`);
    for (const list of ['h!', `hb!${VS}!`, 'hu!alex-wilber!', 'hu!zoe-lefevre!']) {
      const records = (await company.rows(list)).filter(({ action }) => action === 'reassign');
      expect(records).toMatchObject([
        {
          operationId: made?.operationId,
          by: 'adele-vance',
          userId: 'zoe-lefevre',
          fromUserId: 'alex-wilber',
        },
      ]);
    }
    // The assignment, its outcome, its audit and its messages bear the time of one write.
    const operations = (await company.rows('op!')).filter(({ action }) => action === 'reassign');
    expect(operations).toMatchObject([{ id: made?.operationId, at: made?.assignedAt }]);
    expect((await company.rows('hu!')).filter(({ action }) => action === 'release')).toEqual([]);
  });

  it('of a support benefit asks for another alternate e-mail, and sends the instructions to both addresses', async () => {
    await told(ADELE, ALEX, ZOE);
    await assigns(admin, 'cloud support incidents to Alex Wilber');
    await company.works();
    await admin.says('reassign cloud support incidents from Alex Wilber to Zoë Lefèvre');
    admin.sees('Alternate e-mail for Zoë Lefèvre');
    for (const [typed, refused] of [
      ['zoe at fabrikam', 'That is not an e-mail address.'],
      ['PARTNER@contoso.com', "your company's dashboard account"],
      ['zoe.lefevre@contoso.com', "That is Zoë Lefèvre's own account address."],
    ] as const) {
      admin.fills('Alternate e-mail', typed);
      await admin.clicks('Next');
      admin.sees(refused);
      expect(admin.holds('Alternate e-mail')).toBe(typed);
    }
    admin.fills('Alternate e-mail', 'zoe@fabrikam.com');
    await admin.clicks('Next');
    admin.sees('zoe@fabrikam.com', 'It takes about 3 days until it is active.');
    await admin.clicks('Reassign');
    admin.sees(
      'It is being activated.',
      'The instructions go by e-mail to zoe@fabrikam.com and zoe.lefevre@contoso.com',
    );
    await company.works();
    // Zoë was entered with French as her language.
    expect(await mailedTo(company, 'Mode d’emploi\u00a0: Incidents de support cloud')).toEqual([
      'zoe.lefevre@contoso.com',
      'zoe@fabrikam.com',
    ]);

    // The old one isn't pending any more, the new one is; who gave it is asked on its day.
    expect(await company.rows('p!')).toMatchObject([
      { userId: 'zoe-lefevre', alternateEmail: 'zoe@fabrikam.com' },
    ]);
    company.minutesLater(4 * 24 * 60); // on the third day at nine, whatever the hour is now
    await company.works();
    admin.sees('Is it active? Cloud support incidents for Zoë Lefèvre');
    expect(titlesOf(company, admin)).not.toContain('Is it active? Cloud support incidents for Alex Wilber');
  });

  it('adds a user on the way, and comes back with them chosen', async () => {
    await assigns(admin, 'Visual Studio Enterprise to Alex Wilber');
    await admin.says('reassign Visual Studio Enterprise from Alex Wilber');
    await admin.clicks('Add a user');
    admin.fills('Name', 'Robin Newcomer');
    admin.fills('Account e-mail', 'robin.newcomer@contoso.com');
    await admin.clicks('Add and go on');
    admin.sees(
      'Who gets Visual Studio Enterprise instead of Alex Wilber?',
      'Robin Newcomer was added and is chosen.',
    );
    await admin.clicks('Next');
    await admin.clicks('Reassign');
    admin.sees('Now assigned to Robin Newcomer: Visual Studio Enterprise');
  });

  it('works when every seat is taken', async () => {
    await assigns(admin, 'Visual Studio Test Professional to Alex Wilber');
    await aboutTo('reassign Visual Studio Test Professional from alex to diego');
    await admin.clicks('Reassign');
    admin.sees('Now assigned to Diego Siciliani: Visual Studio Test Professional');
    expect(await holdersOf(company, 'visual-studio-test-professional')).toEqual(['diego-siciliani']);
  });

  it('says nothing to the admin who gives away what they hold themselves, or takes it', async () => {
    await told(ADELE, ALEX);
    await assigns(admin, 'Power BI Pro to Adele Vance');
    await aboutTo('reassign Power BI Pro from Adele Vance to Alex Wilber');
    await admin.clicks('Reassign');
    admin.sees('Alex Wilber will be told here in Teams.');
    await aboutTo('reassign Power BI Pro from Alex Wilber to Adele Vance');
    await admin.clicks('Reassign');
    admin.sees('Alex Wilber will be told here in Teams.');
    await company.works();
    expect(
      titlesOf(company, admin).filter(
        (title) => title?.includes('longer assigned to you') || title?.includes('was assigned to you'),
      ),
    ).toEqual([]);
  });

  it('starts with what a button knows', async () => {
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    const reassign = { type: 'Action.Execute', verb: 'reassign' };
    await admin.presses({ ...reassign, data: { benefitId: 'power-bi-pro' } });
    admin.sees('Who holds Power BI Pro now?');
    await admin.presses({ ...reassign, data: { benefitId: 'power-bi-pro', userId: 'alex-wilber' } });
    admin.sees('Who gets Power BI Pro instead of Alex Wilber?');
  });

  it('goes back a step at a time, and Cancel changes nothing', async () => {
    await assigns(admin, 'cloud support incidents to Alex Wilber');
    await admin.says('reassign cloud support incidents from Alex Wilber to Zoë Lefèvre');
    admin.fills('Alternate e-mail', 'zoe@fabrikam.com');
    await admin.clicks('Next');
    await admin.clicks('Back');
    expect(admin.holds('Alternate e-mail')).toBe('zoe@fabrikam.com');
    await admin.clicks('Back');
    expect(admin.holds('User')).toBe('zoe-lefevre');
    await admin.clicks('Back');
    admin.sees('Who holds Cloud support incidents now?');
    await admin.clicks('Back');
    admin.sees('Which benefit shall go to somebody else?');
    await admin.clicks('Cancel');
    admin.sees('Nothing was changed.');
    expect(await holdersOf(company, 'cloud-support-incidents')).toEqual(['alex-wilber']);
  });
});

describe('in one line', () => {
  beforeEach(() => assigns(admin, 'cloud support incidents to Alex Wilber'));

  it.each([
    [
      'reassign cloud support incidents from alex.wilber@contoso.com to zoe',
      'Alternate e-mail for Zoë Lefèvre',
    ],
    ['hand over cloud support incidents to Zoë Lefèvre from Alex Wilber', 'Alternate e-mail for Zoë Lefèvre'],
    ['transfer Cloud support from alex', 'Who gets Cloud support incidents instead of Alex Wilber?'],
    ['reassign cloud support incidents to zoe', 'Who holds Cloud support incidents now?'],
    ['reassign cloud support incidents', 'Who holds Cloud support incidents now?'],
    [
      'réattribuer Incidents de support cloud de Alex Wilber à Zoë Lefèvre',
      'Alternate e-mail for Zoë Lefèvre',
    ],
    ['réattribuer incidents de support cloud d’Alex à zoe', 'Alternate e-mail for Zoë Lefèvre'],
    ['Réattribuez Incidents de support cloud à Zoë', 'Who holds Cloud support incidents now?'],
    ['reattribuer incidents de support cloud', 'Who holds Cloud support incidents now?'],
    [
      'transférer incidents de support cloud de nobody à Zoë',
      'Nobody called “nobody” holds Cloud support incidents.',
    ],
    ['reassign Frobnicator from alex to zoe', 'There is no benefit called “Frobnicator”.'],
    ['reassign support incidents', 'Who holds Cloud support incidents now?'],
  ])('%s', async (said, seen) => {
    await admin.says(said);
    admin.sees(seen);
  });

  it('goes on with what was said when one part of it had to be asked', async () => {
    await admin.says('reassign Frobnicator from alex to zoe');
    await admin.clicks('Cloud support incidents');
    admin.sees('Alternate e-mail for Zoë Lefèvre');
  });
});

describe('refused, on the same card, with nothing changed', () => {
  it.each([
    ['Power BI Pro from Zoë Lefèvre to Jean Dupont', 'Nobody called “Zoë Lefèvre” holds Power BI Pro.'],
    [
      'Power BI Pro from zoe.lefevre@contoso.com',
      'Nobody called “zoe.lefevre@contoso.com” holds Power BI Pro.',
    ],
    ['Power BI Pro from Alex Wilber to Alex Wilber', 'Alex Wilber already holds Power BI Pro.'],
    ['Power BI Pro from Alex Wilber to diego', 'Diego Siciliani already holds Power BI Pro.'],
    ['Power BI Pro from Alex Wilber to raul.razo@contoso.com', 'Raul Razo is not active any more'],
    ['Power BI Pro from Alex Wilber to nobody', 'There is no user “nobody”.'],
    ['Windows 11 Enterprise', 'Nobody holds Windows 11 Enterprise.'],
    ['Azure bulk credit', 'Azure bulk credit is only for whoever assigns it to themselves'],
  ])('%s', async (said, refused) => {
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    await assigns(admin, 'Power BI Pro to Diego Siciliani');
    await assigns(admin, 'azure-bulk-credit');
    const before = await company.rows('b');
    await admin.says(`reassign ${said}`);
    admin.sees(refused, 'Cancel');
    expect(await company.rows('b')).toEqual(before);
  });

  it('what has ended, even when it ends while the question is asked', async () => {
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    await aboutTo('reassign Power BI Pro from Alex Wilber to Zoë Lefèvre');
    company.clock.now = new Date('2027-07-01T10:00:00Z');
    await admin.says('reassign Power BI Pro from Alex Wilber to Zoë Lefèvre');
    admin.sees('Power BI Pro ended on June 30, 2027', 'Ended on June 30, 2027', 'Cancel');
  });

  it('what was found out only when it was confirmed', async () => {
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    await aboutTo('reassign Power BI Pro from Alex Wilber to Zoë Lefèvre');
    const [zoe] = [await company.ledger.user('zoe-lefevre')];
    if (!zoe) throw new Error('no Zoë');
    await company.ledger.commit([{ of: 'user', before: zoe, after: { ...zoe, active: false } }]);
    await admin.clicks('Reassign');
    admin.sees('Give Power BI Pro of Alex Wilber to Zoë Lefèvre?', 'Zoë Lefèvre is not active any more');
    expect(await holdersOf(company, 'power-bi-pro')).toEqual(['alex-wilber']);
  });

  it('to who is no benefits admin', async () => {
    const employee = company.person('Alex Wilber');
    await employee.says('reassign Power BI Pro from Alex Wilber to Zoë Lefèvre');
    employee.sees('Only benefits admins can do that');
  });

  it('to who is no benefits admin any more when they confirm', async () => {
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    const nestor = company.person('Nestor Wilke');
    await aboutTo('reassign Power BI Pro from Alex Wilber to Zoë Lefèvre', nestor);
    const before = await company.ledger.user('nestor-wilke');
    if (!before) throw new Error('no Nestor');
    await company.ledger.commit([{ of: 'user', before, after: { ...before, roles: [] } }]);
    await nestor.clicks('Reassign');
    nestor.sees('Only benefits admins can do that');
    expect(await holdersOf(company, 'power-bi-pro')).toEqual(['alex-wilber']);
  });
});

describe('at the same time', () => {
  it('the same press four times reassigns once, and gives the same answer, after a restart too', async () => {
    const [, alex = admin] = await told(ADELE, ALEX, ZOE);
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    await aboutTo('reassign Power BI Pro from Alex Wilber to Zoë Lefèvre');
    const [press, message] = [admin.button('Reassign'), admin.newestId];
    const answers = await Promise.all([1, 2, 3].map(() => admin.presses(press, {}, message)));
    await company.restart();
    answers.push(await admin.presses(press, {}, message));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.text).toContain('Now assigned to Zoë Lefèvre: Power BI Pro');
    await company.works();
    const gone = 'No longer assigned to you: Power BI Pro';
    expect(titlesOf(company, alex).filter((title) => title === gone)).toHaveLength(1);
    expect(await actionsOn(company, 'power-bi-pro')).toEqual(['assign', 'reassign']);
  });

  it('two admins give one seat to different people: one does, the other is told', async () => {
    await assigns(admin, 'Power BI Pro to Alex Wilber');
    const nestor = company.person('Nestor Wilke');
    await aboutTo('reassign Power BI Pro from Alex Wilber to Zoë Lefèvre');
    await aboutTo('reassign Power BI Pro from Alex Wilber to Diego Siciliani', nestor);
    await Promise.all([admin, nestor].map((each) => each.clicks('Reassign')));
    const done = [admin, nestor].filter((each) => each.reads().includes('Now assigned to'));
    const told = [admin, nestor].filter((each) => each.reads().includes("doesn't hold this benefit"));
    expect([done.length, told.length]).toEqual([1, 1]);
    expect(await holdersOf(company, 'power-bi-pro')).toHaveLength(1);
  });

  it('one reassigns and the other releases: never both', async () => {
    for (let round = 0; round < 4; round++) {
      await assigns(admin, 'Power BI Pro to Alex Wilber');
      const nestor = company.person('Nestor Wilke', { aadObjectId: 'a9c9b8c2-0000-4000-8000-000000000001' });
      await aboutTo('reassign Power BI Pro from Alex Wilber to Zoë Lefèvre');
      await nestor.says('release Power BI Pro from Alex Wilber');
      await Promise.all([admin.clicks('Reassign'), nestor.clicks('Release')]);
      const isMoved = admin.reads().includes('Now assigned to Zoë Lefèvre');
      const isReleased = nestor.reads().includes('No longer assigned to Alex Wilber');
      expect([isMoved, isReleased].filter(Boolean)).toHaveLength(1);
      const holders = await holdersOf(company, 'power-bi-pro');
      expect(holders).toEqual(isMoved ? ['zoe-lefevre'] : []);
      await countersFit(company);
      if (!isMoved) continue;
      await nestor.says('release Power BI Pro from Zoë Lefèvre');
      await nestor.clicks('Release');
    }
  });
});

describe('the choice of a holder', () => {
  beforeEach(async () => {
    await company.close();
    company = await openCompany({
      load: (file) => ({
        ...file,
        benefits: file.benefits.map((benefit) =>
          benefit.id === VS ? { ...benefit, seats: 3_000 } : benefit,
        ),
        users: [
          ...file.users,
          ...Array.from({ length: 40 }, (_, n) => ({
            id: `extra-${String(n).padStart(2, '0')}`,
            email: `extra.${n}@contoso.com`,
            displayName: `Extra Person ${String(n).padStart(2, '0')}`,
          })),
        ],
      }),
    });
    admin = company.person('Adele Vance');
    const { ledger } = company;
    const [by, seat] = [await ledger.user('adele-vance'), await ledger.benefit(VS)];
    if (!by || !seat) throw new Error('not loaded');
    const ids = Array.from({ length: 30 }, (_, n) => `extra-${String(n).padStart(2, '0')}`);
    const how = {
      status: 'active',
      assignedAt: company.clock.now.toISOString(),
      assignedBy: by,
      operationId: 'x',
    } as const;
    await ledger.commit([
      { of: 'benefit', before: seat, after: { ...seat, held: ids.length } },
      ...ids.map((userId) => ({ of: 'assignment', after: { ...how, benefitId: VS, userId } }) as const),
    ]);
    await admin.says('reassign visual-studio-enterprise');
  });

  it('has pages, and behind the last the first again', async () => {
    admin.sees('Extra Person 00', 'Extra Person 11', 'These are not all');
    admin.seesNot('Extra Person 12');
    await admin.clicks('More holders');
    admin.sees('Extra Person 12', 'Extra Person 23');
    await admin.clicks('More holders');
    admin.sees('Extra Person 24', 'Extra Person 29');
    admin.seesNot('Extra Person 30');
    await admin.clicks('More holders');
    admin.sees('Extra Person 00');
    await admin.clicks('Extra Person 00');
    admin.sees('instead of Extra Person 00?');
  });

  it('finds one by name or address, typed or searched, among all of them', async () => {
    await admin.says('person 29');
    admin.sees('instead of Extra Person 29?');
    await admin.clicks('Back');
    await admin.says('extra.17@contoso.com');
    admin.sees('instead of Extra Person 17?');
    await admin.clicks('Back');
    admin.fills('Not in the list? Search by name or e-mail', 'Extra Person 26');
    await admin.clicks('Search');
    admin.sees('instead of Extra Person 26?');
  });

  it('offers those who fit, and all of them again when nothing is searched for', async () => {
    await admin.says('extra person 1');
    admin.sees('10 holders fit “extra person 1”. Whom do you mean?', 'Extra Person 10', 'Extra Person 19');
    admin.seesNot('Extra Person 20', 'More holders');
    await admin.presses(admin.button('Search'), { search: '' });
    admin.sees('Extra Person 00', 'These are not all');
    await admin.says('extra');
    admin.sees('More than 12 holders fit “extra”: these are the first.');
  });

  it('refuses who holds none, and keeps the list', async () => {
    await admin.says('Extra Person 35');
    admin.sees('Nobody called “Extra Person 35” holds Visual Studio Enterprise.', 'Extra Person 00');
    await admin.presses(admin.button('Extra Person 00'), { userId: 'extra-35' });
    admin.sees("This user doesn't hold this benefit.", 'Extra Person 00');
  });
});

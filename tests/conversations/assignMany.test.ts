import type { Stored, User } from '../../benefits/model';
import type { DueOf } from '../../benefits/work';
import type { SendResult } from '../../notifications/channel';
import { assignMany } from '../../notifications/assignMany';
import { type Json, textsOf } from '../parts/card';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { readWorkbook } from '../parts/workbook';
import { assigns, countersFit, holdersOf, mailedTo, titlesOf } from '../parts/seats';

type AssignManyDue = Stored<DueOf<'assignMany'>>;

const VS = 'visual-studio-enterprise';
const VSE = 'Visual Studio Enterprise';
const OTHERS = 'E-mail addresses of others, one a line';

let company: OpenCompany;
let admin: Chatter;
beforeEach(async () => {
  company = await openCompany({ sends: true });
  admin = company.person('Adele Vance');
});
afterEach(async () => {
  await countersFit(company);
  expect(await company.findings()).toEqual([]);
  await company.close();
});

/** Pasted into the card that “bulk” is answered with. */
async function checks(...lines: string[]): Promise<void> {
  await admin.says('bulk');
  admin.fills('Lines', lines.join('\n'));
  await admin.clicks('Check the lines');
}

describe('a list that an admin pastes', () => {
  it('is shown line by line, and nothing is assigned yet', async () => {
    await checks(
      `${VSE}; alex.wilber@contoso.com`,
      `${VSE}; Megan Bowen`,
      'Power BI Pro; nobody@contoso.com',
      'Visual Studio; lee.gu@contoso.com',
      `${VSE}; alex.wilber@contoso.com`,
      'Windows 11 Enterprise; lee.gu@contoso.com',
      'Cloud support incidents; lee.gu@contoso.com; not an address',
    );
    admin.sees('Assign 2 of 7 lines?', '2 people · seats left: 13', "Can't be assigned");
    admin.sees('Line 3: nobody@contoso.com', 'There is no user “nobody@contoso.com”');
    admin.sees('Line 4: Lee Gu', 'Several benefits are called “Visual Studio”');
    admin.sees('Line 5: Alex Wilber', 'This is the same as line 1.');
    admin.sees('Line 6: Lee Gu', 'Line 7: Lee Gu', 'That is not an e-mail address');
    await admin.clicks('More lines');
    admin.sees(VSE, 'Part 2 of 2', 'Line 1: Alex Wilber', 'Line 2: Megan Bowen');
    admin.seesNot('Line 3');
    await admin.clicks('More lines');
    admin.sees("Can't be assigned", 'Part 1 of 2');
    expect(await holdersOf(company, VS)).toEqual([]);
  });

  it('is assigned in one go, everybody is told, and the card says how it ended', async () => {
    const alex = company.person('Alex Wilber');
    await alex.says('help');
    await checks(
      `${VSE}; alex.wilber@contoso.com`,
      `${VSE}; megan.bowen@contoso.com`,
      'Cloud support incidents; lee.gu@contoso.com; lee@fabrikam.com',
      'Power BI Pro; nobody@contoso.com',
    );
    await admin.clicks('Assign all');
    admin.sees('Assigning to several people', '1 of 4 done');
    await company.works();
    admin.sees('3 benefits were assigned', '1 line could not be assigned');
    expect(await holdersOf(company, VS)).toEqual(['alex-wilber', 'megan-bowen']);
    expect(await holdersOf(company, 'cloud-support-incidents')).toEqual(['lee-gu']);
    expect(titlesOf(company, alex).at(-1)).toBe('Assigned to you: Visual Studio Enterprise');
    expect(await mailedTo(company, 'How to use Cloud support incidents')).toEqual([
      'lee.gu@contoso.com',
      'lee@fabrikam.com',
    ]);
    await admin.says('history');
    admin.sees('Adele Vance had a list of assignments made.');
    admin.sees('Adele Vance assigned Visual Studio Enterprise to Megan Bowen.');
  });

  it('may name its columns, in either language and any order, as an export of assignments does', async () => {
    await checks('Adresse e-mail;Avantage', 'alex.wilber@contoso.com;Power BI Pro');
    admin.sees('Assign 1 line of 1?', 'Line 2: Alex Wilber');
    await checks('benefitId,user,email', 'power-bi-pro,"Vance, Adele",lee.gu@contoso.com');
    admin.sees('Line 2: Lee Gu');
  });

  it('is taken from the chat as well, after the command or as it is', async () => {
    await admin.says(`bulk\n${VSE}; alex.wilber@contoso.com`);
    admin.sees('Line 1: Alex Wilber');
    await admin.says(`${VSE}; lee.gu@contoso.com\r\n${VSE}; megan.bowen@contoso.com\r\n`);
    admin.sees('Assign 2 of 2 lines?', 'Line 1: Lee Gu', 'Line 2: Megan Bowen');
  });

  it('keeps what was typed when it is no list, and says what is wrong', async () => {
    await checks('Benefit; Seats', 'Power BI Pro; 2');
    admin.sees('The first line names columns, but the benefit or the e-mail address is not among them.');
    expect(admin.holds('Lines')).toBe('Benefit; Seats\nPower BI Pro; 2');
    await admin.clicks('Check the lines');
    admin.sees('The first line names columns');
    await checks('  ');
    admin.sees('There are no lines in it.');
    await checks(...Array.from({ length: 1_001 }, () => 'x;y'));
    admin.sees('That is more than 1000 lines.');
  });

  it('has no button to assign when there is nothing to', async () => {
    await checks('; alex.wilber@contoso.com', 'Power BI Pro;', 'Power BI Pro; Dupont');
    admin.sees('None of these lines can be assigned', 'Name a benefit.', 'Choose a user.');
    admin.sees('Line 2: no name', 'Several people are called “Dupont”.');
    admin.seesNot('Assign all');
  });
});

describe('between the look and the press', () => {
  it('a seat that is gone is refused, and the rest assigned', async () => {
    await checks('Power BI Pro; alex.wilber@contoso.com', 'Power BI Pro; lee.gu@contoso.com');
    admin.sees('2 people · seats left: 0');
    const nestor = company.person('Nestor Wilke');
    await assigns(nestor, 'Power BI Pro to Zoë Lefèvre');
    await admin.clicks('Assign all');
    await company.works();
    admin.sees('1 benefit was assigned', '1 line could not be assigned');
    expect(await holdersOf(company, 'power-bi-pro')).toEqual(['alex-wilber', 'zoe-lefevre']);
  });

  it('somebody who was deactivated, or got it otherwise, is left out', async () => {
    await checks(
      `${VSE}; alex.wilber@contoso.com`,
      `${VSE}; lee.gu@contoso.com`,
      `${VSE}; joni.sherman@contoso.com`,
    );
    const nestor = company.person('Nestor Wilke');
    await assigns(nestor, `${VSE} to Lee Gu`);
    await changeUser('alex-wilber', { active: false });
    await admin.clicks('Assign all');
    await company.works();
    admin.sees('1 benefit was assigned', '2 lines could not be assigned');
    expect(await holdersOf(company, VS)).toEqual(['joni-sherman', 'lee-gu']);
  });
});

describe('a press', () => {
  it('again, or on an earlier card of the list, changes nothing more', async () => {
    await checks(`${VSE}; alex.wilber@contoso.com`, 'Power BI Pro; nobody@contoso.com');
    const [press, page] = [admin.button('Assign all'), admin.button('More lines')];
    await admin.clicks('More lines');
    await Promise.all([1, 2, 3].map(() => admin.presses(press)));
    await company.works();
    await admin.presses(press);
    admin.sees('1 benefit was assigned');
    await admin.presses(page);
    admin.sees('1 benefit was assigned');
    expect(await holdersOf(company, VS)).toEqual(['alex-wilber']);
    expect(await company.ledger.history(10, { benefitId: VS })).toHaveLength(1);
  });

  it('of somebody else, or who is no admin any more, is refused', async () => {
    await checks(`${VSE}; alex.wilber@contoso.com`);
    const press = admin.button('Assign all');
    const [nestor, alex] = [company.person('Nestor Wilke'), company.person('Alex Wilber')];
    await nestor.says('help');
    await nestor.presses(press);
    nestor.sees("This button belongs to somebody else's card.");
    await alex.says('help');
    await alex.presses(press);
    alex.sees('Only benefits admins can do that');
    await alex.says('bulk');
    alex.seesNot('Check the lines');
    await changeUser('adele-vance', { roles: ['accountAdmin'] });
    await admin.presses(press);
    admin.seesNot('Assigning');
    await company.works();
    expect(await holdersOf(company, VS)).toEqual([]);
  });

  it('of what is made up finds nothing', async () => {
    await checks(`${VSE}; alex.wilber@contoso.com`);
    const press = admin.button('Assign all');
    for (const bulkId of ['', 'x', '../b', 'b!power-bi-pro', { a: 1 }]) {
      await admin.presses(press, { bulkId });
      admin.sees("That didn't work");
    }
  });
});

describe('people who are picked', () => {
  it('get one benefit, with those whose addresses are written', async () => {
    await admin.says('bulk');
    await admin.clicks('Pick people');
    admin.seesNot('Cloud support incidents', 'Azure bulk credit');
    await admin.clicks(`${VSE},`);
    admin.sees(`Who gets ${VSE}?`);
    admin.picks('People', ['Alex Wilber', 'Lee Gu']);
    admin.fills(OTHERS, 'megan.bowen@contoso.com\nnobody@contoso.com');
    await admin.clicks('Check');
    admin.sees('Assign 3 of 4 lines?', 'Line 4: nobody@contoso.com');
    await admin.clicks('Assign all');
    await company.works();
    admin.sees('3 benefits were assigned', '1 line could not be assigned');
    expect(await holdersOf(company, VS)).toEqual(['alex-wilber', 'lee-gu', 'megan-bowen']);
  });

  it('may be nobody: then it says so and keeps what was written', async () => {
    await admin.says('bulk');
    await admin.clicks('Pick people');
    await admin.clicks('Power BI Pro');
    await admin.clicks('Check');
    admin.sees('Choose a user.');
    admin.fills(OTHERS, 'lee.gu@contoso.com');
    await admin.clicks('Back');
    await admin.clicks('Power BI Pro');
    expect(admin.holds(OTHERS)).toBe('lee.gu@contoso.com');
  });
});

describe('a file', () => {
  const csv = (text: string) => Buffer.from(text);

  it('that an admin sends is looked through, assigned, and its result comes back as a file', async () => {
    await admin.sendsFile(
      'new people.csv',
      csv(
        '\uFEFFBenefit,Name,E-mail address\r\n"Visual Studio Enterprise","Wilber, Alex",alex.wilber@contoso.com\r\nx,,y\r\n',
      ),
    );
    admin.sees('Assign 1 line of 2?', 'Line 3: y', 'There is no benefit called “x”.');
    await admin.clicks('Assign all');
    await company.works();
    admin.sees('1 benefit was assigned');
    await admin.clicks('As a file');
    admin.sees('1 benefit was assigned');
    await company.settled();
    expect(admin.offered.content.description).toBe('What became of each line of your list.');
    await admin.accepts();
    await company.settled();
    const [name = ''] = Object.keys(admin.files);
    expect(name).toMatch(/^result-\d{4}-\d\d-\d\d\.xlsx$/);
    const { Result: rows } = readWorkbook(admin.files[name] ?? new Uint8Array());
    expect(rows).toEqual([
      ['Line', 'Benefit', 'E-mail address', 'Alternate e-mail', 'Result', 'Reason'],
      [2, VSE, 'alex.wilber@contoso.com', undefined, 'assigned'],
      [3, 'x', 'y', undefined, 'not assigned', 'There is no benefit called “x”. Choose one from the list.'],
    ]);
    expect(await holdersOf(company, VS)).toEqual(['alex-wilber']);
  });

  it('of what will become of the lines is there before they are assigned, and is a list itself', async () => {
    await checks(`${VSE}; alex.wilber@contoso.com`, `${VSE}; megan.bowen@contoso.com`);
    await admin.clicks('As a file');
    admin.sees('Assign 2 of 2 lines?');
    await company.settled();
    await admin.accepts();
    await company.settled();
    const [file = Buffer.of()] = Object.values(admin.files);
    await admin.sendsFile('again.xlsx', file);
    admin.sees('Assign 2 of 2 lines?', 'Line 2: Alex Wilber', 'Line 3: Megan Bowen');
  });

  it('to fill in has the benefits on its second sheet, and comes back as a list', async () => {
    await admin.says('bulk template');
    await company.settled();
    await admin.accepts();
    await company.settled();
    const file = admin.files['template.xlsx'] ?? Buffer.of();
    const { List: list, Benefits: benefits } = readWorkbook(file);
    expect(list).toEqual([['Benefit', 'E-mail address', 'Alternate e-mail']]);
    expect(benefits).toContainEqual(['Power BI Pro', 'power-bi-pro', 2]);
    expect(benefits).toContainEqual(['Cloud support incidents', 'cloud-support-incidents', 3, 'yes']);
    expect(benefits?.flat()).not.toContain('Windows 11 Enterprise');
    await admin.sendsFile('template.xlsx', file);
    admin.sees('There are no lines in it.');
  });

  it('asked for beside pasted lines leaves them there', async () => {
    await admin.says('bulk');
    admin.fills('Lines', 'Power BI Pro; lee.gu@contoso.com');
    await admin.clicks('Template file');
    expect(admin.holds('Lines')).toBe('Power BI Pro; lee.gu@contoso.com');
  });

  it('that is none, or is sent by an employee, is refused in words', async () => {
    await admin.sendsFile('photo.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]));
    admin.sees("That didn't work");
    const alex = company.person('Alex Wilber');
    await alex.sendsFile('list.csv', csv(`${VSE};alex.wilber@contoso.com`));
    alex.sees('Only benefits admins can do that');
    expect(await holdersOf(company, VS)).toEqual([]);
  });

  it('of a list is only for who has made it', async () => {
    await checks(`${VSE}; alex.wilber@contoso.com`);
    await admin.clicks('As a file');
    await company.settled();
    const context = admin.offered.content.acceptContext;
    const nestor = company.person('Nestor Wilke');
    await nestor.says('help');
    const uploadInfo = company.teams.oneDrive.makesRoom('result.xlsx');
    const value = { type: 'fileUpload', action: 'accept', context, uploadInfo };
    await nestor.send({ type: 'invoke', name: 'fileConsent/invoke', value });
    await company.settled();
    expect(nestor.files).toEqual({});
    nestor.sees("This button belongs to somebody else's card.");
  });
});

describe('many lines', () => {
  let many: OpenCompany;
  afterEach(() => many.close());

  it('of one benefit share transactions, and the card tells how far they are', async () => {
    const people = Array.from({ length: 100 }, (_, n) => ({
      id: `person-${n}`,
      email: `person.${n}@contoso.com`,
      displayName: `Person ${n}`,
    }));
    many = await openCompany({
      load: (file) => ({
        ...file,
        users: [...file.users.slice(0, 5), ...people],
        benefits: file.benefits.map((benefit) => ({ ...benefit, seats: 100 })),
      }),
    });
    const boss = many.person('Adele Vance');
    await boss.says(['bulk', ...people.map(({ email }) => `Power BI Pro; ${email}`)].join('\n'));
    await boss.clicks('Assign all');
    const shown: string[] = [];
    const due = (await many.ledger.dueWork(10)).find(({ kind }) => kind === 'assignMany');
    let time = 0;
    const around = {
      ports: many.ports,
      teams: {
        send: () => Promise.reject(new Error('nothing new is sent')),
        update: async (_: object, id: string, card: object) => {
          expect(id).toBe(boss.newestId);
          shown.push(textsOf(card as Json).join(' '));
          return { outcome: 'sent' } as const;
        },
      },
      mayGoOn: () => true,
      now: () => (time += 700),
      asked: <T>(ask: () => Promise<T>) => ask(),
      paced: (_: string, send: () => Promise<SendResult>) => send(),
    };
    let transactions = 0;
    const commit = many.ledger.commit.bind(many.ledger);
    many.ledger.commit = (changes) => {
      if (changes.some(({ of }) => of === 'bulkPart')) transactions += 1;
      return commit(changes);
    };
    while ((await many.ledger.dueWork(10)).length > 0) await assignMany(around, due as AssignManyDue);
    expect(transactions).toBe(7);
    expect(shown.at(0)).toContain('of 100 done');
    expect(shown.at(-1)).toContain('100 benefits were assigned');
    expect(shown).toHaveLength(3);
    expect(await holdersOf(many, 'power-bi-pro')).toHaveLength(100);
    expect(await many.findings()).toEqual([]);
  });
});

async function changeUser(id: string, change: Partial<User>): Promise<void> {
  const before = (await company.ledger.user(id)) as Stored<User>;
  await company.ledger.commit([{ of: 'user', before, after: { ...before, ...change } }]);
}

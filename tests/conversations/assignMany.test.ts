import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { countersFit, holdersOf, mailedTo, titlesOf } from '../parts/seats';

const VS = 'visual-studio-enterprise';
const VSE = 'Visual Studio Enterprise';

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
    admin.sees('Assign 2 of 7 lines?', '2 people, 13 seats stay free', "Can't be assigned");
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
    expect(await mailedTo(company, 'Instructions for Cloud support incidents')).toEqual([
      'lee.gu@contoso.com',
      'lee@fabrikam.com',
    ]);
    await admin.says('history');
    admin.sees('Adele Vance had a list of assignments made.');
    admin.sees('Adele Vance assigned Visual Studio Enterprise to Megan Bowen.');
  });
});

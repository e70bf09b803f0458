import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';

let company: OpenCompany;
let admin: Chatter;
beforeEach(async () => {
  company = await openCompany();
  admin = company.person('Adele Vance');
});
afterEach(() => company.close());

describe('assign in one line', () => {
  it('goes straight to the confirmation', async () => {
    await admin.says('assign Visual Studio Enterprise to alex.wilber@contoso.com');
    admin.sees('Assign Visual Studio Enterprise to Alex Wilber?');
    await admin.clicks('Assign user');
    admin.sees('Assigned to Alex Wilber: Visual Studio Enterprise');
  });

  it('takes two presses with an alternate e-mail', async () => {
    await admin.says('assign cloud support incidents to Alex Wilber');
    admin.fills('Alternate e-mail', 'alex@fabrikam.com');
    await admin.clicks('Next');
    await admin.clicks('Assign user');
    admin.sees('Assigned to Alex Wilber: Cloud support incidents');
  });

  it.each([
    [
      'ASSIGN visual studio enterprise TO Alex.Wilber@Contoso.com',
      'Assign Visual Studio Enterprise to Alex Wilber?',
    ],
    ['give visual-studio-enterprise to alex', 'Assign Visual Studio Enterprise to Alex Wilber?'],
    ['assign power bi to lefevre', 'Assign Power BI Pro to Zoë Lefèvre?'],
    ['assign Power BI Pro', 'Who gets Power BI Pro?'],
    ['assign Azure bulk credit', 'Assign Azure bulk credit to yourself?'],
    ['assign Azure bulk credit to Adele Vance', 'Assign Azure bulk credit to yourself?'],
    ['attribuer Power BI Pro à jean dupont', 'Assign Power BI Pro to Jean Dupont?'],
  ])('%s', async (said, seen) => {
    await admin.says(said);
    admin.sees(seen);
  });

  it('offers the benefits that fit', async () => {
    await admin.says('assign visual studio to alex.wilber@contoso.com');
    admin.sees(
      'Several benefits fit “visual studio”',
      'Visual Studio Enterprise (Gold)',
      'Visual Studio Test Professional',
    );
    admin.seesNot('Power BI Pro');
    await admin.clicks('Visual Studio Test Professional');
    admin.sees('Assign Visual Studio Test Professional to Alex Wilber?');
  });

  it('offers the users who fit', async () => {
    await admin.says('assign Power BI Pro to Dupont');
    admin.sees('2 users fit “Dupont”. Whom do you mean?');
    expect(admin.choices('User')).toEqual([
      'Jean Dupont (jean.dupont@contoso.com)',
      'Marie Dupont (marie.dupont@contoso.com)',
    ]);
    admin.fills('User', 'Marie Dupont');
    await admin.clicks('Next');
    admin.sees('Assign Power BI Pro to Marie Dupont?');
  });

  it('says which benefit it does not know, and keeps the user', async () => {
    await admin.says('assign Frobnicator to alex.wilber@contoso.com');
    admin.sees('There is no benefit called “Frobnicator”');
    await admin.clicks('Power BI Pro');
    admin.sees('Assign Power BI Pro to Alex Wilber?');
  });

  it('says which user it does not know, and offers to add them', async () => {
    await admin.says('assign Power BI Pro to nobody@contoso.com');
    admin.sees('There is no user “nobody@contoso.com”');
    await admin.clicks('Add a user');
    expect(admin.holds('Account e-mail')).toBe('nobody@contoso.com');
  });

  it('refuses who is not oneself for a benefit that is only for oneself', async () => {
    await admin.says('assign Azure bulk credit to Alex Wilber');
    admin.sees('Azure bulk credit can only be assigned to yourself');
  });

  it('refuses a benefit that has ended, one without a free seat, and one that is used with keys', async () => {
    await admin.says('assign Visual Studio Enterprise (Launch)');
    admin.sees('Visual Studio Enterprise (Launch) ended on June 30, 2025');
    await admin.says('assign Windows 11 Enterprise');
    admin.sees('Windows 11 Enterprise is not assigned to people');
    await admin.says('assign Visual Studio Test Professional to Alex Wilber');
    await admin.clicks('Assign user');
    await admin.says('assign Visual Studio Test Professional to Zoë Lefèvre');
    admin.sees('No seat of Visual Studio Test Professional is free any more', 'None of 1 free');
  });

  it('refuses an inactive user and one who holds it already', async () => {
    await admin.says('assign Power BI Pro to raul.razo@contoso.com');
    admin.sees('Raul Razo is not active any more');
    await admin.says('assign Power BI Pro to Alex Wilber');
    await admin.clicks('Assign user');
    await admin.says('assign Power BI Pro to Alex Wilber');
    admin.sees('Alex Wilber already holds Power BI Pro');
  });
});

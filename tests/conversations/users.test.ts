import type { CompanyFile } from '../../benefits/importCompany';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';

/** 30 active users after the sample's first few, and two who left. */
const withMany = (file: CompanyFile): CompanyFile => ({
  ...file,
  users: [
    ...file.users.filter(({ roles, active }) => roles || active === false),
    ...Array.from({ length: 26 }, (_, n) => ({
      id: `extra-${n}`,
      email: `extra.${n}@contoso.com`,
      displayName: `Extra Person ${String(n).padStart(2, '0')}`,
    })),
    { id: 'old-extra', email: 'old@contoso.com', displayName: 'Extra Old', active: false },
  ],
});

let company: OpenCompany;
let adele: Chatter;
afterEach(() => company.close());

const rows = (person: Chatter) => person.reads().match(/^\S+@contoso\.com$/gm) ?? [];

describe('the list of users', () => {
  beforeEach(async () => {
    company = await openCompany({ load: withMany });
    adele = company.person('Adele Vance');
  });

  it('has all active users, ten a page, each with address and roles', async () => {
    await adele.says('users');
    adele.sees('Users', 'Adele Vance', 'adele.vance@contoso.com', 'Account admin and Benefits admin');
    adele.sees('Extra Person 00', 'Employee');
    const seen: string[] = [];
    for (let page = 0; page < 3; page++) {
      expect(rows(adele)).toHaveLength(10);
      seen.push(...rows(adele));
      await adele.clicks('Show more');
    }
    expect(new Set(seen).size).toBe(30);
    expect(seen).not.toContain('raul.razo@contoso.com');
    adele.sees('Adele Vance'); // behind the last page, the first again
  });

  it('finds by the start of a name or an address, typed or in the field', async () => {
    await adele.says('users');
    adele.fills('Search by name or e-mail', 'wilke');
    await adele.clicks('Search');
    adele.sees('1 user fits “wilke”', 'Nestor Wilke');
    expect(rows(adele)).toEqual(['nestor.wilke@contoso.com']);
    await adele.says('extra');
    adele.sees('More than 10 users fit “extra”');
    expect(rows(adele)).toHaveLength(10);
    await adele.says('extra.7@contoso.com');
    adele.sees('Extra Person 07', 'Active');
    await adele.clicks('Back');
    await adele.says('frobnicator');
    adele.sees('There is no user “frobnicator”');
    expect(rows(adele)).toHaveLength(10);
    adele.fills('Search by name or e-mail', 'nobody at all');
    await adele.clicks('Search');
    adele.sees('No user fits “nobody at all”');
  });

  it('shows the inactive apart, and finds them when nobody else fits', async () => {
    await adele.says('users');
    await adele.clicks('Show the inactive');
    adele.sees('Users who are not active any more', 'Raul Razo', 'Extra Old');
    expect(rows(adele)).toEqual(['old@contoso.com', 'raul.razo@contoso.com']);
    adele.fills('Search by name or e-mail', 'extra');
    await adele.clicks('Search');
    expect(rows(adele)).toEqual(['old@contoso.com']);
    await adele.clicks('Show the active');
    expect(rows(adele)).toHaveLength(10);
    adele.fills('Search by name or e-mail', 'razo');
    await adele.clicks('Search');
    adele.sees('1 user fits “razo”', 'Not active any more');
    await adele.clicks('Raul Razo');
    adele.sees('Raul Razo', 'Not active any more', 'No benefit.');
    expect(() => adele.button('Roles')).toThrow();
  });

  it.each([
    ['users wilke', ['Nestor Wilke', 'nestor.wilke@contoso.com', 'Benefits admin', 'What they hold']],
    ['user nestor.wilke@contoso.com', ['Nestor Wilke', 'What they hold']],
    ['utilisateurs wilke', ['Nestor Wilke', 'What they hold']],
    ['users raul', ['Raul Razo', 'Not active any more', 'What they hold']],
    ['users extra', ['Users', 'More than 10 users fit “extra”']],
    ['users frobnicator', ['There is no user “frobnicator”', 'Adele Vance']],
    ['edit user wilke', ['Edit Nestor Wilke']],
    ['roles of wilke', ['What may Nestor Wilke do?']],
    ["rôles d'extra person 03", ['What may Extra Person 03 do?']],
    ['deactivate wilke', ['Deactivate Nestor Wilke?']],
    ['désactiver wilke', ['Deactivate Nestor Wilke?']],
    ['deactivate raul', ['Raul Razo is not active any more.']],
    ['deactivate adele', ['Adele Vance', "You can't deactivate yourself"]],
  ])('%s', async (said, seen) => {
    await adele.says(said);
    adele.sees(...seen);
  });

  it('keeps what was asked for until it is clear of whom', async () => {
    await adele.says('deactivate extra person');
    await adele.clicks('Extra Person 04');
    adele.sees('Deactivate Extra Person 04?');
    await adele.clicks('Back');
    adele.sees('Extra Person 04', 'What they hold');
    await adele.clicks('Back');
    await adele.clicks('Extra Person 05');
    adele.sees('Extra Person 05', 'What they hold');
  });

  it('is for admins of either kind; an employee is told whom to ask', async () => {
    const employee = company.person('Extra Person 00', { email: 'extra.0@contoso.com' });
    for (const said of ['users', 'add user', 'deactivate adele', 'add user Jean jean@contoso.com']) {
      await employee.says(said);
      employee.sees('Only benefits admins can do that', 'You can ask:');
    }
  });

  it('shows a benefits admin who is there, and not the buttons to change them', async () => {
    const nestor = company.person('Nestor Wilke');
    await nestor.says('users adele');
    nestor.sees('Adele Vance', 'Account admin and Benefits admin');
    for (const label of ['Edit', 'Roles', 'Deactivate']) expect(() => nestor.button(label)).toThrow();
    await nestor.says('roles of adele');
    nestor.sees('Adele Vance', 'Only account admins can change users');
  });

  it('leads from a person to their history', async () => {
    await adele.says('users wilke');
    expect(adele.button('History')).toMatchObject({ verb: 'history', data: { userId: 'nestor-wilke' } });
  });
});

describe('adding a user', () => {
  beforeEach(async () => {
    company = await openCompany();
    adele = company.person('Adele Vance');
  });

  it('from the list leads to their card, and to another', async () => {
    await adele.says('users');
    await adele.clicks('Add a user');
    adele.fills('Name', 'Robin Newcomer');
    adele.fills('Account e-mail', 'Robin@Contoso.com');
    adele.fills('Role', 'Benefits admin');
    await adele.clicks('Add and go on');
    adele.sees('Robin Newcomer was added to the list.', 'robin@contoso.com', 'Benefits admin', 'No benefit.');
    await adele.clicks('Add another');
    expect(adele.holds('Name')).toBe('');
    adele.fills('Name', 'Kim Other');
    adele.fills('Account e-mail', 'kim@contoso.com');
    await adele.clicks('Add and go on');
    adele.sees('Kim Other was added to the list.');
    await adele.clicks('Back');
    await adele.says('robin@contoso.com');
    adele.sees('Robin Newcomer');
    adele.seesNot('was added');
  });

  it.each([
    ['add user Jean Martin jean.martin@contoso.com', 'Jean Martin', 'jean.martin@contoso.com'],
    ['add a new user Jean Martin <jean.martin@contoso.com>', 'Jean Martin', 'jean.martin@contoso.com'],
    ['ajouter un utilisateur jean.martin@contoso.com', '', 'jean.martin@contoso.com'],
    ['nouvel utilisateur Jean Martin', 'Jean Martin', ''],
    ['add user', '', ''],
  ])('%s', async (said, name, email) => {
    await adele.says(said);
    expect([adele.holds('Name'), adele.holds('Account e-mail')]).toEqual([name, email]);
    adele.fills('Name', 'Jean Martin');
    adele.fills('Account e-mail', 'jean.martin@contoso.com');
    await adele.clicks('Add and go on');
    adele.sees('Jean Martin was added to the list.');
    await adele.clicks('Back');
    adele.sees('Users');
  });

  it('keeps what was typed when it is refused, or gone back from', async () => {
    await adele.says('users');
    await adele.clicks('Add a user');
    adele.fills('Name', 'Robin');
    adele.fills('Account e-mail', 'alex.wilber@contoso.com');
    await adele.clicks('Add and go on');
    adele.sees('Somebody with the address alex.wilber@contoso.com is already in the list.');
    expect(adele.holds('Name')).toBe('Robin');
    await adele.clicks('Back');
    await adele.clicks('Add a user');
    expect(adele.holds('Account e-mail')).toBe('alex.wilber@contoso.com');
    await adele.clicks('Back');
    await adele.says('alex wilber');
    await adele.clicks('Back');
    adele.sees('Users', 'Search by name or e-mail');
  });

  it('by a benefits admin: without a role, also when one is sent', async () => {
    const nestor = company.person('Nestor Wilke');
    await nestor.says('add user Robin robin@contoso.com');
    expect(() => nestor.fills('Role', 'Account admin')).toThrow();
    await nestor.presses(nestor.button('Add and go on'), { role: 'accountAdmin' });
    nestor.sees('Only account admins can give roles.');
    expect(await company.ledger.userIdOfEmail('robin@contoso.com')).toBeUndefined();
  });

  it('of two at once with one address adds one', async () => {
    const nestor = company.person('Nestor Wilke');
    for (const admin of [adele, nestor]) await admin.says('add user Robin robin@contoso.com');
    await Promise.all([adele, nestor].map((admin) => admin.clicks('Add and go on')));
    const reads = [adele, nestor].map((admin) => admin.reads()).join('\n');
    expect(reads).toContain('Robin was added to the list.');
    expect(reads).toContain('Somebody with the address robin@contoso.com is already in the list.');
    expect(await company.ledger.searchUsers('robin', 5)).toHaveLength(1);
  });
});

describe('leaving', () => {
  beforeEach(async () => {
    company = await openCompany();
    adele = company.person('Adele Vance');
  });

  it('says that nothing was changed only when nothing was', async () => {
    await adele.says('users');
    await adele.clicks('Cancel');
    adele.sees('Cancelled', 'Nothing was changed.');
    await adele.says('add user Robin robin@contoso.com');
    await adele.clicks('Add and go on');
    await adele.clicks('Cancel');
    adele.sees('Closed', 'What was done before is kept.');
  });

  it('a press that comes again is told what it did, in the dialog and after it', async () => {
    await adele.says('add user Robin robin@contoso.com');
    const [press, message] = [adele.button('Add and go on'), adele.newestId];
    for (let time = 0; time < 4; time++) {
      await adele.presses(press, {}, message);
      adele.sees('Robin was added to the list.', 'robin@contoso.com');
    }
    expect(await company.rows('op!')).toHaveLength(1);
    await adele.says('deactivate robin');
    const [deactivate, card] = [adele.button('Deactivate'), adele.newestId];
    await adele.clicks('Deactivate');
    adele.sees('Robin is not active any more');
    await adele.clicks('Cancel');
    const again = await adele.presses(deactivate, {}, card);
    expect(again.text).toContain("Robin is not active any more and can't use this bot.");
    const stranger = company.person('Megan Bowen');
    await stranger.says('hello');
    const { text } = await stranger.presses(deactivate);
    expect(text).toContain("This button belongs to somebody else's card");
  });
});

import { grantRole } from '../../benefits/roles';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';

let company: OpenCompany;
let adele: Chatter;
beforeEach(async () => {
  company = await openCompany();
  adele = company.person('Adele Vance');
});
afterEach(() => company.close());

async function opens(said: string, admin = adele): Promise<Chatter> {
  await admin.says(said);
  return admin;
}

async function edits(fields: Record<string, string>, admin = adele): Promise<void> {
  for (const [label, value] of Object.entries(fields)) admin.fills(label, value);
  await admin.clicks('Save');
}

const alexRow = () => company.ledger.user('alex-wilber');
const chosen = (...roles: string[]) => ({ roles: roles.join() });
const audited = async (userId: string, action: string) =>
  (await company.rows(`hu!${userId}!`)).filter((record) => record.action === action);

describe('editing a user', () => {
  it('changes name, address and language, and nothing else of them', async () => {
    await adele.says('assign Power BI Pro to Alex Wilber');
    await adele.clicks('Assign user');
    await opens('users alex wilber');
    await adele.clicks('Edit');
    expect(adele.holds('Account e-mail')).toBe('alex.wilber@contoso.com');
    await edits({
      Name: 'Alexander Wilbur',
      'Account e-mail': ' Alexander@Contoso.com ',
      Language: 'French',
    });
    adele.sees(
      'The changes to Alexander Wilbur are saved.',
      'alexander@contoso.com',
      'French',
      'Power BI Pro',
    );
    expect(await alexRow()).toMatchObject({
      displayName: 'Alexander Wilbur',
      email: 'alexander@contoso.com',
      language: 'fr',
      active: true,
    });
    expect(await audited('alex-wilber', 'editUser')).toMatchObject([
      { by: 'adele-vance', details: { changed: ['displayName', 'email', 'language'] } },
    ]);
    expect(JSON.stringify(await audited('alex-wilber', 'editUser'))).not.toContain('@');
  });

  it('moves them in the list and the search, and gives the old address free', async () => {
    await opens('edit user alex wilber');
    await edits({ Name: 'Zora Quist', 'Account e-mail': 'zora@contoso.com' });
    const { ledger } = company;
    expect(await ledger.searchUsers('wilber', 5)).toEqual([]);
    expect(await ledger.searchUsers('quist', 5)).toMatchObject([
      { id: 'alex-wilber', email: 'zora@contoso.com' },
    ]);
    expect(await ledger.searchUsers('zora@', 5)).toMatchObject([{ id: 'alex-wilber' }]);
    expect((await company.rows('n!')).filter(({ id }) => id === 'alex-wilber')).toMatchObject([
      { displayName: 'Zora Quist' },
    ]);
    expect(await ledger.userIdOfEmail('alex.wilber@contoso.com')).toBeUndefined();
    await opens('add user Alex alex.wilber@contoso.com');
    await adele.clicks('Add and go on');
    adele.sees('Alex was added to the list.');
  });

  it('keeps who they are: the sign-in that is known, and the one that comes with the new address', async () => {
    const alex = company.person('Alex Wilber');
    await alex.says('help');
    await adele.says('assign Power BI Pro to Alex Wilber');
    await adele.clicks('Assign user');
    await opens('edit user alex wilber');
    await edits({ 'Account e-mail': 'alexander@contoso.com' });
    await alex.says('my benefits');
    alex.sees('Power BI Pro');
    await adele.says('assign Power BI Pro to Zoë Lefèvre');
    await adele.clicks('Assign user');
    await opens('edit user zoe');
    await edits({ 'Account e-mail': 'zoe@contoso.com' });
    const zoe = company.person('Zoë Lefèvre', { email: 'zoe@contoso.com' });
    await zoe.says('my benefits');
    zoe.sees('Power BI Pro');
  });

  it.each([
    ['no name', { Name: ' ' }, 'Enter a name.'],
    ['too long a name', { Name: 'x'.repeat(101) }, 'That is too long for me: 100 characters at most.'],
    ['no address', { 'Account e-mail': 'alex at contoso' }, 'That is not an e-mail address.'],
    [
      "another's address",
      { 'Account e-mail': 'MARIE.dupont@contoso.com' },
      'Somebody with the address marie.dupont@contoso.com is already in the list.',
    ],
  ])('refuses %s on the same card, and changes nothing', async (_what, fields, refusal) => {
    const before = await alexRow();
    await opens('edit user alex wilber');
    await edits({ Language: 'French', ...fields });
    adele.sees('Edit Alex Wilber', refusal);
    expect(adele.holds('Language')).toBe('fr');
    for (const [label, value] of Object.entries(fields)) expect(adele.holds(label)).toBe(value.trim());
    expect(await alexRow()).toEqual(before);
    expect(await audited('alex-wilber', 'editUser')).toEqual([]);
  });

  it('takes their own address as theirs, and says when nothing was changed', async () => {
    await opens('edit user alex wilber');
    await edits({ 'Account e-mail': 'ALEX.Wilber@contoso.com' });
    adele.sees('It is already so: nothing was changed.', 'alex.wilber@contoso.com');
    expect(await audited('alex-wilber', 'editUser')).toEqual([]);
  });

  it('of two who change two things at once keeps both', async () => {
    const megan = company.person('Megan Bowen');
    for (const admin of [adele, megan]) await opens('edit user alex wilber', admin);
    adele.fills('Name', 'Alexander Wilber');
    megan.fills('Account e-mail', 'alexander@contoso.com');
    await Promise.all([adele.clicks('Save'), megan.clicks('Save')]);
    expect(await alexRow()).toMatchObject({
      displayName: 'Alexander Wilber',
      email: 'alexander@contoso.com',
    });
  });

  it('of two who want the same address for two users at once, one gets it', async () => {
    const megan = company.person('Megan Bowen');
    for (let round = 0; round < 4; round++) {
      const email = `same.${round}@contoso.com`;
      await opens('edit user alex wilber');
      await opens('edit user lidia', megan);
      for (const admin of [adele, megan]) admin.fills('Account e-mail', email);
      await Promise.all([adele.clicks('Save'), megan.clicks('Save')]);
      const reads = [adele, megan].map((admin) => admin.reads());
      expect(reads.filter((card) => card.includes('are saved.'))).toHaveLength(1);
      expect(reads.filter((card) => card.includes(`Somebody with the address ${email}`))).toHaveLength(1);
    }
  });

  it('pressed four times at once is done once', async () => {
    await opens('edit user alex wilber');
    adele.fills('Name', 'Alexander Wilber');
    const [press, message] = [adele.button('Save'), adele.newestId];
    const data = { displayName: 'Alexander Wilber' };
    const answers = await Promise.all([1, 2, 3, 4].map(() => adele.presses(press, data, message)));
    for (const { text } of answers) expect(text).toContain('The changes to Alexander Wilber are saved.');
    expect(await audited('alex-wilber', 'editUser')).toHaveLength(1);
  });

  it('is refused to who is a benefits admin only, replaying the button, and to who was demoted meanwhile', async () => {
    const nestor = company.person('Nestor Wilke');
    await opens('users alex wilber', nestor);
    const open = nestor.button('Back');
    await nestor.presses({ ...open, verb: 'openEdit' });
    nestor.sees('Alex Wilber', 'Only account admins can change users');
    await grantRole(company.ports, 'nestor-wilke', ['accountAdmin'], 'operator');
    await nestor.presses({ ...open, verb: 'openEdit' });
    nestor.fills('Name', 'Somebody Else');
    await opens('roles of nestor');
    await adele.presses(adele.button('Save'), chosen('benefitsAdmin'));
    await nestor.clicks('Save');
    nestor.sees('Edit Alex Wilber', 'Only account admins can change users');
    expect(nestor.holds('Name')).toBe('Somebody Else');
    await nestor.presses({ ...nestor.button('Save'), verb: 'activateUser' });
    expect(await alexRow()).toMatchObject({ displayName: 'Alex Wilber' });
  });
});

describe('roles', () => {
  it('are set with what each may do, and count at the next press', async () => {
    const alex = company.person('Alex Wilber', { locale: 'fr-FR' });
    await alex.says('aide');
    await opens('users alex wilber');
    await adele.clicks('Roles');
    adele.sees('What may Alex Wilber do?', 'Every employee sees what is assigned to them.');
    expect(adele.choices('Roles')).toEqual([
      'Benefits admins assign and release benefits, confirm activations and add users.',
      'Account admins change and deactivate users, and set their roles.',
    ]);
    adele.fills('Roles', 'Benefits admin');
    await adele.clicks('Save');
    adele.sees('The role of Alex Wilber is now: Benefits admin.');
    expect(await audited('alex-wilber', 'setRoles')).toMatchObject([
      { by: 'adele-vance', details: { before: [], after: ['benefitsAdmin'] } },
    ]);
    expect(await company.ledger.usersWithRole('benefitsAdmin', 20)).toContainEqual(
      expect.objectContaining({ id: 'alex-wilber' }),
    );
    await alex.says('attribuer');
    alex.sees('Quel avantage voulez-vous attribuer ?');
  });

  it('can be taken, from the next press on, also within a dialog', async () => {
    const nestor = company.person('Nestor Wilke');
    await nestor.says('assign Power BI Pro to Alex Wilber');
    await opens('roles of nestor');
    await adele.presses(adele.button('Save'), chosen());
    adele.sees('The role of Nestor Wilke is now: Employee.');
    await nestor.clicks('Assign user');
    nestor.sees('Only benefits admins can do that');
  });

  it('that are there already change nothing and tell nobody; what is no role is none', async () => {
    await opens('roles of nestor');
    await adele.presses(adele.button('Save'), { roles: 'benefitsAdmin,emperor' });
    adele.sees('It is already so: nothing was changed.');
    expect(await audited('nestor-wilke', 'setRoles')).toEqual([]);
    expect(await company.rows('o!')).toEqual([]);
  });
});

describe('who gets another role', () => {
  beforeEach(async () => {
    await company.close();
    company = await openCompany({ sends: true });
    adele = company.person('Adele Vance');
  });

  it('is told so, in their language, with what they may do', async () => {
    const alex = company.person('Alex Wilber', { locale: 'fr-FR' });
    await alex.says('aide');
    await opens('roles of alex wilber');
    await adele.presses(adele.button('Save'), chosen('benefitsAdmin'));
    await company.works();
    alex.sees(
      'Votre rôle a changé',
      'Adele Vance l’a défini. C’est désormais : Administrateur des avantages.',
    );
    alex.sees('Les administrateurs des avantages attribuent');
    await opens('roles of alex wilber');
    await adele.presses(adele.button('Save'), chosen());
    await company.works();
    alex.sees('C’est désormais : Employé.', 'Chaque employé voit ce qui lui est attribué.');
  });

  it('is told by e-mail if they never came; nobody is told that they could not be reached', async () => {
    await opens('roles of nestor');
    await adele.presses(adele.button('Save'), chosen('benefitsAdmin', 'accountAdmin'));
    await company.works();
    await company.works();
    expect((await company.mails()).map(({ subject }) => subject)).toEqual(['Your role has changed']);
    expect(adele.messageCount).toBe(1);
  });

  it('is not told when they set it themselves', async () => {
    await opens('roles of adele');
    await adele.presses(adele.button('Save'), chosen('benefitsAdmin'));
    await company.works();
    adele.sees('The role of Adele Vance is now: Benefits admin.');
    expect(await company.mails()).toEqual([]);
  });
});

describe('the last account admin', () => {
  /** Megan is one, too. */
  async function onlyAdele(): Promise<void> {
    await opens('roles of megan');
    await adele.presses(adele.button('Save'), chosen());
    expect((await company.ledger.company())?.accountAdmins).toBe(1);
  }

  it('keeps the role', async () => {
    await onlyAdele();
    await opens('roles of adele');
    await adele.presses(adele.button('Save'), chosen('benefitsAdmin'));
    adele.sees('What may Adele Vance do?', 'Adele Vance is the last account admin');
    expect(adele.holds('Roles')).toBe('benefitsAdmin');
    expect((await company.ledger.user('adele-vance'))?.roles).toEqual(['accountAdmin', 'benefitsAdmin']);
    await grantRole(company.ports, 'nestor-wilke', ['accountAdmin'], 'operator');
    await adele.clicks('Save');
    adele.sees('The role of Adele Vance is now: Benefits admin.');
    expect(() => adele.button('Edit')).toThrow();
    expect((await company.ledger.company())?.accountAdmins).toBe(1);
  });

  it.each([
    ['each takes it from the other', 'megan', 'adele'],
    ['each gives it up', 'adele', 'megan'],
  ])('is left when of the last two, at the same moment, %s', async (_what, byAdele, byMegan) => {
    const megan = company.person('Megan Bowen');
    for (let round = 0; round < 6; round++) {
      await opens(`roles of ${byAdele}`);
      await opens(`roles of ${byMegan}`, megan);
      const press = (admin: Chatter) => admin.presses(admin.button('Save'), chosen('benefitsAdmin'));
      await Promise.all([press(adele), press(megan)]);
      const reads = [adele, megan].map((admin) => admin.reads());
      expect(reads.filter((card) => card.includes('is now: Benefits admin.'))).toHaveLength(1);
      const refusal = /Only account admins can change users|is the last account admin/;
      expect(reads.filter((card) => refusal.test(card))).toHaveLength(1);
      expect(await company.ledger.usersWithRole('accountAdmin', 5)).toHaveLength(1);
      expect((await company.ledger.company())?.accountAdmins).toBe(1);
      for (const id of ['adele-vance', 'megan-bowen'])
        await grantRole(company.ports, id, ['accountAdmin'], 'operator');
    }
  });
});

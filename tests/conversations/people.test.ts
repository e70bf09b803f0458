import { randomUUID } from 'node:crypto';
import { openCompany, type OpenCompany } from '../parts/company';

describe('who is who', () => {
  let company: OpenCompany;
  beforeEach(async () => {
    company = await openCompany();
  });
  afterEach(() => company.close());

  it('links a sign-in to the user of its address, once, and knows it by its object id from then on', async () => {
    const admin = company.person('Adele Vance', { email: 'Adele.Vance@CONTOSO.com' });
    await admin.says('help');
    admin.sees('Assign a benefit');
    await admin.says('help');
    expect(company.teams.lookups).toBe(1);
    const renamed = company.person('Adele New', {
      aadObjectId: admin.member.aadObjectId,
      email: 'adele.new@contoso.com',
    });
    await renamed.says('help');
    renamed.sees('Assign a benefit');
    expect(company.teams.lookups).toBe(1);
  });

  it('does not give an address that is linked to a second sign-in', async () => {
    await company.person('Adele Vance').says('help');
    const other = company.person('Adele Vance');
    await other.says('help');
    other.sees('The address adele.vance@contoso.com already belongs to another sign-in');
  });

  it('enters who is not in the list as an employee', async () => {
    const newcomer = company.person('Robin Newcomer');
    await newcomer.says('my benefits');
    newcomer.sees('Nothing is assigned to you at the moment.');
    const userId = await company.ledger.userIdOfEmail('robin.newcomer@contoso.com');
    expect(await company.ledger.user(userId ?? '')).toMatchObject({
      displayName: 'Robin Newcomer',
      roles: [],
    });
  });

  it('enters nobody whom the roster does not have', async () => {
    const stranger = company.person('Robin Newcomer');
    company.teams.members.delete(stranger.member.id);
    await stranger.says('help');
    stranger.sees('Your account has no e-mail address');
  });

  it('tells sign-ins apart that differ in a sign, or in capitals, and takes one of any length', async () => {
    const ids = ['29:a/b', '29:a-b', '29:A-b', '29-a-b', 'x'.repeat(900)];
    for (const [n, aadObjectId] of ids.entries())
      await company.person(`Robin ${n}`, { aadObjectId }).says('help');
    const signIns = (await company.rows('i!o!')).map(({ rowKey }) => String(rowKey));
    expect(signIns).toHaveLength(5);
    for (const key of signIns) expect(key).toMatch(/^i!o![a-z0-9-]{1,67}$/);
  });

  it('goes by the principal name when there is no mail address', async () => {
    const admin = company.person('Adele Vance', {
      email: undefined,
      userPrincipalName: 'adele.vance@contoso.com',
    });
    await admin.says('help');
    admin.sees('Assign a benefit');
  });

  it.each([
    ['a guest by role', { userRole: 'guest' }],
    ['a guest by name', { userPrincipalName: 'adele_fabrikam.com#EXT#@contoso.onmicrosoft.com' }],
    ['a member of another organisation', { tenantId: randomUUID() }],
  ])('does not link %s to the user of that address', async (_what, about) => {
    const guest = company.person('Adele Vance', about);
    await guest.says('assign');
    guest.sees('You are a guest here, and benefits are for employees of Contoso.');
  });

  it('knows a guest whom an admin entered by object id', async () => {
    const aadObjectId = randomUUID();
    const id = 'guest-from-fabrikam';
    const user = {
      id,
      email: 'gus@fabrikam.com',
      displayName: 'Gus Guest',
      roles: [],
      active: true,
      objectId: aadObjectId,
    };
    await company.ledger.commit([{ of: 'user', after: user }]);
    const guest = company.person('Gus Guest', { aadObjectId, userRole: 'guest' });
    await guest.says('my benefits');
    guest.sees('Nothing is assigned to you');
  });

  it('says so to who has no address, and to who is not active any more', async () => {
    const nameless = company.person('Nobody', { email: undefined, userPrincipalName: undefined });
    await nameless.says('help');
    nameless.sees('Your account has no e-mail address');
    const former = company.person('Raul Razo');
    await former.says('my benefits');
    former.sees('Your account here is not active any more');
  });

  it('tells who is no benefits admin what they can do, and whom to ask', async () => {
    const employee = company.person('Alex Wilber');
    await employee.says('assign Power BI Pro to alex');
    employee.sees('Only benefits admins can do that', 'You can see what is assigned to you.');
    employee.sees('Adele Vance (adele.vance@contoso.com)');
    await employee.clicks('My benefits');
    employee.sees('Nothing is assigned to you');
  });

  it('enters somebody once who speaks twice at the same moment', async () => {
    const newcomer = company.person('Robin Newcomer');
    await Promise.all([newcomer.says('help'), newcomer.says('my benefits')]);
    expect(await company.rows('u!')).toHaveLength(48 + 1); // the sample's users, Robin, and Robin's chat
  });
});

describe('the first account admins', () => {
  it.each([
    ['by e-mail', 'robin.first@contoso.com'],
    ['by object id', 'd3b07384-d113-4ec6-a8d5-3f1f8a1e0c55'],
  ])('come from the settings %s, and their roles are on their row', async (_how, setting) => {
    const company = await openCompany({ env: { ACCOUNT_ADMINS: setting } });
    const first = company.person('Robin First', { aadObjectId: 'D3B07384-D113-4EC6-A8D5-3F1F8A1E0C55' });
    await first.says('help');
    first.sees('Assign a benefit');
    const userId = await company.ledger.userIdOfEmail('robin.first@contoso.com');
    expect(await company.ledger.user(userId ?? '')).toMatchObject({
      roles: ['accountAdmin', 'benefitsAdmin'],
    });
    expect((await company.ledger.company())?.accountAdmins).toBe(3);
    await company.close();
  });
});

describe('a company that is not loaded', () => {
  it('is told so, with both links', async () => {
    const company = await openCompany({ load: null });
    const person = company.person('Adele Vance');
    await person.says('assign');
    person.sees("Your company's benefits have not been set up here yet");
    expect(person.button('Partner Membership Center').url).toBe(
      'https://partner.microsoft.com/_login?authType=OpenIdConnect',
    );
    expect(person.button('Join the partner programme').url).toBe('https://partner.microsoft.com/membership');
    await company.close();
  });
});

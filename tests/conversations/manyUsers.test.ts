import type { CompanyFile } from '../../benefits/importCompany';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';

const withUsers = (count: number) => (file: CompanyFile) => ({
  ...file,
  users: [
    ...file.users,
    ...Array.from({ length: count }, (_, n) => ({
      id: `extra-${n}`,
      email: `extra.${n}@contoso.com`,
      displayName: `Extra Person ${String(n).padStart(3, '0')}`,
    })),
  ],
});

let company: OpenCompany;
let admin: Chatter;
beforeAll(async () => {
  company = await openCompany({ load: withUsers(100) });
  admin = company.person('Adele Vance');
});
afterAll(() => company.close());

async function typesAhead(queryText: unknown, who = admin) {
  const value = { queryText, queryOptions: { skip: 0, top: 15 }, dataset: 'users' };
  const { text } = await who.send({ type: 'invoke', name: 'application/search', value });
  return (JSON.parse(text) as { value: { results: { title: string; value: string }[] } }).value.results;
}

describe('with more than 100 users', () => {
  it('lists the first 25, and finds the others by a search for clients without typeahead', async () => {
    await admin.says('assign Power BI Pro');
    admin.sees('The first 25 users are shown.');
    expect(admin.choices('User')).toHaveLength(25);
    expect(admin.choices('User')[0]).toContain('Adele Vance');
    admin.fills('Not in the list? Search by name or e-mail', 'person 042');
    await admin.clicks('Search');
    admin.sees('1 user fits “person 042”.');
    expect(admin.choices('User')).toEqual(['Extra Person 042 (extra.42@contoso.com)']);
    await admin.clicks('Next');
    admin.sees('Assign Power BI Pro to Extra Person 042?');
  });

  it('says so when a search finds nobody, and lists the first again', async () => {
    await admin.says('assign Power BI Pro');
    admin.fills('Not in the list? Search by name or e-mail', 'frobnicator');
    await admin.clicks('Search');
    admin.sees('No user fits “frobnicator”.');
    expect(admin.choices('User')).toHaveLength(25);
  });

  it('says that more fit than are listed, and that nobody fits what is no name', async () => {
    await admin.says('assign Power BI Pro to extra');
    admin.sees('More than 25 users fit “extra”');
    expect(admin.choices('User')).toHaveLength(25);
    await admin.says('!!!');
    admin.sees('There is no user “!!!”');
  });

  it('keeps the chosen user in the list when they are not among the first', async () => {
    await admin.says('assign Power BI Pro to extra.77@contoso.com');
    await admin.clicks('Back');
    expect(admin.holds('User')).toBe('extra-77');
    expect(admin.choices('User')[0]).toBe('Extra Person 077 (extra.77@contoso.com)');
  });
});

describe('typeahead', () => {
  it.each([
    ['zoe', 'Zoë Lefèvre (zoe.lefevre@contoso.com)'],
    ['LEFEV', 'Zoë Lefèvre (zoe.lefevre@contoso.com)'],
    ['lefèvre z', 'Zoë Lefèvre (zoe.lefevre@contoso.com)'],
    ['zoe.lef', 'Zoë Lefèvre (zoe.lefevre@contoso.com)'],
    ['lukasz', 'Łukasz Nowak (lukasz.nowak@contoso.com)'],
    ['yildiz', 'Ayşe Yıldız (ayse.yildiz@contoso.com)'],
    ['李', '李娜 (Li Na) (li.na@contoso.com)'],
  ])('finds %p', async (typed, title) => {
    expect((await typesAhead(typed)).map((result) => result.title)).toContain(title);
  });

  it('gives at most 15, none that is inactive, and nothing for what is no text', async () => {
    expect(await typesAhead('extra')).toHaveLength(15);
    expect(await typesAhead('raul razo')).toEqual([]);
    expect((await typesAhead({ $gt: '' })).length).toBeLessThanOrEqual(15);
  });

  it('gives nothing to who is no benefits admin, or not active any more', async () => {
    expect(await typesAhead('zoe', company.person('Alex Wilber'))).toEqual([]);
    expect(await typesAhead('zoe', company.person('Raul Razo'))).toEqual([]);
    expect(company.logged.at(-1)).toContain('"outcome":"refused: youAreInactive"');
  });
});

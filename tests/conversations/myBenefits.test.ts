import { openCompany, type OpenCompany } from '../parts/company';

let company: OpenCompany;
beforeEach(async () => {
  company = await openCompany();
});
afterEach(() => company.close());

describe('what is assigned to me', () => {
  it.each([
    "what's assigned to me",
    'What’s assigned to me?',
    'WHAT IS ASSIGNED TO ME ??',
    '<at>Partner Benefits</at> my benefits',
    '@Partner Benefits Mine',
    '  my   benefits. ',
    'mes avantages',
    'Qu’est-ce qui m’est attribué ?',
  ])('%s', async (said) => {
    const employee = company.person('Alex Wilber');
    await employee.says(said);
    employee.sees(
      'What is assigned to you',
      'Nothing is assigned to you at the moment.',
      'You can ask: Adele Vance',
    );
  });

  it('shows each benefit: its state, since when, by whom, what next, whom to ask, its portal', async () => {
    company.clock.now = new Date('2026-11-24T23:30:00Z');
    const admin = company.person('Adele Vance');
    await admin.says('assign Visual Studio Enterprise to Alex Wilber');
    await admin.clicks('Assign user');
    company.minutesLater(1);
    await admin.says('assign cloud support incidents to Alex Wilber');
    admin.fills('Alternate e-mail', 'alex@fabrikam.com');
    await admin.clicks('Next');
    await admin.clicks('Assign user');

    const employee = company.person('Alex Wilber');
    await employee.says("what's assigned to me");
    employee.sees(
      'Visual Studio Enterprise',
      'Active',
      'Since',
      'Assigned by',
      'Adele Vance',
      'Expanded benefits',
    );
    employee.sees('November 25, 2026'); // where the reader is, it is the next day
    employee.sees('Until', 'June 30, 2027', 'Questions? Ask Adele Vance: adele.vance@contoso.com');
    employee.sees('Cloud support incidents', 'Being activated', 'Expected by', 'November 28, 2026');
    employee.sees('You will be told here when it is active.', 'alex@fabrikam.com');
    expect(employee.button('Open the Visual Studio portal').url).toBe('https://my.visualstudio.com');
    expect(employee.reads().indexOf('Cloud support')).toBeLessThan(
      employee.reads().indexOf('Visual Studio Enterprise'),
    );
  });

  it('shows what has ended with its package as ended', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign Visual Studio Enterprise to Alex Wilber');
    await admin.clicks('Assign user');
    company.clock.now = new Date('2027-07-01T00:00:00Z');
    const employee = company.person('Alex Wilber');
    await employee.says('mine');
    employee.sees(
      'Visual Studio Enterprise',
      'Ended',
      "It has ended with its package and can't be used any more.",
    );
    expect(() => employee.button('Open the Visual Studio portal')).toThrow();
  });

  it('pages through very many', async () => {
    const benefits = Array.from({ length: 30 }, (_, n) => ({
      id: `tool-${n}`,
      name: { en: `Tool ${n}` },
      package: 'Many',
      category: 'cloud' as const,
      assignable: 'anyone' as const,
      seats: 1,
    }));
    const many = await openCompany({ load: (file) => ({ ...file, benefits }) });
    const admin = many.person('Adele Vance');
    for (const { id } of benefits) {
      many.minutesLater(1);
      await admin.says(`assign ${id} to Alex Wilber`);
      await admin.clicks('Assign user');
    }
    const employee = many.person('Alex Wilber');
    await employee.says('mine');
    employee.sees('Tool 29', 'Tool 18');
    employee.seesNot('Tool 17');
    await employee.clicks('Show more');
    employee.sees('Tool 17', 'Tool 6');
    await employee.clicks('Show more');
    employee.sees('Tool 5', 'Tool 0');
    expect(() => employee.button('Show more')).toThrow();

    await admin.says('assign');
    admin.sees('Tool 0');
    await admin.clicks('More benefits');
    expect(admin.reads()).not.toContain('Tool 0\n');
    expect(JSON.stringify(admin.card).length).toBeLessThan(28 * 1024);
    await many.close();
  });
});

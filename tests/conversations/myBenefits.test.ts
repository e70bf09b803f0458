import type { Benefit } from '../../benefits/model';
import { actionsOf } from '../parts/card';
import type { Chatter } from '../parts/chatter';
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
    expect(employee.button('Visual Studio portal').url).toBe('https://my.visualstudio.com');
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
    expect(() => employee.button('Visual Studio portal')).toThrow();
  });

  it('pages through very many', async () => {
    const benefits = Array.from({ length: 22 }, (_, n) => ({
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
    employee.sees('Tool 21', 'Tool 15');
    employee.seesNot('Tool 14');
    await employee.clicks('Show more');
    employee.sees('Tool 14', 'Tool 8');
    employee.seesNot('Tool 15');
    await employee.clicks('Show more');
    await employee.clicks('Show more');
    employee.sees('Tool 0');
    expect(() => employee.button('Show more')).toThrow();

    await admin.says('assign');
    admin.sees('Tool 0');
    await admin.clicks('More benefits');
    expect(admin.reads()).not.toContain('Tool 0\n');
    expect(JSON.stringify(admin.card).length).toBeLessThan(28 * 1024);
    await many.close();
  });
});

describe('what each benefit of mine needs next', () => {
  /** Alex holds this, changed so. */
  async function holds(benefitId: string, to: Partial<Benefit> = {}): Promise<Chatter> {
    const admin = company.person('Adele Vance');
    await admin.says(`assign ${benefitId} to Alex Wilber`);
    if (benefitId.includes('support')) {
      admin.fills('Alternate e-mail', 'alex@fabrikam.com');
      await admin.clicks('Next');
    }
    await admin.clicks('Assign user');
    const before = await company.ledger.benefit(benefitId);
    if (!before) throw new Error(`there is no ${benefitId}`);
    await company.ledger.commit([{ of: 'benefit', before, after: { ...before, ...to } }]);
    const employee = company.person('Alex Wilber');
    await employee.says('mine');
    return employee;
  }

  const labels = (person: Chatter) => actionsOf(person.card).map(({ title }) => title);

  it('has Get keys where its holders may, beside its portal', async () => {
    const keys = { keyKind: 'singleUse', keysForHolders: true } as const;
    const employee = await holds('visual-studio-enterprise', keys);
    expect(labels(employee)).toEqual(['Visual Studio portal', 'Get keys']);
    expect(employee.button('Get keys').data).toEqual({ benefitId: 'visual-studio-enterprise' });
  });

  it('has no Get keys where only admins may', async () => {
    const employee = await holds('visual-studio-enterprise', { keyKind: 'singleUse' });
    expect(labels(employee)).toEqual(['Visual Studio portal']);
  });

  it('has the request for hours while some are left', async () => {
    const employee = await holds('partner-advisory-hours', { used: 4 });
    employee.sees('Left\n6 of 10 hours');
    expect(employee.button('Request advisory hours').data).toEqual({ benefitId: 'partner-advisory-hours' });
    const before = await company.ledger.benefit('partner-advisory-hours');
    if (!before) throw new Error('it is gone');
    await company.ledger.commit([{ of: 'benefit', before, after: { ...before, used: 10 } }]);
    await employee.says('mine');
    employee.sees('Left\n0 of 10 hours');
    expect(labels(employee)).toEqual([]);
  });

  it('has the request for presales assistance, which is not counted', async () => {
    expect(labels(await holds('technical-presales'))).toEqual(['Request advisory hours']);
  });

  it('says until when an activation is expected, and when it takes longer; it has no buttons yet', async () => {
    company.clock.now = new Date('2026-03-10T12:00:00Z');
    const employee = await holds('cloud-support-incidents', { portalUrl: 'https://portal.azure.com' });
    employee.sees('Expected by\nMarch 13, 2026', 'You will be told here when it is active.');
    employee.seesNot('It takes longer', 'Left');
    expect(labels(employee)).toEqual([]);
    company.minutesLater(3 * 24 * 60);
    await employee.says('mine');
    employee.seesNot('It takes longer');
    company.minutesLater(24 * 60);
    await employee.says('mine');
    employee.sees('It takes longer than expected. You will be told here when it is active.');
  });

  it.each(['visual-studio-enterprise', 'partner-advisory-hours'])(
    'has no buttons when it has ended: %s',
    async (benefitId) => {
      const ended = { keyKind: 'static', keysForHolders: true, endsOn: '2020-01-01' } as const;
      expect(labels(await holds(benefitId, ended))).toEqual([]);
    },
  );
});

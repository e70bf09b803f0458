import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importCompany } from '../../benefits/importCompany';
import { parseCompanyFile } from '../../scripts/companyFile';
import { contoso, openCompany } from '../parts/company';

const sample = readFileSync(join(__dirname, '../../samples/contoso.json'), 'utf8');

/** The sample with one thing changed. */
function changed(
  change: (file: {
    company: object;
    benefits: Record<string, unknown>[];
    users: Record<string, unknown>[];
  }) => void,
): string {
  const file = JSON.parse(sample);
  change(file);
  return JSON.stringify(file);
}

describe('a company file', () => {
  it('of the sample is whole: four categories, twelve benefits, forty users, both windows', () => {
    expect(new Set(contoso.benefits.map(({ category }) => category)).size).toBe(4);
    expect(contoso.benefits.length).toBeGreaterThanOrEqual(12);
    expect(contoso.users.length).toBeGreaterThanOrEqual(40);
    expect(contoso.users.map(({ email }) => email)).toEqual(
      expect.arrayContaining(['adele.vance@contoso.com', 'alex.wilber@contoso.com']),
    );
  });

  it.each([
    ['{ "format": 1,\n  "company": {\n  oops', 'line 3'],
    ['[]', 'file: '],
    [changed((file) => Object.assign(file, { format: 2 })), 'format: '],
    [
      changed(({ company }) => Object.assign(company, { timeZone: 'Mars/Olympus' })),
      'company.timeZone: must be an IANA time zone',
    ],
    [changed(({ benefits }) => Object.assign(benefits[2] ?? {}, { seats: -1 })), 'benefits[2].seats: '],
    [
      changed(({ benefits }) => Object.assign(benefits[1] ?? {}, { id: 'Not A Slug' })),
      'benefits[1].id: must be a slug',
    ],
    [
      changed(({ benefits }) => benefits.push({ ...benefits[0] })),
      `benefits[${contoso.benefits.length}].id: stands in the file twice`,
    ],
    [
      changed(({ benefits }) => Object.assign(benefits[0] ?? {}, { endsOn: '31.12.2027' })),
      'benefits[0].endsOn: ',
    ],
    [
      changed(({ benefits }) => Object.assign(benefits[0] ?? {}, { kind: 'support' })),
      'benefits[0].kind: only technical benefits',
    ],
    [
      changed(({ benefits }) => Object.assign(benefits[0] ?? {}, { portalUrl: 'javascript:alert(1)' })),
      'benefits[0].portalUrl: ',
    ],
    [
      changed(({ users }) => Object.assign(users[3] ?? {}, { email: 'nobody' })),
      'users[3].email: must be an e-mail address',
    ],
    [
      changed(({ users }) => Object.assign(users[3] ?? {}, { email: 'ADELE.vance@contoso.com' })),
      'email: stands in the file twice',
    ],
    [changed(({ users }) => Object.assign(users[3] ?? {}, { rolls: [] })), 'users[3]: '],
    ...(
      [
        [{ keys: ['A'] }, 'benefits[1].keyKind: goes with keys'],
        [
          { keyKind: 'static', keys: [{ key: 'A', activations: 2 }] },
          'benefits[1].keys[0]: has activations when',
        ],
        [{ keyKind: 'multipleActivation', keys: ['A'] }, 'benefits[1].keys[0]: has activations when'],
        [{ keyKind: 'static', keys: ['A\u200Bsecret'] }, 'benefits[1].keys[0]: '],
        [{ keyKind: 'static', keys: [''] }, 'benefits[1].keys[0]: '],
        [{ keyKind: 'eternal' }, 'benefits[1].keyKind: '],
        [{ claimsADay: 0 }, 'benefits[1].claimsADay: '],
        [{ languages: ['not a language'] }, 'benefits[1].languages[0]: must be a BCP 47 language tag'],
        [{ downloads: [{ title: 'A', url: 'http://a.com' }] }, 'benefits[1].downloads[0].url: '],
        [
          { languages: ['en'], downloads: [{ title: 'A', url: 'https://a.com', languages: ['fr'] }] },
          'benefits[1].downloads[0].languages: must be among the languages of the benefit',
        ],
        [
          { downloads: [{ title: 'A', url: 'https://a.com', systems: ['x'] }] },
          'benefits[1].downloads[0].systems: must be among the systems of the benefit',
        ],
        [{ used: 5001 }, 'benefits[1].used: is at most the quantity'],
        [{ used: 1, unit: 'hours' }, 'benefits[1].used: is at most the quantity; hours'],
      ] as const
    ).map(([change, problem]): [string, string] => [
      changed(({ benefits }) => Object.assign(benefits[1] ?? {}, change)),
      problem,
    ]),
  ])('names what is wrong and where (%#)', (text, problem) => {
    expect(() => parseCompanyFile(text)).toThrow(problem);
  });
});

describe('a product key in a company file', () => {
  it('is never quoted in what is wrong with it', () => {
    const files = [
      '{ "format": 1, "keys": ["SECRET" "SECRET"] }',
      '{ "SECRET" oops',
      changed(({ benefits }) =>
        Object.assign(benefits[1] ?? {}, { keys: ['SECRET\u0000', { key: 'SECRET' }] }),
      ),
    ];
    for (const file of files) {
      expect(() => parseCompanyFile(file)).toThrow();
      try {
        parseCompanyFile(file);
      } catch (error) {
        expect(String(error)).not.toContain('SECRET');
      }
    }
  });

  it('is sealed when it is imported, and kept when it is taken out of the file', async () => {
    const company = await openCompany();
    const keys = await company.ledger.productKeys('sql-server-enterprise');
    expect(keys).toMatchObject([{ left: 8, of: 8, benefitId: 'sql-server-enterprise' }]);
    const benefits = contoso.benefits.map(({ keys: _, ...benefit }) => benefit);
    const report = await importCompany(company.ports, { ...contoso, benefits }, false);
    expect([report.benefits.changed, report.keys]).toEqual([0, { created: 0, changed: 0, unchanged: 0 }]);
    expect(await company.ledger.productKeys('sql-server-enterprise')).toEqual(keys);
    await company.close();
  });

  it('keeps its kind, what is left of it, and whose it is', async () => {
    const company = await openCompany();
    const admin = company.person('Adele Vance');
    for (const what of ['SQL Server', 'Microsoft 365 Business Premium']) {
      await admin.says(`keys ${what}`);
      await admin.clicks('Show the keys');
    }
    const again = await importCompany(company.ports, contoso, false);
    expect(again.benefits).toMatchObject({ created: 0, changed: 0 });
    expect(again.keys).toMatchObject({ created: 0, changed: 0 });
    expect(await company.ledger.benefit('sql-server-enterprise')).toMatchObject({
      keyCounts: { total: 8, given: 1 },
    });
    expect(await company.ledger.productKeys('sql-server-enterprise')).toMatchObject([{ left: 7, of: 8 }]);
    const [owned] = await company.ledger.productKeys('microsoft-365-business-premium');
    expect(owned?.owner?.id).toBe('adele-vance');

    const benefits = contoso.benefits.map((benefit) =>
      benefit.id === 'sql-server-enterprise' ? { ...benefit, keyKind: 'static' as const, keys: [] } : benefit,
    );
    await expect(importCompany(company.ports, { ...contoso, benefits }, false)).rejects.toThrow(
      'keyKindFixed',
    );
    await company.close();
  });

  it('is the same key in two imports at once', async () => {
    const company = await openCompany({ load: (file) => ({ ...file, users: [] }) });
    const more = contoso.benefits.map((benefit) =>
      benefit.keyKind === 'singleUse' ? { ...benefit, keys: [{ key: 'NEW-1' }, { key: 'NEW-2' }] } : benefit,
    );
    const file = { ...contoso, users: [], benefits: more };
    await Promise.all([1, 2].map(() => importCompany(company.ports, file, false)));
    expect(await company.ledger.productKeys('microsoft-365-business-premium')).toHaveLength(7);
    expect((await company.ledger.benefit('microsoft-365-business-premium'))?.keyCounts?.total).toBe(7);
    await company.close();
  });

  it('never touches the hours that requests have used', async () => {
    const company = await openCompany();
    const before = await company.ledger.benefit('partner-advisory-hours');
    if (!before) throw new Error('no hours');
    await company.ledger.commit([{ of: 'benefit', before, after: { ...before, used: 4 } }]);
    await importCompany(company.ports, contoso, false);
    expect(await company.ledger.benefit('partner-advisory-hours')).toMatchObject({ used: 4 });
    expect(await company.ledger.benefit('cloud-support-incidents')).toMatchObject({ used: 1 });
    await company.close();
  });
});

describe('an import', () => {
  it('repeated changes nothing, and never touches what is held', async () => {
    const company = await openCompany();
    const admin = company.person('Adele Vance');
    await admin.says('assign Power BI Pro to Alex Wilber');
    await admin.clicks('Assign user');
    const again = await importCompany(company.ports, contoso, false);
    expect(again.benefits).toEqual({ created: 0, changed: 0, unchanged: contoso.benefits.length });
    expect(again.users).toEqual({ created: 0, changed: 0, unchanged: contoso.users.length });

    const benefits = contoso.benefits.map((benefit) =>
      benefit.id === 'power-bi-pro' ? { ...benefit, seats: 9 } : benefit,
    );
    const more = await importCompany(company.ports, { ...contoso, benefits }, false);
    expect(more.benefits).toEqual({ created: 0, changed: 1, unchanged: contoso.benefits.length - 1 });
    expect(await company.ledger.benefit('power-bi-pro')).toMatchObject({ seats: 9, held: 1 });
    expect((await company.ledger.company())?.accountAdmins).toBe(2);
    await company.close();
  });

  it('with fewer seats than are held is refused before anything is written', async () => {
    const company = await openCompany();
    const admin = company.person('Adele Vance');
    await admin.says('assign Power BI Pro to Alex Wilber');
    await admin.clicks('Assign user');
    const benefits = contoso.benefits.map((benefit) => ({
      ...benefit,
      seats: benefit.id === 'power-bi-pro' ? 0 : 99,
    }));
    await expect(importCompany(company.ports, { ...contoso, benefits }, false)).rejects.toThrow(
      'seatsBelowHeld',
    );
    expect((await company.ledger.benefit('visual-studio-enterprise'))?.seats).toBe(15);
    await company.close();
  });

  it('tried dry writes nothing', async () => {
    const company = await openCompany({ load: null });
    const report = await importCompany(company.ports, contoso, true);
    expect(report.users.created).toBe(contoso.users.length);
    expect(await company.rows('')).toEqual([]);
    await company.close();
  });

  it('keeps the id of who spoke to the bot before the import knew them', async () => {
    const company = await openCompany({ load: (file) => ({ ...file, users: [] }) });
    await company.person('Alex Wilber').says('help');
    const userId = await company.ledger.userIdOfEmail('alex.wilber@contoso.com');
    await importCompany(company.ports, contoso, false);
    expect(await company.ledger.userIdOfEmail('alex.wilber@contoso.com')).toBe(userId);
    await company.close();
  });
});

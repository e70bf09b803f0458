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
  ])('names what is wrong and where (%#)', (text, problem) => {
    expect(() => parseCompanyFile(text)).toThrow(problem);
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

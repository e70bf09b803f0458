import { runBuilt } from '../parts/built';
import { openCompany, type OpenCompany } from '../parts/company';
import { ADELE, goesThroughManyFlows } from '../parts/manyFlows';
import { few } from '../parts/situations';
import { tableClient } from '../parts/tables';

let company: OpenCompany;
beforeAll(async () => {
  company = await openCompany({ load: few, sends: true });
  await goesThroughManyFlows(company);
});
afterAll(() => company.close());

async function types(...more: string[]): Promise<string> {
  const env = { STORAGE_CONNECTION_STRING: process.env.TEST_STORAGE ?? '' };
  const args = ['users', '--tenant', company.tenantId, ...more];
  const { exitCode, out, err } = await runBuilt('scripts/admin.js', args, env);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  return out;
}

it('lists everybody with their roles and what they hold', async () => {
  const lines = (await types()).trimEnd().split('\n');
  expect(lines.at(-1)).toBe(`users: ${lines.length - 1}`);
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^adele-vance {2}Adele Vance <adele\.vance@contoso\.com> {2}.*benefitsAdmin {2}holds .+/,
    ),
  );
  expect(lines).toContainEqual('raul-razo  Raul Razo <raul.razo@contoso.com>  inactive');
});

it('finds by a name or an address, and says it as JSON', async () => {
  const assignments = (await company.ledger.person(ADELE))?.assignments ?? [];
  const holds = assignments.map(({ benefitId, status }) => ({ benefitId, status }));
  expect(JSON.parse(await types('--search', 'vance', '--json'))).toEqual([
    {
      ...{ id: ADELE, email: 'adele.vance@contoso.com', displayName: 'Adele Vance', active: true, holds },
      roles: (await company.ledger.user(ADELE))?.roles,
    },
  ]);
  expect(JSON.parse(await types('--json'))).toHaveLength((await types()).trimEnd().split('\n').length - 1);
  expect(JSON.parse(await types('--search', 'frobnicator', '--json'))).toEqual([]);
});

it('lets no name steer the terminal', async () => {
  const row = { partitionKey: company.tenantId, rowKey: 'u!odd', v: 1 };
  const odd = { id: 'odd', email: 'odd@x.com', displayName: '\u001b[2J\u202Eodd', roles: [], active: true };
  await tableClient('Ledger').createEntity({ ...row, data: JSON.stringify(odd) });
  expect(await types()).toContain('odd  \\u001b[2J\\u202eodd <odd@x.com>');
  expect(JSON.parse(await types('--json'))).toContainEqual(
    expect.objectContaining({ displayName: odd.displayName }),
  );
  await tableClient('Ledger').deleteEntity(row.partitionKey, row.rowKey);
});

import { dropNotice, outboxOf } from '../../benefits/outbox';
import { runBuilt } from '../parts/built';
import { openCompany, type OpenCompany } from '../parts/company';
import { tableClient } from '../parts/tables';

describe('an operator looks at the outbox', () => {
  let company: OpenCompany;
  beforeEach(async () => {
    company = await openCompany({ sends: true });
    const [admin, employee] = [company.person('Adele Vance'), company.person('Alex Wilber')];
    for (const person of [admin, employee]) await person.says('help');
    company.teams.refuses = (id) => (id === employee.conversationId ? { status: 400 } : undefined);
    await admin.says('assign Power BI Pro to Alex Wilber');
    await admin.clicks('Assign user');
    for (let minutes = 0; minutes < 6; minutes++) {
      await company.works();
      company.minutesLater(15);
    }
    company.teams.refuses = undefined;
  });
  afterEach(() => company.close());

  /** Types `npm run admin -- outbox`, and reads what it prints. */
  async function types(...more: string[]): Promise<string> {
    const env = { STORAGE_CONNECTION_STRING: process.env.TEST_STORAGE ?? '' };
    const args = ['outbox', '--tenant', company.tenantId, ...more];
    const { out, err, exitCode } = await runBuilt('scripts/admin.js', args, env);
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    return out;
  }

  it('sees what was given up after five tries, and sends it again', async () => {
    const employee = company.teams.messagesOf([...company.teams.conversations.keys()][1] ?? '');
    const parked =
      /parked: 1\n {2}(\S+) {2}assigned by teams for alex-wilber, .* tried 5 times \(400 Refused\)\n/;
    expect(await types()).toMatch(parked);
    expect(await types('--retry', 'all', '--dry-run')).toBe('1 would be tried again now\n');
    expect(await types()).toMatch(parked);
    expect(await types('--retry', 'all')).toBe('1 to be tried again now\n');
    await company.works();
    expect(await types()).toBe('waiting: 0\nparked: 0\nsent in the last day: 1\n');
    expect(employee).toHaveLength(2);
  });

  it('sees what waits for a newer version of the program', async () => {
    const [notice] = (await outboxOf(company.ledger)).parked;
    const row = { partitionKey: company.tenantId, rowKey: `ox!${notice?.id}`, v: 2 };
    await tableClient('Ledger').updateEntity(row, 'Merge');
    expect(await types()).toContain(
      `parked: 0\nsent in the last day: 0\nwaiting for a newer version of this program: 1\n  ${row.rowKey} (version 2)\n`,
    );
  });

  it('drops one, or says that it would; and says what there is as JSON', async () => {
    const id = (await outboxOf(company.ledger)).parked[0]?.id ?? '';
    expect(await types('--drop', id, '--dry-run')).toBe(`${id} would be dropped\n`);
    expect(JSON.parse(await types('--json'))).toMatchObject({
      waiting: [],
      parked: [{ id, tries: 5 }],
      newer: [],
    });
    expect(await types('--json')).not.toContain('etag');
    expect(JSON.parse(await types('--drop', id, '--json'))).toEqual({ dropped: id });
    expect(JSON.parse(await types('--json'))).toMatchObject({ parked: [] });
  });

  it.each(['--retry', '--drop'])('is told when there is none to %s', async (option) => {
    const env = { STORAGE_CONNECTION_STRING: process.env.TEST_STORAGE ?? '' };
    const args = ['outbox', '--tenant', company.tenantId, option, 'gone'];
    expect(await runBuilt('scripts/admin.js', args, env)).toEqual({
      exitCode: 1,
      out: '',
      err: expect.stringMatching(/^there is no notice gone that could be (tried again|dropped)\n$/),
    });
  });

  it('and drops one, which the audit keeps', async () => {
    const [parked] = (await outboxOf(company.ledger)).parked;
    expect(await dropNotice(company.ports, parked?.id ?? '')).toBe(true);
    expect(await dropNotice(company.ports, parked?.id ?? '')).toBe(false);
    expect((await outboxOf(company.ledger)).parked).toEqual([]);
    expect((await company.rows('h!')).filter(({ action }) => action === 'dropNotice')).toMatchObject([
      { by: 'operator' },
    ]);
  });
});

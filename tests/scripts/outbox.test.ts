import { dropNotice, outboxOf, retryNotices } from '../../benefits/outbox';
import { openCompany, type OpenCompany } from '../parts/company';

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

  it('and sends what was given up again', async () => {
    const employee = company.teams.messagesOf([...company.teams.conversations.keys()][1] ?? '');
    expect((await outboxOf(company.ledger)).parked).toHaveLength(1);
    expect(await retryNotices(company.ports)).toBe(1);
    await company.worker?.sweep();
    await company.works();
    const { waiting, parked, sent } = await outboxOf(company.ledger);
    expect([waiting.length, parked.length, sent.length]).toEqual([0, 0, 1]);
    expect(employee).toHaveLength(2);
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

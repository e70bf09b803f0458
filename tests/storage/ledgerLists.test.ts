import { randomUUID } from 'node:crypto';
import type { Assignment, AuditRecord, Benefit, Handover, User, UserSummary } from '../../benefits/model';
import { timePart } from '../../benefits/operations';
import { type Change, ConflictError, type Ledger } from '../../benefits/ports';
import type { ServiceRequest } from '../../benefits/serviceRequest';
import { ledgerDomain } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';
import { Tables } from '../../storage/tables';

/** Lists by page, and what stands in more than one of them. */
let tables: Tables;
let ledger: Ledger;
beforeAll(async () => {
  tables = new Tables({ connectionString: process.env.TEST_STORAGE ?? '' }, turnScope, ledgerDomain);
  await tables.create();
  ledger = tables.ledger(randomUUID());
});

const person = (id: string): UserSummary => ({
  id,
  email: `${id}@contoso.com`,
  displayName: id.toUpperCase(),
  active: true,
});
const tool = (id: string): Benefit => ({
  id,
  name: { en: id },
  package: 'P',
  category: 'cloud',
  assignable: 'anyone',
  seats: 9,
  held: 0,
});

/** All pages of a list, each begun after the last row of the one before. */
async function pagesOf<Row>(page: (after: Row | undefined) => Promise<Row[]>): Promise<Row[][]> {
  const pages: Row[][] = [];
  for (;;) {
    const rows = await page(pages.at(-1)?.at(-1));
    if (rows.length === 0) return pages;
    pages.push(rows);
  }
}

const SIZE = 2;
const idsOf = (pages: UserSummary[][]): string[][] => pages.map((page) => page.map(({ id }) => id));

it('users stand by name in one of two lists, the active or the inactive', async () => {
  const users = ['eve', 'ann', 'dan', 'bob', 'cai'].map((id): User => ({
    ...person(id),
    roles: [],
    active: !['dan', 'cai'].includes(id),
  }));
  for (const after of users) await ledger.commit([{ of: 'user', after }]);
  expect(idsOf(await pagesOf((after) => ledger.usersByName(SIZE, after)))).toEqual([['ann', 'bob'], ['eve']]);
  expect(idsOf(await pagesOf((after) => ledger.inactiveUsers(1, after)))).toEqual([['cai'], ['dan']]);

  const dan = await ledger.user('dan');
  if (dan) await ledger.commit([{ of: 'user', before: dan, after: { ...dan, active: true } }]);
  expect(idsOf([await ledger.usersByName(9), await ledger.inactiveUsers(9)])).toEqual([
    ['ann', 'bob', 'dan', 'eve'],
    ['cai'],
  ]);
});

it('a list to choose from has all users or the first few, also once it is known that they are many', async () => {
  const many = tables.ledger(randomUUID());
  const list = async () => {
    const { users, hasMore } = await many.usersToChooseFrom(3, 1);
    return [users.map(({ id }) => id), hasMore];
  };
  const enter = async (id: string) => {
    await many.commit([{ of: 'user', after: { ...person(id), roles: [], active: true } }]);
  };
  for (const id of ['ann', 'bob', 'cai']) await enter(id);
  expect(await list()).toEqual([['ann', 'bob', 'cai'], false]);
  await enter('dan');
  expect(await list()).toEqual([['ann'], true]);
  await enter('abe');
  expect(await list()).toEqual([['abe'], true]);
});

it('holders of one benefit are nobody else', async () => {
  await ledger.commit(['tool', 'tool-2'].map((id) => ({ of: 'benefit', after: tool(id) })));
  for (const [benefitId, userId] of [
    ['tool', 'ann'],
    ['tool', 'bob'],
    ['tool', 'eve'],
    ['tool-2', 'dan'],
  ] as const) {
    const before = await ledger.benefit(benefitId);
    const assignment: Assignment = {
      benefitId,
      userId,
      status: 'active',
      assignedAt: '2026-03-10T09:00:00.000Z',
      assignedBy: person('ann'),
      operationId: 'op',
    };
    if (before)
      await ledger.commit([
        { of: 'benefit', before, after: { ...before, held: before.held + 1 } },
        { of: 'assignment', after: assignment },
      ]);
  }
  const pages = await pagesOf<Assignment>((after) => ledger.holders('tool', SIZE, after?.userId));
  expect(pages.map((page) => page.map(({ userId }) => userId))).toEqual([['ann', 'bob'], ['eve']]);
});

it('one handover a seat, and none without its benefit', async () => {
  await ledger.commit([{ of: 'benefit', after: tool('desk') }]);
  const handover: Handover = {
    benefitId: 'desk',
    from: person('ann'),
    to: person('bob'),
    on: '2026-04-01',
    plannedBy: person('eve'),
    madeBy: 'op',
    dueId: 'due',
  };
  const plan = async (): Promise<Change[]> => {
    const before = await ledger.benefit('desk');
    return [
      { of: 'handover', after: handover },
      ...(before ? [{ of: 'benefit', before, after: before } as const] : []),
    ];
  };
  await expect(ledger.commit([{ of: 'handover', after: handover }])).rejects.toThrow(
    "doesn't write its benefit",
  );
  await ledger.commit(await plan());
  await expect(ledger.commit(await plan())).rejects.toThrow(ConflictError);
  expect(await ledger.handovers('desk')).toMatchObject([handover]);
  expect(await ledger.handover('desk', 'ann')).toMatchObject(handover);
  expect(await ledger.handover('desk', 'bob')).toBeUndefined();
});

it('requests stand with the newest first, in the list of all and in their own', async () => {
  const request = (minute: number, by: string): ServiceRequest => {
    const at = new Date(Date.UTC(2026, 2, 10, 9, minute));
    return {
      id: `${timePart(at)}-a${minute}`,
      benefitId: 'hours',
      requestedBy: person(by),
      at: at.toISOString(),
      state: 'open',
      title: `Request ${minute}`,
      description: '',
      product: '',
      phase: 'design',
      country: 'FR',
      language: 'fr',
      phone: '+33123456789',
      timeZone: 'Europe/Paris',
      hours: 1,
    };
  };
  for (const [minute, by] of [
    [1, 'ann'],
    [3, 'ann'],
    [2, 'bob'],
  ] as const)
    await ledger.commit([{ of: 'serviceRequest', after: request(minute, by) }]);
  const titles = (pages: ServiceRequest[][]) => pages.map((page) => page.map(({ title }) => title));
  const all = await pagesOf<ServiceRequest>((after) => ledger.serviceRequests(SIZE, { after: after?.id }));
  expect(titles(all)).toEqual([['Request 3', 'Request 2'], ['Request 1']]);
  expect(titles([await ledger.serviceRequests(9, { userId: 'ann' })])).toEqual([['Request 3', 'Request 1']]);

  const [newest] = await ledger.serviceRequests(1);
  const before = await ledger.serviceRequest(newest?.id ?? '');
  if (before) await ledger.commit([{ of: 'serviceRequest', before, after: { ...before, state: 'closed' } }]);
  expect((await ledger.serviceRequests(1, { userId: 'ann' }))[0]?.state).toBe('closed');
});

it('history stands with the newest first: of all, of a benefit, and of both who are concerned', async () => {
  const record = (minute: number, more: Partial<AuditRecord>): AuditRecord => ({
    operationId: `op-${minute}`,
    action: 'assign',
    at: new Date(Date.UTC(2026, 2, 10, 9, minute)).toISOString(),
    by: 'eve',
    ...more,
  });
  const records = [
    record(1, { benefitId: 'tool', userId: 'ann' }),
    record(2, { benefitId: 'tool', userId: 'bob', fromUserId: 'ann' }),
    record(3, { userId: 'bob' }),
  ];
  await ledger.commit(records.map((after) => ({ of: 'audit', after })));
  const ids = (pages: AuditRecord[][]) => pages.map((page) => page.map(({ operationId }) => operationId));
  const all = await pagesOf<AuditRecord>((after) => ledger.history(SIZE, { after }));
  expect(ids(all)).toEqual([['op-3', 'op-2'], ['op-1']]);
  const lists = [{ benefitId: 'tool' }, { userId: 'ann' }, { userId: 'bob' }];
  expect(ids(await Promise.all(lists.map((of) => ledger.history(9, of))))).toEqual([
    ['op-2', 'op-1'],
    ['op-2', 'op-1'],
    ['op-3', 'op-2'],
  ]);
});

it('claims are kept for a month', async () => {
  const claims = (day: string) => ({ userId: 'ann', day, counts: { tool: 1 } });
  for (const day of ['2026-02-01', '2026-03-01']) await ledger.commit([{ of: 'claims', after: claims(day) }]);
  const month = new Date('2026-02-15T00:00:00Z');
  await ledger.purge({ sent: month, operations: month });
  expect(await ledger.claims('ann', '2026-02-01')).toBeUndefined();
  expect(await ledger.claims('ann', '2026-03-01')).toMatchObject(claims('2026-03-01'));
});

it('all that a partition holds is read, however many pages it has', async () => {
  const tenantId = randomUUID();
  const full = tables.ledger(tenantId);
  const at = '2026-03-10T09:00:00.000Z';
  const ids = Array.from({ length: 1_050 }, (_, n) => `op-${String(n).padStart(4, '0')}`);
  for (let from = 0; from < ids.length; from += 100) {
    const some = ids.slice(from, from + 100);
    await full.commit(
      some.map((id) => ({ of: 'operation', after: { id, action: 'cancel', by: 'ann', at, outcome: {} } })),
    );
  }
  expect((await tables.contents(tenantId)).operation.map(({ id }) => id)).toEqual(ids);
});

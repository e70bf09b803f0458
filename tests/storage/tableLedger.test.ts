import { randomUUID } from 'node:crypto';
import type { Assignment, Benefit, Company, User } from '../../benefits/model';
import { type Change, ConflictError, type Ledger } from '../../benefits/ports';
import { ledgerDomain } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';
import { Tables } from '../../storage/tables';
import { tableClient } from '../parts/tables';

/** The suite that every ledger must pass. */
const company: Company = {
  name: 'Contoso',
  accountEmail: 'partner@contoso.com',
  timeZone: 'UTC',
  language: 'en',
  accountAdmins: 0,
};
const benefit: Benefit = {
  id: 'tool',
  name: { en: 'Tool' },
  package: 'P',
  category: 'cloud',
  assignable: 'anyone',
  seats: 3,
  held: 0,
};
const user = (id: string, displayName = `User ${id}`): User => ({
  id,
  email: `${id}@contoso.com`,
  displayName,
  roles: [],
  active: true,
});
const assignment = (userId: string): Assignment => ({
  benefitId: 'tool',
  userId,
  status: 'active',
  assignedAt: '2026-11-24T09:00:00.000Z',
  assignedBy: { id: 'admin', email: 'admin@contoso.com', displayName: 'Admin', active: true },
  operationId: 'op-1',
});

let tables: Tables;
let tenantId: string;
let ledger: Ledger;
beforeAll(async () => {
  tables = new Tables({ connectionString: process.env.TEST_STORAGE ?? '' }, turnScope, ledgerDomain);
  await tables.create();
});
beforeEach(() => {
  tenantId = randomUUID();
  ledger = tables.ledger(tenantId);
});

async function keysStored(): Promise<string[]> {
  const keys: string[] = [];
  const rows = tableClient('Ledger').listEntities({
    queryOptions: { filter: `PartitionKey eq '${tenantId}'` },
  });
  for await (const { rowKey } of rows) keys.push(rowKey ?? '');
  return keys;
}

async function assign(userId: string): Promise<void> {
  const before = await ledger.benefit('tool');
  if (!before) throw new Error('no benefit');
  await ledger.commit([
    { of: 'benefit', before, after: { ...before, held: before.held + 1 } },
    { of: 'assignment', after: assignment(userId) },
  ]);
}

describe('what is absent', () => {
  it('is undefined or empty', async () => {
    expect(await ledger.company()).toBeUndefined();
    expect(await ledger.benefit('tool')).toBeUndefined();
    expect(await ledger.person('bob')).toBeUndefined();
    expect(await ledger.operation("it's odd")).toBeUndefined();
    expect(await ledger.benefits()).toEqual([]);
  });

  it('never means that storage is down', async () => {
    const nowhere = new Tables(
      { connectionString: (process.env.TEST_STORAGE ?? '').replace(/127\.0\.0\.1:\d+/, '127.0.0.1:9') },
      { signal: () => AbortSignal.timeout(300), onRequest: () => {} },
      ledgerDomain,
    );
    await expect(nowhere.ledger(tenantId).company()).rejects.toThrow();
    await expect(nowhere.ping()).rejects.toThrow();
  });
});

describe('a commit', () => {
  it('writes all or nothing', async () => {
    await ledger.commit([{ of: 'benefit', after: benefit }]);
    const stale = await ledger.benefit('tool');
    await assign('ann');
    const changes: Change[] = [
      { of: 'benefit', before: stale, after: { ...benefit, held: 1 } },
      { of: 'assignment', after: assignment('bob') },
    ];
    await expect(ledger.commit(changes)).rejects.toThrow(ConflictError);
    expect((await ledger.benefit('tool'))?.held).toBe(1);
    expect(await ledger.assignment('tool', 'bob')).toBeUndefined();
  });

  it('conflicts when it creates what is there, or deletes what is gone', async () => {
    await ledger.commit([{ of: 'user', after: user('ann') }]);
    await expect(ledger.commit([{ of: 'user', after: user('ann') }])).rejects.toThrow(ConflictError);
    const sameAddress = { ...user('other'), email: 'ann@contoso.com' };
    await expect(ledger.commit([{ of: 'user', after: sameAddress }])).rejects.toThrow(ConflictError);
    await ledger.commit([{ of: 'benefit', after: benefit }]);
    const before = await ledger.benefit('tool');
    const gone = { ...assignment('ann'), etag: '*' };
    const release: Change[] = [
      { of: 'benefit', before, after: benefit },
      { of: 'assignment', before: gone },
    ];
    await expect(ledger.commit(release)).rejects.toThrow(ConflictError);
  });

  it('refuses a change that carries no ETag, and one of an assignment without its benefit', async () => {
    await ledger.commit([{ of: 'company', after: company }]);
    await expect(
      ledger.commit([{ of: 'company', before: { ...company, etag: '' }, after: company }]),
    ).rejects.toThrow('carries no ETag');
    await expect(ledger.commit([{ of: 'assignment', after: assignment('ann') }])).rejects.toThrow(
      "doesn't write its benefit",
    );
  });
});

describe('a person', () => {
  it('is one range that takes in nobody else', async () => {
    for (const id of ['bob', 'bob-2', 'bobby', 'bo']) await ledger.commit([{ of: 'user', after: user(id) }]);
    await ledger.commit([{ of: 'benefit', after: benefit }]);
    await assign('bob');
    await assign('bobby');
    await ledger.saveChat('bob', { reference: { id: 1 }, reachable: true });
    expect(await ledger.person('bob')).toMatchObject({
      user: { id: 'bob' },
      assignments: [{ userId: 'bob' }],
      chat: { reference: { id: 1 } },
    });
    expect((await ledger.person('bo'))?.assignments).toEqual([]);
  });

  it('has all their index rows changed with their row', async () => {
    await ledger.commit([{ of: 'user', after: { ...user('ann', 'Ann Old'), roles: ['benefitsAdmin'] } }]);
    const before = await ledger.user('ann');
    if (!before) throw new Error('no user');
    await ledger.commit([
      {
        of: 'user',
        before,
        after: { ...before, displayName: 'Ann New', email: 'new@contoso.com', roles: [] },
      },
    ]);
    expect(await ledger.userIdOfEmail('ann@contoso.com')).toBeUndefined();
    expect(await ledger.userIdOfEmail('new@contoso.com')).toBe('ann');
    expect(await ledger.searchUsers('old', 5)).toEqual([]);
    expect(await ledger.searchUsers('new', 5)).toMatchObject([{ displayName: 'Ann New' }]);
    expect(await ledger.usersWithRole('benefitsAdmin', 5)).toEqual([]);
    const again = await ledger.user('ann');
    if (!again) throw new Error('no user');
    await ledger.commit([{ of: 'user', before: again, after: { ...again, active: false } }]);
    expect(await ledger.usersByName(5)).toEqual([]);
    expect((await keysStored()).filter((key) => /^[nsr]!/.test(key))).toEqual([]);
  });

  it('is kept apart from another company', async () => {
    await ledger.commit([{ of: 'user', after: user('ann') }]);
    expect(await tables.ledger(randomUUID()).user('ann')).toBeUndefined();
  });
});

describe('lists', () => {
  it('page to the end', async () => {
    const ids = Array.from({ length: 1_105 }, (_, n) => `b-${n}`);
    const rows = ids.map((id) => ({ of: 'benefit', after: { ...benefit, id } }) as const);
    for (let from = 0; from < rows.length; from += 100) await ledger.commit(rows.slice(from, from + 100));
    expect(await ledger.benefits()).toHaveLength(1_105);
  });

  it('are ordered by name, case and accents ignored', async () => {
    for (const [id, name] of [
      ['a', 'Zoë'],
      ['b', 'émile'],
      ['c', 'Eve'],
      ['d', 'adam'],
    ] as const) {
      await ledger.commit([{ of: 'user', after: user(id, name) }]);
    }
    expect((await ledger.usersByName(3)).map(({ displayName }) => displayName)).toEqual([
      'adam',
      'émile',
      'Eve',
    ]);
  });

  it('find a name by any of its parts, and a name of any script', async () => {
    await ledger.commit([{ of: 'user', after: user('a', "Jean-Paul O'Neill") }]);
    await ledger.commit([{ of: 'user', after: user('b', '李娜') }]);
    for (const typed of ['jean', 'paul', 'neill', 'O’Neill Jean', 'A@contoso']) {
      expect((await ledger.searchUsers(typed, 5)).map(({ id }) => id)).toEqual(['a']);
    }
    expect((await ledger.searchUsers('李', 5)).map(({ id }) => id)).toEqual(['b']);
    expect(await ledger.searchUsers("' or true", 5)).toEqual([]);
  });
});

describe('a row', () => {
  it('of a newer version is refused by name', async () => {
    await tableClient('Ledger').createEntity({ partitionKey: tenantId, rowKey: 'company', v: 2, data: '{}' });
    await expect(ledger.company()).rejects.toThrow('row company has version 2');
  });
});

import { randomUUID } from 'node:crypto';
import type { Person } from '../../benefits/model';
import { ledgerDomain } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';
import { Tables } from '../../storage/tables';
import { putManyPeople } from '../parts/people';
import { tableClient } from '../parts/tables';

let tables: Tables;
let tenantId: string;
let signals: number;
beforeAll(async () => {
  const scope = {
    ...turnScope,
    signal: () => {
      signals += 1;
      return turnScope.signal();
    },
  };
  tables = new Tables({ connectionString: process.env.TEST_STORAGE ?? '' }, scope, ledgerDomain);
  await tables.create();
});
beforeEach(() => {
  tenantId = randomUUID();
  signals = 0;
});

const puts = (rowKey: string, value: object, v = 1) =>
  tableClient('Ledger').createEntity({ partitionKey: tenantId, rowKey, v, data: JSON.stringify(value) });
const user = (id: string, active = true) => ({
  id,
  email: `${id}@x.com`,
  displayName: id,
  roles: [],
  active,
});

async function pagesOfPeople(): Promise<Person[][]> {
  const pages: Person[][] = [];
  for await (const page of tables.ledger(tenantId).people()) pages.push(page);
  return pages;
}

it('there is everybody with what is theirs, also the inactive, and nothing of nobody', async () => {
  await puts('u!al', user('al'));
  await puts('u!al!a!x', { benefitId: 'x', userId: 'al' });
  await puts('u!al!a!y', { benefitId: 'y', userId: 'al' });
  await puts('u!al!n!1', { id: '1' }, 2); // a message of a newer program
  await puts('u!al-b', user('al-b', false));
  await puts('u!gone!c', { reachable: true });
  await puts('u!zoe', user('zoe'));
  await puts('u!zoe!c', { reachable: true });
  const ledger = tables.ledger(tenantId);
  const people = (await pagesOfPeople()).flat();
  expect(people).toEqual(await Promise.all(['al', 'al-b', 'zoe'].map((id) => ledger.person(id))));
  expect(people.map(({ assignments }) => assignments.length)).toEqual([2, 0, 0]);
});

it('there is nobody in an empty company', async () => {
  expect((await pagesOfPeople()).flat()).toEqual([]);
});

it('thousands come in pages, each person whole, each page with a deadline of its own', async () => {
  await puts('u!many-00000-first', user('many-00000-first')); // so that a page ends between the rows of a person
  await putManyPeople(tenantId, 2_400, 'x');
  const pages = await pagesOfPeople();
  const people = pages.flat();
  expect(new Set(people.map((person) => person.user.id)).size).toBe(2_401);
  expect(people).toHaveLength(2_401);
  expect(people.filter(({ assignments }) => assignments.length === 1)).toHaveLength(2_400);
  expect(pages.map(({ length }) => length <= 500)).toEqual(Array(5).fill(true));
  expect(signals).toBe(pages.length);
});

it('a person whose rows fill pages is whole', async () => {
  await puts('u!al', user('al'));
  const held = Array.from({ length: 2_100 }, (_, n) => `u!al!a!b-${n}`);
  for (let at = 0; at < held.length; at += 100) {
    const rows = held
      .slice(at, at + 100)
      .map((rowKey) => ({ partitionKey: tenantId, rowKey, v: 1, data: '{}' }));
    await tableClient('Ledger').submitTransaction(rows.map((row) => ['create', row]));
  }
  await puts('u!zoe', user('zoe'));
  const people = (await pagesOfPeople()).flat();
  expect(people.map((person) => [person.user.id, person.assignments.length])).toEqual([
    ['al', 2_100],
    ['zoe', 0],
  ]);
});

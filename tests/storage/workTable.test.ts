import type { Lease } from '../../benefits/ports';
import { WorkTable } from '../../storage/workTable';
import { entityTable, testTable } from '../parts/tables';

const LASTS = 30_000;
const NOON = Date.UTC(2026, 0, 5, 12);

let name: string;
/** Milliseconds since the test began. */
let time: number;
let work: WorkTable;
beforeEach(async () => {
  name = (await testTable('work')).tableName;
  time = 0;
  work = anotherProcess();
});

/** Another process's view of the same table. */
const anotherProcess = () => new WorkTable(entityTable(name), () => time);

const lease = (owner: string, of = work, isOffBy = 0) => {
  const now = NOON + time + isOffBy;
  return of.lease('t', owner, now, now + LASTS);
};

async function held(owner: string, of = work): Promise<Lease> {
  const got = await lease(owner, of);
  if (!got) throw new Error('the lease is not to be had');
  return got;
}

describe('what is wanted', () => {
  it('is due from its time on, until it is settled', async () => {
    expect(await work.wanted('t')).toBeUndefined();
    await work.want('t', NOON);
    await work.want('u', NOON + 1);
    expect(await work.due(NOON - 1)).toEqual([]);
    const [seen, ...more] = await work.due(NOON);
    expect(more).toEqual([]);
    expect(seen).toMatchObject({ tenantId: 't', notBefore: NOON });
    expect(seen && (await work.settle(seen, undefined))).toBe(true);
    expect(await work.wanted('t')).toBeUndefined();
    expect((await work.due(NOON + 1)).map(({ tenantId }) => tenantId)).toEqual(['u']);
  });

  it('can be put off', async () => {
    await work.want('t', 0);
    const [seen] = await work.due(NOON);
    expect(seen && (await work.settle(seen, NOON + 5_000))).toBe(true);
    expect(await work.due(NOON + 4_999)).toEqual([]);
    expect(await work.due(NOON + 5_000)).toMatchObject([{ tenantId: 't', notBefore: NOON + 5_000 }]);
  });

  it.each([undefined, NOON + 5_000])(
    'is not settled (next: %p) when more was added meanwhile',
    async (next) => {
      await work.want('t', 0);
      const seen = await work.wanted('t');
      await anotherProcess().want('t', 0);
      expect(seen && (await work.settle(seen, next))).toBe(false);
      expect(await work.due(NOON)).toMatchObject([{ tenantId: 't', notBefore: 0 }]);
    },
  );

  it('is not settled twice', async () => {
    await work.want('t', 0);
    const seen = await work.wanted('t');
    expect(seen && (await work.settle(seen, undefined))).toBe(true);
    expect(seen && (await work.settle(seen, NOON))).toBe(false);
  });

  it('is every tenant’s own, whatever is done by whom', async () => {
    await work.want('t', 0);
    const got = await held('a');
    await work.want('t', 0);
    expect(await work.renew(got, 'a', NOON + LASTS)).toBeDefined();
  });
});

describe('a lease', () => {
  it('is one’s only, of many who ask at once', async () => {
    const owners = Array.from({ length: 8 }, (_, index) => `owner-${index}`);
    const got = await Promise.all(owners.map((owner) => lease(owner, anotherProcess())));
    expect(got.filter((each) => each !== undefined)).toHaveLength(1);
    expect(got.find((each) => each)).toMatchObject({ tenantId: 't', until: NOON + LASTS });
  });

  it('is of one tenant', async () => {
    await held('a');
    expect(await work.lease('u', 'b', NOON, NOON + LASTS)).toBeDefined();
  });

  it('that is renewed stays with its owner', async () => {
    const other = anotherProcess();
    let got = await held('a');
    for (; time < 2 * LASTS; time += LASTS / 3) {
      expect(await lease('b', other)).toBeUndefined();
      const renewed = await work.renew(got, 'a', NOON + time + LASTS);
      expect(renewed).toMatchObject({ until: NOON + time + LASTS });
      got = renewed ?? got;
    }
    expect(await lease('b', other)).toBeUndefined();
  });

  it('that is not renewed is another’s when it was seen to stand for as long as it lasts', async () => {
    const other = anotherProcess();
    const got = await held('a');
    time = 10 * LASTS;
    expect(await lease('b', other)).toBeUndefined();
    time += LASTS - 1;
    expect(await lease('b', other)).toBeUndefined();
    time += 1;
    expect(await lease('b', other)).toMatchObject({ otherEndedAt: NOON + LASTS });
    expect(await work.renew(got, 'a', NOON + time)).toBeUndefined();
    await work.release(got, 'a', NOON + time);
    expect(await lease('a')).toBeUndefined();
  });

  it.each([-600_000, 600_000])('does not depend on what others’ clocks say (%i ms off)', async (isOffBy) => {
    const other = anotherProcess();
    await held('a');
    expect(await lease('b', other, isOffBy)).toBeUndefined();
    time = LASTS - 1;
    expect(await lease('b', other, isOffBy)).toBeUndefined();
    time = LASTS;
    expect(await lease('b', other, isOffBy)).toBeDefined();
  });

  it('that its owner has lost sight of is theirs again at once', async () => {
    const lost = await held('a');
    const again = await held('a');
    expect(again).not.toHaveProperty('otherEndedAt');
    expect(await work.renew(lost, 'a', NOON)).toBeUndefined();
    expect(await work.renew(again, 'a', NOON + LASTS)).toBeDefined();
  });

  it('that is released is anybody’s, who learns when the other ended', async () => {
    const got = await held('a');
    time = 5_000;
    await work.release(got, 'a', NOON + time);
    expect(await work.renew(got, 'a', NOON + LASTS)).toBeUndefined();
    expect(await lease('b')).toMatchObject({ otherEndedAt: NOON + 5_000 });
  });

  it('that is released and taken again by the same says nothing of another', async () => {
    await work.release(await held('a'), 'a', NOON);
    expect(await held('a')).not.toHaveProperty('otherEndedAt');
  });
});

describe('a pause', () => {
  it.each(['a', 'b'])('keeps %s out until it is over', async (owner) => {
    const own = owner === 'a' ? work : anotherProcess();
    await work.release(await held('a'), 'a', NOON, NOON + 60_000);
    expect(await lease(owner, own)).toBeUndefined();
    time = 59_999;
    expect(await lease(owner, own)).toBeUndefined();
    time = 60_000;
    expect(await lease(owner, own)).toBeDefined();
  });

  it('of a minute lasts a minute, when the clock of who made it was ten minutes fast', async () => {
    const fast = NOON + 600_000;
    await work.release(await held('a'), 'a', fast, fast + 60_000);
    const other = anotherProcess();
    expect(await lease('b', other)).toBeUndefined();
    time = 59_999;
    expect(await lease('b', other)).toBeUndefined();
    time = 60_000;
    expect(await lease('b', other)).toBeDefined();
  });
});

it('keeps every tenant that was registered, once', async () => {
  for (const tenantId of ['t', 'u', 't']) await work.register(tenantId);
  expect((await anotherProcess().tenants()).sort()).toEqual(['t', 'u']);
});

import { type Instance, Scene, type Tenant } from './instances';

/** While a new version comes into use, instances of the one before meet rows that they can't read yet. */
const MINUTE = 60_000;
const NEWER = 2;
const KNOWN = 1;

let scene: Scene;
let tenant: Tenant;
let a: Instance;
beforeEach(async () => {
  scene = await Scene.open();
  tenant = await scene.tenant().people(6);
  a = scene.instance('a');
});
afterEach(() => scene.close());

const isNewer = (rowKey: string) => scene.rewrites(tenant.id, rowKey, NEWER);
/** A program that can read the row starts, and looks at once for what was left. */
async function newerProgramStarts(rowKey: string): Promise<void> {
  await scene.rewrites(tenant.id, rowKey, KNOWN);
  await scene.work.register(tenant.id);
  scene.instance('newer');
}

describe('what only a newer program can read', () => {
  it('of the outbox holds up no other message, is seen by an operator, and is sent once that program runs', async () => {
    await scene.time.runs(a.worker.stop());
    await tenant.adds(1, 1);
    const row = `o!${(await tenant.outbox()).waiting[0]?.id}`;
    await isNewer(row);
    const others = await tenant.adds(5, 5);
    const b = scene.instance('b');
    await scene.time.passUntil(() => scene.sent.length >= 5);
    await scene.time.pass(5_000);
    expect(scene.times(others)).toEqual([1, 1, 1, 1, 1]);
    expect(scene.times(['Tool 0'])).toEqual([0]);
    expect(await tenant.ledger.newerWork()).toEqual([{ row, version: NEWER }]);
    expect(b.logged).toEqual([]);

    await newerProgramStarts(row);
    await scene.time.pass(10_000);
    expect(scene.times(['Tool 0'])).toEqual([1]);
    expect(await tenant.ledger.newerWork()).toEqual([]);
  });

  it('of due work holds up no other, and is done once that program runs', async () => {
    const at = new Date(a.clock.now() - MINUTE).toISOString();
    const chases = ['due-1', 'due-2'].map(
      (id) => ({ id, at, kind: 'chase', benefitId: 'none', userId: 'p0', madeBy: 'op' }) as const,
    );
    const row = `d!${at}!due-1`;
    await tenant.ledger.commit(chases.map((after) => ({ of: 'due', after })));
    await isNewer(row);
    const whats = await tenant.adds(2, 2, a);
    await scene.time.passUntil(() => scene.sent.length >= 2);
    await scene.time.pass(5_000);
    expect(scene.times(whats)).toEqual([1, 1]);
    expect(await tenant.ledger.dueWork(9)).toEqual([]);
    expect(await tenant.ledger.newerWork()).toEqual([{ row, version: NEWER }]);

    await newerProgramStarts(row);
    await scene.time.pass(10_000);
    expect(await tenant.ledger.dueWorkById(at, 'due-1')).toBeUndefined();
  });

  it('of a person lets their messages alone wait', async () => {
    await isNewer('u!p0');
    await tenant.adds(6, 6, a);
    await scene.time.pass(5_000);
    expect(scene.sent.map(({ to }) => to).sort()).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
    expect((await tenant.outbox()).waiting).toMatchObject([{ to: 'p0', lastError: 'fault' }]);

    await newerProgramStarts('u!p0');
    await scene.time.pass(10_000);
    expect(scene.times(['Tool 0'])).toEqual([1]);
  });

  it('of what waits for a person to come keeps them from no turn', async () => {
    await tenant.commit([openNotice('p0', 'n-1'), openNotice('p0', 'n-2')]);
    await isNewer('u!p0!n!n-1');
    expect((await tenant.ledger.person('p0'))?.openNotices).toMatchObject([{ id: 'n-2' }]);
    await isNewer('u!p0!c');
    await expect(tenant.ledger.person('p0')).rejects.toThrow('row u!p0!c has version 2');
  });
});

const openNotice = (userId: string, id: string) =>
  ({
    of: 'notice',
    after: {
      id,
      channel: 'teams',
      to: userId,
      userId,
      key: 'undone',
      facts: {},
      createdAt: '2026-01-05T08:00:00.000Z',
      state: 'open',
      tries: 1,
    },
  }) as const;

import { type Instance, Scene, type Tenant } from './instances';

const MINUTE = 60_000;
/** For how long nobody sends when the work goes from one instance to another. */
const HANDOVER = 2_000;

let scene: Scene;
let tenant: Tenant;
let a: Instance;
let b: Instance;
beforeEach(async () => {
  scene = await Scene.open();
  tenant = await scene.tenant().people(20);
  a = scene.instance('a');
  b = scene.instance('b');
});
afterEach(() => scene.close());

const isSent = (count: number) => () => scene.sent.length >= count;
const isDone = (whats: readonly string[]) => () => scene.times(whats).every((times) => times > 0);

/** Until all of it is sent, and marked: before the slow look would find it. */
async function drained(whats: readonly string[]): Promise<void> {
  await scene.time.passUntil(isDone(whats), 3 * MINUTE);
  await scene.time.pass(5_000);
  expect((await tenant.outbox()).waiting).toEqual([]);
}

function expectOnceEach(whats: readonly string[]): void {
  expect(scene.times(whats)).toEqual(whats.map(() => 1));
}

/** Whoever sends sends alone. */
function expectTurns(...names: string[]): void {
  expect(scene.turns().map(({ by }) => by)).toEqual(names);
  for (const gap of scene.gaps()) expect(gap).toBeGreaterThanOrEqual(HANDOVER);
}

describe('several instances', () => {
  it.each([2, 3])('of %i one sends 60 notices, each once', async (count) => {
    if (count === 3) scene.instance('c');
    const whats = await tenant.adds(60, 20, a);
    b.worker.nudge(tenant.id);
    await drained(whats);
    expectOnceEach(whats);
    expect(scene.turns()).toHaveLength(1);
    expect((await tenant.outbox()).sent).toHaveLength(60);
  });

  it('take turns, and let the seconds that Teams looks back pass between them', async () => {
    const c = scene.instance('c');
    const whats: string[] = [];
    for (const instance of [a, b, c, a]) {
      whats.push(...(await tenant.adds(15, 20, instance)));
      await drained(whats);
    }
    expectOnceEach(whats);
    expectTurns('a', 'b', 'c', 'a');
  });

  it.each(['another', 'itself'])(
    'send also what is added by %s when one thinks that nothing is left',
    async (who) => {
      const adder = who === 'itself' ? a : b;
      const whats = await tenant.adds(20, 20, a);
      a.before.work.settle = async () => {
        a.before.work.settle = undefined;
        whats.push(...(await tenant.adds(3, 20, adder)));
      };
      await scene.time.passUntil(isSent(10));
      whats.push(...(await tenant.adds(20, 20, adder)));
      await scene.time.passUntil(isSent(43), MINUTE);
      await drained(whats);
      expectOnceEach(whats);
      expectTurns('a');
    },
  );

  it('find what a process that died only marked as wanted', async () => {
    const whats = await tenant.adds(3, 20);
    await drained(whats);
    expectOnceEach(whats);
  });

  it('all wait as long as Teams asks for when it says “too many” to one', async () => {
    const tooMany = { outcome: 'again', afterMs: MINUTE, tenantMustWait: true, why: '429' } as const;
    let saidAt = Infinity;
    const answers: Instance['answers'] = ({ what }) => {
      if (what !== 'Tool 10' || saidAt < Infinity) return undefined;
      saidAt = scene.time.now;
      return tooMany;
    };
    a.answers = b.answers = answers;
    const whats = await tenant.adds(60, 20, a);
    await scene.time.passUntil(() => saidAt < Infinity);
    whats.push(...(await tenant.adds(5, 20, b)));
    await scene.time.passUntil(isDone(whats));
    await scene.time.pass(5_000);
    const later = scene.sent.filter(({ at }) => at > saidAt);
    expect(Math.min(...later.map(({ at }) => at))).toBeGreaterThanOrEqual(saidAt + MINUTE);
    expectOnceEach(whats.filter((what) => what !== 'Tool 10'));
    expect(scene.times(['Tool 10'])).toEqual([2]);
    expect((await tenant.outbox()).waiting).toEqual([]);
  });

  it('wait for the longest that was asked for', async () => {
    const pauses = [MINUTE, 1_000];
    a.answers = b.answers = () => {
      const afterMs = pauses.shift();
      return afterMs ? { outcome: 'again', afterMs, tenantMustWait: true, why: '429' } : undefined;
    };
    const whats = await tenant.adds(60, 20, a);
    await scene.time.pass(1_000);
    const sent = scene.sent.length;
    expect(sent).toBeLessThan(30);
    await scene.time.pass(58_000);
    expect(scene.sent).toHaveLength(sent);
    await drained(whats);
  });
});

describe('a lease that is lost', () => {
  let whats: string[];
  /** So slow that it takes a minute and a half. */
  beforeEach(async () => {
    a.answerMs = b.answerMs = 2_000;
    whats = await tenant.adds(60, 2, a);
    await scene.time.passUntil(isSent(10));
  });

  /** What the first had in hand is the most that is sent twice. */
  async function expectNoneLost(): Promise<void> {
    await drained(whats);
    expect(Math.max(...scene.times(whats))).toBeLessThanOrEqual(2);
    expect(scene.sent.length).toBeLessThanOrEqual(60 + 2);
    expect(scene.turns().map(({ by }) => by)).toEqual(['a', 'b']);
  }

  it('since storage takes no renewal: the first stops before the second begins, and nothing is sent twice', async () => {
    a.before.work.renew = () => Promise.reject(new Error('storage is down'));
    a.before.work.lease = () => Promise.reject(new Error('storage is down'));
    await drained(whats);
    expectOnceEach(whats);
    expectTurns('a', 'b');
  });

  it('since another has it: the first begins nothing more once it knows', async () => {
    const row = { partitionKey: 'lease', rowKey: tenant.id, owner: 'x', until: '2026-01-05T09:00:00.000Z' };
    await scene.workTable.upsertEntity(row, 'Replace');
    const lostAt = scene.time.now;
    await drained(whats);
    expectOnceEach(whats);
    expectTurns('a', 'b');
    expect(scene.turns()[0]?.to).toBeLessThanOrEqual(lostAt + 5_000 + a.answerMs);
  });

  it('since its process stood still: when it goes on it sends nothing more', async () => {
    a.clock.standStill();
    const stoodFrom = scene.time.now;
    await scene.time.passUntil(() => scene.sent.some(({ by }) => by === 'b'));
    await scene.time.pass(5_000);
    a.clock.goOn();
    await expectNoneLost();
    expect(scene.sent.filter(({ by, at }) => by === 'a' && at > stoodFrom)).toEqual([]);
  });

  it('since its process died: another finishes after half a minute', async () => {
    a.dies();
    const diedAt = scene.time.now;
    await expectNoneLost();
    const [, second] = scene.turns();
    expect(second?.by).toBe('b');
    expect(second?.from).toBeGreaterThanOrEqual(diedAt + 25_000);
    expect(second?.from).toBeLessThanOrEqual(diedAt + 35_000);
  });
});

it('a process that stood still while messages waited for their turn sends none of them when it goes on', async () => {
  // The turn of the next comes before any answer.
  a.answerMs = 400;
  const whats = await tenant.adds(60, 20, a);
  await scene.time.passUntil(isSent(10));
  a.clock.standStill();
  const stoodFrom = scene.time.now;
  await scene.time.passUntil(() => scene.sent.length >= 30);
  a.clock.goOn();
  await drained(whats);
  expect(scene.sent.filter(({ by, at }) => by === 'a' && at > stoodFrom)).toEqual([]);
  expect(Math.max(...scene.times(whats))).toBeLessThanOrEqual(2);
});

describe('a clock that jumps', () => {
  const jumps = ([10, -10] as const).flatMap((minutes) => [
    [minutes, 'who sends'] as const,
    [minutes, 'another'] as const,
    [minutes, 'who adds'] as const,
  ]);
  it.each(jumps)(
    'by %i minutes, of %s: nothing is sent twice, nothing is lost, work goes on',
    async (minutes, who) => {
      a.answerMs = b.answerMs = 1_000;
      const whats = await tenant.adds(60, 3, a);
      await scene.time.passUntil(isSent(12));
      (who === 'who sends' ? a : b).clock.isOffBy = minutes * MINUTE;
      if (who === 'who adds') {
        // Made at a time that for the other is ten minutes away.
        whats.push(...(await tenant.adds(6, 3, b)));
      }
      await scene.time.pass(60_000);
      expect((await tenant.outbox()).waiting).toEqual([]);
      expectOnceEach(whats);
      expect(new Set(scene.sent.map(({ by }) => by))).toEqual(new Set(['a']));
    },
  );

  it('doesn’t keep an instance waiting at the handover', async () => {
    a.clock.isOffBy = 10 * MINUTE;
    await drained(await tenant.adds(5, 5, a));
    const from = scene.time.now;
    await drained(await tenant.adds(5, 5, b));
    expect(scene.time.now - from).toBeLessThan(10_000);
  });

  it('doesn’t make a pause of a minute one of eleven', async () => {
    a.clock.isOffBy = 10 * MINUTE;
    a.answers = () => ({ outcome: 'again', afterMs: MINUTE, tenantMustWait: true, why: '429' });
    await tenant.adds(5, 5, a);
    await scene.time.passUntil(isSent(1));
    a.dies();
    await scene.time.passUntil(isSent(2), 3 * MINUTE);
  });
});

describe('a process that dies between Teams’ answer and the mark', () => {
  it('leaves to another what it had in hand: sent at least once and at most twice', async () => {
    const whats = await tenant.adds(60, 20, a);
    a.before.ledger.commit = () => {
      a.before.ledger.commit = undefined;
      a.dies();
      throw new Error('no such process');
    };
    await drained(whats);
    const times = scene.times(whats);
    expect(Math.min(...times)).toBe(1);
    expect(Math.max(...times)).toBe(2);
    expect(scene.turns().map(({ by }) => by)).toEqual(['a', 'b']);
  });

  it('is the only case: when just the mark fails, it is marked later and not sent again', async () => {
    const whats = await tenant.adds(60, 20, a);
    let failures = 0;
    a.before.ledger.commit = () => {
      failures += 1;
      if (failures < 5) throw new Error('storage is down');
    };
    b.dies();
    await drained(whats);
    expectOnceEach(whats);
    expect(failures).toBeGreaterThanOrEqual(5);
  });
});

describe('stopping', () => {
  it('finishes what is in hand and begins nothing, nor waits for a chat that is at its limit', async () => {
    b.dies();
    a.answerMs = 500;
    await tenant.adds(40, 1, a);
    const others = await tenant.adds(60, 20, a);
    await scene.time.passUntil(isSent(20));
    const begun = scene.sent.length;
    const stopsAt = scene.time.now;
    await scene.time.runs(a.worker.stop());
    expect(scene.time.now - stopsAt).toBeLessThanOrEqual(a.answerMs);
    expect(scene.sent).toHaveLength(begun);
    const { sent, waiting } = await tenant.outbox();
    expect(sent).toHaveLength(begun);
    expect(waiting).toHaveLength(100 - begun);

    await scene.time.pass(10_000);
    expect(scene.sent).toHaveLength(begun);
    const c = scene.instance('c');
    await scene.time.passUntil(isDone(others));
    expect(scene.turns().map(({ by }) => by)).toEqual(['a', c.name]);
  });

  it('hands over to another, who lets the seconds that Teams looks back pass first', async () => {
    const whats = await tenant.adds(60, 20, a);
    await scene.time.passUntil(isSent(20));
    await scene.time.runs(a.worker.stop());
    await drained(whats);
    expectOnceEach(whats);
    expectTurns('a', 'b');
    expect(Math.max(...scene.gaps())).toBeLessThanOrEqual(HANDOVER + 1_500);
  });

  it('leaves to others what is added after it', async () => {
    await scene.time.runs(a.worker.stop());
    const whats = await tenant.adds(3, 3, a);
    await drained(whats);
    expectTurns('b');
  });
});

describe('nobody is held up', () => {
  it('by another company’s thousand notices', async () => {
    const other = await scene.tenant().people(5);
    b.dies();
    await tenant.adds(1_000, 20, a);
    await scene.time.pass(2_000);
    const before = scene.sent.length;
    expect(before).toBeGreaterThan(20);
    await other.commit(
      [0, 1, 2, 3, 4].map((each) => other.notice(`p${each}`, 'Other')),
      a,
    );
    await scene.time.pass(1_500);
    expect((await other.outbox()).sent).toHaveLength(5);
    expect(scene.sent.length).toBeGreaterThan(before + 5);
  });

  it('by chats that are at their limit', async () => {
    await tenant.commit(
      Array.from({ length: 300 }, (_, index) => tenant.notice(`p${index % 10}`, 'Busy')),
      a,
    );
    const others = Array.from({ length: 10 }, (_, index) => index + 10);
    await tenant.commit(
      others.map((each) => tenant.notice(`p${each}`, `Tool ${each}`)),
      a,
    );
    await scene.time.pass(6_000);
    expectOnceEach(others.map((each) => `Tool ${each}`));
  });

  it('by a notice that can’t be put into words: it is parked after five tries', async () => {
    const poison = tenant.notice('p0', { date: 'no date' });
    await tenant.commit([poison], a);
    const whats = await tenant.adds(30, 20, a);
    await scene.time.pass(3_000);
    expectOnceEach(whats);
    await scene.time.pass(MINUTE);
    const { waiting, parked } = await tenant.outbox();
    expect(waiting).toEqual([]);
    expect(parked).toMatchObject([{ tries: 5, lastError: 'wording', to: 'p0' }]);
    expect(scene.sent).toHaveLength(30);
    expect(a.logged.join('')).toContain('could not be put into words');
  });

  it('by due work that fails: it is put off by ten minutes', async () => {
    const at = new Date(a.clock.now() - MINUTE).toISOString();
    const due = { id: 'due-1', at, kind: 'chase', benefitId: 'newer', userId: 'p0', madeBy: 'op' } as const;
    await scene.writesNewer(tenant.id, 'b!newer');
    await tenant.commit([{ of: 'due', after: due }], a);
    const whats = await tenant.adds(10, 10, a);
    await drained(whats);
    expectOnceEach(whats);
    const [left, ...more] = await tenant.ledger.dueWork(5);
    expect(more).toEqual([]);
    expect(left).toMatchObject({ id: 'due-1', benefitId: 'newer' });
    const inMinutes = (Date.parse(left?.at ?? '') - Date.parse(at)) / MINUTE;
    expect(inMinutes).toBeGreaterThanOrEqual(10);
    expect(inMinutes).toBeLessThan(13);
    await scene.deletes(tenant.id, 'b!newer');
    await scene.time.pass(11 * MINUTE);
    expect(await tenant.ledger.dueWork(5)).toEqual([]);
  });

  it('by work of a later day, when a process died before it could say what it had committed', async () => {
    const at = new Date(a.clock.now() + 24 * 60 * MINUTE).toISOString();
    const due = { id: 'due-1', at, kind: 'chase', benefitId: 'none', userId: 'p0', madeBy: 'op' } as const;
    await tenant.commit([{ of: 'due', after: due }], a);
    await scene.time.pass(5_000);
    expect(await scene.work.wanted(tenant.id)).toMatchObject({ notBefore: Date.parse(at) });
    await tenant.ledger.commit([tenant.notice('p0', 'Tool 1')]);
    await scene.time.pass(6 * MINUTE);
    expectOnceEach(['Tool 1']);
    expect(await scene.work.wanted(tenant.id)).toMatchObject({ notBefore: Date.parse(at) });
  });

  it('by a company that the slow look can’t read', async () => {
    const other = await scene.tenant().people(1);
    for (const { id } of [other, tenant]) await scene.work.register(id);
    await scene.time.pass(1_000); // whoever looks first at all of them is done with it
    b.dies();
    // Of the two, the one that it looks at first.
    a.before.ledger.notices = () => {
      a.before.ledger.notices = undefined;
      throw new Error('storage is down');
    };
    const healthy = other.id < tenant.id ? tenant : other;
    await healthy.ledger.commit([healthy.notice('p0', 'Tool 1')]);
    await scene.time.pass(6 * MINUTE);
    expect(scene.times(['Tool 1'])).toEqual([1]);
  });
});

it('an e-mail that can’t be sent now is sent later, and keeps no Teams message waiting', async () => {
  const later = { outcome: 'again', why: 'ECONNREFUSED' } as const;
  let isDown = true;
  a.answers = b.answers = ({ to }) => (isDown && to.includes('@') ? later : undefined);
  const mails = Array.from({ length: 20 }, (_, index) => `p${index}`);
  await tenant.commit(
    mails.map((userId) => tenant.notice(userId, `Mail ${userId}`, { isMail: true })),
    a,
  );
  const whats = await tenant.adds(20, 20, a);
  await scene.time.pass(2_000);
  expectOnceEach(whats);
  isDown = false;
  await scene.time.pass(10_000);
  const { waiting, sent } = await tenant.outbox();
  expect(waiting).toEqual([]);
  expect(sent).toHaveLength(40);
});

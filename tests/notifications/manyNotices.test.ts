import { busiest } from './busiest';
import { Scene } from './instances';

let scene: Scene;
beforeEach(async () => {
  scene = await Scene.open();
});
afterEach(() => scene.close());

/** When the notices went out, to everybody or to one. */
const times = (to?: string) =>
  scene.sent.filter((sent) => to === undefined || sent.to === to).map(({ at }) => at);

function expectWithinLimits(people: number): void {
  expect(busiest(times(), 1_000)).toBeLessThanOrEqual(30);
  for (let each = 0; each < people; each += 1) {
    const own = times(`p${each}`);
    expect(busiest(own, 1_000)).toBeLessThanOrEqual(7);
    expect(busiest(own, 2_000)).toBeLessThanOrEqual(8);
    expect(busiest(own, 30_000)).toBeLessThanOrEqual(60);
  }
}

/** Messages a second, from the first to the last. */
function rate(): number {
  const [first = 0] = times();
  return (scene.sent.length - 1) / (((times().at(-1) ?? 0) - first) / 1_000);
}

it('1,000 notices to 200 people go out within the limits and hardly slower than they allow, each once', async () => {
  const tenant = await scene.tenant().people(200);
  const [first, ...others] = ['a', 'b', 'c'].map((name) => scene.instance(name));
  const whats = await tenant.adds(1_000, 200, first);
  for (const { worker } of others) worker.nudge(tenant.id);
  await scene.time.passUntil(() => scene.sent.length >= 1_000);
  await scene.time.pass(5_000);
  expect(scene.times(whats)).toEqual(whats.map(() => 1));
  expect((await tenant.outbox()).sent).toHaveLength(1_000);
  expectWithinLimits(200);
  expect(rate()).toBeGreaterThanOrEqual(26);
  expect(scene.turns()).toHaveLength(1);
}, 60_000);

it('so do 300 when Teams takes a second for each, and some chats have many', async () => {
  const tenant = await scene.tenant().people(110);
  const instance = scene.instance('a');
  instance.answerMs = 1_000;
  await tenant.adds(200, 100, instance);
  const many = Array.from({ length: 100 }, (_, index) => `p${100 + (index % 10)}`);
  await tenant.commit(
    many.map((to, index) => tenant.notice(to, `Many ${index}`)),
    instance,
  );
  await scene.time.passUntil(() => scene.sent.length >= 300);
  expectWithinLimits(110);
  expect(rate()).toBeGreaterThanOrEqual(15);
}, 60_000);

it('of twenty companies a process works for six at a time, and each notice comes once', async () => {
  const instance = scene.instance('a');
  await scene.time.pass(1_000); // its first look at everything has a lease of its own
  const leases = { now: 0, most: 0 };
  instance.before.work.lease = () => void (leases.most = Math.max(leases.most, (leases.now += 1)));
  instance.before.work.release = () => void (leases.now -= 1);
  const tenants = await Promise.all(Array.from({ length: 20 }, () => scene.tenant().people(3)));
  for (const tenant of tenants) await tenant.adds(6, 3, instance);
  await scene.time.passUntil(() => scene.sent.length >= 120);
  await scene.time.pass(5_000);
  expect(scene.sent).toHaveLength(120);
  expect(leases).toEqual({ now: 0, most: 6 });
}, 60_000);

it('a company with much to send gives way after ten seconds to one that waits', async () => {
  const instance = scene.instance('a');
  await scene.time.pass(1_000);
  const many = await Promise.all(Array.from({ length: 6 }, () => scene.tenant().people(1)));
  const other = await scene.tenant().people(2);
  // A chat takes 8 in two seconds: these take fifteen.
  await Promise.all(many.map((tenant) => tenant.adds(60, 1, instance)));
  await scene.time.passUntil(() => scene.sent.length >= 6);
  const [begun = 0] = times();
  await other.commit([other.notice('p1', 'Tool 1')], instance);
  await scene.time.passUntil(() => times('p1').length > 0);
  expect((times('p1')[0] ?? 0) - begun).toBeLessThan(13_000);
  await scene.time.passUntil(() => scene.sent.length >= 361);
  expect(scene.sent).toHaveLength(361);
}, 60_000);

import { type Fleet, openFleet } from '../parts/fleet';
import { Gate } from '../parts/gate';
import { until } from '../parts/until';

jest.setTimeout(180_000);

let fleet: Fleet;
beforeEach(async () => {
  fleet = await openFleet({ processes: 1 });
});
afterEach(() => fleet.close());

it('ends within 10 s also when something hangs, says so, and leaves it to another process', async () => {
  const bot = fleet.bots[0]!;
  const [admin, alex] = [fleet.person('Adele Vance', () => bot), fleet.person('Alex Wilber', () => bot)];
  await alex.says('help');
  await admin.says('assign power bi pro to alex wilber');
  const gate = new Gate();
  fleet.teams.refuses = async (conversationId) => {
    if (conversationId === alex.conversationId) await gate.pass();
    return undefined;
  };
  await admin.clicks('Assign user');
  await gate.reached;
  bot.storage.before = () => 'hangs';
  const signalled = performance.now();
  bot.built.sends('SIGTERM');
  await bot.built.prints(/"msg":"stopping"/);
  gate.open();
  const { exitCode } = await bot.built.ended;
  const seconds = (performance.now() - signalled) / 1000;
  process.stdout.write(`ended ${seconds.toFixed(1)} s after SIGTERM with storage hanging\n`);
  expect(exitCode).toBe(1);
  expect(bot.logged.at(-1)).toMatchObject({ msg: 'stopped with something in hand', turns: 0 });
  expect(seconds).toBeLessThan(10);
  await fleet.start();
  await until('another process marks it', async () => (await fleet.ledger.notices('sent')).length === 1);
});

import type { Chatter } from '../parts/chatter';
import { type Fleet, openFleet } from '../parts/fleet';
import type { Fate, StorageCall } from '../parts/storageProxy';
import { until } from '../parts/until';

/** In real time: a storage that doesn't answer uses up what a turn has, and the person is told within 10 s. */
jest.setTimeout(120_000);

/** What of a press hangs, and what the same press finds when it comes again. */
const hanging: readonly [string, Fate, (call: StorageCall) => boolean][] = [
  ['everything', 'hangs', () => true],
  ['the transaction, before storage has it', 'hangs', ({ isTransaction }) => isTransaction],
  ['the transaction, when storage has it', 'answerHangs', ({ isTransaction }) => isTransaction],
  ['the write of the state', 'hangs', ({ isWrite, table }) => isWrite && table === 'BotState'],
];

let fleet: Fleet;
let admin: Chatter;
beforeAll(async () => {
  fleet = await openFleet({ processes: 1 });
  admin = fleet.person('Adele Vance', () => fleet.bots[0]!);
});
afterAll(() => fleet.close());

const users = ['Alex Wilber', 'Diego Siciliani', 'Marie Dupont', 'Jean Dupont'].values();

it.each(hanging)(
  '%s %s: an answer within 10 s, and the same press is done once',
  async (what, fate, isIt) => {
    const bot = fleet.bots[0]!;
    const name = users.next().value ?? '';
    const user = fleet.person(name, () => bot);
    await user.says('help');
    await admin.says(`assign visual studio enterprise to ${name}`);
    bot.storage.before = (call) => (isIt(call) ? fate : 'passes');
    const pressed = performance.now();
    const { text } = await admin.clicks('Assign user');
    const seconds = (performance.now() - pressed) / 1000;
    process.stdout.write(`${what} ${fate}: ${seconds.toFixed(1)} s, ${text.slice(0, 60)}\n`);
    expect(seconds).toBeLessThan(10);
    // What storage has is sent, whatever the press could be told.
    if (fate === 'answerHangs') await until('the notice arrives', () => user.messageCount === 2);
    bot.storage.before = () => 'passes';
    await admin.sendsAgain();
    admin.sees(`Assigned to ${name}`);
    const { assignments } = (await fleet.ledger.person(name.toLowerCase().replace(' ', '-'))) ?? {};
    expect(assignments).toHaveLength(1);
    expect(await fleet.findings()).toEqual([]);
  },
);

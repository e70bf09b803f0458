import type { Chatter } from '../parts/chatter';
import { type BotProcess, type Fleet, openFleet } from '../parts/fleet';
import { Gate } from '../parts/gate';
import type { Fate, StorageCall } from '../parts/storageProxy';
import { until } from '../parts/until';
import { givesTools, withTools } from './tools';

const ROUNDS = Number(process.env.ROUNDS ?? 1);
/** So many don't fit one transaction. */
const TOOLS = 20;
/** A lease that its process can't give back is over after 30 s; a deactivation is finished after a minute. */
const WITHIN_MS = 180_000;
jest.setTimeout(ROUNDS * WITHIN_MS);

let fleet: Fleet;
/** Stays alive, and finishes. */
let other: BotProcess;
/** Gets the admin's presses, until it is killed. */
let bot: BotProcess;
let admin: Chatter;
let alex: Chatter;
beforeEach(async () => {
  fleet = await openFleet({ processes: 1, load: withTools(Math.max(TOOLS, ROUNDS)) });
  bot = other = fleet.bots[0]!;
  admin = fleet.person('Adele Vance', () => bot);
  alex = fleet.person('Alex Wilber', () => other);
  await alex.says('help');
});
afterEach(() => fleet.close());

it.each([
  ['with the lease in hand', 'after', isLease],
  ['after Teams’ answer and before the mark', 'before', isMark],
] as const)('a process that is killed %s: another tells Alex, at most twice', async (name, when, isIt) => {
  const told: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = alex.messageCount;
    bot = await fleet.start();
    const killed = diesOf(bot, when, isIt);
    const gate = keepsOffLeases(other);
    await admin.says(`assign tool-${round} to Alex Wilber`);
    await admin.clicks('Assign user');
    admin.sees('Assigned to Alex Wilber');
    await killed;
    gate.open();
    await until('all is sent', allIsSent, WITHIN_MS);
    told.push(alex.messageCount - before);
    expect((await fleet.ledger.benefit(`tool-${round}`))?.held).toBe(1);
    expect(await fleet.ledger.holders(`tool-${round}`, 5)).toHaveLength(1);
  }
  const repeats = told.filter((times) => times > 1).length;
  process.stdout.write(`killed ${name}, ${ROUNDS} rounds: ${repeats} notices came twice\n`);
  for (const times of told) expect([1, 2]).toContain(times);
});

it('a process that is killed in the middle of a deactivation: another finishes after a minute', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const users = ['diego-siciliani', 'marie-dupont', 'jean-dupont'];
    const userId = users[round % users.length]!;
    await givesTools(fleet.ledger, TOOLS, userId);
    bot = await fleet.start();
    let transactions = 0;
    const killed = diesOf(bot, 'after', ({ isTransaction }) => isTransaction && ++transactions === 2);
    await admin.says(`deactivate ${userId.replace('-', ' ')}`);
    await admin.clicks('Deactivate');
    await killed;
    await fleet.start(); // as whatever runs the bot does
    await until('it is finished', async () => !(await isDue()), WITHIN_MS);
    expect((await fleet.ledger.person(userId))?.assignments).toEqual([]);
    const history = await fleet.ledger.history(100, { userId });
    expect(history.filter(({ action }) => action === 'release')).toHaveLength(TOOLS);
    for (const { held } of await fleet.ledger.benefits()) expect(held).toBe(0);
    bot = other;
    await admin.says(`users ${userId.replace('-', ' ')}`);
    await admin.clicks('Activate again');
  }
});

/** Of the company's work: the slow look over all companies has a lease of its own. */
function isLease({ table, isWrite, path, body }: StorageCall): boolean {
  const isOurs = path.includes(fleet.tenantId) || body.includes(fleet.tenantId);
  return table === 'Work' && isWrite && isOurs && path.includes('lease') && body.includes('until');
}

/** A notice that was sent is put among those that were. */
function isMark({ isTransaction, body }: StorageCall): boolean {
  return isTransaction && body.includes('os!');
}

/** Kills it at that call, before storage has it or before it hears the answer. */
function diesOf(
  victim: BotProcess,
  when: 'before' | 'after',
  isIt: (call: StorageCall) => boolean,
): Promise<unknown> {
  if (when === 'after') {
    victim.storage.after = (call) => (isIt(call) ? victim.dies() : undefined);
  } else {
    victim.storage.before = async (call): Promise<Fate> => {
      if (!isIt(call)) return 'passes';
      await victim.dies();
      return 'neverArrives';
    };
  }
  return victim.built.ended;
}

/** It takes no lease until the gate is opened: whoever is to be killed has it. */
function keepsOffLeases({ storage }: BotProcess): Gate {
  const gate = new Gate();
  storage.before = async (call): Promise<Fate> => {
    if (isLease(call)) await gate.pass();
    return 'passes';
  };
  return gate;
}

const allIsSent = async (): Promise<boolean> => (await fleet.ledger.notices('waiting')).length === 0;

const isDue = async (): Promise<boolean> =>
  (await fleet.ledger.dueWork(50)).some(({ kind }) => kind === 'releaseAll');

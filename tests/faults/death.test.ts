import { TableClient } from '@azure/data-tables';
import type { CompanyFile } from '../../benefits/importCompany';
import { type Json, textsOf } from '../parts/card';
import type { Chatter, Posted } from '../parts/chatter';
import { type BotProcess, type Fleet, openFleet } from '../parts/fleet';
import { few } from '../parts/situations';
import type { StorageCall } from '../parts/storageProxy';
import { until } from '../parts/until';

jest.setTimeout(120_000);

const TOOLS = Array.from({ length: 20 }, (_, n) => `tool-${n}`);
const KEYS = 'microsoft-365-business-premium';
const withTools = (file: CompanyFile): CompanyFile => ({
  ...few(file),
  benefits: [
    ...few(file).benefits,
    ...TOOLS.map((id) => ({
      ...{ id, name: { en: `The ${id}` }, package: 'Tools', category: 'technical' as const },
      ...{ assignable: 'anyone' as const, seats: 1 },
    })),
  ],
});

let fleet: Fleet;
/** Stays alive. */
let other: BotProcess;
/** Gets the admin's presses, until it is killed. */
let bot: BotProcess;
let admin: Chatter;
let alex: Chatter;
beforeAll(async () => {
  fleet = await openFleet({ processes: 1, load: withTools });
  bot = other = fleet.bots[0]!;
  admin = fleet.person('Adele Vance', () => bot);
  alex = fleet.person('Alex Wilber', () => other);
  await alex.says('help');
});
afterAll(() => fleet.close());
beforeEach(async () => {
  const before = await sweep();
  bot = await fleet.start();
  // It is not to be killed with this lease in hand, which has nothing to do with a press.
  await until('it has looked for what was forgotten', async () => {
    const { etag, endedAt } = await sweep();
    return etag !== before.etag && endedAt !== undefined;
  });
});

describe('a process that is killed', () => {
  it('before its transaction reaches storage has done nothing; the next press does it', async () => {
    await aboutToAssign('visual-studio-enterprise');
    bot.storage.before = async (call) => {
      if (!isCommit(call)) return 'passes';
      await bot.dies();
      return 'neverArrives';
    };
    await pressesInVain('Assign user');
    expect(await assignmentsOf('visual-studio-enterprise')).toBe(0);
    bot = other;
    await admin.sendsAgain();
    admin.sees('Assigned to Alex Wilber');
    await isAssignedAndTold('visual-studio-enterprise');
  });

  it('after its transaction, before the answer, has done it: the next press says so, and Alex is told', async () => {
    await aboutToAssign('visual-studio-enterprise-gold');
    diesAfter(1);
    await pressesInVain('Assign user');
    expect(await assignmentsOf('visual-studio-enterprise-gold')).toBe(1);
    bot = other;
    await admin.sendsAgain();
    admin.sees('Assigned to Alex Wilber');
    await isAssignedAndTold('visual-studio-enterprise-gold');
  });

  it('and whose press nobody repeats: Alex is told by the process that is started in its place', async () => {
    await aboutToAssign('technical-presales');
    diesAfter(1);
    await pressesInVain('Assign user');
    bot = await fleet.start();
    await isAssignedAndTold('technical-presales');
    await admin.sendsAgain();
    admin.sees('Assigned to Alex Wilber');
    await isAssignedAndTold('technical-presales');
  });

  it('in the middle of a deactivation: the next press goes on, and releases each benefit once', async () => {
    await dispatches(TOOLS, 'diego-siciliani');
    await admin.says('deactivate diego siciliani');
    diesAfter(2);
    await pressesInVain('Deactivate');
    const left = (await fleet.ledger.person('diego-siciliani'))?.assignments.length ?? 0;
    expect([left > 0, left < TOOLS.length]).toEqual([true, true]);
    bot = other;
    await admin.sendsAgain();
    admin.sees('Diego Siciliani is not active any more', '20 benefits were released.');
    const history = await fleet.ledger.history(50, { userId: 'diego-siciliani' });
    const actions = history.map(({ action }) => action).sort();
    expect(actions).toEqual(['deactivate', ...TOOLS.map(() => 'release')]);
    for (const id of TOOLS) {
      expect([await assignmentsOf(id), (await fleet.ledger.benefit(id))?.held]).toEqual([0, 0]);
    }
  });
});

describe('a press at two processes at once, and after one was killed and another started, does one thing', () => {
  it.each([
    ['Assign user', 'assign visual-studio-test-professional to Alex Wilber'],
    ['Show the keys', `keys ${KEYS}`],
  ])('%s', async (label, said) => {
    const before = await counts();
    await admin.says(said);
    const answers = [admin.clicks(label)];
    const killed = bot;
    bot = other;
    answers.push(admin.sendsAgain());
    await Promise.all(answers);
    await killed.dies();
    bot = await fleet.start();
    answers.push(admin.repeats(), admin.sendsAgain());
    const cards = (await Promise.all(answers)).map(reads);
    expect(cards).toEqual(cards.map(() => cards[0]));
    const after = await counts();
    expect(after.operations).toBe(before.operations + 1);
    expect(after.held + after.keys).toBe(before.held + before.keys + 1);
  });
});

async function aboutToAssign(benefitId: string): Promise<void> {
  await admin.says(`assign ${benefitId} to Alex Wilber`);
  admin.sees('Assign user');
}

/** Nobody answers any more. */
async function pressesInVain(label: string): Promise<void> {
  expect((await admin.clicks(label)).status).toBe(0);
  expect(await bot.built.ended).toMatchObject({ exitCode: 'SIGKILL' });
}

const isCommit = ({ isTransaction, body }: StorageCall): boolean =>
  isTransaction && /op!|"benefitId"/.test(body);

/** Kills the bot when storage has taken so many transactions of its, before it hears of the last. */
function diesAfter(transactions: number): void {
  const victim = bot;
  let count = 0;
  victim.storage.after = async (call) => {
    if (call.isTransaction) count += 1;
    if (count === transactions) await victim.dies();
  };
}

const assignmentsOf = async (benefitId: string): Promise<number> =>
  (await fleet.ledger.holders(benefitId, 10)).length;

/** There is one assignment, one audit record, and one message in Alex' chat. */
async function isAssignedAndTold(benefitId: string): Promise<void> {
  const { held, name } = (await fleet.ledger.benefit(benefitId))!;
  expect([held, await assignmentsOf(benefitId)]).toEqual([1, 1]);
  expect(await fleet.ledger.history(5, { benefitId })).toHaveLength(1);
  await until('all is sent', async () => (await fleet.ledger.notices('waiting')).length === 0);
  const messages = fleet.teams.messagesOf(alex.conversationId).map(({ activity }) => activity.summary);
  expect(messages.filter((title) => title?.endsWith(`: ${name.en}`))).toHaveLength(1);
}

/** Gives seats without a word to anybody. */
async function dispatches(benefitIds: readonly string[], userId: string): Promise<void> {
  const assignedBy = (await fleet.ledger.user('adele-vance'))!;
  for (const benefitId of benefitIds) {
    const before = (await fleet.ledger.benefit(benefitId))!;
    const made = { benefitId, userId, assignedBy, operationId: `op-${benefitId}`, status: 'active' } as const;
    await fleet.ledger.commit([
      { of: 'benefit', before, after: { ...before, held: 1 } },
      { of: 'assignment', after: { ...made, assignedAt: new Date().toISOString() } },
    ]);
  }
}

/** How much has been done in all: operations, seats held, single-use keys taken. */
async function counts() {
  const audited = await fleet.ledger.history(1_000);
  const benefits = await fleet.ledger.benefits();
  const keys = (await fleet.ledger.productKeys(KEYS)).filter(({ owner }) => owner);
  return {
    operations: audited.length,
    held: benefits.reduce((sum, { held }) => sum + held, 0),
    keys: keys.length,
  };
}

/** The lease of the slow look at all companies. */
async function sweep(): Promise<{ readonly etag: string; readonly endedAt?: string }> {
  const options = { allowInsecureConnection: true };
  return TableClient.fromConnectionString(fleet.connectionString, 'Work', options).getEntity(
    'lease',
    'sweep',
  );
}

/** What stands on the card of an answer. */
function reads({ text }: Posted): string[] {
  return textsOf((JSON.parse(text) as { value: Json }).value);
}

import type { CompanyFile } from '../../benefits/importCompany';
import type { Chatter } from '../parts/chatter';
import { type BotProcess, type Fleet, openFleet } from '../parts/fleet';
import { until } from '../parts/until';

jest.setTimeout(120_000);

const PEOPLE = 40;
/** So many lines a transaction. */
const IN_A_PART = 16;
const emails = Array.from({ length: PEOPLE }, (_, n) => `person.${n}@contoso.com`);

/** Benefits with a seat for everybody, and some people more. */
const withPeople = (file: CompanyFile): CompanyFile => ({
  ...file,
  benefits: file.benefits.map((benefit) => ({ ...benefit, seats: Math.max(benefit.seats, PEOPLE) })),
  users: [
    ...file.users.slice(0, 5),
    ...emails.map((email, n) => ({ id: `person-${n}`, email, displayName: `Person ${n}` })),
  ],
});

let fleet: Fleet;
let bot: BotProcess;
let admin: Chatter;
beforeAll(async () => {
  fleet = await openFleet({ processes: 1, load: withPeople });
  bot = fleet.bots[0]!;
  admin = fleet.person('Adele Vance', () => bot);
});
afterAll(async () => {
  expect(await fleet.findings()).toEqual([]);
  await fleet.close();
});

describe('a process that is killed half way through a list', () => {
  it('and has the lease in hand: the one in its place goes on, and nobody gets it twice', async () => {
    const id = 'power-bi-pro';
    await admin.says('bulk');
    admin.fills('Lines', emails.map((email) => `${id}; ${email}`).join('\n'));
    await admin.clicks('Check the lines');
    admin.sees(`Assign ${PEOPLE} of ${PEOPLE} lines?`);
    const killed = diesAfterPart(2);
    await admin.clicks('Assign all');
    await killed;
    expect(await holdersOf(id)).toHaveLength(2 * IN_A_PART);

    bot = await fleet.start();
    await until('the list is done', async () => (await stateOf()).every((state) => state === 'done'));
    expect(new Set(await holdersOf(id)).size).toBe(PEOPLE);
    expect((await fleet.ledger.benefit(id))?.held).toBe(PEOPLE);
    const history = await fleet.ledger.history(200, { benefitId: id });
    expect(history.map(({ action }) => action)).toEqual(history.map(() => 'assign'));
    expect(history).toHaveLength(PEOPLE);
    await until('the card says so', () => {
      const reads = JSON.stringify(fleet.teams.messagesOf(admin.conversationId).at(-1)?.activity);
      return reads.includes(`${PEOPLE} benefits were assigned`);
    });
  });
});

/** Kills the bot when storage has taken so many parts of a list, before it hears of the last. Resolves when it is gone. */
function diesAfterPart(part: number): Promise<unknown> {
  const victim = bot;
  let count = 0;
  victim.storage.after = async ({ isTransaction, body }) => {
    if (isTransaction && /outcome[\\":]+assigned/.test(body) && ++count === part) await victim.dies();
  };
  return victim.built.ended;
}

const holdersOf = async (id: string): Promise<string[]> =>
  (await fleet.ledger.holders(id, 1_000)).map(({ userId }) => userId);

const stateOf = async (): Promise<string[]> =>
  (await fleet.tables.contents(fleet.tenantId)).bulk.map(({ state }) => state);

import { checkLedger } from '../../benefits/checkLedger';
import { MEANINGS } from '../../benefits/findings';
import { ledgerDomain } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';
import { Tables } from '../../storage/tables';
import { BrokenLedger } from '../parts/brokenLedger';
import { runBuilt } from '../parts/built';
import { openCompany, type OpenCompany } from '../parts/company';
import {
  ADELE,
  ALEX,
  BOUND,
  DIEGO,
  goesThroughManyFlows,
  HOURS,
  JEAN,
  MARIE,
  MULTIPLE,
  SINGLE_USE,
  VS,
} from '../parts/manyFlows';
import { few } from '../parts/situations';

const connectionString = process.env.TEST_STORAGE ?? '';
const tables = new Tables({ connectionString }, turnScope, ledgerDomain);

let company: OpenCompany;
let ledger: BrokenLedger;
beforeAll(async () => {
  company = await openCompany({ load: few, sends: true });
  await goesThroughManyFlows(company);
  ledger = await BrokenLedger.of(company.tenantId);
});
afterEach(() => ledger.mends());
afterAll(() => company.close());

const now = () => company.clock.now.toISOString();
const BOUND_OF_ALEX = `bh!${BOUND}!${ALEX}`;
const ASSIGNED = [`ba!${VS}!${MARIE}`, `u!${MARIE}!a!${VS}`] as const;

/** What is broken, how, and all that is found then: a row is named by the start of its key. */
const BROKEN: readonly (readonly [string, () => Promise<void>, ...string[]])[] = [
  ['a row that a newer program wrote', () => ledger.writes(ledger.row('kc!'), { v: 2 }), 'unreadable kc!'],
  [
    'a row that was cut off',
    () => ledger.writes(ledger.row('kc!'), { data: '{"userId":' }),
    'unreadable kc!',
  ],
  [
    'a row without what its key is made of',
    () => ledger.writes(BOUND_OF_ALEX, { data: '{}' }),
    `unreadable ${BOUND_OF_ALEX}`,
  ],
  ['a row of no kind', () => ledger.adds('x!1', {}), 'unknownRow x!1'],
  [
    'a message that says it was sent, and stands among those that wait',
    () => ledger.changes({ state: 'sent' }, 'o!'),
    'noticeLost h!',
    'misplaced o!',
  ],
  ['a user who is in no list', () => ledger.removes('n!alex wilber!'), 'indexMissing n!alex wilber!'],
  ['an activation that no list shows', () => ledger.removes('p!'), 'indexMissing p!'],
  ['a record without its copy by user', () => ledger.removes(`hu!${DIEGO}!`), `indexMissing hu!${DIEGO}!`],
  [
    'a search that finds who is not there',
    () => ledger.adds('s!gone!gone', { id: 'gone' }),
    'indexOrphaned s!gone!gone',
  ],
  [
    'an assignment that its user sees otherwise',
    () => ledger.changes({ assignedAt: now() }, `u!${JEAN}!a!${VS}`),
    `indexDiffers u!${JEAN}!a!${VS}`,
  ],
  ['a ledger without its company', () => ledger.removes('company'), 'noCompany company'],
  [
    'a wrong number of account admins',
    () => ledger.changes({ accountAdmins: 3 }, 'company'),
    'accountAdmins company',
  ],
  ['the chat of nobody', () => ledger.adds('u!gone!c', { reachable: true }), 'unknownUser u!gone!c'],
  [
    'a seat of nothing that is to be freed',
    () => ledger.adds('d!2030!1', { at: '2030', id: '1', kind: 'freeSeat', benefitId: 'gone' }),
    'unknownBenefit d!2030!1',
  ],
  ['more held than there are seats', () => ledger.changes({ seats: 2 }, `b!${VS}`), `seats b!${VS}`],
  ['a counter that counts too many', () => ledger.changes({ held: 4 }, `b!${VS}`), `held b!${VS}`],
  [
    'an assignment of who was deactivated',
    async () => {
      const assignment = { ...ledger.value(`ba!${VS}!${JEAN}`), userId: DIEGO };
      await ledger.adds(`ba!${VS}!${DIEGO}`, assignment);
      await ledger.adds(`u!${DIEGO}!a!${VS}`, assignment);
    },
    `held b!${VS}`,
    `notReleased ba!${VS}!${DIEGO}`,
    `history ba!${VS}!${DIEGO}`,
  ],
  [
    'a handover that nothing will do',
    () => ledger.removes(ledger.row('d!', ({ id }) => id === ledger.value(BOUND_OF_ALEX).dueId)),
    `handoverUnfounded ${BOUND_OF_ALEX}`,
  ],
  [
    'a handover of another assignment',
    () => ledger.changes({ madeBy: 'another' }, BOUND_OF_ALEX),
    `handoverUnfounded ${BOUND_OF_ALEX}`,
  ],
  [
    'an assignment that is gone without a word',
    () => ledger.removes(...ASSIGNED),
    `held b!${VS}`,
    'history h!',
  ],
  [
    'an assignment that another operation made',
    () => ledger.changes({ operationId: 'another' }, ...ASSIGNED),
    `history ba!${VS}!${MARIE}`,
  ],
  [
    'a count of keys that are not there',
    () => ledger.changes({ keyCounts: { total: 9, given: 2 } }, `b!${SINGLE_USE}`),
    `keyCounts b!${SINGLE_USE}`,
  ],
  [
    'more activations left than there were',
    () => ledger.changes({ left: 51 }, `bk!${MULTIPLE}!`),
    `keyCounts b!${MULTIPLE}`,
    `keyCounts bk!${MULTIPLE}!`,
    `keyUnaudited bk!${MULTIPLE}!`,
  ],
  [
    'the same product key twice',
    async () => {
      const other = ledger.row(`bk!${SINGLE_USE}!`, ({ owner }) => owner === undefined);
      await ledger.changes({ mark: ledger.value(`bk!${SINGLE_USE}!`).mark }, other);
    },
    `keyTwice bk!${SINGLE_USE}!`,
  ],
  [
    'a product key of somebody else than claimed it',
    () => ledger.changes({ owner: { id: JEAN } }, `bk!${SINGLE_USE}!`),
    `keyUnaudited bk!${SINGLE_USE}!`,
  ],
  ['hours that no request took', () => ledger.changes({ used: 6 }, `b!${HOURS}`), `used b!${HOURS}`],
  [
    'a closed request of which nobody knows what was spent',
    async () => {
      const id = String(ledger.value(ledger.row('q!', ({ state }) => state === 'closed')).id);
      const rows = ['q!', 'ql!', 'qu!'].map((list) => ledger.row(list, (request) => request.id === id));
      await ledger.changes({ spent: -3 }, ...rows);
    },
    `used b!${HOURS}`,
    'request q!',
  ],
  [
    'a press that is not told of',
    () => ledger.adds('op!1', { id: '1', action: 'assign', by: ADELE, at: now(), outcome: {} }),
    'unaudited op!1',
  ],
  [
    'a press that is told of twice',
    async () => {
      const record = ledger.value(ledger.row('h!', ({ action }) => action === 'setRoles'));
      const again = { ...record, userId: undefined, at: '2026-01-01T00:00:00.000Z' };
      await ledger.adds(`h!${9_999_999_999_999 - Date.parse(again.at)}!${String(record.operationId)}`, again);
    },
    'auditedTwice op!',
  ],
  [
    'a press that can be made again',
    () => ledger.removes(ledger.row('op!', ({ action }) => action === 'reactivate')),
    'operationGone h!',
  ],
  [
    'a message that was sent, and waits',
    () => ledger.adds(ledger.row('o!').replace('o!', 'os!'), { ...ledger.value('o!'), state: 'sent' }),
    'noticeTwice os!',
  ],
  [
    'a daily sync that nothing does',
    () => ledger.adds('entra', { isWhole: true, isDaily: true }),
    'syncLost entra',
  ],
  [
    'an installation for nobody',
    () => ledger.adds('d!2030!1', { id: '1', at: '2030', kind: 'installApp', userId: 'nobody' }),
    'unknownUser d!2030!1',
  ],
  [
    'a list that nothing goes on with',
    () => ledger.changes({ state: 'assigning' }, 'bulk!'),
    'bulkLost bulk!',
  ],
  [
    'a list of which a part is gone',
    () => ledger.removes(ledger.row('bulk!', ({ index }) => index === 1)),
    'bulkLost bulk!',
  ],
  ['a message that is lost', () => ledger.removes('o!'), 'noticeLost h!'],
];

const found = async () => (await company.findings()).map(({ code, row }) => `${code} ${row}`);

describe('the check of a ledger', () => {
  it('finds nothing wrong after everything that people can do', async () => {
    expect(await found()).toEqual([]);
  });

  for (const [name, breaks, ...expected] of BROKEN) {
    it(`finds ${name}`, async () => {
      await breaks();
      const all = await found();
      for (const each of expected) expect(all.filter((one) => one.startsWith(each))).toHaveLength(1);
      expect(all).toHaveLength(expected.length);
    });
  }

  it('has found everything that it can find', () => {
    const codes = BROKEN.flatMap(([, , ...expected]) => expected.map((each) => each.split(' ')[0]));
    expect([...new Set(codes)].sort()).toEqual(Object.keys(MEANINGS).sort());
  });

  it('says nothing of what only lies between two moments of a bot at work', async () => {
    await ledger.changes({ held: 4 }, `b!${VS}`);
    await ledger.removes('op!');
    let looks = 0;
    const bot = {
      contents: async (tenantId: string) => {
        looks += 1;
        const seen = await tables.contents(tenantId);
        await ledger.mends();
        return seen;
      },
    };
    expect(await checkLedger(bot, company.tenantId, company.clock.now)).toEqual([]);
    expect(looks).toBe(2);
  });
});

describe('npm run admin -- check', () => {
  const types = (...more: string[]) =>
    runBuilt('scripts/admin.js', ['check', '--tenant', company.tenantId, ...more], {
      STORAGE_CONNECTION_STRING: connectionString,
    });

  it('says that a ledger is clean', async () => {
    expect(await types()).toEqual({ exitCode: 0, out: 'clean: nothing breaks an invariant\n', err: '' });
  });

  it('tells what is wrong, what it means, and repairs nothing', async () => {
    await ledger.changes({ held: 4 }, `b!${VS}`);
    const says = 'counts 4 held seats; 3 people hold one, 0 are to be freed later';
    const { exitCode, out } = await types();
    expect([exitCode, out.split('\n')[0]]).toEqual([1, `b!${VS}  ${says}: ${MEANINGS.held}`]);
    expect(out).toContain('findings: 1, each seen twice');
    const asJson = await types('--json');
    expect(JSON.parse(asJson.out)).toEqual([{ code: 'held', row: `b!${VS}`, says, means: MEANINGS.held }]);
  });
});

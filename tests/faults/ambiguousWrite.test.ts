import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { heldOf } from '../parts/seats';
import { few } from '../parts/situations';
import { type Fate, type StorageCall, StorageProxy } from '../parts/storageProxy';

/** The calls that *Assign user* makes, of which one goes wrong. */
const calls = {
  'the read before': ({ method, path }: StorageCall) => method === 'GET' && path.includes('op!'),
  'the transaction': ({ isTransaction, body }: StorageCall) => isTransaction && body.includes('op!'),
  'the write of the state': ({ isWrite, table }: StorageCall) => isWrite && table === 'BotState',
};

type Wrong = readonly [call: keyof typeof calls, fate: Fate, often: 'once' | 'always'];

const done: readonly Wrong[] = [
  ['the read before', 'answerIsLost', 'once'],
  ['the read before', 'neverArrives', 'once'],
  ['the transaction', 'answerIsLost', 'once'],
  ['the transaction', 'answerIsLost', 'always'],
  ['the transaction', 'neverArrives', 'once'],
  ['the write of the state', 'answerIsLost', 'once'],
  ['the write of the state', 'answerIsLost', 'always'],
  ['the write of the state', 'neverArrives', 'always'],
  ['the write of the state', 'hangs', 'always'],
];
const failed: readonly Wrong[] = [
  ['the read before', 'answerIsLost', 'always'],
  ['the read before', 'neverArrives', 'always'],
  ['the read before', 'hangs', 'always'],
  ['the transaction', 'neverArrives', 'always'],
  ['the transaction', 'hangs', 'always'],
];
/** It is done, and nobody can know before the time is up. */
const unknown: readonly Wrong[] = [['the transaction', 'answerHangs', 'always']];

const BENEFITS = [
  'visual-studio-enterprise',
  'visual-studio-enterprise-gold',
  'technical-presales',
  'partner-advisory-hours',
];
const USERS = ['Alex Wilber', 'Diego Siciliani', 'Jean Dupont', 'Marie Dupont'];

let proxy: StorageProxy;
let company: OpenCompany;
let admin: Chatter;
const people = new Map<string, Chatter>();
/** Each test has a seat of its own. */
const seats = BENEFITS.flatMap((benefitId) => USERS.map((name) => ({ benefitId, name }))).values();
/** What a turn's time is up with: when storage hangs, a test waits no 8 s for it. */
let time = new AbortController();

beforeAll(async () => {
  proxy = await StorageProxy.to(process.env.TEST_STORAGE ?? '');
  const scope = { signal: () => time.signal, onRequest: () => {} };
  company = await openCompany({ load: few, storage: proxy.connectionString, scope, sends: true });
  admin = company.person('Adele Vance');
  for (const name of USERS) {
    const person = company.person(name);
    await person.says('help');
    people.set(name, person);
  }
});
afterAll(async () => {
  await company.close();
  await proxy.close();
});

describe.each(done)('when of %s it %s %s', (...wrong) => {
  it('the press has done what it says, once', async () => {
    const seat = await aboutToAssign();
    goesWrong(wrong);
    await admin.clicks('Assign user');
    admin.sees(`Assigned to ${seat.name}`);
    goesWell();
    expect(await foundOf(seat)).toEqual(ONE);
  });
});

describe.each(failed)('when of %s it %s %s', (...wrong) => {
  it('it is told with a reference that is in the log, nothing has changed, and the same press works then', async () => {
    const seat = await aboutToAssign();
    goesWrong(wrong);
    isToldAsFault(await admin.clicks('Assign user'));
    goesWell();
    expect(await foundOf(seat)).toEqual(NOTHING);
    await admin.sendsAgain();
    admin.sees(`Assigned to ${seat.name}`);
    expect(await foundOf(seat)).toEqual(ONE);
  });
});

describe.each(unknown)('when of %s it %s %s', (...wrong) => {
  it('it is told with a reference that is in the log, and the same press says that it was done, once', async () => {
    const seat = await aboutToAssign();
    goesWrong(wrong);
    isToldAsFault(await admin.clicks('Assign user'));
    goesWell();
    // The worker had no storage either: it is found a little later, or with the next press.
    expect(await foundOf(seat)).toEqual({ ...ONE, notices: 0 });
    await admin.sendsAgain();
    admin.sees(`Assigned to ${seat.name}`);
    expect(await foundOf(seat)).toEqual(ONE);
  });
});

function isToldAsFault({ text }: { readonly text: string }): void {
  const [, reference = 'none'] = /reference: (\w+)/.exec(text) ?? [];
  expect(company.logged.find((line) => line.includes(reference))).toContain('"msg":"fault"');
}

const NOTHING = { seats: 0, assignments: 0, byUser: 0, operations: 0, audits: 0, notices: 0 };
const ONE = { seats: 1, assignments: 1, byUser: 1, operations: 1, audits: 1, notices: 1 };

interface Seat {
  readonly benefitId: string;
  readonly name: string;
  readonly userId: string;
  /** What was there before: seats held, and messages to the user. */
  readonly before: { readonly held: number; readonly messages: number };
}

async function aboutToAssign(): Promise<Seat> {
  const { benefitId, name } = seats.next().value ?? { benefitId: '', name: '' };
  await admin.says(`assign ${benefitId} to ${name}`);
  admin.sees('Assign user');
  await company.works();
  const before = { held: await heldOf(company, benefitId), messages: messagesTo(name) };
  return { benefitId, name, userId: name.toLowerCase().replace(' ', '-'), before };
}

function goesWrong([call, fate, often]: Wrong): void {
  let isOver = false;
  proxy.before = (each) => {
    if (isOver || !calls[call](each)) return 'passes';
    isOver = often === 'once';
    if (fate === 'hangs') timeIsUp();
    return fate;
  };
  proxy.after = (each) => (fate === 'answerHangs' && calls[call](each) ? timeIsUp() : undefined);
}

function timeIsUp(): void {
  time.abort(new DOMException('the time is up', 'TimeoutError'));
}

function goesWell(): void {
  proxy.before = () => 'passes';
  proxy.after = () => {};
  time = new AbortController();
}

const messagesTo = (name: string): number => people.get(name)?.messageCount ?? 0;

/** What there is of the assignment, in every place where something of it should be. */
async function foundOf({ benefitId, name, userId, before }: Seat): Promise<typeof ONE> {
  await company.works();
  const rows = async (prefix: string) => (await company.rows(prefix)).length;
  const isOfIt = (row: object) => [benefitId, userId].every((id) => JSON.stringify(row).includes(`"${id}"`));
  return {
    seats: (await heldOf(company, benefitId)) - before.held,
    assignments: await rows(`ba!${benefitId}!${userId}`),
    byUser: await rows(`u!${userId}!a!${benefitId}`),
    operations: (await company.rows('op!')).filter(isOfIt).length,
    audits: (await company.rows(`hb!${benefitId}!`)).filter(isOfIt).length,
    notices: messagesTo(name) - before.messages,
  };
}

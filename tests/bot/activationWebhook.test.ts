import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { hmac, signature as signatureAt } from '../parts/signature';

const BENEFIT = 'cloud-support-incidents';
const NOTE = 'Access ID *42*';

let company: OpenCompany;
let admin: Chatter;
let employee: Chatter;

/** Alex Wilber waits for a support benefit to become active. */
async function open(): Promise<void> {
  company = await openCompany({ sends: true });
  admin = company.person('Adele Vance');
  employee = company.person('Alex Wilber');
  await employee.says('help');
  await admin.says('assign cloud support incidents to Alex Wilber');
  await admin.says('alex@fabrikam.com');
  await admin.clicks('Assign user');
  await company.works();
}

async function close(): Promise<void> {
  await company.works();
  await company.close();
}

const secondsNow = () => Math.floor(company.clock.now.getTime() / 1000);

const event = (changes: object = {}) => ({
  tenantId: company.tenantId,
  benefitId: BENEFIT,
  userEmail: 'alex.wilber@contoso.com',
  status: 'active',
  instructions: NOTE,
  occurredAt: company.clock.now.toISOString(),
  ...changes,
});

const signature = (body: string, seconds = secondsNow(), secret?: string) =>
  signatureAt(body, seconds, secret);

/** @param signed undefined leaves the header out */
const sends = (body: string, signed: string | undefined) =>
  company.posts('/api/activations', body, signed === undefined ? {} : { 'x-signature': signed });

/** As a fulfilment system does it. */
function tells(body: object | string, secondsOff = 0) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return sends(text, signature(text, secondsNow() + secondsOff));
}

const ACTIVE = { status: 200, text: '{"status":"active"}' };
const refused = (status: number) => ({ status, text: '' });

const activeNotices = () =>
  company.teams
    .messagesOf(employee.conversationId)
    .filter(({ activity }) => activity.summary === 'Now active: Cloud support incidents');

/** Whatever `what` does is answered so, and changes no row of the company's. */
async function changesNothing(what: () => Promise<unknown>, answer: object): Promise<void> {
  await company.works();
  const before = await company.rows('');
  expect(before.length).toBeGreaterThan(20);
  expect(await what()).toEqual(answer);
  await company.works();
  expect(await company.rows('')).toEqual(before);
}

describe('an event that is signed', () => {
  beforeEach(open);
  afterEach(close);

  it('makes the benefit active, and its holder is told in Teams with the note', async () => {
    expect(await tells(event())).toEqual(ACTIVE);
    await company.works();
    employee.sees('Now active: Cloud support incidents', NOTE);
    expect(await company.ledger.assignment(BENEFIT, 'alex-wilber')).toMatchObject({
      status: 'active',
      activationNote: NOTE,
    });
    expect(await company.rows('hu!alex-wilber!')).toEqual(
      expect.arrayContaining([expect.objectContaining({ action: 'activate', by: 'webhook' })]),
    );
    await admin.says('activations');
    admin.sees('Nothing is being activated at the moment.');
  });

  it('needs no note, and takes ids and addresses in any case', async () => {
    const said = event({
      tenantId: company.tenantId.toUpperCase(),
      userEmail: 'Alex.Wilber@Contoso.com',
      instructions: undefined,
    });
    expect(await tells(said)).toEqual(ACTIVE);
    await company.works();
    employee.sees('Now active: Cloud support incidents');
    employee.seesNot('adds');
  });

  it('is taken once, however often and however it is told', async () => {
    const said = event();
    const [one, other] = await Promise.all([tells(said), tells(said)]);
    expect([one, other]).toEqual([ACTIVE, ACTIVE]);
    company.minutesLater(24 * 60);
    const sameTime = said.occurredAt.replace('Z', '+00:00');
    await changesNothing(() => tells({ ...said, userEmail: 'ALEX.WILBER@contoso.com' }), ACTIVE);
    await changesNothing(() => tells({ ...said, occurredAt: sameTime }), ACTIVE);
    await company.works();
    expect(activeNotices()).toHaveLength(1);
  });

  it('is taken again as told before, and not twice, when the assignment is gone by then', async () => {
    const said = event();
    await tells(said);
    await admin.clicks('Undo');
    await changesNothing(() => tells(said), ACTIVE);
    await changesNothing(() => tells(event({ occurredAt: '2026-01-01T00:00:00Z' })), refused(404));
  });

  it('and replayed to the letter does nothing for a later assignment of the same', async () => {
    const body = JSON.stringify(event());
    const signed = signature(body);
    expect(await sends(body, signed)).toEqual(ACTIVE);
    await admin.clicks('Undo');
    company.minutesLater(1);
    await admin.says('assign cloud support incidents to Alex Wilber');
    await admin.says('alex@fabrikam.com');
    await admin.clicks('Assign user');
    await changesNothing(() => sends(body, signed), ACTIVE);
    const { status } = (await company.ledger.assignment(BENEFIT, 'alex-wilber')) ?? {};
    expect(status).toBe('activating');
  });

  it('finds nothing when the assignment was undone meanwhile', async () => {
    await admin.clicks('Undo');
    await changesNothing(() => tells(event()), refused(404));
  });

  it.each([-4, 4])('by a clock that is %i minutes off is taken', async (minutes) => {
    expect(await tells(event(), minutes * 60)).toEqual(ACTIVE);
  });

  it('with letters beyond ASCII is taken by its bytes', async () => {
    expect(await tells(event({ instructions: 'Clé d’accès : été 🎉' }))).toEqual(ACTIVE);
    await company.works();
    employee.sees('Clé d’accès : été 🎉');
  });

  it('and seen again after five minutes is refused', async () => {
    const body = JSON.stringify(event());
    const signed = signature(body);
    expect(await sends(body, signed)).toEqual(ACTIVE);
    company.minutesLater(6);
    await changesNothing(() => sends(body, signed), refused(401));
  });

  it('may carry a note of 1,000 characters', async () => {
    expect(await tells(event({ instructions: 'é'.repeat(1_000) }))).toEqual(ACTIVE);
  });

  it('with hex digits in upper case is taken', async () => {
    const body = JSON.stringify(event());
    const seconds = secondsNow();
    expect(await sends(body, `t=${seconds},v1=${hmac(`${seconds}.${body}`).toUpperCase()}`)).toEqual(ACTIVE);
  });
});

describe('a signature', () => {
  beforeAll(open);
  afterAll(close);

  it.each([-6, 6, -60 * 24 * 365])('that is %i minutes off is refused', async (minutes) => {
    await changesNothing(() => tells(event(), minutes * 60), refused(401));
  });

  it.each<[string, (body: string) => string | undefined]>([
    ['missing', () => undefined],
    ['empty', () => ''],
    ['garbage', () => 'let me in'],
    ['of another body', () => signature(JSON.stringify(event({ benefitId: 'power-bi-pro' })))],
    ['of the body with other blanks', (body) => signature(body.replace(',', ', '))],
    ['of the body without the time', (body) => `t=${secondsNow()},v1=${hmac(body)}`],
    [
      'made with another secret',
      (body) => signature(body, secondsNow(), 'another-secret-of-32-characters-!'),
    ],
    ['made with no secret', (body) => signature(body, secondsNow(), '')],
    ['for another time', (body) => signature(body).replace(/^t=\d+/, `t=${secondsNow() + 1}`)],
    ['without a time', (body) => signature(body).replace(/^t=\d+,/, '')],
    ['with a time that is none', (body) => signature(body).replace(/^t=\d+/, 't=NaN')],
    ['with an empty digest', () => `t=${secondsNow()},v1=`],
    ['with a digest that is cut', (body) => signature(body).slice(0, -2)],
    ['with a digest that goes on', (body) => `${signature(body)}00`],
    ['with digits that are not hex', (body) => `${signature(body).slice(0, -2)}zz`],
    ['of another version', (body) => signature(body).replace('v1=', 'v0=')],
    ['twice', (body) => `${signature(body)},${signature(body)}`],
  ])('that is %s is refused', async (_what, signed) => {
    const body = JSON.stringify(event());
    await changesNothing(() => sends(body, signed(body)), refused(401));
  });

  it('comes before all that the body says', async () => {
    for (const body of ['{"tenantId":', '[]', JSON.stringify(event({ userEmail: 'nobody@contoso.com' }))])
      await changesNothing(() => sends(body, signature('another body')), refused(401));
  });
});

describe('what is not there', () => {
  beforeAll(open);
  afterAll(close);

  it.each<[string, object]>([
    ['a company that is not loaded', { tenantId: '00000000-0000-4000-8000-000000000000' }],
    ['an unknown benefit', { benefitId: 'nothing' }],
    ['an unknown user', { userEmail: 'nobody@contoso.com' }],
    ['a benefit that was never assigned to them', { benefitId: 'on-premises-support-incidents' }],
    ['a user whom it was never assigned to', { userEmail: 'adele.vance@contoso.com' }],
    ['either, however long ago', { benefitId: 'nothing', occurredAt: '2020-01-01T00:00:00Z' }],
    ['a benefit by the name of something in the language', { benefitId: 'constructor' }],
  ])('is 404 alike: %s', async (_what, changes) => {
    await changesNothing(() => tells(event(changes)), refused(404));
  });
});

describe('another company', () => {
  beforeAll(open);
  afterAll(close);

  it('that has the same people and benefits is another: nothing happens in either', async () => {
    const other = await openCompany();
    await changesNothing(() => tells(event({ tenantId: other.tenantId })), refused(404));
    expect(await other.ledger.assignment(BENEFIT, 'alex-wilber')).toBeUndefined();
    expect(await other.rows('h!')).toEqual([]);
    await other.close();
  });
});

describe('what cannot be activated', () => {
  beforeEach(open);
  afterEach(close);

  it('is what an admin has confirmed already', async () => {
    await admin.says('activations');
    await admin.clicks('Mark as active');
    await admin.clicks('Mark as active');
    await company.works();
    await changesNothing(() => tells(event()), refused(409));
    await company.works();
    expect(activeNotices()).toHaveLength(1);
  });

  it('is what another event has made active', async () => {
    expect(await tells(event())).toEqual(ACTIVE);
    company.minutesLater(1);
    await changesNothing(() => tells(event()), refused(409));
  });

  it('is what was active from the start', async () => {
    await admin.says('assign Power BI Pro to Alex Wilber');
    await admin.clicks('Assign user');
    await company.works();
    await changesNothing(() => tells(event({ benefitId: 'power-bi-pro' })), refused(409));
  });

  it('is what occurred more than 30 days ago, or is still to come', async () => {
    const [said, day] = [company.clock.now.getTime(), 24 * 3600_000];
    for (const ms of [said - 31 * day, said + day, Date.parse('1969-12-31T00:00:00Z')])
      await changesNothing(() => tells(event({ occurredAt: new Date(ms).toISOString() })), refused(409));
    company.minutesLater(29 * 24 * 60);
    const [soon, again] = [new Date(said).toISOString(), new Date(said).toISOString()];
    expect(await tells(event({ occurredAt: soon }))).toEqual(ACTIVE);
    expect(await tells(event({ occurredAt: again }))).toEqual(ACTIVE);
  });

  it('is what occurred before it was assigned: that was about an earlier assignment', async () => {
    const early = new Date(company.clock.now.getTime() - 6 * 60_000).toISOString();
    await changesNothing(() => tells(event({ occurredAt: early })), refused(409));
  });
});

describe('a body', () => {
  beforeAll(open);
  afterAll(close);

  it.each<[string, object]>([
    ['an extra field', { also: 'this' }],
    ['another status', { status: 'activating' }],
    ['a tenant that cannot be a key', { tenantId: "x' or PartitionKey ne '" }],
    ['a benefit that cannot be a key', { benefitId: 'b!a/../c' }],
    ['an empty tenant', { tenantId: '' }],
    ['a number for a tenant', { tenantId: 7 }],
    ['no address', { userEmail: 'Alex Wilber' }],
    ['a note that is too long', { instructions: 'x'.repeat(1_001) }],
    ['a note that is none', { instructions: null }],
    ['a day without a time', { occurredAt: '2026-02-01' }],
    ['a time without a zone', { occurredAt: '2026-02-01T10:00:00' }],
    ['a day that there is not', { occurredAt: '2026-02-30T10:00:00Z' }],
    ['a time as a number', { occurredAt: 1_770_000_000_000 }],
  ])('with %s is refused', async (_what, changes) => {
    await changesNothing(() => tells(event(changes)), refused(400));
  });

  it.each(['tenantId', 'benefitId', 'userEmail', 'status', 'occurredAt'])(
    'without %s is refused',
    async (field) => {
      await changesNothing(() => tells(event({ [field]: undefined })), refused(400));
    },
  );

  it.each(['', 'null', '[]', '"active"', '{"tenantId":'])('that is %j is refused', async (body) => {
    await changesNothing(() => tells(body), refused(400));
  });

  it('of 300 KB is refused, signed or not', async () => {
    const body = JSON.stringify(event({ instructions: 'x'.repeat(300 * 1024) }));
    await changesNothing(() => tells(body), refused(413));
    await changesNothing(() => sends(body, undefined), refused(413));
  });

  it('of another content type is refused', async () => {
    const body = JSON.stringify(event());
    const headers = { 'x-signature': signature(body), 'content-type': 'text/plain' };
    await changesNothing(() => company.posts('/api/activations', body, headers), refused(415));
  });
});

describe('the log', () => {
  beforeEach(open);
  afterEach(close);

  it('has one line a request, with how it ended and without addresses, names or notes', async () => {
    company.logged.length = 0;
    await tells(event({ userEmail: 'nobody@contoso.com' }));
    await tells(event({ userEmail: 'Alex Wilber', occurredAt: 'yesterday', alex: 1 }));
    await sends('{}', 'nothing');
    await tells(event());
    company.minutesLater(1);
    await tells(event());
    const lines = company.logged
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg !== 'notice');
    expect(lines).toMatchObject(
      [
        { status: 404, outcome: 'refused: user unknown' },
        {
          status: 400,
          outcome: 'refused: userEmail custom, occurredAt invalid_format, body unrecognized_keys',
        },
        { status: 401, outcome: 'refused: no signature' },
        { status: 200, outcome: 'ok' },
        { status: 409, outcome: 'refused: nothingPending' },
      ].map((line) => ({ ...line, msg: 'activation', ms: expect.any(Number) })),
    );
    expect(company.logged.join('')).not.toMatch(/@|Wilber|alex|nobody|Access|42\*/i);
  });
});

describe('without', () => {
  beforeEach(open);
  afterEach(close);

  it('a secret there is no such address', async () => {
    const without = await openCompany({ env: { ACTIVATION_WEBHOOK_SECRET: '' } });
    const body = JSON.stringify({ ...event(), tenantId: without.tenantId });
    const headers = { 'x-signature': signature(body, secondsNow(), '') };
    const answer = { status: 404, text: '{}' };
    expect(await without.posts('/api/activations', body, headers)).toEqual(answer);
    expect(await without.posts('/api/anything', body, headers)).toEqual(answer);
    await without.close();
  });

  it('storage the event is to be told again, and the operator is told why', async () => {
    const storage = `${process.env.TEST_STORAGE}`.replace(
      /TableEndpoint=[^;]+/,
      'TableEndpoint=http://127.0.0.1:1/devstoreaccount1',
    );
    const scope = { signal: () => AbortSignal.timeout(300), onRequest: () => {} };
    const down = await openCompany({ load: null, storage, scope });
    const body = JSON.stringify(event());
    const headers = { 'x-signature': signature(body) };
    expect(await down.posts('/api/activations', body, headers)).toEqual(refused(503));
    expect(down.logged.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 50, msg: 'activation', status: 503, outcome: 'fault', err: { message: expect.any(String) } },
    ]);
    // Storage isn't even asked for what nobody has signed.
    const unsigned = { 'x-signature': signature('another body') };
    expect(await down.posts('/api/activations', body, unsigned)).toEqual(refused(401));
    await down.close();
    expect(await tells(event())).toEqual(ACTIVE);
  });
});

import { attemptsOf, does, refusedTo, stateOf } from '../parts/abuse';
import type { Json } from '../parts/card';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { changed, few } from '../parts/situations';

const press = (verb: string, data: Json): Json => ({ type: 'Action.Execute', verb, data });

let company: OpenCompany;
let adele: Chatter;
let nestor: Chatter;

beforeAll(async () => {
  company = await openCompany({ load: few });
  adele = await does(company.person('Adele Vance'), 'assign power-bi-pro to Alex Wilber', '> Assign user');
  nestor = await does(company.person('Nestor Wilke'), 'help');
});
afterEach(() => expect(company.logged.filter((line) => line.includes('"level":50'))).toEqual([]));
afterAll(() => company.close());

describe('ids of another company', () => {
  let theirs: OpenCompany;
  /** What buttons of theirs carry, of an assignment under way there and a request. */
  let undo: Json;
  let requestId: string;

  beforeAll(async () => {
    theirs = await openCompany(
      changed(({ benefits, users }) => ({
        benefits: benefits.map((each) =>
          each.id === 'partner-advisory-hours' ? { ...each, id: 'their-hours' } : each,
        ),
        users: users.map((each) => (each.id === 'alex-wilber' ? { ...each, id: 'their-alex' } : each)),
      })),
    );
    const admin = theirs.person('Adele Vance');
    await does(admin, 'assign their-hours to Alex Wilber', '> Assign user');
    undo = admin.button('Undo');
    requestId = '0mih2k3x1-3a9c';
    const requestedBy = await theirs.ledger.user('their-alex');
    if (!requestedBy) throw new Error('their Alex is not there');
    const about = {
      phase: 'design',
      country: 'FR',
      language: 'fr',
      phone: '+33199000000',
      timeZone: 'UTC',
    } as const;
    const what = {
      title: 'Theirs',
      description: 'Theirs',
      product: 'Intune',
      hours: 1,
      at: '2026-03-10T12:00:00Z',
    };
    const request = {
      ...about,
      ...what,
      id: requestId,
      benefitId: 'their-hours',
      requestedBy,
      state: 'open',
    } as const;
    await theirs.ledger.commit([{ of: 'serviceRequest', after: request }]);
  });
  afterAll(() => theirs.close());

  const outsideDialogs: [string, () => Json][] = [
    ['undo', () => undo.data as Json],
    ['notYet', () => undo.data as Json],
    ['markActive', () => undo.data as Json],
    ['callOff', () => undo.data as Json],
    ['openRequest', () => ({ requestId })],
    ...[
      'openRow',
      'assignAnother',
      'keys',
      'requestHours',
      'reassign',
      'release',
      'history',
      'moreHistory',
    ].map((verb): [string, () => Json] => [verb, () => ({ benefitId: 'their-hours' })]),
    ...['reassign', 'release'].map((verb): [string, () => Json] => [
      verb,
      () => ({ benefitId: 'power-bi-pro', userId: 'their-alex' }),
    ]),
    ['history', () => ({ userId: 'their-alex' })],
  ];

  it.each(outsideDialogs)('are not there for %s', async (verb, data) => {
    const untouched = await stateOf(theirs);
    const code = await refusedTo(company, 'adele-vance', () => adele.presses(press(verb, data())));
    expect(code).toBe(verb === 'openRequest' ? 'requestUnknown' : 'unknownId');
    adele.sees(
      verb === 'openRequest' ? 'There is no such request' : 'There is no such entry in your company',
    );
    adele.seesNot('Theirs');
    expect(await stateOf(theirs)).toEqual(untouched);
  });

  it.each([
    ['a benefit', ['assign'], 'Power BI Pro', { benefitId: 'their-hours' }],
    ['who gets it', ['assign power-bi-pro'], 'Next', { user: 'their-alex' }],
    ['whose seat', ['release power-bi-pro'], 'Alex Wilber', { userId: 'their-alex' }],
    ['a user', ['users'], 'Alex Wilber', { userId: 'their-alex' }],
    ['what is sent again', ['resend', 'Alex Wilber'], 'Power BI Pro', { benefitId: 'their-hours' }],
  ])('are not there for the question of %s', async (_what, steps, label, data) => {
    await does(adele, ...steps);
    const code = await refusedTo(company, 'adele-vance', () => adele.presses(adele.button(label), data));
    expect(code).toBe('unknownId');
    adele.sees('There is no such entry in your company');
  });

  it('do nothing on a card of theirs that is still open', async () => {
    const admin = theirs.person('Nestor Wilke');
    await does(admin, 'assign power-bi-pro to their-alex');
    const before = await stateOf(company);
    await nestor.presses(admin.button('Cancel'));
    await nestor.presses(admin.button('Back'));
    nestor.sees('This card is from earlier');
    expect(await stateOf(company)).toEqual(before);
  });
});

/** What no card of ours carries. Spread, `__proto__` stays a name like any other. */
const EXTRA = JSON.parse(`{
  "__proto__": { "roles": ["accountAdmin"], "active": true }, "constructor": { "prototype": { "isAdmin": true } },
  "seats": 999, "held": 0, "price": 0, "quantity": 999, "endsOn": "2099-12-31", "by": "adele-vance",
  "role": "accountAdmin", "roles": ["accountAdmin"], "alternateEmail": "evil@fabrikam.com", "at": "2020-01-01",
  "userId": "marie-dupont", "operationId": "0mih2k3x1-00000000000000000000000000000000", "madeBy": "x"
}`) as Json;

describe('what a card does not say', () => {
  const ofSeats = (state: Record<string, Json>) =>
    Object.fromEntries(Object.entries(state).filter(([key]) => /^(b!|ba!|bh!|bk!|u!|r!|company)/.test(key)));

  it('changes nothing of what is committed: it is what the bot knew', async () => {
    const before = ofSeats(await stateOf(company));
    await nestor.says('assign');
    await nestor.presses(nestor.button('On-premises support'), EXTRA);
    nestor.fills('User', 'Diego Siciliani');
    await nestor.presses(nestor.button('Next'), EXTRA);
    nestor.fills('Alternate e-mail', 'diego@fabrikam.com');
    await nestor.presses(nestor.button('Next'), { ...EXTRA, alternateEmail: 'diego@fabrikam.com' });
    const others = { benefitId: 'visual-studio-enterprise', user: 'alex-wilber', benefit: 'power-bi-pro' };
    await nestor.presses(nestor.button('Assign user'), { ...EXTRA, ...others });
    nestor.sees('Assigned to Diego Siciliani: On-premises support incidents');

    const [benefit, held] = [
      'b!on-premises-support-incidents',
      'ba!on-premises-support-incidents!diego-siciliani',
    ];
    const { [held]: assignment, ...after } = ofSeats(await stateOf(company));
    expect(assignment).toMatchObject({
      alternateEmail: 'diego@fabrikam.com',
      assignedBy: { id: 'nestor-wilke' },
    });
    expect(after).toEqual({
      ...before,
      [benefit]: { ...before[benefit], held: 1 },
      'u!diego-siciliani!a!on-premises-support-incidents': {
        ...assignment,
        rowKey: 'u!diego-siciliani!a!on-premises-support-incidents',
      },
    });
    expect('roles' in {} || 'isAdmin' in {}).toBe(false);
  });

  it('moves no question: another step is answered with the one that is asked', async () => {
    await nestor.says('assign');
    const before = await stateOf(company);
    for (const step of ['confirm!1', 'confirm!2', 'chooseUser!1', '__proto__', 7]) {
      await nestor.presses(nestor.button('Visual Studio Enterprise,'), { ...EXTRA, step });
      nestor.sees('Which benefit do you want to assign?');
    }
    await nestor.presses({ ...nestor.button('Cancel'), verb: 'assignUser' }, EXTRA);
    nestor.sees('Which benefit do you want to assign?');
    expect(await stateOf(company)).toEqual(before);
  });

  it('gives no role: as the choice of one it is refused, as anything else it is not read', async () => {
    await does(nestor, 'add user Mallory mallory@contoso.com');
    const add = nestor.button('Add and go on');
    expect(await refusedTo(company, 'nestor-wilke', () => nestor.presses(add, EXTRA))).toBe(
      'onlyAccountAdminSetsRoles',
    );
    nestor.sees('Only account admins can give roles');
    await does(nestor, 'add user Mallory mallory@contoso.com');
    await nestor.presses(nestor.button('Add and go on'), { ...EXTRA, role: undefined });
    const userId = await company.ledger.userIdOfEmail('mallory@contoso.com');
    expect(await company.ledger.user(userId ?? '')).toMatchObject({ roles: [], active: true });
  });

  it('takes no seat for somebody else than the last question was about', async () => {
    await does(adele, 'release power-bi-pro from Alex Wilber');
    await adele.presses(adele.button('Release'), { ...EXTRA, benefitId: 'on-premises-support-incidents' });
    adele.sees('Power BI Pro');
    expect(await company.ledger.assignment('power-bi-pro', 'alex-wilber')).toBeUndefined();
    expect(await company.ledger.holders('on-premises-support-incidents', 9)).toHaveLength(1);
    expect((await attemptsOf(company, 'adele-vance')).map(({ what }) => what)).not.toContain('releaseUser');
  });
});

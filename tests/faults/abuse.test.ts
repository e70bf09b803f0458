import { dialogs, routes } from '../../bot/routes';
import en from '../../locales/en.json';
import { becomes, does, refusedTo, stateOf, tour, triedBy } from '../parts/abuse';
import { actionsOf, type Json } from '../parts/card';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { few } from '../parts/situations';

const VERBS = [...new Set([...Object.keys(routes), ...dialogs.flatMap(({ verbs }) => verbs)])].sort();

/** Some press a hundred buttons. */
jest.setTimeout(240_000);

let company: OpenCompany;
let adele: Chatter;
let nestor: Chatter;
let marie: Chatter;
/** The buttons on an admin's cards, by their verbs. */
let buttons: Map<string, Json>;

beforeAll(async () => {
  company = await openCompany({ load: few });
  adele = company.person('Adele Vance');
  nestor = await does(company.person('Nestor Wilke'), 'help');
  marie = await does(company.person('Marie Dupont'), 'help');
  buttons = await tour(adele);
});
afterEach(() => expect(company.logged.filter((line) => line.includes('"level":50'))).toEqual([]));
afterAll(() => company.close());

function buttonOf(verb: string): Json {
  const found = buttons.get(verb);
  if (!found) throw new Error(`the admin has seen no ${verb}`);
  return found;
}

describe('an employee', () => {
  /** What of all this is no attempt. None of it changes anything. */
  async function allowed(
    names: readonly string[],
    act: (name: string) => Promise<unknown>,
  ): Promise<string[]> {
    const before = await stateOf(company);
    const attempts = await triedBy(company, 'marie-dupont', async () => {
      for (const name of names) {
        await act(name);
        await company.settled();
        company.minutesLater(1); // so that each stands in the history by itself
      }
    });
    expect(await stateOf(company)).toEqual(before);
    await marie.says('english');
    const refused = attempts.map(({ what }) => what);
    const left = names.filter((name) => !refused.includes(name));
    expect(refused).toEqual(names.filter((name) => !left.includes(name)));
    return left;
  }

  it("may press none of an admin's buttons but those of the overview and of help", async () => {
    const left = await allowed([...buttons.keys()].sort(), (verb) => marie.presses(buttonOf(verb)));
    expect(left).toEqual(['closeRow', 'help', 'openRow']);
  });

  it("may press whatever there is, as if it were her own card's: only what everybody may is no attempt", async () => {
    const left = await allowed(VERBS, async (verb) => {
      await marie.says('requests');
      const cancel = actionsOf(marie.card).find((action) => action.verb === 'cancel') ?? {};
      const { run } = cancel.data as Json;
      const ids = { benefitId: 'power-bi-pro', userId: 'alex-wilber', requestId: 'of-somebody', madeBy: run };
      await marie.presses({ ...cancel, verb }, { ...ids, user: 'alex-wilber', operationId: run });
    });
    // prettier-ignore
    expect(left).toEqual([
      'back', 'cancel', 'closeRow', 'english', 'french', 'greet', 'help', 'language', 'moreMine', 'moreOverview',
      'myBenefits', 'openRow', 'otherHolders', 'overview',
      // Of the dialog of requests, where she may see and withdraw her own …
      'closeRequest', 'moreRequests', 'openAnswer', 'openClose', 'openWithdraw', 'sendAnswer', 'requests',
      'withdrawRequest',
      // … and of those for keys and advisory hours, in which anybody may be.
      'allBenefits', 'anotherKey', 'chooseBenefit', 'chooseOption', 'describeRequest', 'doneKeys', 'giveContact',
      'moreBenefits', 'showAgain', 'showKeys', 'submitRequest', 'toDownloads',
    ].sort());
  });

  it('may type no command of an admin', async () => {
    const words = new Map(Object.entries(en.commands).map(([name, [first = '']]) => [name, first]));
    const left = await allowed([...words.keys()], (name) => marie.says(words.get(name) ?? ''));
    // prettier-ignore
    expect(left.sort()).toEqual([
      'cancel', 'english', 'french', 'greet', 'help', 'language', 'myBenefits', 'overview', 'requestHours', 'requests',
    ]);
  });

  it.each([
    'assign power-bi-pro to Marie Dupont',
    'reassign power-bi-pro from Alex Wilber to Marie Dupont',
    'release power-bi-pro from Alex Wilber',
    'resend cloud-support-incidents to Alex Wilber',
    'deactivate Alex Wilber',
    'roles Marie Dupont',
    'add user Mallory mallory@contoso.com',
    'history of Alex Wilber',
    'keys windows-server-2025-standard',
  ])('may not say "%s"', async (line) => {
    expect(await refusedTo(company, 'marie-dupont', () => marie.says(line))).toMatch(
      /^(not\w*Admin|keysNotForYou)$/,
    );
  });

  it('finds nobody by a list that looks up users', async () => {
    const search = { type: 'invoke', name: 'application/search', value: { queryText: 'alex' } };
    const code = await refusedTo(company, 'marie-dupont', async () => {
      expect((await marie.send(search)).text).not.toContain('Wilber');
    });
    expect(code).toBe('notBenefitsAdmin');
  });
});

describe("a card from another person's chat", () => {
  it('is refused to an admin, too, before and after it was used, and its owner goes on', async () => {
    await does(adele, 'assign visual-studio-enterprise to Diego Siciliani');
    const assign = adele.button('Assign user');
    expect(await refusedTo(company, 'nestor-wilke', () => nestor.presses(assign))).toBe('operationNotYours');
    nestor.sees("This button belongs to somebody else's card");
    await does(nestor, 'assign power-bi-pro'); // also from within a dialog of his own
    expect(await refusedTo(company, 'nestor-wilke', () => nestor.presses(assign))).toBe('operationNotYours');
    await does(adele, '> Assign user');
    adele.sees('Assigned to Diego Siciliani');
    expect(await refusedTo(company, 'nestor-wilke', () => nestor.presses(assign))).toBe('operationNotYours');
    expect(await refusedTo(company, 'nestor-wilke', () => nestor.presses(adele.button('Undo')))).toBe(
      'operationNotYours',
    );
    await does(adele, '> Undo');
  });

  it.each(['Nestor Wilke', 'Marie Dupont'])('is refused to %s in that chat itself', async (name) => {
    await does(adele, 'assign visual-studio-enterprise to Diego Siciliani');
    const { type, verb, data } = adele.button('Assign user');
    const other = name === 'Nestor Wilke' ? nestor : marie;
    const there = { id: adele.conversationId, conversationType: 'personal', tenantId: company.tenantId };
    const act = async () => {
      const invoke = { type: 'invoke', name: 'adaptiveCard/action', replyToId: adele.newestId };
      const { text } = await other.send({
        ...invoke,
        value: { action: { type, verb, data } },
        conversation: there,
      });
      expect(text).toContain("This button belongs to somebody else's card");
    };
    expect(await refusedTo(company, name.toLowerCase().replace(' ', '-'), act)).toBe('operationNotYours');
    await does(adele, '> Assign user', '> Undo');
  });

  it('is answered in a group with the way to the private chat, whoever presses', async () => {
    for (const [who, id] of [
      [adele, 'adele-vance'],
      [marie, 'marie-dupont'],
    ] as const) {
      const conversation = { id: '19:group', conversationType: 'groupChat', tenantId: company.tenantId };
      const value = { action: buttonOf('assignUser') };
      const code = await refusedTo(company, id, async () => {
        const { text } = await who.send({ type: 'invoke', name: 'adaptiveCard/action', value, conversation });
        expect(text).toContain("Let's talk in private");
      });
      expect(code).toBe('inGroup');
    }
  });

  it('is refused to a guest; who is no user has no history, so the log has it', async () => {
    const guest = company.person('Mallory Guest', { userRole: 'guest' });
    await guest.says('help');
    const before = await stateOf(company);
    await guest.presses(buttonOf('assignUser'));
    guest.sees('You are a guest here');
    expect(await stateOf(company)).toEqual(before);
    const line = company.logged.find((each) => each.includes('a stranger was refused')) ?? '';
    const { aadObjectId: objectId } = guest.member;
    expect(JSON.parse(line)).toMatchObject({ code: 'signInGuest', what: 'assignUser', objectId });
    expect(line).not.toMatch(/mallory/i);
  });
});

describe('an admin', () => {
  const flows = {
    assign: ['assign', '> Cloud support', 'Diego Siciliani', 'diego@fabrikam.com', '> Assign user'],
    release: ['release', '> Power BI Pro', '> Alex Wilber', '> Release'],
    reassign: ['reassign', '> Power BI Pro', '> Alex Wilber', 'Diego Siciliani', '> Reassign'],
    deactivate: ['users', '> Diego Siciliani', '> Deactivate', '> Deactivate'],
    keys: ['keys', '> Windows Server', '> Show the keys'],
  };
  const cuts = Object.entries(flows).flatMap(([flow, steps]) =>
    steps.slice(1).map((step, n) => [flow, step, steps.slice(0, n + 1)] as const),
  );

  it.each(cuts)(
    'who is demoted or deactivated in "%s" can\'t go on with "%s"',
    async (_flow, next, before) => {
      for (const [to, refusal] of [
        [{ roles: [] }, /^(notBenefitsAdmin|keysNotForYou)$/],
        [{ active: false }, /^youAreInactive$/],
      ] as const) {
        await does(adele, ...before);
        const takeBack = await becomes(company, 'adele-vance', to);
        expect(await refusedTo(company, 'adele-vance', () => does(adele, next))).toMatch(refusal);
        expect(adele.reads()).toMatch(/Only benefits admins|Product keys are for|not active any more/);
        await takeBack();
      }
    },
  );
});

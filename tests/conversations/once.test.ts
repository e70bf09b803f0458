import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';

let company: OpenCompany;
beforeEach(async () => {
  company = await openCompany();
});
afterEach(() => company.close());

const held = async (benefitId: string) => (await company.ledger.benefit(benefitId))?.held;

async function aboutToAssign(admin: Chatter, what = 'Power BI Pro to Alex Wilber'): Promise<Chatter> {
  await admin.says(`assign ${what}`);
  admin.sees('Assign user');
  return admin;
}

describe('the same press', () => {
  it('again, with a new id and time, gives the same answer and changes nothing', async () => {
    const admin = await aboutToAssign(company.person('Adele Vance'));
    const [press, message] = [admin.button('Assign user'), admin.newestId];
    const first = await admin.presses(press, {}, message);
    const again = await admin.presses(press, {}, message);
    await company.restart();
    const later = await admin.presses(press, {}, message);
    expect(again.text).toBe(first.text);
    expect(later.text).toBe(first.text);
    expect(await held('power-bi-pro')).toBe(1);
    expect(await company.rows('op!')).toHaveLength(1);
  });

  it('twice at the same moment changes one thing', async () => {
    const admin = await aboutToAssign(company.person('Adele Vance'));
    const [press, message] = [admin.button('Assign user'), admin.newestId];
    const answers = await Promise.all([1, 2, 3].map(() => admin.presses(press, {}, message)));
    for (const { text } of answers) expect(text).toContain('Assigned to Alex Wilber: Power BI Pro');
    expect(await held('power-bi-pro')).toBe(1);
  });

  it('of Undo takes back once', async () => {
    const admin = await aboutToAssign(company.person('Adele Vance'));
    await admin.clicks('Assign user');
    const [press, message] = [admin.button('Undo'), admin.newestId];
    const first = await admin.presses(press, {}, message);
    const again = await admin.presses(press, {}, message);
    expect(again.text).toBe(first.text);
    expect(await held('power-bi-pro')).toBe(0);
    expect(await company.rows('hb!power-bi-pro!')).toHaveLength(2);
  });

  it('of an old client (Action.Submit) does the same', async () => {
    const admin = await aboutToAssign(company.person('Adele Vance'));
    const { fallback } = admin.button('Assign user') as { fallback: { data: object } };
    await admin.send({ type: 'message', value: fallback.data });
    admin.sees('Assigned to Alex Wilber: Power BI Pro');
    expect(admin.messageCount).toBe(2);
  });

  it('is too old after 30 days', async () => {
    const admin = await aboutToAssign(company.person('Adele Vance'));
    await admin.clicks('Assign user');
    company.minutesLater(31 * 24 * 60);
    await admin.clicks('Undo');
    admin.sees('This card is more than 30 days old');
  });
});

describe('two at once', () => {
  it('of one person at one step: one is done, the other gets the current card', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign');
    const [one, other, message] = [
      admin.button('Power BI Pro'),
      admin.button('Visual Studio Enterprise,'),
      admin.newestId,
    ];
    const answers = await Promise.all([admin.presses(one, {}, message), admin.presses(other, {}, message)]);
    const titles = answers.map(({ text }) => /Who gets [^?]+/.exec(text)?.[0]);
    expect(titles[0]).toBeDefined();
    expect(titles[0]).toBe(titles[1]);
  });

  it('admins: who comes second for the last seat is told so', async () => {
    const admin = await aboutToAssign(
      company.person('Adele Vance'),
      'Visual Studio Test Professional to Alex Wilber',
    );
    const colleague = await aboutToAssign(
      company.person('Nestor Wilke'),
      'Visual Studio Test Professional to Zoë Lefèvre',
    );
    await colleague.clicks('Assign user');
    await admin.clicks('Assign user');
    admin.sees('No seat of Visual Studio Test Professional is free any more');
    expect(await held('visual-studio-test-professional')).toBe(1);
  });

  it('admins: three for two seats, and two get them', async () => {
    const names = ['Adele Vance', 'Camille Durand', 'Nestor Wilke'];
    const admins = await Promise.all(
      ['Alex Wilber', 'Zoë Lefèvre', 'Diego Siciliani'].map((user, n) =>
        aboutToAssign(company.person(names[n] ?? ''), `Power BI Pro to ${user}`),
      ),
    );
    await Promise.all(admins.map((admin) => admin.clicks('Assign user')));
    const done = admins.filter((admin) => admin.reads().includes('Assigned to'));
    expect(done).toHaveLength(2);
    expect(await held('power-bi-pro')).toBe(2);
    expect(await company.rows('ba!power-bi-pro!')).toHaveLength(2);
  });
});

describe('a storage that does not answer', () => {
  let hanging: Server;
  const sockets = new Set<{ destroy(): void }>();
  beforeEach(async () => {
    hanging = createServer((socket) => void sockets.add(socket.on('error', () => {})));
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    sockets.forEach((socket) => socket.destroy());
    hanging.close();
  });

  it('gets the person one sentence with a reference, which is in the log, and the next message works', async () => {
    const { port } = hanging.address() as AddressInfo;
    const storage = `${process.env.TEST_STORAGE}`.replace(
      /TableEndpoint=[^;]+/,
      `TableEndpoint=http://127.0.0.1:${port}/devstoreaccount1`,
    );
    const scope = { signal: () => AbortSignal.timeout(300), onRequest: () => {} };
    const down = await openCompany({ load: null, storage, scope });
    const admin = down.person('Adele Vance');
    await admin.says('assign');
    admin.sees('Something went wrong on our side', 'give your admin this reference');
    const reference = /reference: (\w+)/.exec(admin.reads())?.[1] ?? 'none';
    expect(down.logged.find((line) => line.includes(reference))).toContain('"msg":"fault"');
    await admin.presses({ type: 'Action.Execute', verb: 'help', data: {} });
    expect(admin.messageCount).toBe(1); // the card that was pressed stays
    await down.close();

    const again = company.person('Adele Vance');
    await again.says('assign');
    again.sees('Which benefit do you want to assign?');
  });
});

describe('the log', () => {
  it('has one line a turn, without what was said, addresses or names', async () => {
    const admin = company.person('Adele Vance');
    await admin.says('assign cloud support incidents to Alex Wilber');
    await admin.says('alex@fabrikam.com');
    await admin.clicks('Assign user');
    const lines = company.logged.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ route, outcome, msg }) => ({ route, outcome, msg }))).toEqual([
      { route: 'assign', outcome: 'ok', msg: 'turn' },
      { route: 'says', outcome: 'ok', msg: 'turn' },
      { route: 'assignUser', outcome: 'ok', msg: 'turn' },
    ]);
    for (const line of lines)
      expect(line).toMatchObject({ ms: expect.any(Number), storageCalls: expect.any(Number) });
    expect(company.logged.join('')).not.toMatch(/@|Wilber|Adele|fabrikam/i);
  });
});

describe('Cancel and Assign user at the same moment', () => {
  it('never say two different things', async () => {
    for (let round = 0; round < 6; round++) {
      const admin = await aboutToAssign(
        company.person(`Admin ${round}`, { email: 'adele.vance@contoso.com', aadObjectId: ADELE }),
      );
      const [assign, cancel, message] = [admin.button('Assign user'), admin.button('Cancel'), admin.newestId];
      const answers = await Promise.all([
        admin.presses(assign, {}, message),
        admin.presses(cancel, {}, message),
      ]);
      const isHeld = (await held('power-bi-pro')) === 1;
      const isCancelled = answers.some(({ text }) => text.includes('Cancelled'));
      expect(isHeld).toBe(!isCancelled);
      if (!isHeld) continue;
      await admin.presses(assign, {}, message);
      await admin.clicks('Undo');
      admin.sees('Taken back');
    }
  });

  it('a cancelled card stays cancelled', async () => {
    const admin = await aboutToAssign(company.person('Adele Vance'));
    const [assign, message] = [admin.button('Assign user'), admin.newestId];
    await admin.clicks('Cancel');
    const { text } = await admin.presses(assign, {}, message);
    expect(text).toContain('This card is from earlier');
    expect(await held('power-bi-pro')).toBe(0);
  });
});

const ADELE = 'b0a1f0de-2c1c-4d0e-9f43-0f4b8e1c7a11';

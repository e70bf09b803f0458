import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';

let company: OpenCompany;
let admin: Chatter;
let employee: Chatter;
beforeEach(async () => {
  company = await openCompany({ sends: true });
  admin = company.person('Adele Vance');
  employee = company.person('Alex Wilber');
  for (const person of [admin, employee]) await person.says('help');
  await company.works();
});
afterEach(() => company.close());

async function assigns(what: string): Promise<void> {
  await admin.says(`assign ${what}`);
  if (admin.reads().includes('Alternate e-mail for')) {
    admin.fills('Alternate e-mail', 'alex@fabrikam.com');
    await admin.clicks('Next');
  }
  await admin.clicks('Assign user');
  await company.works();
}

const titles = (person: Chatter) =>
  company.teams.messagesOf(person.conversationId).map(({ activity }) => activity.summary);

describe('on assignment', () => {
  it('the employee is told, once, when it is active at once', async () => {
    await assigns('Visual Studio Enterprise to Alex Wilber');
    employee.sees('Assigned to you: Visual Studio Enterprise', 'Adele Vance assigned it to you.');
    expect(employee.button('Visual Studio portal').url).toBe('https://my.visualstudio.com');
    expect(employee.messageCount).toBe(2);
    await employee.clicks('My benefits');
    employee.sees('What is assigned to you', 'Visual Studio Enterprise');
    expect(await company.mails()).toEqual([]);
  });

  it('of a support benefit they are told what to expect, and both addresses get the instructions', async () => {
    await assigns('cloud support incidents to Alex Wilber');
    employee.sees('Assigned to you: Cloud support incidents', 'It is being activated. Expect it by');
    const mails = await company.mails();
    expect(mails.map(({ to }) => to && 'text' in to && to.text).sort()).toEqual([
      '"Alex Wilber" <alex.wilber@contoso.com>',
      '"Alex Wilber" <alex@fabrikam.com>',
    ]);
    for (const { subject, text } of mails) {
      expect(subject).toBe('How to use Cloud support incidents');
      expect(text).toContain('Adele Vance assigned Cloud support incidents to Alex Wilber.');
      expect(text).toContain('Partner Benefits bot of Contoso');
    }
  });

  it("speaks the reader's language", async () => {
    const reader = company.person('Diego Siciliani', { locale: 'fr-FR' });
    await reader.says('aide');
    await company.works();
    await assigns('cloud support incidents to Diego Siciliani');
    reader.sees('Un avantage pour vous : Incidents de support cloud', 'L’activation est en cours.');
    expect((await company.mails()).map(({ subject }) => subject)).toContain(
      'Mode d’emploi\u00a0: Incidents de support cloud',
    );
  });

  it('says nothing to who assigns it to themselves', async () => {
    await assigns('Azure bulk credit');
    expect(titles(admin)).toHaveLength(2);
  });

  it('and on undo they are told that it is gone', async () => {
    await assigns('Power BI Pro to Alex Wilber');
    await admin.clicks('Undo');
    await company.works();
    employee.sees('No longer assigned to you: Power BI Pro', 'Adele Vance has taken the assignment back.');
  });
});

describe('activation', () => {
  it('is confirmed from the list, and the employee is told with the note and the instructions', async () => {
    await assigns('cloud support incidents to Alex Wilber');
    await admin.says('activations');
    admin.sees(
      'Pending activations',
      'Cloud support incidents for Alex Wilber',
      'Assigned by Adele Vance',
      'Expected by',
    );
    await admin.clicks('Mark as active');
    admin.sees('Is it active? Cloud support incidents for Alex Wilber');
    admin.fills('What else Alex Wilber should know (optional)', 'Access ID *42*');
    await admin.clicks('Mark as active');
    admin.sees('Now active: Cloud support incidents for Alex Wilber');
    await company.works();
    employee.sees('Now active: Cloud support incidents', 'Please note: Access ID *42*');
    await employee.says('mine');
    employee.sees('Active');
    employee.seesNot('Being activated');
    await admin.clicks('Activations');
    admin.sees('Nothing is being activated at the moment.');
  });

  it('is done once, and not for what is not pending any more', async () => {
    await assigns('cloud support incidents to Alex Wilber');
    const undo = [admin.button('Undo'), admin.newestId] as const;
    await admin.says('activations');
    await admin.clicks('Mark as active');
    const [press, message] = [admin.button('Mark as active'), admin.newestId];
    const first = await admin.presses(press, {}, message);
    const again = await admin.presses(press, {}, message);
    expect(again.text).toBe(first.text);
    await company.works();
    expect(titles(employee).filter((title) => title === 'Now active: Cloud support incidents')).toHaveLength(
      1,
    );

    await admin.presses(undo[0], {}, undo[1]);
    await company.works();
    expect(await company.rows('p!')).toEqual([]);
  });

  it('that is overdue stands out, and lists the longest waiting first', async () => {
    await assigns('on-premises support incidents to Zoë Lefèvre');
    company.minutesLater(60 * 24 * 6);
    await assigns('cloud support incidents to Alex Wilber');
    await admin.says('activations');
    admin.sees('Overdue: was expected by');
    expect(admin.reads().indexOf('Zoë Lefèvre')).toBeLessThan(admin.reads().indexOf('Alex Wilber'));
  });

  it('is for benefits admins only', async () => {
    await employee.says('activations');
    employee.sees('Only benefits admins can do that');
  });
});

describe('the chaser', () => {
  it('asks who assigned it on the day, and "Not yet" tells the employee that it takes longer', async () => {
    company.clock.now = new Date('2026-11-24T10:00:00Z');
    await assigns('cloud support incidents to Alex Wilber');
    company.clock.now = new Date('2026-11-27T07:59:00Z'); // in Paris it is not nine yet
    await company.works();
    expect(titles(admin)).not.toContain('Is it active? Cloud support incidents for Alex Wilber');
    company.clock.now = new Date('2026-11-27T08:00:01Z');
    await company.works();
    admin.sees('Is it active? Cloud support incidents for Alex Wilber', 'expected by November 27, 2026');
    await admin.clicks('Not yet');
    admin.sees('I will ask again', 'can now expect Cloud support incidents by November 30, 2026');
    await company.works();
    employee.sees('It takes longer: Cloud support incidents', 'November 30, 2026');
    company.clock.now = new Date('2026-11-30T08:00:01Z');
    await company.works();
    admin.sees('Is it active? Cloud support incidents for Alex Wilber');
    await admin.clicks('Mark as active');
    await admin.clicks('Mark as active');
    await company.works();
    employee.sees('Now active: Cloud support incidents');
  });

  it('asks nothing about what is active or gone by then', async () => {
    company.clock.now = new Date('2026-11-24T10:00:00Z');
    await assigns('cloud support incidents to Alex Wilber');
    await admin.clicks('Undo');
    company.clock.now = new Date('2026-11-28T08:00:01Z');
    await company.works();
    expect(titles(admin)).not.toContain('Is it active? Cloud support incidents for Alex Wilber');
    expect(await company.rows('d!')).toEqual([]);
  });
});

describe('somebody who cannot be reached', () => {
  it('and never opened the bot gets an e-mail, the assigner a word, and the notice once on first contact', async () => {
    await assigns('Power BI Pro to Zoë Lefèvre');
    admin.sees('Zoë Lefèvre could not be reached in Teams', 'Zoë Lefèvre has never opened a chat with me.');
    const [mail, ...more] = await company.mails();
    expect(more).toEqual([]);
    expect(mail?.subject).toBe('Un avantage pour vous\u00a0: Power BI Pro');

    const zoe = company.person('Zoë Lefèvre', { email: 'zoe.lefevre@contoso.com' });
    for (const greeting of ['hello', 'hi']) {
      await zoe.says(greeting);
      await company.works();
    }
    expect(titles(zoe).filter((title) => title === 'Assigned to you: Power BI Pro')).toHaveLength(1);
  });

  it.each([
    ['ConversationBlockedByUser', 403, 'Alex Wilber has blocked me.'],
    ['BotNotInConversationRoster', 403, 'Alex Wilber has removed me.'],
    ['MessageWritesBlocked', 403, 'Alex Wilber has blocked me.'],
    ['ForbiddenOperationException', 403, 'Alex Wilber has removed me.'],
    ['BotDisabledByAdmin', 403, 'An administrator of Teams has disabled me for Alex Wilber.'],
    ['ConversationNotFound', 404, 'Alex Wilber has removed me.'],
  ])('%s: e-mail instead, a word to the assigner, and on return the notice', async (code, status, reason) => {
    company.teams.refuses = (id) => (id === employee.conversationId ? { status, code } : undefined);
    await assigns('Power BI Pro to Alex Wilber');
    admin.sees('Alex Wilber could not be reached in Teams', reason, 'It was about Power BI Pro.');
    expect(await company.mails()).toHaveLength(1);
    company.teams.refuses = undefined;
    await company.works();
    expect(titles(employee)).not.toContain('Assigned to you: Power BI Pro');
    await employee.send({ type: 'installationUpdate', action: 'add' });
    await company.works();
    employee.sees('Assigned to you: Power BI Pro');
    // From now on they are told in Teams again.
    await admin.says('release Power BI Pro from Alex Wilber');
    await admin.clicks('Release');
    await company.works();
    employee.sees('No longer assigned to you: Power BI Pro');
    expect(await company.mails()).toHaveLength(1);
  });

  it('after they removed the bot is not even tried', async () => {
    await employee.send({ type: 'installationUpdate', action: 'remove' });
    await assigns('Power BI Pro to Alex Wilber');
    expect(employee.messageCount).toBe(1);
    expect(await company.mails()).toHaveLength(1);
  });
});

describe('what Teams answers', () => {
  it.each([412, 502, 503, 504])('%i: it is tried again later', async (status) => {
    company.teams.refuses = (id) => (id === employee.conversationId ? { status } : undefined);
    await assigns('Power BI Pro to Alex Wilber');
    company.teams.refuses = undefined;
    await company.works();
    expect(employee.messageCount).toBe(1);
    company.minutesLater(1);
    await company.works();
    employee.sees('Assigned to you: Power BI Pro');
  });

  it.each([
    ['for the minute it asks for', 60, () => ({ 'retry-after': '60' })],
    ['until the time it asks for', 90, () => ({ 'retry-after': inSeconds(90) })],
    ['for five seconds when it asks for none', 5, () => undefined],
  ])('429 stops all of the company %s', async (_for, seconds, headers) => {
    const other = company.person('Diego Siciliani');
    await other.says('help');
    company.teams.refuses = (id) =>
      id === employee.conversationId ? { status: 429, headers: headers() } : undefined;
    await assigns('Power BI Pro to Alex Wilber');
    company.teams.refuses = undefined;
    await assigns('Power BI Pro to Diego Siciliani');
    company.minutesLater((0.8 * seconds) / 60);
    await company.works();
    expect(titles(other)).toHaveLength(1);
    company.minutesLater((0.25 * seconds) / 60);
    await company.works();
    other.sees('Assigned to you: Power BI Pro');
    employee.sees('Assigned to you: Power BI Pro');
  });

  it.each([500, 400, 403])('%i: it is parked after five tries, where an operator sees it', async (status) => {
    company.teams.refuses = (id) => (id === employee.conversationId ? { status } : undefined);
    await assigns('Power BI Pro to Alex Wilber');
    for (let minutes = 0; minutes < 6; minutes++) {
      company.minutesLater(15);
      await company.works();
    }
    expect(await company.rows('o!')).toEqual([]);
    expect(await company.rows('ox!')).toMatchObject([
      { key: 'assigned', tries: 5, lastError: expect.stringContaining(`${status}`) },
    ]);
  });
});

/** A date as HTTP writes it. */
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toUTCString();

describe('the worker', () => {
  it('finds by its slow look what a dead process had committed and not announced', async () => {
    await assigns('Power BI Pro to Diego Siciliani');
    const notice = {
      id: '0mwzzzzzz-abc',
      channel: 'teams',
      to: 'alex-wilber',
      userId: 'alex-wilber',
      key: 'undone',
    } as const;
    const facts = { benefit: { en: 'Tool' }, by: 'Adele Vance' };
    const quiet = company.quietLedger();
    await quiet.commit([
      {
        of: 'notice',
        after: { ...notice, facts, createdAt: company.clock.now.toISOString(), state: 'waiting', tries: 0 },
      },
    ]);
    await company.works();
    expect(employee.messageCount).toBe(1);
    await company.worker?.sweep();
    await company.works();
    employee.sees('No longer assigned to you: Tool');
  });

  it('keeps what was sent for a day', async () => {
    await assigns('Power BI Pro to Alex Wilber');
    expect(await company.rows('os!')).toMatchObject([{ key: 'assigned', state: 'sent' }]);
    company.minutesLater(25 * 60);
    await company.worker?.sweep();
    expect(await company.rows('os!')).toEqual([]);
  });

  it('logs each notice without addresses or names', async () => {
    await assigns('cloud support incidents to Alex Wilber');
    const lines = company.logged.filter((line) => line.includes('"msg":"notice"'));
    expect(lines).toHaveLength(3);
    expect(lines.join('')).not.toMatch(/@|Wilber|alex/i);
  });
});

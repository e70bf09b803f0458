import type { Chatter } from '../parts/chatter';
import { elements } from '../parts/card';
import { openCompany, type OpenCompany } from '../parts/company';

const NO_SUCH_ENTRY = 'There is no such entry in your company.';

let company: OpenCompany;
let admin: Chatter;
beforeEach(async () => {
  company = await openCompany();
  admin = company.person('Adele Vance');
});
afterEach(() => company.close());

const held = async (benefitId: string) => (await company.ledger.benefit(benefitId))?.held;

describe('the alternate e-mail', () => {
  it.each([
    ['no address', 'That is not an e-mail address'],
    ['a@b', 'That is not an e-mail address'],
    ['', 'That is not an e-mail address'],
    ['x <alex@fabrikam.com>', 'That is not an e-mail address'],
    [' Partner@CONTOSO.com  ', "That is the address of your company's dashboard account"],
    ['Alex.Wilber@contoso.COM', "That is Alex Wilber's own account address"],
  ])('refuses %p beside the field and keeps what was typed', async (typed, refusal) => {
    await admin.says('assign cloud support incidents to Alex Wilber');
    admin.fills('Alternate e-mail', typed);
    await admin.clicks('Next');
    admin.sees('Alternate e-mail for Alex Wilber', refusal);
    expect(admin.holds('Alternate e-mail')).toBe(typed.trim());
    admin.fills('Alternate e-mail', 'alex@fabrikam.com');
    await admin.clicks('Next');
    admin.sees('Assign Cloud support incidents to Alex Wilber?');
  });

  it("refuses the user's own address written in another Unicode form", async () => {
    await admin.says('assign cloud support incidents');
    await admin.clicks('Add a user');
    admin.fills('Name', 'Jörg');
    admin.fills('Account e-mail', 'j\u00f6rg@contoso.com');
    await admin.clicks('Add and go on');
    await admin.clicks('Next');
    admin.fills('Alternate e-mail', 'jo\u0308rg@contoso.com');
    await admin.clicks('Next');
    admin.sees("That is Jörg's own account address");
  });
});

describe('a form', () => {
  it('says what is wrong with a new user beside the field', async () => {
    await admin.says('assign Power BI Pro');
    await admin.clicks('Add a user');
    await admin.clicks('Add and go on');
    admin.sees('Enter a name.');
    admin.fills('Name', 'Robin');
    admin.fills('Account e-mail', 'robin at contoso');
    await admin.clicks('Add and go on');
    admin.sees('That is not an e-mail address');
    expect(admin.holds('Name')).toBe('Robin');
    admin.fills('Account e-mail', 'Alex.Wilber@contoso.com');
    await admin.clicks('Add and go on');
    admin.sees('Somebody with the address alex.wilber@contoso.com is already in the list');
    await admin.clicks('Back');
    admin.sees('Who gets Power BI Pro?');
  });

  it('asks for a user when none is chosen', async () => {
    await admin.says('assign Power BI Pro');
    await admin.clicks('Next');
    admin.sees('Choose a user.');
  });
});

describe('names that mean something to a card', () => {
  it.each([
    '**Bold** [link](https://evil.example)',
    '<at>Everyone</at> ${company.name} {{name}} $t(help.title)',
    '# Heading\u202Egnirts',
  ])('shows %p as it is written', async (name) => {
    const shown = name.replace('\u202E', '');
    await admin.says('assign Power BI Pro');
    await admin.clicks('Add a user');
    admin.fills('Name', name);
    admin.fills('Account e-mail', 'odd.name@contoso.com');
    await admin.clicks('Add and go on');
    admin.sees(`${shown} was added`);
    await admin.clicks('Next');
    admin.sees(`Assign Power BI Pro to ${shown}?`);
    await admin.clicks('Assign user');
    admin.sees(`Assigned to ${shown}: Power BI Pro`);
    expect(JSON.stringify(admin.card)).not.toContain('\u202E');
    for (const { type, text } of elements(admin.card)) {
      if (type === 'TextBlock') expect(text).not.toMatch(/(^|[^\\])[*<[]|^#/);
    }
  });
});

describe('a press that does not fit', () => {
  it('on a card of another run is refused in words', async () => {
    await admin.says('assign');
    const old = admin.button('Power BI Pro');
    await admin.says('assign');
    await admin.presses(old);
    admin.sees('This card is from earlier', 'Nothing was changed');
  });

  it('on an earlier card of the same run shows the current step', async () => {
    await admin.says('assign');
    const earlier = admin.button('Power BI Pro');
    await admin.clicks('Visual Studio Enterprise');
    await admin.presses(earlier);
    admin.sees('Who gets Visual Studio Enterprise?');
  });

  it('on a last question that was asked about somebody else shows the one that is asked now', async () => {
    await admin.says('assign Power BI Pro to Alex Wilber');
    const [aboutAlex, earlier] = [admin.button('Assign user'), admin.newestId];
    await admin.says('yes'); // no answer: the question once more, on a second card
    await admin.clicks('Back');
    admin.fills('User', 'Zoë Lefèvre');
    await admin.clicks('Next');
    const answer = await admin.presses(aboutAlex, {}, earlier);
    expect(answer.text).toContain('Assign Power BI Pro to Zoë Lefèvre?');
    expect(await held('power-bi-pro')).toBe(0);
  });

  it.each([
    ["another benefit's id", { benefitId: 'frobnicator' }, NO_SUCH_ENTRY],
    ['an ended benefit', { benefitId: 'visual-studio-enterprise-launch' }, 'ended on'],
    ['no benefit', { benefitId: undefined }, NO_SUCH_ENTRY],
    ['no text', { benefitId: { $ne: '' } }, NO_SUCH_ENTRY],
    ['what can be no id', { benefitId: 'power/bi' }, NO_SUCH_ENTRY],
    ['what can be no run', { run: 'power/bi' }, 'This card is from earlier'],
    ['no run', { run: undefined }, 'This card is from earlier'],
    ['another run', { run: 'abc' }, 'This card is from earlier'],
    ['no step', { step: undefined }, 'Which benefit do you want to assign?'],
  ])('with %s changes nothing', async (_what, changed, seen) => {
    await admin.says('assign');
    await admin.presses(admin.button('Power BI Pro'), changed);
    admin.sees(seen);
  });

  it('with a user of another company', async () => {
    await admin.says('assign Power BI Pro');
    await admin.presses(admin.button('Next'), { user: 'user-of-another-tenant' });
    admin.sees(NO_SUCH_ENTRY);
    expect(await held('power-bi-pro')).toBe(0);
  });

  it("with the key of another row than a user's", async () => {
    await admin.says('assign Power BI Pro');
    await company.settled();
    await admin.presses(admin.button('Next'), { user: 'adele-vance!c' });
    admin.sees('Choose a user.');
  });

  it('with a verb that there is not, or that is a property of every object', async () => {
    await admin.says('help');
    for (const verb of ['frobnicate', 'constructor', '__proto__', '']) {
      await admin.presses({ ...admin.button('My benefits'), verb });
      admin.sees('This card is from earlier');
      await admin.says('help');
    }
  });

  it("of somebody else's card", async () => {
    await admin.says('assign Power BI Pro to Alex Wilber');
    await admin.clicks('Assign user');
    const undo = admin.button('Undo');
    const other = company.person('Nestor Wilke');
    await other.says('help');
    await admin.presses(undo);
    await other.presses(undo);
    other.sees("This button belongs to somebody else's card");
  });

  it('by somebody who is no longer a benefits admin', async () => {
    await admin.says('assign Power BI Pro to Alex Wilber');
    const user = await company.ledger.user('adele-vance');
    if (!user) throw new Error('Adele is not there');
    await company.ledger.commit([{ of: 'user', before: user, after: { ...user, roles: [] } }]);
    await admin.clicks('Assign user');
    admin.sees('Only benefits admins can do that');
    expect(await held('power-bi-pro')).toBe(0);
  });
});

describe('too much, or nothing', () => {
  it('a press with more text than a card takes', async () => {
    await admin.says('users');
    await admin.presses(admin.button('Search'), { search: 'x'.repeat(60_000) });
    admin.sees('That is too long for me: 2000 characters at most.');
    await admin.says('users');
    await admin.presses(admin.button('Search'), { search: 'ﷺ'.repeat(1_000) });
    admin.sees('No user fits');
  });

  it('a name with a line separator', async () => {
    await admin.says('assign Power BI Pro');
    await admin.clicks('Add a user');
    admin.fills('Name', 'Robin\u2028Rust');
    admin.fills('Account e-mail', 'robin@contoso.com');
    await admin.clicks('Add and go on');
    const id = (await company.ledger.userIdOfEmail('robin@contoso.com')) ?? '';
    expect((await company.ledger.user(id))?.displayName).toBe('Robin\u2028Rust');
  });

  it('a text of 100 KB', async () => {
    await admin.says('x'.repeat(100_000));
    admin.sees('That is too long for me: 2000 characters at most.');
    await admin.says('help');
    admin.sees('Partner benefits');
  });

  it('an empty text, and one that only mentions the bot', async () => {
    await admin.says('');
    admin.sees("I didn't understand that");
    await admin.says('<at>Partner Benefits</at> ');
    admin.sees("I didn't understand that");
  });
});

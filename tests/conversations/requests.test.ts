import { beside, GOLD, openRequesting, type Requesting } from '../parts/requesting';

let on: Requesting;
let company: Requesting['company'];
let admin: Requesting['admin'];
let employee: Requesting['employee'];
beforeEach(async () => {
  on = await openRequesting();
  ({ company, admin, employee } = on);
});
afterEach(() => on.company.close());

describe('requests', () => {
  it('shows everybody their own, and admins all of them, the newest first, in pages', async () => {
    const other = await on.holder(GOLD);
    await on.requests(other, { Title: 'From Diego' });
    for (let n = 1; n <= 10; n++) {
      company.minutesLater(1);
      await on.requests(employee, { Title: `Request ${n}`, Hours: '1' });
    }
    await other.says('requests');
    other.sees('Your requests', 'From Diego', 'Waiting for an answer · 4 hours');
    other.seesNot('Request 1');

    await admin.says('service requests');
    admin.sees('Requests', 'Request 10', 'Alex Wilber, ');
    admin.seesNot('From Diego');
    expect(admin.reads().indexOf('Request 10')).toBeLessThan(admin.reads().indexOf('Request 9'));
    await admin.clicks('More requests');
    admin.sees('From Diego');
    admin.seesNot('Request 10');
    await admin.clicks('More requests');
    admin.sees('Request 10');
  });

  it('are none at first', async () => {
    await employee.says('requests');
    employee.sees('Your requests', 'There are no requests yet.');
    await employee.clicks('Request advisory hours');
    employee.sees('Your request: Partner advisory hours');
  });

  it('are opened by their reference, however it is typed, but not by whom they are not for', async () => {
    const reference = await on.requests(employee);
    const other = company.person('Diego Siciliani');
    for (const typed of [reference, reference.toLowerCase(), reference.replace(/-/g, ' '), `#${reference}`]) {
      await admin.says(`requests ${typed}`);
      admin.sees('Azure landing zone', 'Alex Wilber (alex.wilber@contoso.com)');
      await other.says(`demande ${typed}`);
      other.sees("There is no such request, or it is somebody else's.");
    }
    await admin.says('requests 00000-0000-0000');
    admin.sees('There is no such request');
    await admin.says('requests');
    await admin.says(reference);
    admin.sees('A second pair of eyes');
    await other.says('requests');
    const [request] = await on.all();
    await admin.says('requests');
    const row = admin.button('Azure landing zone');
    await other.presses({
      ...row,
      data: { ...(other.button('Cancel').data as object), requestId: request?.id },
    });
    other.sees('There is no such request');
    await other.presses({ type: 'Action.Execute', verb: 'openRequest', data: { requestId: request?.id } });
    other.sees('There is no such request');
  });
});

describe('an answer', () => {
  it('is told to who sent the request, and stands on it', async () => {
    const reference = await on.requests(employee);
    await admin.says(`request ${reference}`);
    await admin.clicks('Answer');
    await admin.clicks('Send answer');
    admin.sees('Answer “Azure landing zone”', 'Write an answer.');
    admin.fills('Answer', 'x'.repeat(2001));
    await admin.clicks('Send answer');
    admin.sees('That is too long for me: 2000 characters at most.');
    expect(admin.holds('Answer')).toBe('x'.repeat(2001));
    admin.fills('Answer', 'Thursday at *ten* suits us.');
    await admin.clicks('Send answer');
    admin.sees('Your answer is sent', 'Alex Wilber will be told here in Teams.');
    await company.works();
    employee.sees('Your request is answered: Azure landing zone', 'Adele Vance has answered it.', reference);
    employee.sees('Thursday at *ten* suits us.');
    await employee.clicks('Open the request');
    employee.sees('Answered', 'Answer from Adele Vance', 'Thursday at *ten* suits us.');
    expect(() => employee.button('Answer')).toThrow();
    expect(await on.used()).toBe(4);
  });

  it('that does not reach who sent the request in Teams goes by e-mail, and the admin is told so', async () => {
    await on.requests(employee);
    await employee.send({ type: 'installationUpdate', action: 'remove' });
    await admin.says('requests');
    await admin.clicks('Azure landing zone');
    await admin.clicks('Answer');
    admin.fills('Answer', 'Thursday suits us.');
    await admin.clicks('Send answer');
    await company.works();
    admin.sees('Alex Wilber could not be reached in Teams');
    const mail = (await company.mails()).find(({ subject }) => subject?.includes('is answered'));
    expect(mail?.text).toContain('Thursday suits us.');
  });

  it('typed into the chat is kept for the button', async () => {
    await on.requests(employee);
    await admin.says('requests');
    await admin.clicks('Azure landing zone');
    await admin.clicks('Answer');
    await admin.says('Thursday suits us.');
    expect(admin.holds('Answer')).toBe('Thursday suits us.');
    await admin.clicks('Send answer');
    admin.sees('Your answer is sent');
  });

  it('is for benefits admins: an employee has no button, and the press of one is refused', async () => {
    await on.requests(employee);
    await admin.says('requests');
    await admin.clicks('Azure landing zone');
    await admin.clicks('Answer');
    admin.fills('Answer', 'Thursday suits us.');
    await on.becomes('adele-vance', ['accountAdmin']);
    await admin.clicks('Send answer');
    admin.sees('Only benefits admins can answer and close requests.');
    expect(admin.holds('Answer')).toBe('Thursday suits us.');
    await admin.clicks('Back');
    expect(() => admin.button('Close')).toThrow();
    await company.works();

    await employee.says('requests');
    await employee.clicks('Azure landing zone');
    const { data } = employee.button('Back');
    for (const [open, send] of [
      ['openAnswer', 'sendAnswer'],
      ['openClose', 'closeRequest'],
    ] as const) {
      await employee.presses({ type: 'Action.Execute', verb: open, data });
      await employee.presses({ ...employee.button('Cancel'), verb: send }, { answer: 'Yes', spent: '0' });
      employee.sees('Only benefits admins can answer and close requests.');
      await employee.says('requests');
      await employee.clicks('Azure landing zone');
      Object.assign(data as object, employee.button('Back').data);
    }
    expect(await on.all()).toMatchObject([{ state: 'open' }]);
    expect(await on.used()).toBe(4);
  });
});

describe('closing', () => {
  async function opensClose(): Promise<void> {
    await on.requests(employee);
    await admin.says('requests');
    await admin.clicks('Azure landing zone');
    await admin.clicks('Close');
  }

  it('gives back what was not spent, and tells who sent the request', async () => {
    await opensClose();
    admin.sees('Close “Azure landing zone”?', '4 hours were requested.');
    expect(admin.holds('Hours spent')).toBe('4');
    admin.fills('Hours spent', '1');
    await admin.clicks('Close request');
    admin.sees('“Azure landing zone” is closed', '3 hours came back.', 'Alex Wilber will be told');
    expect(await on.used()).toBe(1);
    await company.works();
    employee.sees('Your request is closed: Azure landing zone', 'Hours spent: 1. 3 hours came back.');
    await employee.clicks('Open the request');
    employee.sees('Closed', 'Hours spent', 'Closed by', 'Adele Vance');
    expect(() => employee.button('Withdraw')).toThrow();
  });

  it.each(['5', '-1', '1.5', 'all', ''])('with %p hours spent is refused beside the field', async (typed) => {
    await opensClose();
    admin.fills('Hours spent', typed);
    await admin.clicks('Close request');
    expect(beside(admin, 'Hours spent')).toContain('Enter a whole number from 0 to 4.');
    expect(admin.holds('Hours spent') ?? '').toBe(typed);
    expect(await on.used()).toBe(4);
    expect(await on.all()).toMatchObject([{ state: 'open' }]);
  });

  it('however often it is pressed, returns the hours once', async () => {
    await on.requests(employee);
    await admin.says('requests');
    await admin.clicks('Azure landing zone');
    await admin.clicks('Close');
    admin.fills('Hours spent', '1');
    const [press, message] = [admin.button('Close request'), admin.newestId];
    const data = { spent: '1' };
    const answers = await Promise.all([1, 2, 3].map(() => admin.presses(press, data, message)));
    for (const { text } of answers) expect(text).toContain('3 hours came back.');
    expect(await on.used()).toBe(1);
  });

  it('is for good: a second one, an answer and a withdrawal are refused', async () => {
    await opensClose();
    const second = await on.arrives('Nestor Wilke');
    await second.says('requests');
    await second.clicks('Azure landing zone');
    await second.clicks('Answer');
    const third = await on.arrives('Camille Durand');
    await third.says('requests');
    await third.clicks('Azure landing zone');
    await third.clicks('Close');
    await employee.says('requests');
    await employee.clicks('Azure landing zone');
    await employee.clicks('Withdraw');
    const withdraw = [employee.button('Withdraw request'), {}, employee.newestId] as const;
    admin.fills('Hours spent', '2');
    await admin.clicks('Close request');

    second.fills('Answer', 'Too late');
    await second.clicks('Send answer');
    second.sees('This request is closed already.');
    await third.clicks('Close request');
    third.sees('This request is closed already.');
    expect((await employee.presses(...withdraw)).text).toContain('This request is closed already.');
    expect(await on.used()).toBe(2);
  });

  it('at the same moment by two admins is done once', async () => {
    await opensClose();
    const second = await on.arrives('Nestor Wilke');
    await second.says('requests');
    await second.clicks('Azure landing zone');
    await second.clicks('Close');
    admin.fills('Hours spent', '0');
    second.fills('Hours spent', '0');
    await Promise.all([admin.clicks('Close request'), second.clicks('Close request')]);
    const refused = [admin, second].filter((person) => person.reads().includes('closed already'));
    expect(refused).toHaveLength(1);
    expect(await on.used()).toBe(0);
  });
});

describe('withdrawing', () => {
  it('gives all hours back, and tells the admins', async () => {
    await on.requests(employee);
    await employee.clicks('Open the request');
    await employee.clicks('Withdraw');
    employee.sees('Withdraw “Azure landing zone”?');
    await employee.clicks('Back');
    employee.sees('Waiting for an answer');
    await employee.clicks('Withdraw');
    const [press, message] = [employee.button('Withdraw request'), employee.newestId];
    const first = await employee.presses(press, {}, message);
    const again = await employee.presses(press, {}, message);
    expect(again.text).toBe(first.text);
    employee.sees('“Azure landing zone” is withdrawn', '4 hours came back.');
    expect(await on.used()).toBe(0);
    await company.works();
    admin.sees('Request withdrawn: Azure landing zone', 'Alex Wilber has withdrawn it.');
    await admin.clicks('Open the request');
    admin.sees('Withdrawn');
    expect(() => admin.button('Close')).toThrow();
  });

  it('is refused once it is answered, and to anybody else', async () => {
    await on.requests(employee);
    await employee.clicks('Open the request');
    await employee.clicks('Withdraw');
    const withdraw = [employee.button('Withdraw request'), {}, employee.newestId] as const;
    await admin.says('requests');
    await admin.clicks('Azure landing zone');
    expect(() => admin.button('Withdraw')).toThrow();
    const { data } = admin.button('Answer');
    await admin.presses({ type: 'Action.Execute', verb: 'openWithdraw', data });
    await admin.clicks('Withdraw request');
    admin.sees('There is no such request');
    await admin.says('requests');
    await admin.clicks('Azure landing zone');
    await admin.clicks('Answer');
    admin.fills('Answer', 'Thursday suits us.');
    await admin.clicks('Send answer');
    const { text } = await employee.presses(...withdraw);
    expect(text).toContain("This request has been answered and can't be withdrawn any more.");
    expect(await on.used()).toBe(4);
  });
});

it('what is used is always the sum of what the requests took and did not give back', async () => {
  const other = await on.holder();
  await on.requests(employee, { Title: 'One', Hours: '3' });
  await on.requests(other, { Title: 'Two', Hours: '2' });
  await on.requests(employee, { Title: 'Three', Hours: '1' });
  await employee.clicks('Open the request');
  await employee.clicks('Withdraw');
  await admin.says('requests');
  await admin.clicks('One');
  await admin.clicks('Close');
  admin.fills('Hours spent', '1');
  await Promise.all([
    admin.clicks('Close request'),
    employee.clicks('Withdraw request'),
    on.requests(other, { Title: 'Four', Hours: '4' }),
  ]);
  const sum = (await on.all()).reduce((total, { hours, spent }) => total + (spent ?? hours), 0);
  expect(sum).toBe(1 + 2 + 0 + 4);
  expect(await on.used()).toBe(sum);
});

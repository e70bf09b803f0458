import {
  beside,
  describes,
  fillsIn,
  GOLD,
  openRequesting,
  WHAT,
  WHERE,
  type Requesting,
} from '../parts/requesting';

let on: Requesting;
let employee: Requesting['employee'];
beforeEach(async () => {
  on = await openRequesting();
  ({ employee } = on);
});
afterEach(() => on.company.close());

describe('a field that is wrong', () => {
  it.each([
    ['Title', '', 'Enter a title.'],
    ['Title', 'x'.repeat(101), 'That is too long for me: 100 characters at most.'],
    ['Description', ' ', 'Describe what you need help with.'],
    ['Description', 'x'.repeat(2001), 'That is too long for me: 2000 characters at most.'],
    ['Product', '', 'Enter the product that it is about.'],
    ['Product', 'x'.repeat(101), 'That is too long for me: 100 characters at most.'],
    ['Hours', '', 'Enter a whole number of hours, 1 or more: 10 are left'],
    ['Hours', '0', 'Enter a whole number of hours, 1 or more'],
    ['Hours', '-1', 'Enter a whole number of hours, 1 or more'],
    ['Hours', '2.5', 'Enter a whole number of hours, 1 or more'],
    ['Hours', 'two', 'Enter a whole number of hours, 1 or more'],
    ['Hours', '11', 'That is too many hours: 10 are left, and one request can take 25 at most.'],
  ])('%s %p is refused beside it, and nothing typed is lost', async (field, typed, refusal) => {
    await employee.says('request advisory hours');
    await describes(employee, { ...WHAT, [field]: typed });
    employee.sees('Your request: Partner advisory hours', refusal);
    expect(beside(employee, field)).toContain(refusal);
    for (const [label, value] of Object.entries({ ...WHAT, Phase: 'design', [field]: typed.trim() }))
      expect(employee.holds(label) ?? '').toBe(value);
    await describes(employee);
    employee.sees('How can the consultant reach you?');
    expect(await on.all()).toEqual([]);
    expect(await on.used()).toBe(0);
  });

  it.each([
    ['Phone with country code', '', 'Enter the phone number with its country code'],
    ['Phone with country code', '01 99 00 00 00', 'Enter the phone number with its country code'],
    ['Phone with country code', '+33 199', 'Enter the phone number with its country code'],
    ['Phone with country code', '+1234567890123456', 'Enter the phone number with its country code'],
    ['Phone with country code', '+33 call me', 'Enter the phone number with its country code'],
    ['Time zone', 'Mars/Olympus', 'There is no such time zone. Write it like Europe/Paris'],
    ['Time zone', '+01:00', 'There is no such time zone.'],
    ['Time zone', '', 'There is no such time zone.'],
  ])('%s %p is refused beside it, and nothing typed is lost', async (field, typed, refusal) => {
    await employee.says('request advisory hours');
    await describes(employee);
    for (const [label, value] of Object.entries({ ...WHERE, [field]: typed })) employee.fills(label, value);
    await employee.clicks('Next');
    employee.sees('How can the consultant reach you?');
    expect(beside(employee, field)).toContain(refusal);
    for (const [label, value] of Object.entries({ ...WHERE, Country: 'FR', [field]: typed }))
      expect(employee.holds(label) ?? '').toBe(value);
    employee.fills('Time zone', 'UTC');
    employee.fills('Phone with country code', '+44 20 7946 0000');
    await employee.clicks('Next');
    employee.sees('Submit this request?', '+442079460000', 'UTC');
    expect(await on.all()).toEqual([]);
  });

  it.each([
    ['phase', 'Phase', 'someday', 'Choose the phase that you are in.'],
    ['phase', 'Phase', undefined, 'Choose the phase that you are in.'],
  ])('a choice that is none: %s', async (id, field, value, refusal) => {
    await employee.says('request advisory hours');
    for (const [label, typed] of Object.entries(WHAT)) employee.fills(label, typed);
    await employee.presses(employee.button('Next'), { [id]: value });
    expect(beside(employee, field)).toContain(refusal);
  });

  it.each([
    ['country', 'Country', 'XX', 'Choose a country.'],
    ['country', 'Country', undefined, 'Choose a country.'],
    ['language', 'Language of the consultant', 'tlh', 'Choose a language from the list.'],
    ['language', 'Language of the consultant', { $ne: '' }, 'Choose a language from the list.'],
  ])('a choice that is none: %s %p', async (id, field, value, refusal) => {
    await employee.says('request advisory hours');
    await describes(employee);
    employee.fills('Phone with country code', '+44 20 7946 0000');
    await employee.presses(employee.button('Next'), { [id]: value });
    expect(beside(employee, field)).toContain(refusal);
    expect(employee.holds('Phone with country code')).toBe('+44 20 7946 0000');
  });

  it('has every country to choose from, on a card that Teams takes', async () => {
    await employee.says('request advisory hours');
    await describes(employee);
    expect(employee.choices('Country')).toHaveLength(249);
    expect(employee.choices('Language of the consultant')).toContain('French');
    expect(Buffer.byteLength(JSON.stringify(employee.card))).toBeLessThan(28 * 1024);
  });

  it('is told together with all the others of its card', async () => {
    await employee.says('request advisory hours');
    await employee.clicks('Next');
    employee.sees(
      'Enter a title.',
      'Describe what you need help with.',
      'Enter the product that it is about.',
    );
    employee.sees('Choose the phase that you are in.', 'Enter a whole number of hours');
  });

  it('is refused at 26 hours of many, and taken at 25', async () => {
    const holding = await on.holder(GOLD);
    await holding.says('request 26 hours for a migration');
    await describes(holding, { ...WHAT, Hours: '26' });
    holding.sees('That is too many hours: 50 are left, and one request can take 25 at most.');
    await fillsIn(holding, { ...WHAT, Hours: '25' });
    await holding.clicks('Submit request');
    expect(await on.used(GOLD)).toBe(25);
  });
});

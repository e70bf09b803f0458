import { deactivateUser } from '../../benefits/deactivate';
import type { CompanyFile } from '../../benefits/importCompany';
import type { Ports } from '../../benefits/ports';
import { releaseAll } from '../../benefits/releaseAll';
import { grantRole } from '../../benefits/roles';
import type { Chatter } from '../parts/chatter';
import { openCompany, type OpenCompany } from '../parts/company';
import { few } from '../parts/situations';

const ALEX = 'alex-wilber';
/** So many that they don't fit one transaction, each with all that can hang on an assignment. */
const withTools =
  (count: number) =>
  (file: CompanyFile): CompanyFile => ({
    ...few(file),
    benefits: [
      ...few(file).benefits.map((benefit) =>
        benefit.id === 'visual-studio-enterprise' ? { ...benefit, reassignAfterDays: 90 } : benefit,
      ),
      ...Array.from({ length: count }, (_, n) => ({
        ...{ id: `tool-${n}`, name: { en: `Tool ${n}` }, package: 'Tools', category: 'technical' as const },
        ...{ kind: 'support' as const, assignable: 'anyone' as const, seats: 5, reassignAfterDays: 1 },
      })),
    ],
  });

let company: OpenCompany;
let adele: Chatter;
let alex: Chatter;
beforeEach(async () => {
  company = await openCompany({ load: withTools(20), sends: true });
  company.clock.now = new Date('2026-03-10T12:00:00Z');
  adele = company.person('Adele Vance');
  alex = company.person('Alex Wilber');
  await alex.says('help');
});
afterEach(() => company.close());

async function assigns(...benefits: string[]): Promise<void> {
  for (const benefit of benefits) {
    await adele.says(`assign ${benefit} to Alex Wilber`);
    await adele.clicks('Assign user');
  }
}

/** Alex holds the tools, and hands each over some day. */
async function holdsTools(how: { readonly assignedAt?: string } = {}): Promise<void> {
  const { ledger } = company;
  const [adeleRow, alexRow, megan] = await Promise.all(
    ['adele-vance', ALEX, 'marie-dupont'].map((id) => ledger.user(id)),
  );
  if (!adeleRow || !alexRow || !megan) throw new Error('somebody is not there');
  for (const before of (await ledger.benefits()).filter(({ id }) => id.startsWith('tool-'))) {
    const assignedAt = how.assignedAt ?? '2026-03-10T09:00:00.000Z';
    const made = { benefitId: before.id, assignedAt, assignedBy: adeleRow, operationId: `op-${before.id}` };
    const plan = { on: '2026-05-01', plannedBy: adeleRow, madeBy: made.operationId, dueId: 'none' };
    await ledger.commit([
      { of: 'benefit', before, after: { ...before, held: 1 } },
      { of: 'assignment', after: { ...made, userId: ALEX, status: 'activating', expectedOn: '2026-03-13' } },
      { of: 'handover', after: { ...plan, benefitId: before.id, from: alexRow, to: megan } },
    ]);
  }
}

/** A process that dies before its commit number so and so. */
function dyingAt(commit: number): Ports {
  let count = 0;
  const ledger = Object.assign(Object.create(company.ledger) as Ports['ledger'], {
    commit: (changes: Parameters<Ports['ledger']['commit']>[0]) => {
      count += 1;
      if (count >= commit) throw new Error('the process died');
      return company.ledger.commit(changes);
    },
  });
  return { ...company.ports, ledger };
}

const heldBy = async (userId = ALEX) => (await company.ledger.person(userId))?.assignments.length;
const isActive = async () => (await company.ledger.user(ALEX))?.active;
const held = async (benefitId: string) => (await company.ledger.benefit(benefitId))?.held;
const due = async (kind: string) => (await company.rows('d!')).filter((row) => row.kind === kind);
const audited = async (action: string) =>
  (await company.rows(`hu!${ALEX}!`)).filter((record) => record.action === action);

async function isWhollyReleased(count: number): Promise<void> {
  expect(await isActive()).toBe(false);
  expect(await heldBy()).toBe(0);
  expect(await company.rows('p!')).toEqual([]);
  expect(await company.rows('bh!')).toEqual([]);
  expect(await company.rows(`ba!`)).toEqual([]);
  expect(await audited('deactivate')).toHaveLength(1);
  expect(await audited('release')).toHaveLength(count);
  expect(await due('releaseAll')).toEqual([]);
}

describe('deactivating', () => {
  it('shows what they hold and what becomes of it, and releases each by its own rule', async () => {
    await assigns('Power BI Pro', 'visual-studio-enterprise', 'partner-advisory-hours');
    await adele.says('users alex wilber');
    adele.sees('Power BI Pro (Active)', 'Assigned by Adele Vance on March 10, 2026');
    await adele.clicks('Deactivate');
    adele.sees('Deactivate Alex Wilber?', 'What Alex Wilber holds is released:');
    adele.sees(['Power BI Pro', 'The seat is free at once.'].join('\n'));
    adele.sees(['Visual Studio Enterprise', 'The seat is free from June 8, 2026.'].join('\n'));
    expect(adele.button('Deactivate').style).toBe('destructive');
    expect(await isActive()).toBe(true);
    await adele.clicks('Deactivate');
    adele.sees("Alex Wilber is not active any more and can't use this bot.", '3 benefits were released.');
    adele.sees('The seat of Visual Studio Enterprise is free from June 8, 2026.', 'No benefit.');
    expect(await held('power-bi-pro')).toBe(0);
    expect(await held('partner-advisory-hours')).toBe(0);
    expect(await held('visual-studio-enterprise')).toBe(1);
    company.minutesLater(2);
    await company.works();
    await isWhollyReleased(3);
    expect((await audited('release')).every(({ by }) => by === 'adele-vance')).toBe(true);
    expect(await due('freeSeat')).toMatchObject([{ benefitId: 'visual-studio-enterprise' }]);
    expect(await company.ledger.searchUsers('alex wilber', 5)).toEqual([]);
    expect(await company.ledger.inactiveUsers(5)).toContainEqual(expect.objectContaining({ id: ALEX }));
  });

  it('leaves them nothing to press, and tells them nothing more', async () => {
    await grantRole(company.ports, ALEX, ['benefitsAdmin'], 'operator');
    await assigns('Power BI Pro');
    await company.works();
    await alex.says('assign power bi pro to Marie Dupont');
    const count = alex.messageCount;
    await adele.says('deactivate alex wilber');
    await adele.clicks('Deactivate');
    adele.sees('1 benefit was released.');
    await alex.clicks('Assign user');
    alex.sees('Your account here is not active any more.');
    company.minutesLater(2);
    await company.works();
    expect(alex.messageCount).toBe(count);
    expect(await held('power-bi-pro')).toBe(0);
    expect(await company.ledger.usersWithRole('benefitsAdmin', 9)).not.toContainEqual(
      expect.objectContaining({ id: ALEX }),
    );
  });

  it('who holds nothing says so', async () => {
    await adele.says('deactivate alex wilber');
    adele.sees('Alex Wilber holds no benefit.');
    await adele.clicks('Deactivate');
    adele.sees('Alex Wilber is not active any more');
    adele.seesNot('released');
  });

  it('pressed four times, at once and again, is done once', async () => {
    await assigns('Power BI Pro', 'partner-advisory-hours');
    await adele.says('deactivate alex wilber');
    const [press, message] = [adele.button('Deactivate'), adele.newestId];
    const answers = await Promise.all([1, 2, 3].map(() => adele.presses(press, {}, message)));
    answers.push(await adele.presses(press, {}, message));
    for (const { text } of answers) expect(text).toContain('2 benefits were released.');
    company.minutesLater(2);
    await company.works();
    await isWhollyReleased(2);
    expect(await held('power-bi-pro')).toBe(0);
  });

  it('oneself is refused, also by a forged press; a colleague was faster', async () => {
    await adele.says('users adele');
    expect(() => adele.button('Deactivate')).toThrow();
    await adele.presses({ ...adele.button('Edit'), verb: 'openDeactivate' });
    adele.sees('Adele Vance', "You can't deactivate yourself. Ask another account admin.");
    await grantRole(company.ports, 'nestor-wilke', ['accountAdmin'], 'operator');
    const nestor = company.person('Nestor Wilke');
    for (const admin of [adele, nestor]) await admin.says('deactivate alex wilber');
    await Promise.all([adele.clicks('Deactivate'), nestor.clicks('Deactivate')]);
    const reads = [adele, nestor].map((admin) => admin.reads());
    expect(reads.filter((card) => card.includes("can't use this bot."))).toHaveLength(1);
    const refused = reads.filter((card) => card.includes('Alex Wilber is not active any more. Activate'));
    expect(refused).toHaveLength(1);
    expect(await audited('deactivate')).toHaveLength(1);
  });

  it('is refused to who is a benefits admin only, replaying the button', async () => {
    const nestor = company.person('Nestor Wilke');
    await nestor.says('users alex wilber');
    await nestor.presses({ ...nestor.button('Back'), verb: 'openDeactivate' });
    nestor.sees('Only account admins can change users');
    expect(await isActive()).toBe(true);
  });

  it('of two account admins who deactivate each other at once, one stays', async () => {
    for (let round = 0; round < 6; round++) {
      await grantRole(company.ports, 'nestor-wilke', ['accountAdmin'], 'operator');
      await adele.says('deactivate nestor');
      const nestor = company.person('Nestor Wilke', { aadObjectId: NESTOR });
      await nestor.says('deactivate adele');
      await Promise.all([adele.clicks('Deactivate'), nestor.clicks('Deactivate')]);
      expect((await company.ledger.company())?.accountAdmins).toBe(1);
      expect(await company.ledger.usersWithRole('accountAdmin', 5)).toHaveLength(1);
      const reads = [adele, nestor].map((admin) => admin.reads());
      expect(reads.filter((card) => card.includes("can't use this bot."))).toHaveLength(1);
      expect(
        reads.filter((card) =>
          /Only account admins|not active any more\. Ask|is the last account admin/.test(card),
        ),
      ).toHaveLength(1);
      await brings('adele-vance');
      await brings('nestor-wilke');
    }
  });
});

const NESTOR = 'd3b07384-d113-4ec6-a8d5-3f1f8a1e0c55';

/** Active and account admin again, whatever was done to them. */
async function brings(userId: string): Promise<void> {
  const before = await company.ledger.user(userId);
  if (before && !before.active) {
    await company.ledger.commit([{ of: 'user', before, after: { ...before, active: true } }]);
  }
  await grantRole(company.ports, userId, ['accountAdmin', 'benefitsAdmin'], 'operator');
}

describe('a process that dies half way', () => {
  beforeEach(() => holdsTools());

  it.each([2, 3])('at commit %i: the worker finishes', async (commit) => {
    await adele.says('deactivate alex wilber');
    const { run } = adele.button('Deactivate').data as { run: string };
    const press = { operationId: run, by: 'adele-vance' };
    await expect(deactivateUser(dyingAt(commit), press, { userId: ALEX })).rejects.toThrow(
      'the process died',
    );
    expect(await isActive()).toBe(false);
    expect(await heldBy()).toBe(20 - 8 * (commit - 2));
    await company.works(); // a minute hasn't passed
    expect(await heldBy()).toBe(20 - 8 * (commit - 2));
    company.minutesLater(2);
    await company.works();
    await isWhollyReleased(20);
    for (let n = 0; n < 20; n++) expect(await held(`tool-${n}`)).toBe(1); // until the day after the assignment
    company.minutesLater(24 * 60);
    await company.works();
    for (let n = 0; n < 20; n++) expect(await held(`tool-${n}`)).toBe(0);
  });

  it('the same press again goes on, and gives the answer', async () => {
    await adele.says('deactivate alex wilber');
    adele.sees('And 5 more.');
    const { run } = adele.button('Deactivate').data as { run: string };
    const press = { operationId: run, by: 'adele-vance' };
    await expect(deactivateUser(dyingAt(3), press, { userId: ALEX })).rejects.toThrow('the process died');
    await adele.clicks('Deactivate');
    adele.sees('20 benefits were released.', 'No benefit.');
    expect(await heldBy()).toBe(0);
    company.minutesLater(2);
    await company.works();
    await isWhollyReleased(20);
  });

  it('before the first commit: nothing has happened', async () => {
    const press = { operationId: '0mw0000000', by: 'adele-vance' };
    await expect(deactivateUser(dyingAt(1), press, { userId: ALEX })).rejects.toThrow();
    expect(await isActive()).toBe(true);
    expect(await heldBy()).toBe(20);
    expect(await due('releaseAll')).toEqual([]);
  });

  it('and then two finish it at once: each is released once', async () => {
    await adele.says('deactivate alex wilber');
    const { run: operationId } = adele.button('Deactivate').data as { run: string };
    const press = { operationId, by: 'adele-vance' };
    await expect(deactivateUser(dyingAt(2), press, { userId: ALEX })).rejects.toThrow('the process died');
    company.minutesLater(2);
    const what = { ...press, userId: ALEX, deactivatedAt: '2026-03-10T12:00:00.000Z' };
    await Promise.all([
      releaseAll(company.ports, what),
      releaseAll(company.ports, what),
      adele.clicks('Deactivate'),
      company.works(),
    ]);
    company.minutesLater(20);
    await company.works();
    await isWhollyReleased(20);
    expect(await due('freeSeat')).toHaveLength(20);
  });
});

it('what is more than a turn can do, the worker does', async () => {
  await company.close();
  company = await openCompany({ load: withTools(50), sends: true });
  company.clock.now = new Date('2026-03-10T12:00:00Z');
  adele = company.person('Adele Vance');
  await holdsTools();
  await adele.says('users alex wilber');
  adele.sees('And 35 more.');
  await adele.clicks('Deactivate');
  await adele.clicks('Deactivate');
  adele.sees('50 benefits will be released within a few minutes.');
  expect(await heldBy()).toBe(10);
  company.minutesLater(2);
  await company.works();
  await isWhollyReleased(50);
});

describe('the minute after', () => {
  it('takes also what was assigned at the very moment', async () => {
    await adele.says('deactivate alex wilber');
    await adele.clicks('Deactivate');
    await holdsTools({ assignedAt: '2026-03-10T12:00:00.100Z' }); // by a press that had read Alex before
    expect(await heldBy()).toBe(20);
    company.minutesLater(2);
    await company.works();
    await isWhollyReleased(20);
  });

  it('leaves to who was activated again what they were given since, and nothing from before', async () => {
    await holdsTools();
    await adele.says('deactivate alex wilber');
    const { run } = adele.button('Deactivate').data as { run: string };
    const press = { operationId: run, by: 'adele-vance' };
    await expect(deactivateUser(dyingAt(2), press, { userId: ALEX })).rejects.toThrow('the process died');
    company.clock.now = new Date('2026-03-10T12:00:20Z');
    await adele.says('users alex wilber');
    await adele.clicks('Activate again');
    await assigns('Power BI Pro');
    company.minutesLater(2);
    await company.works();
    const person = await company.ledger.person(ALEX);
    expect(person?.assignments.map(({ benefitId }) => benefitId)).toEqual(['power-bi-pro']);
    expect(await audited('release')).toHaveLength(20);
    expect(await due('releaseAll')).toEqual([]);
  });
});

describe('activating again', () => {
  it('brings back an employee who holds nothing', async () => {
    await grantRole(company.ports, ALEX, ['accountAdmin', 'benefitsAdmin'], 'operator');
    await assigns('Power BI Pro');
    await company.works();
    await adele.says('deactivate alex wilber');
    await adele.clicks('Deactivate');
    await adele.clicks('Activate again');
    adele.sees('Alex Wilber is active again, as an employee.', 'Employee', 'No benefit.');
    expect(await company.ledger.user(ALEX)).toMatchObject({ active: true, roles: [] });
    expect((await company.ledger.company())?.accountAdmins).toBe(1);
    expect(await audited('reactivate')).toHaveLength(1);
    expect(await audited('deactivate')).toMatchObject([
      { details: { roles: ['accountAdmin', 'benefitsAdmin'], count: 1 } },
    ]);
    expect(await company.ledger.searchUsers('alex wilber', 5)).toHaveLength(1);
    expect(await company.ledger.inactiveUsers(9)).not.toContainEqual(expect.objectContaining({ id: ALEX }));
    await alex.says('my benefits');
    alex.sees('Nothing is assigned to you at the moment.');
    await assigns('Power BI Pro');
    adele.sees('Assigned to Alex Wilber: Power BI Pro');
  });

  it('brings back no role to whom the company file deactivated, and leaves them what they hold', async () => {
    await assigns('Power BI Pro');
    const before = await company.ledger.user(ALEX);
    if (!before) throw new Error('Alex is not there');
    const after = { ...before, active: false, roles: ['accountAdmin' as const] }; // as an import writes it
    await company.ledger.commit([{ of: 'user', before, after }]);
    await adele.says('users alex wilber');
    adele.sees('Not active any more', 'Power BI Pro (Active)');
    await adele.clicks('Activate again');
    adele.sees('Alex Wilber is active again, as an employee.', 'Power BI Pro (Active)');
    expect(await company.ledger.user(ALEX)).toMatchObject({ active: true, roles: [] });
    expect((await company.ledger.company())?.accountAdmins).toBe(1);
  });

  it('is done once, is refused when it was done, and to who may not', async () => {
    const nestor = company.person('Nestor Wilke');
    await nestor.says('users raul');
    await nestor.presses({ ...nestor.button('Back'), verb: 'activateUser' });
    nestor.sees('Raul Razo', 'Only account admins can change users');
    await grantRole(company.ports, 'nestor-wilke', ['accountAdmin'], 'operator');
    await adele.says('users raul');
    await nestor.says('users raul');
    const [press, message] = [adele.button('Activate again'), adele.newestId];
    const answers = await Promise.all([1, 2, 3, 4].map(() => adele.presses(press, {}, message)));
    for (const { text } of answers) expect(text).toContain('Raul Razo is active again');
    await nestor.clicks('Activate again');
    nestor.sees('Raul Razo is active already.', 'Deactivate');
    const done = (await company.rows('hu!raul-razo!')).filter(({ action }) => action === 'reactivate');
    expect(done).toHaveLength(1);
  });
});

import type { TextKey } from '../../locales/texts';
import type { Chatter } from '../parts/chatter';
import { changed, nameOf, type Situation, TODAY } from '../parts/situations';
import type { Stage } from '../parts/stage';

const DAY = 24 * 60;

const manyUsers = changed(({ users }) => {
  const extra = (n: number) => ({
    id: `extra-${n}`,
    email: `extra.${n}@contoso.com`,
    displayName: `Extra ${n}`,
  });
  return { users: [...users, ...Array.from({ length: 100 }, (_, n) => extra(n))] };
});
const manyBenefits = changed(({ benefits }) => {
  const kind = { package: 'Tools', category: 'software', assignable: 'anyone', seats: 1 } as const;
  const tool = (n: number) => ({ id: `tool-${n}`, name: { en: `Tool ${n}` }, ...kind });
  return { benefits: [...benefits, ...Array.from({ length: 20 }, (_, n) => tool(n))] };
});
const inADay = changed(({ benefits }) => ({
  benefits: benefits.map((benefit) => ({ ...benefit, ...(benefit.kind && { activationDays: 1 }) })),
}));
/** Nothing listens there. */
const storage =
  'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a;TableEndpoint=http://127.0.0.1:9/a;';
const down = { load: null, storage, scope: { signal: () => AbortSignal.timeout(300), onRequest: () => {} } };

const alex = 'Alex Wilber';
const adele = 'Adele Vance';
const address = 'alex.wilber@contoso.com';
const support = { benefit: nameOf('cloud-support-incidents'), user: alex };
const powerBi = { benefit: nameOf('power-bi-pro'), user: alex };
const azure = { benefit: nameOf('azure-bulk-credit'), user: adele };
const launch = { benefit: nameOf('visual-studio-enterprise-launch'), endsOn: { date: '2025-06-30' } };
const windows = { benefit: nameOf('windows-11-enterprise') };
const oneSeat = { benefit: nameOf('visual-studio-test-professional'), seats: 1 };

/** Assigning, activating, sending again; what is mine; who is who; small talk. */
// prettier-ignore
export const assigning: readonly Situation[] = [
  // choosing a benefit
  ['the catalogue', (on) => on.says(adele, on.t.language === 'fr' ? 'attribuer' : 'assign'), [
    'chooseBenefit.title', 'category.software', 'category.cloud', 'category.visualStudio', 'category.technical',
    'chooseBenefit.none', 'chooseBenefit.selfOnly', 'button.cancel',
    ['chooseBenefit.ended', launch], ['chooseBenefit.until', { endsOn: { date: '2027-06-30' } }]]],
  ['a second page of the catalogue', async (on) => on.clicks(await on.says(adele, 'assign'), 'button.moreBenefits'),
    ['chooseBenefit.title', 'button.moreBenefits', 'button.cancel'], manyBenefits],
  ['an empty catalogue', (on) => on.says(adele, 'assign'), ['chooseBenefit.empty'], changed(() => ({ benefits: [] }))],
  ['a benefit that there is not', (on) => on.assigns('Frobnicator'),
    [['refusal.benefitUnknown', { benefit: 'Frobnicator' }]]],
  ['several benefits that fit', (on) => on.assigns('visual studio'),
    [['chooseBenefit.severalFit', { typed: 'visual studio' }]]],
  ['a benefit that has ended', (on) => on.assigns('visual-studio-enterprise-launch'),
    [['refusal.benefitEnded', launch]]],
  ['a benefit that is used with keys', (on) => on.assigns('windows-11-enterprise'),
    [['refusal.notAssignable', windows]]],
  ['no free seat', async (on) => {
    const admin = await on.assigned('visual-studio-test-professional', 'Diego Siciliani');
    return on.assigns('visual-studio-test-professional', undefined, admin);
  }, [['refusal.noFreeSeat', oneSeat], ['chooseBenefit.noneFree', oneSeat]]],
  ['what one holds oneself', async (on) => on.assigns('azure-bulk-credit', undefined, await on.assigned('azure-bulk-credit')),
    [['refusal.alreadyHolds', azure]]],

  // choosing a user
  ['the choice of a user', (on) => on.assigns('cloud-support-incidents'), [
    ['chooseUser.title', support], 'chooseUser.label', 'chooseUser.placeholder',
    'button.chooseUser', 'button.openAddUser', 'button.back', 'button.cancel']],
  ['more than are listed', (on) => on.assigns('power-bi-pro', 'Extra'),
    [['chooseUser.foundMany', { count: 25, typed: 'Extra' }]], manyUsers],
  ['very many users', (on) => on.assigns('power-bi-pro'), [
    ['chooseUser.first', { count: 25 }], 'chooseUser.searchLabel', 'chooseUser.searchPlaceholder',
    'button.searchUsers'], manyUsers],
  ['no user chosen', async (on) => on.clicks(await on.assigns('power-bi-pro'), 'button.chooseUser'),
    ['refusal.userMissing']],
  ['a user whom there is not', (on) => on.assigns('power-bi-pro', 'nobody@contoso.com'),
    [['refusal.userUnknown', { user: 'nobody@contoso.com' }]]],
  ['several users who fit', (on) => on.assigns('power-bi-pro', 'Dupont'),
    [['chooseUser.found', { count: 2, typed: 'Dupont' }]]],
  ['one user who fits', (on) => on.searches('Marie'), [['chooseUser.found', { count: 1, typed: 'Marie' }]]],
  ['no user who fits', (on) => on.searches('Frobnicator'), [['chooseUser.foundNobody', { typed: 'Frobnicator' }]]],
  ['a user who is not active', (on) => on.assigns('power-bi-pro', 'raul.razo@contoso.com'),
    [['refusal.userInactive', { user: 'Raul Razo' }]]],
  ['who holds it already', async (on) => on.assigns('power-bi-pro', alex, await on.assigned('power-bi-pro', alex)),
    [['refusal.alreadyHolds', powerBi]]],
  ['another for what is only for oneself', (on) => on.assigns('azure-bulk-credit', alex), [['refusal.onlySelf', azure]]],

  // adding a user
  ['the form for a new user', (on) => on.opensForm(), [
    'addUser.title', 'addUser.name', 'addUser.email', 'addUser.language', 'languageName.en', 'languageName.fr',
    'role.label', 'role.employee', 'role.benefitsAdmin', 'role.accountAdmin', 'button.addUser', 'button.back']],
  ['a new user', (on) => on.addsUser('Robin', 'robin@contoso.com'), [['addUser.added', { user: 'Robin' }]]],
  ['no name', (on) => on.addsUser('', 'robin@contoso.com'), ['refusal.nameMissing']],
  ['much too long a name', (on) => on.addsUser('x'.repeat(101), 'robin@contoso.com'),
    [['refusal.textTooLong', { limit: 100 }]]],
  ["another's address", (on) => on.addsUser('Robin', address), [['refusal.emailTaken', { email: address }]]],
  ['a role given by who may not', (on) =>
    on.addsUser('Robin', 'robin@contoso.com', on.person('Nestor Wilke'), { role: 'accountAdmin' }),
    ['refusal.onlyAccountAdminSetsRoles']],

  // the alternate e-mail, and confirming
  ['the alternate e-mail', (on) => on.assigns('cloud-support-incidents', alex), [
    ['alternateEmail.title', support], ['alternateEmail.text', { email: address }],
    'alternateEmail.placeholder', 'button.giveAlternateEmail']],
  ['no e-mail address', (on) => on.givesAlternateEmail('alex at fabrikam'), ['refusal.emailInvalid']],
  ["the company's address", (on) => on.givesAlternateEmail('partner@contoso.com'), ['refusal.emailIsCompanys']],
  ["the user's own address", (on) => on.givesAlternateEmail(address), [['refusal.emailIsUsers', support]]],
  ['the last question', (on) => on.givesAlternateEmail(), [
    ['assignConfirm.title', support], 'assignConfirm.package', 'assignConfirm.user', 'assignConfirm.alternateEmail',
    'assignConfirm.free', ['assignConfirm.willTake', { count: 3 }], 'button.assignUser']],
  ['an activation of one day', (on) => on.givesAlternateEmail(), [['assignConfirm.willTake', { count: 1 }]], inADay],
  ['the last question about oneself', (on) => on.assigns('azure-bulk-credit'), [['assignConfirm.titleSelf', azure]]],

  // done, and undone
  ['done', (on) => on.assigned('power-bi-pro', alex), [
    ['assignDone.title', powerBi], 'assignDone.active', ['assignDone.told', powerBi],
    ['assignDone.undo', { minutes: 10 }], 'button.assignAnother', 'button.undo']],
  ['done, and being activated', (on) => on.assignedSupport(), [
    ['assignDone.title', support], ['assignDone.activating', { expectedOn: { date: '2026-03-13' } }],
    ['assignDone.emails', { alternateEmail: 'alex@fabrikam.com', email: address }]]],
  ['done for oneself', (on) => on.assigned('azure-bulk-credit'),
    [['assignDone.titleSelf', azure], 'link.openAzurePortal']],
  ['undone', async (on) => on.clicks(await on.assigned('power-bi-pro', alex), 'button.undo'),
    ['undone.title', ['undone.text', powerBi], 'button.assignAnother', 'button.help']],
  ['undone too late', (on) => later(on, 11, 'button.undo'), [['refusal.undoTooLate', { minutes: 10 }]]],
  ['a button that is too old', (on) => later(on, 31 * DAY, 'button.undo'), ['refusal.title', 'refusal.operationTooOld']],
  ['nothing to undo', async (on) => {
    const admin = await on.assigned('power-bi-pro', alex);
    await admin.presses(admin.button(on.t('button.undo')), { madeBy: 'another-operation' });
    return admin;
  }, ['refusal.undoNothing', 'button.help']],
  ["somebody else's button", async (on) => {
    const admin = await on.assigned('power-bi-pro', alex);
    const undo = admin.button(on.t('button.undo'));
    await admin.presses(undo);
    const other = await on.says('Nestor Wilke', 'hello');
    await other.presses(undo);
    return other;
  }, ['refusal.operationNotYours']],

  // activating, and sending instructions again
  ['nothing to activate', (on) => on.says(adele, 'pending'), ['activations.title', 'activations.none']],
  ['what is being activated', async (on) => alsoSays(await on.assignedSupport(), 'pending'), [
    'activations.intro', ['activations.row', support], 'button.choosePending',
    ['activations.detail', { by: adele, since: { date: '2026-03-10' } }],
    ['activations.expected', { expectedOn: { date: '2026-03-13' } }]]],
  ['an activation that is overdue', async (on) => {
    const admin = await on.assignedSupport();
    on.company.minutesLater(5 * DAY);
    return alsoSays(admin, 'pending');
  }, [['activations.overdue', { expectedOn: { date: '2026-03-13' } }]]],
  ['what goes with an activation', async (on) =>
    on.clicks(await alsoSays(await on.assignedSupport(), 'pending'), 'button.choosePending'), [
    ['markActive.title', support], ['markActive.text', support], ['markActive.label', support],
    'markActive.placeholder', 'button.confirmActive']],
  ['activated', (on) => activated(on), [['markActive.done', support], ['markActive.told', support]]],
  ['activated by another meanwhile', async (on) => {
    const admin = await alsoSays(await on.assignedSupport(), 'pending');
    await activated(on, await on.says('Nestor Wilke', 'pending'));
    return on.clicks(admin, 'button.choosePending');
  }, ['refusal.nothingPending']],
  ['whose instructions', (on) => on.says(adele, 'resend'), ['resend.whose', 'chooseUser.label']],
  ['which instructions', async (on) => {
    const admin = await alsoSays(await on.assignedSupport(), 'resend');
    await admin.says(address);
    return admin;
  }, [['resend.which', support]]],
  ['instructions of what is not held', (on) => on.resends('power-bi-pro', address), [
    'refusal.notHeld', ['chooseHeld.none', support]]],
  ['instructions sent again', (on) => resent(on, 1), ['resend.done', 'button.help']],
  ['instructions sent again too often', (on) => resent(on, 4), [['refusal.resentTooOften', { most: 3 }]]],

  // leaving, and what doesn't fit
  ['a card of an earlier run', async (on) => {
    const admin = await on.assigns('power-bi-pro');
    const earlier = admin.button(on.t('button.chooseUser'));
    await on.assigns('power-bi-pro', undefined, admin);
    await admin.presses(earlier);
    return admin;
  }, ['earlierRun.title', 'earlierRun.text', 'button.assign', 'button.help']],
  ['a dialog that was left for a day', async (on) => {
    const admin = await on.assigns('power-bi-pro', alex);
    on.company.minutesLater(DAY + 1);
    return on.clicks(admin, 'button.assignUser');
  }, ['expired.title', 'expired.text']],
  ['cancelled', async (on) => on.clicks(await on.assigns('power-bi-pro'), 'button.cancel'),
    ['cancelled.title', 'cancelled.text']],
  ['nothing to cancel', (on) => on.says(adele, on.t('button.cancel')),
    ['nothingToCancel.title', 'nothingToCancel.text', 'button.assign', 'button.myBenefits']],
  ['something like a command', (on) => on.says(adele, 'asign'),
    ['notUnderstood.title', 'notUnderstood.near', 'button.assign']],
  ['nothing like a command', (on) => on.says(adele, '42'), ['notUnderstood.title', 'notUnderstood.text']],
  ['much too long a text', (on) => on.says(adele, 'x'.repeat(2_001)), [['refusal.textTooLong', { limit: 2_000 }]]],
  ['a storage that does not answer', (on) => on.says(adele, 'assign'),
    ['fault.title', ['fault.text', { reference: '' }], 'button.help'], down],

  // who is who
  ['help', (on) => on.says(adele, on.t('button.help')),
    ['help.title', 'help.intro', 'help.assign', 'help.myBenefits', 'help.language', 'help.cancel']],
  ['a greeting', (on) => on.says(adele, 'hello'), [['greet.title', { name: adele }], 'greet.text']],
  ['the question for a language', (on) => on.says(adele, 'language'), ['language.title', 'language.ask']],
  ['a chosen language', (on) => on.says(adele, `language ${on.t.language}`, { locale: 'de-DE' }),
    ['language.title', 'language.set', 'button.myBenefits']],
  ["an admin's welcome", (on) => on.arrives(adele),
    [['welcome.title', { name: adele }], ['welcome.admin', { company: 'Contoso' }]]],
  ["an employee's welcome", (on) => on.arrives(alex), [['welcome.employee', { company: 'Contoso' }]]],
  ['a group chat', async (on) => {
    const admin = on.person(adele);
    const conversation = { id: admin.conversationId, conversationType: 'groupChat' };
    await admin.send({ type: 'message', text: 'assign', conversation });
    return admin;
  }, ['openChat.title', 'openChat.text', 'link.openChat']],
  ['no admin', (on) => on.says(alex, 'assign'), ['instead.title', 'instead.text', 'button.myBenefits']],
  ['nobody to ask', (on) => on.says(alex, 'assign'), ['instead.title', 'nobodyToAsk'],
    changed(({ users }) => ({ users: users.map((user) => ({ ...user, roles: [] })) }))],
  ['a guest', (on) => on.says('Gus Guest', 'help', { userRole: 'guest' }),
    ['refusal.title', ['refusal.signInGuest', { company: 'Contoso' }]]],
  ['an account without e-mail', (on) => on.says('No Body', 'help', { email: undefined, userPrincipalName: undefined }),
    [['refusal.signInHasNoEmail', { company: 'Contoso' }]]],
  ['a sign-in that is taken', async (on) => {
    await on.says(alex, 'help');
    return on.says(alex, 'help');
  }, [['refusal.signInTaken', { email: address }]]],
  ['who is not active any more', (on) => on.says('Raul Razo', 'help'), ['refusal.youAreInactive']],
  ['a company that is not loaded', (on) => on.says(adele, 'help'),
    ['refusal.companyNotLoaded', 'link.partnerMembershipCenter', 'link.joinProgram'], { load: null }],

  // my benefits
  ['nothing of mine', (on) => on.says(alex, 'mine'), ['myBenefits.title', 'myBenefits.none', 'button.help']],
  ['an active benefit of mine', (on) => mine(on, () => on.assigned('visual-studio-enterprise', alex)), [
    'myBenefits.active', 'myBenefits.package', 'myBenefits.since', 'myBenefits.by', 'myBenefits.endsOn',
    ['myBenefits.ask', { by: adele, email: 'adele.vance@contoso.com' }], 'link.openVisualStudioPortal']],
  ['a benefit of mine that is being activated', (on) => mine(on, () => on.assignedSupport()), [
    'myBenefits.activating', 'myBenefits.expectedOn', 'myBenefits.alternateEmail', 'myBenefits.waiting']],
  ['a benefit of mine that has ended', (on) => mine(on, () => later(on, 500 * DAY)),
    ['myBenefits.expired', 'myBenefits.over']],
  ['very many benefits of mine', (on) => mine(on, () => holdsTools(on)), ['button.moreMine'], manyBenefits],
];

/** What is assigned, or what is pressed, so many minutes after Alex was given Power BI Pro. */
async function later(on: Stage, minutes: number, pressed?: TextKey): Promise<Chatter> {
  const admin = await on.assigned('power-bi-pro', alex);
  on.company.minutesLater(minutes);
  return pressed ? on.clicks(admin, pressed) : admin;
}

async function alsoSays(person: Chatter, text: string): Promise<Chatter> {
  await person.says(text);
  return person;
}

/** The first of the list that the admin sees is activated. */
async function activated(on: Stage, admin?: Chatter): Promise<Chatter> {
  const lister = admin ?? (await alsoSays(await on.assignedSupport(), 'pending'));
  await on.clicks(lister, 'button.choosePending');
  return on.clicks(lister, 'button.confirmActive');
}

async function resent(on: Stage, times: number): Promise<Chatter> {
  const admin = await on.assignedSupport();
  for (let time = 0; time < times; time++) await on.resends('cloud-support-incidents', address, admin);
  return admin;
}

async function mine(on: Stage, assign: () => Promise<unknown>): Promise<Chatter> {
  await assign();
  return on.says(alex, 'mine');
}

async function holdsTools({ company: { ledger } }: Stage): Promise<void> {
  const assignedBy = await ledger.user('adele-vance');
  if (!assignedBy) throw new Error('Adele is not there');
  const how = { status: 'active', assignedAt: TODAY, assignedBy, operationId: 'by-hand' } as const;
  for (const before of (await ledger.benefits()).filter(({ id }) => id.startsWith('tool-'))) {
    await ledger.commit([
      { of: 'benefit', before, after: { ...before, held: 1 } },
      { of: 'assignment', after: { ...how, benefitId: before.id, userId: 'alex-wilber' } },
    ]);
  }
}

import type { TextKey } from '../../locales/texts';
import type { Chatter } from '../parts/chatter';
import { bound } from '../parts/seats';
import { changed, few, nameOf, type Situation } from '../parts/situations';
import type { Stage } from '../parts/stage';

const DAY = 24 * 60;

const [alex, diego, adele] = ['Alex Wilber', 'Diego Siciliani', 'Adele Vance'];
const addressOf = (name: string) => `${name.toLowerCase().replace(' ', '.')}@contoso.com`;

/** On the day of the situations, Power BI Pro can go to somebody else from June 8 on. */
const early = { load: (file: Parameters<typeof few>[0]) => bound(few(file)) };
const sending = { ...early, sends: true };
const endsSoon = changed((file) => ({
  benefits: bound(file).benefits.map((benefit) => ({ ...benefit, endsOn: '2026-06-01' })),
}));
const manyHolders = changed(({ users }) => {
  const extra = (n: number) => ({
    id: `extra-${n}`,
    email: `extra.${n}@contoso.com`,
    displayName: `Extra Person ${n}`,
  });
  return { users: [...users, ...Array.from({ length: 13 }, (_, n) => extra(n))] };
});

const june8 = { date: '2026-06-08' };
const march10 = { date: '2026-03-10' };
const powerBi = { benefit: nameOf('power-bi-pro'), user: alex, to: diego };
const planned = { ...powerBi, date: june8 };
const support = { benefit: nameOf('cloud-support-incidents'), user: alex, to: diego };
const azure = { benefit: nameOf('azure-bulk-credit') };
const ended = { benefit: nameOf('power-bi-pro'), endsOn: { date: '2027-06-30' } };
const windows = { benefit: nameOf('windows-11-enterprise') };

/** Reassigning, releasing, and handovers. */
// prettier-ignore
export const seats: readonly Situation[] = [
  // reassigning
  ['what is held', async (on) => says(on, await on.assigned('power-bi-pro', alex), 'button.reassign'), [
    'reassign.which', ['chooseHolder.held', { count: 1 }], 'category.cloud', 'button.cancel']],
  ['two of a benefit held', async (on) => {
    const admin = await on.assigned('power-bi-pro', alex);
    await also(on, admin, diego);
    return says(on, admin, 'button.release');
  }, ['release.which', ['chooseHolder.held', { count: 2 }]]],
  ['nothing held', (on) => on.says(adele, 'reassign'), ['reassign.which', 'chooseHolder.nothingHeld']],
  ['who holds it', (on) => reassigns(on, 'power-bi-pro'), [
    ['reassign.whose', powerBi], ['chooseHolder.detail', { email: addressOf(alex), since: march10 }],
    'button.back', 'button.cancel']],
  ['who gets it', (on) => reassigns(on, 'power-bi-pro', alex), [
    ['reassign.to', powerBi], 'chooseUser.label', 'button.openAddUser']],
  ['the last question', (on) => reassigns(on, 'power-bi-pro', alex, diego), [
    ['reassign.confirm', powerBi], 'assignConfirm.package', 'reassign.from', 'myBenefits.since', 'reassign.goesTo',
    'reassign.atOnce', 'button.reassignUser', 'button.back']],
  ['the last question about support', (on) => reassignsSupport(on), [
    ['reassign.confirm', support], 'assignConfirm.alternateEmail', ['assignConfirm.willTake', { count: 3 }]]],
  ['reassigned', async (on) => on.clicks(await reassigns(on, 'power-bi-pro', alex, diego), 'button.reassignUser'), [
    ['reassign.done', powerBi], ['reassign.text', powerBi], 'assignDone.active', 'button.reassign', 'button.help']],
  ['reassigned from two who are told', async (on) => {
    const admin = await on.clicks(await reassigns(on, 'power-bi-pro', alex, diego), 'button.reassignUser');
    admin.sees(on.t('reassign.told', { count: 2, people: list(on, [alex, diego]) }));
    return admin;
  }, [['reassign.done', powerBi]]],
  ['reassigned from oneself', async (on) => {
    const admin = await on.assigned('power-bi-pro', adele);
    return on.clicks(await says(on, admin, reassignLine(on, 'power-bi-pro', adele, diego)), 'button.reassignUser');
  }, [['reassign.told', { count: 1, people: diego }]]],
  ['support reassigned', async (on) => on.clicks(await reassignsSupport(on), 'button.reassignUser'), [
    ['reassign.done', support], ['assignDone.activating', { expectedOn: { date: '2026-03-13' } }],
    ['assignDone.emails', { alternateEmail: 'diego@fabrikam.com', email: addressOf(diego) }]]],
  ['a user whom there is not', (on) => reassigns(on, 'power-bi-pro', alex, 'nobody@contoso.com'),
    [['refusal.userUnknown', { user: 'nobody@contoso.com' }]]],
  ['who is not active', (on) => reassigns(on, 'power-bi-pro', alex, 'raul.razo@contoso.com'),
    [['refusal.userInactive', { user: 'Raul Razo' }]]],
  ['who holds it already', (on) => reassigns(on, 'power-bi-pro', alex, alex), [['refusal.alreadyHolds', powerBi]]],
  ['a holder whom there is not', (on) => reassigns(on, 'power-bi-pro', 'Marie Dupont'),
    [['refusal.holderUnknown', { user: 'Marie Dupont', benefit: nameOf('power-bi-pro') }], ['reassign.whose', powerBi]]],
  ['what is only for oneself', async (on) =>
    says(on, await on.assigned('azure-bulk-credit'), reassignLine(on, 'azure-bulk-credit')), [['refusal.notMovable', azure], 'chooseBenefit.selfOnly']],
  ['what nobody holds', (on) => on.says(adele, reassignLine(on, 'windows-11-enterprise')),
    [['refusal.nobodyHolds', windows]]],
  ['what has ended', async (on) => {
    const admin = await on.assigned('power-bi-pro', alex);
    on.company.minutesLater(500 * DAY);
    return says(on, admin, reassignLine(on, 'power-bi-pro'));
  }, [['refusal.benefitEnded', ended], ['chooseBenefit.ended', ended]]],
  ['taken by another meanwhile', async (on) => {
    const admin = await reassigns(on, 'power-bi-pro', alex, diego);
    await on.clicks(await on.says('Nestor Wilke', releaseLine(on, 'power-bi-pro', alex)), 'button.releaseUser');
    return on.clicks(admin, 'button.reassignUser');
  }, ['refusal.notHeld', ['reassign.confirm', powerBi]]],

  // choosing among many holders
  ['more holders than a page', (on) => manyHold(on), [
    'chooseHolder.more', 'chooseUser.searchLabel', 'chooseUser.searchPlaceholder', 'button.searchUsers',
    'button.moreHolders'], manyHolders],
  ['several holders who fit', async (on) => says(on, await manyHold(on), 'Person 1'),
    [['chooseHolder.found', { count: 4, typed: 'Person 1' }]], manyHolders],
  ['more holders who fit than a page', async (on) => says(on, await manyHold(on), 'Extra'),
    [['chooseHolder.foundMany', { count: 12, typed: 'Extra' }]], manyHolders],
  ['the only holder who still fits', async (on) => {
    const admin = await says(on, await manyHold(on), 'Extra Person 11');
    return on.clicks(admin, 'button.back');
  }, ['chooseHolder.more'], manyHolders],
  ['nobody who holds it any more', async (on) => {
    const admin = await reassigns(on, 'power-bi-pro');
    const row = admin.button(alex);
    await on.clicks(await on.says('Nestor Wilke', releaseLine(on, 'power-bi-pro', alex)), 'button.releaseUser');
    await admin.presses(row);
    return admin;
  }, ['refusal.notHeld', ['chooseHolder.nobody', powerBi]]],

  // handovers
  ['a seat before its day', (on) => reassigns(on, 'power-bi-pro', alex), [
    ['refusal.notMovableYet', { ...powerBi, date: june8 }], ['handover.button', { date: june8 }]], early],
  ['the last question about a handover', (on) => aboutToPlan(on), [
    ['handover.confirm', planned], 'handover.on', 'handover.byItself', 'button.planHandover'], early],
  ['a handover planned', (on) => plans(on), [
    'handover.done', ['handover.text', planned], 'button.callOff', 'button.reassign', 'button.help'], early],
  ['a second handover', async (on) => says(on, await plans(on), reassignLine(on, 'power-bi-pro', alex)), [
    ['refusal.handoverPlanned', planned], ['chooseHolder.planned', planned], 'button.callOff'], early],
  ['a benefit that ends before', (on) => reassigns(on, 'power-bi-pro', alex), [
    ['refusal.endsBeforeHandover', { ...powerBi, endsOn: { date: '2026-06-01' }, date: june8 }]], endsSoon],
  ['called off', async (on) => on.clicks(await plans(on), 'button.callOff'), [
    'calledOff.title', ['calledOff.text', planned], 'button.reassign', 'button.help'], early],
  ['called off twice', async (on) => {
    const admin = await plans(on);
    const press = admin.button(on.t('button.callOff'));
    await says(on, admin, reassignLine(on, 'power-bi-pro', alex));
    await on.clicks(admin, 'button.callOff');
    await admin.presses(press);
    return admin;
  }, ['refusal.title', 'refusal.noHandover'], early],

  // releasing
  ['whose it is', async (on) => releases(on, 'power-bi-pro'), [['release.whose', powerBi]]],
  ['the last question before a release', (on) => releases(on, 'power-bi-pro', alex), [
    ['release.confirm', powerBi], 'assignConfirm.package', 'reassign.from', 'myBenefits.since',
    ['assignDone.told', powerBi], 'release.willBeFree', 'button.releaseUser', 'button.back', 'button.cancel']],
  ['released', async (on) => on.clicks(await releases(on, 'power-bi-pro', alex), 'button.releaseUser'), [
    ['release.done', powerBi], ['assignDone.told', powerBi], 'release.free', 'button.assignAnother', 'button.release',
    'button.help']],
  ['one releases what one holds oneself', (on) => releasesOwn(on), [['release.confirmSelf', azure]]],
  ['one has released what one held oneself', async (on) => on.clicks(await releasesOwn(on), 'button.releaseUser'), [['release.doneSelf', azure], 'button.assign']],
  ['a release before the day', (on) => releases(on, 'power-bi-pro', alex),
    [['release.willBeFreeOn', { date: june8 }]], early],
  ['released before the day', async (on) => on.clicks(await releases(on, 'power-bi-pro', alex), 'button.releaseUser'),
    [['release.done', powerBi], ['release.freeOn', { date: june8 }]], early],
  ['a release of what is to be handed over', async (on) => says(on, await plans(on), releaseLine(on, 'power-bi-pro', alex)),
    [['release.handover', planned]], early],

  // what is told
  ['told that it is somebody else’s', (on) => toldTo(on, alex, async () => {
    await plans(on);
    on.company.clock.now = new Date('2026-06-08T07:00:00Z');
  }), [['notice.reassigned.title', powerBi], ['notice.reassigned.text', { by: adele, to: diego }], 'button.myBenefits'], sending],
  ['told that it was released', (on) => toldTo(on, alex, async () => {
    await on.clicks(await releases(on, 'power-bi-pro', alex), 'button.releaseUser');
  }), [['notice.released.title', powerBi], ['notice.released.text', { by: adele }]], sending],
  ['told that a handover failed: who gets it holds it', (on) => failed(on, (admin) => also(on, admin, diego)), [['notice.handoverFailed.title', powerBi], ['notice.handoverFailed.text', planned],
    ['notice.handoverFailed.reason.alreadyHolds', powerBi], 'button.reassign'], sending],
  ['told that a handover failed: who gets it is not active', (on) => failed(on, async () => {
    const before = await on.company.ledger.user('diego-siciliani');
    if (before) await on.company.ledger.commit([{ of: 'user', before, after: { ...before, active: false } }]);
  }), [['notice.handoverFailed.reason.userInactive', powerBi]], sending],
  ['told that a handover failed: the benefit has ended', (on) => failed(on, () => changeIt(on, { endsOn: '2026-06-01' })),
    ['notice.handoverFailed.reason.benefitEnded'], sending],
  ['told that a handover failed: for another reason', (on) => failed(on, () => changeIt(on, { reassignAfterDays: 200 })),
    ['notice.handoverFailed.reason.other'], sending],
  ['told that a handover failed: the alternate e-mail', (on) => failed(on, () => changeIt(on, { kind: 'support' })),
    ['notice.handoverFailed.reason.alternateEmail'], sending],
];

/** In one line; each part that is left out is asked. */
function reassignLine({ t }: Stage, benefit: string, from?: string, to?: string): string {
  const [verb, of, for_] = t.language === 'fr' ? ['réattribuer', 'de', 'à'] : ['reassign', 'from', 'to'];
  return [verb, benefit, ...(from ? [of, from] : []), ...(to ? [for_, to] : [])].join(' ');
}

function releaseLine({ t }: Stage, benefit: string, from?: string): string {
  const [verb, of] = t.language === 'fr' ? ['libérer', 'de'] : ['release', 'from'];
  return [verb, benefit, ...(from ? [of, from] : [])].join(' ');
}

async function says({ t }: Stage, person: Chatter, text: string): Promise<Chatter> {
  await person.says(text.startsWith('button.') ? t(text as TextKey) : text);
  return person;
}

const list = ({ t }: Stage, names: readonly string[]) => new Intl.ListFormat(t.language).format(names);

/** An admin who reassigns what Alex was given. */
async function reassigns(on: Stage, benefit: string, from?: string, to?: string): Promise<Chatter> {
  return says(on, await on.assigned(benefit, alex), reassignLine(on, benefit, from, to));
}

async function releases(on: Stage, benefit: string, from?: string): Promise<Chatter> {
  return says(on, await on.assigned(benefit, alex), releaseLine(on, benefit, from));
}

async function releasesOwn(on: Stage): Promise<Chatter> {
  return says(on, await on.assigned('azure-bulk-credit'), releaseLine(on, 'azure-bulk-credit', adele));
}

/** The same admin gives Power BI Pro to somebody else, too. */
async function also(on: Stage, admin: Chatter, whom: string): Promise<void> {
  await on.clicks(await on.assigns('power-bi-pro', whom, admin), 'button.assignUser');
}

async function reassignsSupport(on: Stage): Promise<Chatter> {
  const admin = await on.assignedSupport();
  await admin.says(reassignLine(on, 'cloud-support-incidents', alex, diego));
  admin.fills(on.t('alternateEmail.label'), 'diego@fabrikam.com');
  return on.clicks(admin, 'button.giveAlternateEmail');
}

/** The handover from Alex to Diego, on June 8. */
async function aboutToPlan(on: Stage): Promise<Chatter> {
  const admin = await reassigns(on, 'power-bi-pro', alex, diego);
  await admin.clicks(on.t('handover.button', { date: june8 }));
  return admin;
}

async function plans(on: Stage): Promise<Chatter> {
  return on.clicks(await aboutToPlan(on), 'button.planHandover');
}

/** What somebody is told when the bot sends what there is to be sent. */
async function toldTo(on: Stage, name: string, act: () => Promise<unknown>): Promise<Chatter> {
  const reader = await on.says(name, on.t('button.help'));
  await act();
  await on.company.works();
  on.seen.push(reader.card);
  return reader;
}

/** What the admin is told on the day of a handover that can't take place any more. */
async function failed(on: Stage, act: (admin: Chatter) => Promise<void>): Promise<Chatter> {
  for (const name of [alex, diego]) await on.says(name, on.t('button.help'));
  const admin = await plans(on);
  await act(admin);
  on.company.clock.now = new Date('2026-06-08T07:00:00Z');
  await on.company.works();
  on.seen.push(admin.card);
  return admin;
}

async function changeIt({ company: { ledger } }: Stage, change: object): Promise<void> {
  const before = await ledger.benefit('power-bi-pro');
  if (before) await ledger.commit([{ of: 'benefit', before, after: { ...before, ...change } }]);
}

/** An admin who is asked which of thirteen holders is meant. */
async function manyHold(on: Stage): Promise<Chatter> {
  const { ledger } = on.company;
  const [assignedBy, before] = [await ledger.user('adele-vance'), await ledger.benefit('power-bi-pro')];
  if (!assignedBy || !before) throw new Error('not loaded');
  const how = {
    status: 'active',
    assignedAt: '2026-03-10T12:00:00Z',
    assignedBy,
    operationId: 'by-hand',
  } as const;
  const ids = Array.from({ length: 13 }, (_, n) => `extra-${n}`);
  await ledger.commit([
    { of: 'benefit', before, after: { ...before, held: ids.length } },
    ...ids.map((userId) => ({ of: 'assignment', after: { ...how, benefitId: before.id, userId } }) as const),
  ]);
  return on.says(adele, reassignLine(on, 'power-bi-pro'));
}

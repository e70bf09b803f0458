import type { TextKey } from '../../locales/texts';
import type { Chatter } from '../parts/chatter';
import { changed, nameOf, type Situation } from '../parts/situations';
import type { Stage } from '../parts/stage';

const adele = 'Adele Vance';
const alex = 'Alex Wilber';
const windows = { benefit: nameOf('windows-server-2025-standard') };
const sql = { benefit: nameOf('sql-server-enterprise') };
const m365 = { benefit: nameOf('microsoft-365-business-premium') };
const azure = { benefit: nameOf('azure-bulk-credit') };
const TEN = { minutes: 10 };

/** With something else in one benefit. */
const withBenefit = (id: string, change: object) =>
  changed(({ benefits }) => ({
    benefits: benefits.map((benefit) => (benefit.id === id ? { ...benefit, ...change } : benefit)),
  }));
const oneActivation = withBenefit('sql-server-enterprise', {
  keys: [{ key: 'AAAA1-BBBB2', activations: 1 }],
});
const oneKey = withBenefit('microsoft-365-business-premium', { keys: [{ key: 'AAAA1-BBBB2' }] });
const manyKeys = withBenefit('windows-server-2025-standard', {
  keys: Array.from({ length: 61 }, (_, n) => ({ key: `AAAA1-${n}` })),
});
const oneAnswer = { keys: [{ key: 'AAAA1', activations: 2 }] };

/** Product keys: who gets them, what showing one takes, and where the product is downloaded. */
// prettier-ignore
export const keys: readonly Situation[] = [
  ['the list of what has keys', (on) => on.says(adele, say(on)), [
    'keys.which', ['keys.count', { count: 2 }], ['keys.left', { count: 8 }], ['keys.free', { count: 5 }]]],
  ['one of each that is left', (on) => on.says(adele, say(on)), [
    ['keys.count', { count: 1 }], ['keys.left', { count: 1 }], ['keys.free', { count: 1 }]],
    changed(({ benefits }) => ({ benefits: benefits.map((benefit) => benefit.keyKind
      ? { ...benefit, keys: [benefit.keyKind === 'multipleActivation' ? { key: 'AAAA1', activations: 1 } : { key: 'AAAA1' }] }
      : benefit) }))],
  ['a catalogue without keys', (on) => on.says(adele, say(on)), ['keys.empty'], changed(() => ({ benefits: [] }))],
  ['static keys, before they are shown', (on) => on.says(adele, `${say(on)} windows-server-2025-standard`), [
    ['keys.title', windows], 'keys.static', 'keys.instructions',
    'button.showKeys', 'button.toDownloads', 'button.back', 'button.cancel']],
  ['keys that are shown', (on) => shown(on, 'windows-server-2025-standard'), [
    ['keys.title', windows], 'keys.instructions', ['keys.shown', TEN], 'button.toDownloads', 'button.doneKeys']],
  ['more keys than fit', (on) => shown(on, 'windows-server-2025-standard'), [['keys.first', { count: 60 }]], manyKeys],
  ['keys that are hidden again', async (on) => alsoSays(await shown(on, 'windows-server-2025-standard'), 'hm'), [
    ['keys.title', windows], ['keys.hidden', TEN], 'button.showAgain', 'button.toDownloads', 'button.doneKeys']],
  ['keys that were hidden in time', async (on) => {
    const admin = await shown(on, 'windows-server-2025-standard');
    on.company.minutesLater(11);
    await on.company.works();
    return admin;
  }, [['keys.title', windows], 'keys.gone', 'button.keys'],
    { ...changed(() => ({})), sends: true }],
  ['done with keys', async (on) => on.clicks(await shown(on, 'power-bi-pro'), 'button.doneKeys'),
    ['keys.gone', 'button.keys', 'button.help']],
  ['keys asked for too late', async (on) => {
    const admin = await alsoSays(await shown(on, 'windows-server-2025-standard'), 'hm');
    on.company.minutesLater(11);
    return on.clicks(admin, 'button.showAgain');
  }, [['refusal.keysHidden', TEN], 'keys.gone', 'button.keys']],

  // multiple activation
  ['activations, before a key is shown', (on) => on.says(adele, `${say(on)} sql-server-enterprise`),
    [['keys.takes', { count: 8 }]]],
  ['the last activation', (on) => on.says(adele, `${say(on)} sql-server-enterprise`),
    [['keys.takes', { count: 1 }]], oneActivation],
  ['no activation left', async (on) => {
    const admin = await on.says(adele, `${say(on)} sql-server-enterprise`);
    await shown(on, 'sql-server-enterprise', 'Nestor Wilke');
    return on.clicks(admin, 'button.showKeys');
  }, [['refusal.noActivationLeft', sql], 'keys.noneLeft'], oneActivation],

  // single use
  ['free keys', (on) => on.says(adele, `${say(on)} microsoft-365-business-premium`),
    [['keys.free', { count: 5 }], 'keys.becomesYours']],
  ['a key of mine', async (on) => alsoSays(await shown(on, 'microsoft-365-business-premium'), `${say(on)} microsoft-365-business-premium`),
    [['keys.yours', { count: 1 }], 'button.showKeys', 'button.anotherKey']],
  ['several keys of mine', async (on) => {
    const admin = await shown(on, 'microsoft-365-business-premium');
    await admin.says(`${say(on)} microsoft-365-business-premium`);
    await on.clicks(admin, 'button.anotherKey');
    return alsoSays(admin, `${say(on)} microsoft-365-business-premium`);
  }, [['keys.yours', { count: 2 }]]],
  ['no free key', async (on) => {
    const admin = await on.says(adele, `${say(on)} microsoft-365-business-premium`);
    await shown(on, 'microsoft-365-business-premium', 'Nestor Wilke');
    return on.clicks(admin, 'button.showKeys');
  }, [['refusal.noFreeKey', m365], 'keys.noneFree'], oneKey],

  // downloads
  ['the choice of a language', async (on) => downloads(on, []),
    [['keys.language', windows], 'languageName.en', 'languageName.fr', 'button.back', 'button.cancel']],
  ['a language that is not there', async (on) => alsoSays(await downloads(on, []), 'Klingon'),
    [['refusal.optionUnknown', { option: 'Klingon' }]]],
  ['the choice of a system', (on) => downloads(on, ['languageName.fr']), ['keys.system']],
  ['the links', async (on) => {
    const admin = await downloads(on, ['languageName.fr']);
    await admin.clicks('x64');
    return admin;
  }, [['keys.downloads', windows], 'languageName.fr', 'button.doneKeys']],
  ['no link that fits', async (on) => downloads(on, []), ['keys.noDownloads'], withBenefit('windows-server-2025-standard', {
    languages: ['en'], systems: undefined,
    downloads: [{ title: { en: 'x' }, url: 'https://example.com', languages: ['fr'] }] })],

  // refused
  ['a benefit without keys', (on) => on.says(adele, `${say(on)} azure-bulk-credit`), [['refusal.noKeys', azure]]],
  ['a benefit that has ended', (on) => on.says(adele, `${say(on)} sql-server-enterprise`),
    [['refusal.keysEnded', { ...sql, endsOn: { date: '2025-06-30' } }]],
    withBenefit('sql-server-enterprise', { ...oneAnswer, endsOn: '2025-06-30' })],
  ['the daily limit', async (on) => shown(on, 'windows-server-2025-standard', adele, await shown(on, 'windows-server-2025-standard')),
    [['refusal.claimedTooOften', { ...windows, most: 1 }]],
    withBenefit('windows-server-2025-standard', { claimsADay: 1 })],
  ['an old client', async (on) => {
    const admin = await on.says(adele, `${say(on)} windows-server-2025-standard`);
    const { fallback } = admin.button(on.t('button.showKeys')) as { fallback: { data: object } };
    await admin.send({ type: 'message', value: fallback.data });
    return admin;
  }, ['refusal.clientTooOld', 'button.showKeys']],
  ['who may not get keys', (on) => on.says(alex, say(on)),
    ['keys.notForYou', 'refusal.keysNotForYou', 'button.myBenefits', 'button.help']],
];

const say = ({ t }: Stage): string => (t.language === 'fr' ? 'clés' : 'keys');

async function alsoSays(person: Chatter, text: string): Promise<Chatter> {
  await person.says(text);
  return person;
}

async function shown(on: Stage, what: string, who = adele, already?: Chatter): Promise<Chatter> {
  const person = already ?? on.person(who);
  await person.says(`${say(on)} ${what}`);
  return on.clicks(person, 'button.showKeys');
}

/** Past the keys of Windows Server, with these answers given. */
async function downloads(on: Stage, answers: readonly TextKey[]): Promise<Chatter> {
  const admin = await on.says(adele, `${say(on)} windows-server-2025-standard`);
  await on.clicks(admin, 'button.toDownloads');
  for (const answer of answers) await on.clicks(admin, answer);
  return admin;
}

import { commandIn } from '../../locales/texts';
import type { Json } from '../parts/card';
import type { Chatter } from '../parts/chatter';
import { changed, few, nameOf, type Situation } from '../parts/situations';
import type { Stage } from '../parts/stage';

const adele = 'Adele Vance';
const [alex, marie] = ['alex.wilber@contoso.com', 'marie.dupont@contoso.com'];
const powerBi = { benefit: nameOf('power-bi-pro') };
const support = { benefit: nameOf('cloud-support-incidents') };
const sending = { load: few, sends: true };

/** More users than fit a list. */
const manyUsers = changed(({ users }) => {
  const extra = (n: number) => ({
    id: `extra-${n}`,
    email: `extra.${n}@contoso.com`,
    displayName: `Extra ${n}`,
  });
  return { users: [...users, ...Array.from({ length: 100 }, (_, n) => extra(n))] };
});

/** Assigning to several people at once. */
// prettier-ignore
export const bulk: readonly Situation[] = [
  ['how it is done', (on) => begins(on), [
    'bulk.title', ['bulk.how', { limit: 1_000 }], 'bulk.first', 'bulk.lines', 'bulk.linesExample',
    'button.checkLines', 'button.pickUsers', 'button.bulkTemplate']],
  ['no lines', async (on) => on.clicks(await begins(on), 'button.checkLines'), ['refusal.listEmpty']],
  ['too many lines', (on) => checks(on, ...Array.from({ length: 1_001 }, () => 'x;y')), [
    ['refusal.listTooLong', { limit: 1_000 }]]],
  ['columns without people', (on) => checks(on, `${on.t('bulk.column.benefit')};x`, 'a;b'), ['refusal.listNeedsColumns']],
  ['what can be assigned', (on) => checks(on, `power-bi-pro; ${alex}`, `power-bi-pro; ${marie}`), [
    ['bulk.assignAll', { count: 2, lines: 2 }], ['bulk.takes', { count: 2, free: 0 }],
    ['bulk.line', { line: 2, user: 'Marie Dupont' }], 'button.assignAll', 'button.bulkFile', 'button.assignMany']],
  ["what can't", (on) => checks(on, `;${alex}`, 'power-bi-pro;', 'visual studio;Raúl', `power-bi-pro;Dupont`,
    `cloud-support-incidents;${alex};x`), [
    'bulk.assignNone', 'bulk.refused', 'refusal.benefitMissing', 'refusal.userMissing',
    ['bulk.line', { line: 2, user: '' }], 'bulk.noUser', ['refusal.benefitAmbiguous', { benefit: 'visual studio' }],
    ['refusal.userAmbiguous', { user: 'Dupont' }], 'refusal.emailInvalid']],
  ['some of both', (on) => checks(on, `power-bi-pro; ${alex}`, `power-bi-pro; ${alex}`), [
    ['bulk.assignAll', { count: 1, lines: 2 }], ['refusal.twiceInList', { line: 1 }],
    ['bulk.part', { part: 1, parts: 2 }], 'button.moreLines']],
  ['the next part', async (on) => on.clicks(
    await checks(on, `power-bi-pro; ${alex}`, `power-bi-pro; ${alex}`), 'button.moreLines'), [
    ['bulk.part', { part: 2, parts: 2 }]]],
  ['many benefits', (on) => checks(on, ...Array.from({ length: 14 }, (_, n) => `tool-${n};${alex}`)), [
    ['bulk.more', { count: 2 }]], changed(({ benefits }) => ({ benefits: [...benefits, ...tools(14)] }))],
  ['thirteen benefits', (on) => checks(on, ...Array.from({ length: 13 }, (_, n) => `tool-${n};${alex}`)), [
    ['bulk.more', { count: 1 }]], changed(({ benefits }) => ({ benefits: [...benefits, ...tools(13)] }))],
  ['under way', async (on) => on.clicks(await checks(on, `power-bi-pro; ${alex}`), 'button.assignAll'), [
    'bulk.assigning', ['bulk.progress', { done: 0, count: 1 }]]],
  ['done', (on) => assigned(on, `power-bi-pro; ${alex}`, `power-bi-pro; ${marie}`), [
    ['bulk.done', { count: 2 }], 'bulk.allDone', 'button.bulkFile', 'button.assignMany'], sending],
  ['done but for some', (on) => assigned(on, `power-bi-pro; ${alex}`, 'power-bi-pro; x', 'power-bi-pro; y'), [
    ['bulk.done', { count: 1 }], ['bulk.refusedToo', { count: 2 }]], sending],
  ['done but for one', (on) => assigned(on, `power-bi-pro; ${alex}`, 'power-bi-pro; x'), [
    ['bulk.refusedToo', { count: 1 }]], sending],
  ['a file that is no list', (on) => sends(on, 'photo.png', Buffer.from([0x89, 0x50, 0, 1])), ['refusal.fileUnreadable']],
  ['a file of too many rows', (on) => sends(on, 'x.csv', Buffer.from('a;b\n'.repeat(5_001))), [
    ['refusal.fileTooManyRows', { limit: 5_000 }]]],
  ['a file that is too large', (on) => sends(on, 'x.csv', Buffer.alloc(2 * 1024 * 1024 + 1, 'a')), [
    ['refusal.fileTooLarge', { limit: 2 }]]],
  ['a file from elsewhere', (on) => sends(on, 'x.csv', Buffer.from('a;b'), { downloadUrl: 'https://example.com/x' }), [
    'refusal.fileNotFetched']],
  ['people to pick', (on) => picks(on), [
    ['bulk.pick', powerBi], 'bulk.people', 'bulk.others', 'bulk.othersExample', 'button.checkPeople', 'button.back']],
  ['many people to pick', (on) => picks(on), [['bulk.peopleHelp', { count: 25 }]], manyUsers],
  ['nobody picked', async (on) => on.clicks(await picks(on), 'button.checkPeople'), ['refusal.userMissing']],
  ['what wants an address for each', async (on) => {
    const admin = await on.clicks(await begins(on), 'button.pickUsers');
    await admin.says('cloud-support-incidents');
    return admin;
  }, [['refusal.needsAlternateEmails', support]]],
  ['the history', async (on) => {
    const admin = await on.clicks(await checks(on, `power-bi-pro; ${alex}`), 'button.assignAll');
    await admin.says(commandIn(on.t.language, 'history'));
    return admin;
  }, [['history.did.assignMany', { by: adele }]]],
];

const begins = (on: Stage): Promise<Chatter> => on.says(adele, commandIn(on.t.language, 'assignMany'));

async function checks(on: Stage, ...lines: string[]): Promise<Chatter> {
  const admin = await begins(on);
  admin.fills(on.t('bulk.lines'), lines.join('\n'));
  return on.clicks(admin, 'button.checkLines');
}

async function sends(on: Stage, name: string, bytes: Uint8Array, changed: Json = {}): Promise<Chatter> {
  const admin = on.person(adele);
  await admin.sendsFile(name, bytes, changed);
  return admin;
}

async function assigned(on: Stage, ...lines: string[]): Promise<Chatter> {
  const admin = await on.clicks(await checks(on, ...lines), 'button.assignAll');
  await on.company.works();
  return admin;
}

async function picks(on: Stage): Promise<Chatter> {
  const admin = await on.clicks(await begins(on), 'button.pickUsers');
  await admin.says('power-bi-pro');
  return admin;
}

const tools = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    ...{ id: `tool-${n}`, name: { en: `Tool ${n}` }, package: 'Tools', category: 'software' as const },
    ...{ assignable: 'anyone' as const, seats: 1 },
  }));

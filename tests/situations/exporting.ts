import type { Chatter } from '../parts/chatter';
import type { Situation } from '../parts/situations';
import { answers } from '../parts/oneDrive';
import type { Stage } from '../parts/stage';

const adele = 'Adele Vance';
const NAME = 'contoso-export-2026-03-10.xlsx';

/** Somebody who is asked by Teams whether the file may be saved. */
async function isOffered(on: Stage): Promise<Chatter> {
  const admin = await on.clicks(await on.says(adele, on.t('button.export')), 'button.makeExport');
  await on.company.settled();
  return admin;
}

/** Their answer, and what it comes to. */
async function answer(on: Stage, say: (admin: Chatter) => Promise<unknown>): Promise<Chatter> {
  const admin = await isOffered(on);
  await say(admin);
  await on.company.settled();
  on.seen.push(admin.card);
  return admin;
}

/** Data that somebody takes out as a file. */
// prettier-ignore
export const exporting: readonly Situation[] = [
  ['what can be exported', (on) => on.says(adele, on.t('button.export')),
    ['export.title', 'export.text', 'export.label', 'button.makeExport']],
  ['an export that Teams asks about', isOffered, ['export.offered', ['export.below', { name: NAME }]]],
  ['a file that was saved', (on) => answer(on, (admin) => admin.accepts()),
    [['file.sent.title', { name: NAME }], 'file.sent.text']],
  ['a file that was declined', (on) => answer(on, (admin) => admin.declines()), ['file.declined.title', 'file.declined.text']],
  ['an offer that is over', (on) => {
    on.company.teams.oneDrive.instead.push(answers(404));
    return answer(on, (admin) => admin.accepts());
  }, ['file.over.title', 'file.over.text']],
  ['an export that is in the history', async (on) => {
    const admin = await answer(on, (each) => each.accepts());
    await admin.says(on.t('button.history'));
    return admin;
  }, [['history.did.export', { by: adele }]]],
  ['an export for who is no admin', (on) => on.says('Alex Wilber', on.t('button.export')), ['refusal.mayNotExport']],
];

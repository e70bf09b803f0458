import type { CompanyFile } from '../../benefits/importCompany';
import type { Chatter } from './chatter';
import type { OpenCompany } from './company';

export const DAY = 24 * 60;

/** The seats of Power BI Pro, of which there are two, can't go to somebody else for 90 days. */
export const bound = (file: CompanyFile): CompanyFile => ({
  ...file,
  benefits: file.benefits.map((benefit) =>
    benefit.id === 'power-bi-pro' ? { ...benefit, reassignAfterDays: 90 } : benefit,
  ),
});

/** Says so in one line, and presses on. */
export async function assigns(admin: Chatter, what: string): Promise<void> {
  await admin.says(`assign ${what}`);
  if (admin.reads().includes('Alternate e-mail for')) {
    admin.fills('Alternate e-mail', 'old@fabrikam.com');
    await admin.clicks('Next');
  }
  await admin.clicks('Assign user');
  admin.sees('Undo');
}

/** Who holds a benefit, by user id: as its own rows and those by user have it, which must be the same. */
export async function holdersOf(company: OpenCompany, benefitId: string): Promise<string[]> {
  const userId = (row: { userId?: unknown }) => String(row.userId);
  const byBenefit = (await company.rows(`ba!${benefitId}!`)).map(userId).sort();
  const byUser = (await company.rows('u!'))
    .filter(({ rowKey }) => String(rowKey).endsWith(`!a!${benefitId}`))
    .map(userId)
    .sort();
  expect(byUser).toEqual(byBenefit);
  return byBenefit;
}

export const heldOf = async (company: OpenCompany, benefitId: string): Promise<number> =>
  (await company.ledger.benefit(benefitId))?.held ?? NaN;

/** The counter of every benefit is what its rows say, and the seats that are to be freed later. */
export async function countersFit(company: OpenCompany): Promise<void> {
  const due = await company.ledger.dueWork(1_000);
  for (const { id, held } of await company.ledger.benefits()) {
    const holders = await holdersOf(company, id);
    const toBeFreed = due.filter((work) => work.kind === 'freeSeat' && work.benefitId === id);
    expect([id, held]).toEqual([id, holders.length + toBeFreed.length]);
  }
}

/** What a person was told unasked, newest last. */
export const titlesOf = (company: OpenCompany, person: Chatter): (string | undefined)[] =>
  company.teams.messagesOf(person.conversationId).map(({ activity }) => activity.summary);

/** What was done with a benefit, in the order of the alphabet: what happens in the same millisecond has no other. */
export const actionsOn = async (company: OpenCompany, benefitId: string): Promise<string[]> =>
  (await company.rows(`hb!${benefitId}!`)).map(({ action }) => String(action)).sort();

/** Whom the e-mails of a subject went to. */
export const mailedTo = async (company: OpenCompany, subject: string): Promise<string[]> =>
  (await company.mails())
    .filter((mail) => mail.subject === subject)
    .map(({ to }) => (to && 'value' in to ? (to.value[0]?.address ?? '') : ''))
    .sort();

import type { CompanyFile } from '../../benefits/importCompany';
import type { Ledger } from '../../benefits/ports';
import { few } from '../parts/situations';

const idOf = (n: number) => `tool-${n}`;

/** The sample company with a few of its people, and so many more benefits with a seat each: tool-0, tool-1 … */
export const withTools =
  (count: number) =>
  (file: CompanyFile): CompanyFile => ({
    ...few(file),
    benefits: [
      ...few(file).benefits,
      ...Array.from({ length: count }, (_, n) => ({
        ...{ id: idOf(n), name: { en: `Tool ${n}` }, package: 'Tools', category: 'technical' as const },
        ...{ assignable: 'anyone' as const, seats: 1 },
      })),
    ],
  });

/** Gives somebody the first tools, without a word to anybody. @returns their ids */
export async function givesTools(ledger: Ledger, count: number, userId: string): Promise<string[]> {
  const assignedBy = (await ledger.user('adele-vance'))!;
  const ids = Array.from({ length: count }, (_, n) => idOf(n));
  for (const benefitId of ids) {
    const before = (await ledger.benefit(benefitId))!;
    const made = { benefitId, userId, assignedBy, operationId: `op-${benefitId}`, status: 'active' } as const;
    await ledger.commit([
      { of: 'benefit', before, after: { ...before, held: before.held + 1 } },
      { of: 'assignment', after: { ...made, assignedAt: new Date().toISOString() } },
    ]);
  }
  return ids;
}

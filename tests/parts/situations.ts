import type { CompanyFile } from '../../benefits/importCompany';
import type { Facts } from '../../benefits/model';
import { LANGUAGES, type TextKey, textsIn } from '../../locales/texts';
import { textsOf } from './card';
import type { Chatter } from './chatter';
import { type CompanyOptions, contoso, openCompany } from './company';
import { findsOtherLanguage } from './otherLanguage';
import { Stage } from './stage';

/** A sentence or label that must be seen, in the reader's language. */
export type Line = TextKey | readonly [TextKey, Facts];
/** What it is, how somebody comes into it, what they see there, and the company that it takes. */
export type Situation = readonly [
  string,
  (stage: Stage) => Promise<Chatter>,
  readonly Line[],
  CompanyOptions?,
];

/** The day on which every situation begins. */
export const TODAY = '2026-03-10T12:00:00Z';

const PEOPLE = ['adele', 'nestor', 'alex', 'raul', 'jean', 'marie', 'diego'];
/** The sample company with a few of its people: quick to load. */
export const few = (file: CompanyFile): CompanyFile => ({
  ...file,
  users: file.users.filter(({ id }) => PEOPLE.some((name) => id.startsWith(`${name}-`))),
});
/** With something else in it. */
export const changed = (change: (file: CompanyFile) => Partial<CompanyFile>): CompanyOptions => ({
  load: (file) => ({ ...few(file), ...change(few(file)) }),
});

/** The name of a benefit of the sample. */
export function nameOf(id: string) {
  const found = contoso.benefits.find((benefit) => benefit.id === id);
  if (!found) throw new Error(`the sample has no ${id}`);
  return found.name;
}

/** In each language: what is to be seen is seen, and nothing of the other language on any card on the way. */
export function inBothLanguages(situations: readonly Situation[]): void {
  describe.each(LANGUAGES)('in %s', (language) => {
    const t = textsIn(language, 'Europe/Paris');
    const otherLanguage = findsOtherLanguage(language);

    for (const [name, act, sees, options = { load: few }] of situations) {
      it(name, async () => {
        const company = await openCompany(options);
        company.clock.now = new Date(TODAY);
        const stage = new Stage(company, t);
        try {
          const person = await act(stage);
          person.sees(...sees.map((line) => (typeof line === 'string' ? t(line) : t(...line))));
          for (const card of stage.seen) {
            expect(card.lang).toBe(language);
            expect(textsOf(card).flatMap(otherLanguage)).toEqual([]);
          }
        } finally {
          await company.close();
        }
      });
    }
  });
}

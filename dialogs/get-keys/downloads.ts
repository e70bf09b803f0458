import { BenefitError } from '../../benefits/errors';
import type { Benefit } from '../../benefits/model';
import { chooseOptionCard } from '../../cards/choose-option/chooseOption';
import { downloadsCard, languageName } from '../../cards/downloads/downloads';
import type { Texts } from '../../locales/texts';
import { benefitOf } from '../chooseBenefit';
import { type Move, ON, type Step } from '../step';
import { textOf, type Turn } from '../turn';
import { doneCard } from './done';
import { benefitNow, type KeysDraft } from './draft';

/** On to what follows the keys: of a list of one, nothing is asked. */
export async function toDownloads(draft: KeysDraft, turn: Turn): Promise<Move<KeysDraft>> {
  const { languages = [], systems = [] } = await benefitNow(draft, turn);
  const [only, onlySystem] = [languages.length === 1, systems.length === 1];
  return {
    draft: {
      ...draft,
      downloads: { languages, systems },
      language: only ? languages[0] : undefined,
      system: onlySystem ? systems[0] : undefined,
    },
    go: ON,
  };
}

/** What one of the two questions asks. */
interface Option {
  readonly name: string;
  readonly field: 'language' | 'system';
  readonly list: 'languages' | 'systems';
  title(benefit: Benefit, t: Texts): string;
  /** How a value is shown. */
  label(value: string, t: Texts): string;
}

function chooseOption({ name, field, list, title, label }: Option): Step<KeysDraft> {
  return {
    name,
    applies: ({ downloads }) => (downloads?.[list].length ?? 0) > 1,

    async show(draft, turn, press, refused) {
      const benefit = await benefitNow(draft, turn);
      const options = (benefit[list] ?? []).map((value) => ({ value, label: label(value, turn.t) }));
      const ask = { press, title: title(benefit, turn.t), options, refusal: refused?.text ?? null };
      return chooseOptionCard(ask, turn.t);
    },

    presses: {
      chooseOption: (draft, turn, data) => choose(draft, turn, textOf(data, 'value')),
    },

    says: (draft, turn, typed) => choose(draft, turn, typed),
  };

  async function choose(draft: KeysDraft, turn: Turn, said: string): Promise<Move<KeysDraft>> {
    const values = (await benefitNow(draft, turn))[list] ?? [];
    const wanted = said.trim().toLowerCase();
    const value = values.find((each) =>
      [each, label(each, turn.t)].some((name) => name.toLowerCase() === wanted),
    );
    if (value === undefined) throw new BenefitError('optionUnknown', { option: said });
    return { draft: { ...draft, [field]: value }, go: ON };
  }
}

export const chooseLanguage = chooseOption({
  name: 'chooseLanguage',
  field: 'language',
  list: 'languages',
  title: ({ name }, t) => t('keys.language', { benefit: name }),
  label: languageName,
});

export const chooseSystem = chooseOption({
  name: 'chooseSystem',
  field: 'system',
  list: 'systems',
  title: (_benefit, t) => t('keys.system'),
  label: (system) => system,
});

/** Where it is downloaded, and how it is installed, for both answers (docs/rules.md, rule 3). */
export const links: Step<KeysDraft> = {
  name: 'links',
  applies: ({ downloads }) => downloads !== undefined,

  async show(draft, turn, press) {
    const { name, downloads = [] } = await benefitNow(draft, turn);
    const { language, system } = draft;
    const fits = (chosen: string | undefined, only: readonly string[] | undefined) =>
      chosen === undefined || only === undefined || only.includes(chosen);
    const fitting = downloads.filter((each) => fits(language, each.languages) && fits(system, each.systems));
    const chosen = { language: language ?? null, system: system ?? null };
    return downloadsCard({ press, benefit: name, ...chosen, downloads: fitting }, turn.t);
  },

  presses: {
    doneKeys: async (draft, turn) => ({ done: doneCard(turn, benefitOf(draft)) }),
  },
};

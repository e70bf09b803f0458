import type { GivenLine } from '../../benefits/checkBulk';
import { BenefitError } from '../../benefits/errors';
import { fold } from '../../benefits/words';
import { LANGUAGES, type TextKey, textsIn } from '../../locales/texts';

type Column = 'benefit' | 'user' | 'alternateEmail';

/** How columns are called, besides what the template calls them: so an export of assignments is such a list. */
const OTHER_NAMES: Record<Column, readonly string[]> = {
  benefit: ['benefitId', 'benefit id', 'benefit', 'avantage'],
  user: ['email', 'e-mail', 'user', 'utilisateur', 'adresse'],
  alternateEmail: ['alternateEmail', 'alternate email address'],
};

const named = (column: Column): string[] => {
  const key: TextKey = `bulk.column.${column}`;
  return [...OTHER_NAMES[column], ...LANGUAGES.map((language) => textsIn(language, 'UTC')(key))].map(fold);
};

const NAMES: Record<Column, readonly string[]> = {
  benefit: named('benefit'),
  user: named('user'),
  alternateEmail: named('alternateEmail'),
};

/** Where the columns are, in a list whose first line doesn't say. */
const IN_ORDER: Record<Column, number> = { benefit: 0, user: 1, alternateEmail: 2 };

/**
 * The lines of a list, with or without a line that names its columns.
 * @param rows its cells
 * @throws BenefitError `listNeedsColumns` when the first line names columns, and not all that are needed
 */
export function linesOf(rows: readonly (readonly string[])[]): GivenLine[] {
  const [first = []] = rows;
  const at = placesIn(first);
  const isHeading = at.benefit >= 0 || at.user >= 0;
  if (isHeading && (at.benefit < 0 || at.user < 0)) throw new BenefitError('listNeedsColumns');
  const { benefit, user, alternateEmail } = isHeading ? at : IN_ORDER;
  return rows
    .map((cells, index) => ({
      number: index + 1,
      benefit: cells[benefit] ?? '',
      user: cells[user] ?? '',
      alternateEmail: cells[alternateEmail] ?? '',
    }))
    .slice(isHeading ? 1 : 0);
}

/** -1 for what isn't there; of several names of one column the first counts, wherever it stands. */
function placesIn(cells: readonly string[]): Record<Column, number> {
  const folded = cells.map(fold);
  const placeOf = (column: Column) => {
    const name = NAMES[column].find((each) => folded.includes(each));
    return name === undefined ? -1 : folded.indexOf(name);
  };
  return { benefit: placeOf('benefit'), user: placeOf('user'), alternateEmail: placeOf('alternateEmail') };
}

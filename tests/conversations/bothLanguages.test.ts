import en from '../../locales/en.json';
import { inBothLanguages } from '../parts/situations';
import { assigning } from '../situations/assigning';
import { bulk } from '../situations/bulk';
import { exporting } from '../situations/exporting';
import { keys } from '../situations/keys';
import { looking } from '../situations/looking';
import { requesting } from '../situations/requesting';
import { seats } from '../situations/seats';
import { users } from '../situations/users';

inBothLanguages(assigning);

/** The others have tests of their own, so that they run side by side. */
const everySituation = [
  ...assigning,
  ...bulk,
  ...exporting,
  ...keys,
  ...looking,
  ...requesting,
  ...seats,
  ...users,
];

it('every refusal that can be met in chat was met', () => {
  const elsewhere = [
    'title',
    'notBenefitsAdmin', // a card of its own: instead.title
    'keyKindFixed', // in an import, as is the next
    'seatsBelowHeld',
    'tooBusy', // after eight conflicts in a row
    'wasCancelled', // when it is cancelled at the same moment
  ];
  const met = new Set(everySituation.flatMap(([, , sees]) => sees.flat().map(String)));
  const codes = Object.keys(en.texts.refusal).filter((code) => !elsewhere.includes(code));
  expect(codes.filter((code) => !met.has(`refusal.${code}`))).toEqual([]);
});

import type { Bulk } from '../../benefits/bulk';
import type { Benefit } from '../../benefits/model';
import { overviewOf } from '../../benefits/overview';
import { bulkPreviewCard } from '../../cards/bulk-preview/bulkPreview';
import { historyCard } from '../../cards/history/history';
import type { OpenRow } from '../../cards/overview/details';
import { type Overview, overviewCard } from '../../cards/overview/overview';
import { myBenefitsCard } from '../../cards/my-benefits/myBenefits';
import { LANGUAGES, textsIn } from '../../locales/texts';
import { actionsOf, type Json } from '../parts/card';
import { contoso } from '../parts/company';

/** What Teams takes. */
const MOST_BYTES = 28 * 1024;
const CATEGORIES = ['software', 'cloud', 'visualStudio', 'technical'] as const;

const SCRIPTS = {
  'long names': 'Maximiliane-Élisabeth’s “unusual” benefit, with Software Assurance, ',
  'three bytes a letter': '漢字かな交じり文の長い名前、',
  'four bytes a letter': '𠮷𩸽🧑‍🚀',
  'nothing but Markdown': '*_[x]`~<&#{"\\',
};

const long = (script: string, letters: number) => [...script.repeat(letters)].slice(0, letters).join('');

/** Two hundred benefits of which everything is as long as a company file may have it. */
const catalogueIn = (script: string): Benefit[] =>
  Array.from({ length: 200 }, (_, n) => ({
    id: `${'a-long-identifier-'.repeat(4).slice(0, 61)}${String(n).padStart(3, '0')}`,
    name: { en: long(script, 4_000) },
    package: long(script, 100),
    category: CATEGORIES[n % 4] ?? 'software',
    assignable: n % 3 === 0 ? 'none' : 'anyone',
    ...{
      seats: 100_000,
      held: 99_999,
      quantity: 1_000_000,
      unit: 'USD',
      used: 999_999,
      endsOn: '2027-09-30',
    },
    ...{
      next: { en: long(script, 4_000) },
      instructions: { en: long(script, 4_000) },
      reassignAfterDays: 365,
    },
    ...{ keyKind: 'singleUse', keyCounts: { total: 100_000, given: 99_999 } },
    portalUrl: `https://portal.azure.com/${'x'.repeat(200)}`,
    languages: Array.from({ length: 40 }, () => 'zh-Hant-TW'),
    systems: Array.from({ length: 40 }, () => long(script, 30)),
  }));

/** An open row in which all is shown that there is room for. */
function fullRow(script: string): OpenRow {
  const user = {
    id: 'a-user-id-of-the-longest-kind'.repeat(3).slice(0, 64),
    email: 'x@contoso.com',
    displayName: long(script, 100),
    active: true,
  };
  const hold = {
    benefitId: 'b',
    userId: user.id,
    assignedBy: user,
    operationId: 'x',
    alternateEmail: 'x@y.com',
  };
  const since = {
    assignedAt: '2026-09-30T12:00:00Z',
    expectedOn: '2026-09-30',
    status: 'activating',
  } as const;
  const handover = { from: user, to: user, on: '2026-09-30' };
  return {
    possible: { assign: true, keys: true, reassign: true, release: true, requestHours: true },
    seesHistory: true,
    own: { ...hold, ...since, status: 'active' },
    holding: {
      holders: Array.from({ length: 8 }, () => ({ user, assignment: { ...hold, ...since } })),
      ...{ next: user.id, isLater: true },
      handovers: Array.from({ length: 10 }, () => ({ handover, callOffId: `0mw0000000-${'0'.repeat(32)}` })),
    },
    ask: null,
  };
}

const bytes = (card: object) => Buffer.byteLength(JSON.stringify(card));
const rowsOf = (card: object): string[] =>
  actionsOf(card)
    .filter(({ verb }) => verb === 'openRow' || verb === 'closeRow')
    .map(({ data }) => String((data as Json).benefitId));

describe.each(LANGUAGES)('two hundred benefits in %s', (language) => {
  const t = textsIn(language, 'Europe/Paris');

  it.each(Object.entries(SCRIPTS))('never outgrow a card, whichever row is open: %s', (_name, script) => {
    const groups = overviewOf(catalogueIn(script), '2026-03-10');
    const draw = (at: Overview['at'], open: OpenRow | null) =>
      overviewCard({ groups, at, open, typed: null, refusal: long(script, 300) }, t);
    const seen = new Set<unknown>();
    for (let page = 0; seen.size < 200; page++) {
      const closed = draw({ page }, null);
      expect(bytes(closed)).toBeLessThan(MOST_BYTES);
      const ids = rowsOf(closed);
      expect(ids.length).toBeGreaterThan(page === 0 ? 5 : 0);
      for (const benefitId of ids.slice(0, 1)) {
        const opened = draw({ benefitId }, fullRow(script));
        expect(bytes(opened)).toBeLessThan(MOST_BYTES);
        expect(new Set(rowsOf(opened))).toEqual(new Set(ids)); // the same page
      }
      expect(ids.some((id) => seen.has(id))).toBe(false);
      ids.forEach((id) => seen.add(id));
    }
  });
});

it('puts as many short names on a card as there is room for', () => {
  const short = catalogueIn('x').map((benefit, n) => ({
    ...benefit,
    name: { en: `Tool ${n}` },
    package: 'Gold',
  }));
  const groups = overviewOf(short, '2026-03-10');
  const card = overviewCard(
    { groups, at: { page: 0 }, open: null, typed: null, refusal: null },
    textsIn('en', 'UTC'),
  );
  expect(rowsOf(card).length).toBeGreaterThan(17);
});

it.each(LANGUAGES)('has all of the sample company on one card in %s', (language) => {
  const benefits = contoso.benefits.map((benefit) => ({ ...benefit, held: 0 }));
  const groups = overviewOf(benefits, '2026-03-10');
  const t = textsIn(language, 'Europe/Paris');
  const card = overviewCard({ groups, at: { page: 0 }, open: null, typed: null, refusal: null }, t);
  expect(rowsOf(card)).toHaveLength(17);
});

it.each(Object.entries(SCRIPTS))('twelve records of the history fit a card: %s', (_name, script) => {
  const name = long(script, 4_000);
  const record = { action: 'callOffHandover', at: '2026-09-30T12:00:00Z', by: { user: name }, details: {} };
  const records = Array.from({ length: 12 }, () => ({
    ...record,
    benefit: { en: name },
    user: name,
    from: name,
  }));
  const page = { records, benefit: { en: name }, next: { at: record.at, operationId: 'x'.repeat(42) } };
  expect(bytes(historyCard({ page, of: { benefitId: 'x' } }, textsIn('fr', 'UTC')))).toBeLessThan(MOST_BYTES);
});

it.each(Object.entries(SCRIPTS))('the lines of a list fit a card: %s', (_name, script) => {
  const [benefitId, name] = ['x'.repeat(64), { en: long(script, 4_000) }];
  const facts = { outcome: { code: 'notAssignable', facts: {} } } as const;
  const lines = Array.from({ length: 16 }, (_, n) => ({
    ...{ number: 984 + n, benefit: long(script, 100), user: long(script, 254), userName: long(script, 100) },
    ...{ alternateEmail: long(script, 254), benefitId, userId: 'y'.repeat(100), ...facts },
  }));
  const bulk = { id: 'z'.repeat(30), lines: 1_000, refused: 10, parts: 70, moreBenefits: 100 } as Bulk;
  const told = Array.from({ length: 12 }, () => ({ benefitId, count: 1_000, freeAfter: 1_000 }));
  const part = { bulkId: bulk.id, index: 1, lines };
  const card = bulkPreviewCard(
    { bulk: { ...bulk, benefits: told }, part, benefits: [{ id: benefitId, name }] },
    textsIn('fr', 'UTC'),
  );
  expect(bytes(card)).toBeLessThan(MOST_BYTES);
  expect(JSON.stringify(JSON.stringify(part)).length).toBeLessThan(32_768);
});

it.each(Object.entries(SCRIPTS))('seven benefits of mine fit a card: %s', (_name, script) => {
  const [name, letters] = [{ en: long(script, 4_000) }, long(script, 100)];
  const by = { id: 'x', displayName: letters, email: `${'x'.repeat(64)}@contoso.com`, active: true };
  const held = Array.from({ length: 7 }, () => ({
    benefit: {
      ...{
        id: 'a'.repeat(64),
        name,
        package: letters,
        next: name,
        quantity: 1_000_000,
        unit: 'USD' as const,
      },
      ...{ endsOn: '2027-09-30', portalUrl: `https://portal.azure.com/${'x'.repeat(200)}` },
    },
    assignment: { userId: 'y', assignedAt: '2026-09-30T12:00:00Z', assignedBy: by, alternateEmail: by.email },
    ...{ state: 'active' as const, isLate: false, left: 999_999, may: { getKeys: true, request: true } },
  }));
  expect(bytes(myBenefitsCard({ held, next: 7 }, textsIn('fr', 'UTC')))).toBeLessThan(MOST_BYTES);
});

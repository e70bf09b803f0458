import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { AdaptiveCard } from '../../cards/bind';
import { samples } from '../../cards/samples';
import { galleryPage } from '../../scripts/gallery/gallery';
import { openChromium } from '../parts/browser';
import { openGallery, show } from '../parts/galleryWindow';

/** What tests/browser/cardFaults.js says of a card. */
interface CheckedCard {
  readonly name: string;
  readonly faults: readonly string[];
}

/** Set to a folder, the test leaves its pictures there: `PICTURES=docs/cards/pictures npm test -- browser/cards`. */
const pictures = process.env.PICTURES;

/** Each in two languages, three themes and two widths. */
const VERSIONS = 12;

let browser: Browser;
let gallery: Page;
let checked: CheckedCard[];

beforeAll(async () => {
  browser = await openChromium();
  gallery = await openGallery(browser, galleryPage());
  checked = await check(gallery);
}, 60_000);

afterAll(() => browser?.close());

describe.each(Object.keys(samples))('%s', (name) => {
  it('can be read and pressed in both languages and all themes, on a phone and on a desk', () => {
    const versions = checked.filter((card) => card.name === name);
    expect(versions).toHaveLength(VERSIONS);
    expect(versions.flatMap(({ faults }) => faults)).toEqual([]);
  });
});

describe('a card that is wrong is found out', () => {
  const LONG = 'Some more words than there is room for on a phone';
  const text = (properties: object = {}) => ({
    type: 'TextBlock',
    text: 'A text',
    wrap: true,
    ...properties,
  });
  const field = (properties: object) => ({ type: 'Input.Text', id: 'field', ...properties });
  const submit = (title: string) => ({ type: 'Action.Submit', title });
  const row = (title: string, item: object) => ({
    type: 'Container',
    selectAction: submit(title),
    items: [item],
  });
  const column = (width: string) => ({
    type: 'ColumnSet',
    columns: [{ type: 'Column', width, items: [text()] }],
  });

  const wrong: readonly (readonly [name: string, fault: string, card: AdaptiveCard])[] = [
    ['a wide column', 'this is wider than the card: A text', card([column('400px')])],
    ['a text in one line', 'this is cut: Some more', card([text({ text: LONG, wrap: false })])],
    ['a long label', 'this is cut: Some more', card([], [submit(LONG)])],
    ['a long placeholder', 'this is cut: Some more', card([field({ label: 'Text', placeholder: LONG })])],
    ['a placeholder as label', 'an input has no label', card([field({ placeholder: 'A word' })])],
    ['a button without label', 'a button has no name', card([], [submit('')])],
    ['a row', 'a button is named "Other", but one reads "A text"', card([row('Other', text())])],
    ['a low row', 'a button is too small: A text', card([row('A text', text({ size: 'Small' }))])],
    ['a weak colour', 'contrast of only 1.00 : 1: A text', card([text({ color: 'Light' })])],
    ['no title', 'there is no heading', { type: 'AdaptiveCard', version: '1.5', body: [text()] }],
  ];
  let found: CheckedCard[];

  beforeAll(async () => {
    const cards = Object.fromEntries(wrong.map(([name, , wrongCard]) => [name, () => wrongCard]));
    found = await check(await openGallery(browser, galleryPage(cards)));
  }, 60_000);

  it.each(wrong)('%s: %s', (name, fault) => {
    const faults = found.filter((each) => each.name === name).flatMap((each) => each.faults);
    expect(faults).toContainEqual(expect.stringContaining(`English, light, 320 px: ${fault}`));
  });
});

it('the gallery that is kept shows the cards as they are now', () => {
  const kept = readFileSync(join(__dirname, '../../docs/cards/index.html'), 'utf8');
  // Not toEqual, which would print both pages.
  if (kept !== galleryPage()) throw new Error('docs/cards/index.html is out of date: run "npm run cards".');
});

it('needs nothing but itself', () => {
  expect(galleryPage()).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)=/);
});

if (pictures) {
  it('leaves a picture of each card, and one of all its versions in a language', async () => {
    mkdirSync(join(pictures, 'all'), { recursive: true });
    for (const language of ['en', 'fr']) {
      await show(gallery, [language, 'light', 'dark', '320', '720']);
      await gallery.mouse.move(0, 0);
      for (const section of await gallery.locator('section').all()) {
        const name = await section.getAttribute('id');
        await section.screenshot({ path: join(pictures, 'all', `${name}.${language}.png`) });
        if (language === 'en')
          await section
            .locator('.card')
            .first()
            .screenshot({ path: join(pictures, `${name}.png`) });
      }
    }
  }, 600_000);
}

async function check(page: Page): Promise<CheckedCard[]> {
  await show(page, ['en', 'fr', 'light', 'dark', 'contrast', '320', '720']);
  await page.addScriptTag({ path: join(__dirname, 'cardFaults.js') });
  return page.evaluate<CheckedCard[]>('checkedCards()');
}

function card(items: readonly object[], actions: readonly object[] = []): AdaptiveCard {
  const heading = { type: 'TextBlock', text: 'Title', style: 'heading', wrap: true };
  return { type: 'AdaptiveCard', version: '1.5', body: [heading, ...items], actions };
}

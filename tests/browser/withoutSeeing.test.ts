import type { Browser, Page } from 'playwright-core';
import { samples } from '../../cards/samples';
import { LANGUAGES, textsIn } from '../../locales/texts';
import { galleryPage } from '../../scripts/gallery/gallery';
import { openChromium } from '../parts/browser';
import { elements } from '../parts/card';
import { openGallery } from '../parts/galleryWindow';

/** What Chromium tells a screen reader of the cards, and what somebody meets who has no mouse. */

/** What can be filled in, pressed or followed. */
const CONTROLS = ['button', 'link', 'textbox', 'combobox', 'checkbox', 'radio'];
const FOCUSABLE = 'button, a[href], input, select, textarea, [role=button], [role=link]';

let browser: Browser;
beforeAll(async () => void (browser = await openChromium()), 60_000);
afterAll(() => browser?.close());

describe.each(LANGUAGES)('in %s', (language) => {
  let gallery: Page;
  beforeAll(async () => {
    gallery = await openGallery(browser, galleryPage());
    // Names and order are the same in every theme and width.
    await gallery.evaluate(
      `for (const other of document.querySelectorAll('figure:not(.shown-${language}.light.shown-320)')) other.remove()`,
    );
    await gallery.evaluate(`for (const box of document.querySelectorAll('#show input')) box.checked = true`);
  }, 60_000);
  afterAll(() => gallery?.close());

  it.each(Object.entries(samples))(
    '%s: each control is named, and reached by Tab in turn',
    async (name, draw) => {
      const selector = `[data-card="${name}"] .card`;
      const wanted = elements(draw(textsIn(language, 'Europe/Paris'))).flatMap(namesOf);
      expect(await heardIn(gallery, selector)).toEqual(wanted);
      const reached = await tabbedThrough(gallery, selector);
      expect(reached).toEqual(wanted.map((_, place) => place));
    },
  );
});

/** How an element of a card must be called, if it is a control. */
function namesOf({ type, title, label, style, choices, isMultiSelect }: Record<string, unknown>): unknown[] {
  if (String(type).startsWith('Action.')) return [title];
  if (!String(type).startsWith('Input.')) return [];
  if (style !== 'expanded' && !isMultiSelect) return [label];
  // A list of which every choice stands there says its label with the first.
  const titles = (choices as { title: string }[]).map((choice) => choice.title);
  return titles.map((choice, place) => (place === 0 ? `${String(label)} ${choice}` : choice));
}

/** The names of the controls, as they stand in Chromium's accessibility tree. */
async function heardIn(page: Page, selector: string): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { nodes } = await session.send('Accessibility.queryAXTree', { nodeId });
  await session.detach();
  return nodes
    .filter(({ ignored, role }) => !ignored && CONTROLS.includes(String(role?.value)))
    .map(({ name }) => String(name?.value ?? ''));
}

/** The places of the card's controls, in the order in which Tab comes to them. */
async function tabbedThrough(page: Page, selector: string): Promise<number[]> {
  const controls = `${selector} :is(${FOCUSABLE})`;
  const count = await page.locator(controls).count();
  const places: number[] = [];
  while (places.length < count) {
    if (places.length === 0) await page.locator(controls).first().focus();
    else await page.keyboard.press('Tab');
    const place = `[...document.querySelectorAll('${controls}')].indexOf(document.activeElement)`;
    places.push(await page.evaluate<number>(place));
  }
  return places;
}

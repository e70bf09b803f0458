import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dialogs, routes } from '../../bot/routes';
import { samples } from '../../cards/samples';
import en from '../../locales/en.json';
import fr from '../../locales/fr.json';
import { LANGUAGES, textsIn } from '../../locales/texts';
import { actionsOf, elements, inputsOf, textsOf } from '../parts/card';

const drawn = Object.entries(samples).flatMap(([name, draw]) =>
  LANGUAGES.map((language) => ({ name, language, card: draw(textsIn(language, 'Europe/Paris')) })),
);

it('every card has a sample', () => {
  const folders = readdirSync(join(__dirname, '../../cards'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const sampled = Object.keys(samples).map((name) => name.replace(/,.*$/, ''));
  expect([...new Set(sampled)].sort()).toEqual(folders.map(({ name }) => name).sort());
});

describe.each(drawn)('$name in $language', ({ card }) => {
  it('binds every field', () => {
    expect(JSON.stringify(card)).not.toContain('${');
    expect(JSON.stringify(card)).not.toMatch(/undefined|null|\[object|NaN|Invalid Date/);
  });

  it('is an Adaptive Card that Teams draws', () => {
    expect(card).toMatchObject({
      type: 'AdaptiveCard',
      version: '1.5',
      fallbackText: expect.stringMatching(/\S/),
    });
    expect(JSON.stringify(card).length).toBeLessThan(28 * 1024);
  });

  it('names each button and each input, and has a heading, for a screen reader', () => {
    for (const { title } of actionsOf(card)) expect(title).toMatch(/\S/);
    for (const { label } of inputsOf(card)) expect(label).toMatch(/\S/);
    expect(elements(card).some(({ style }) => style === 'heading')).toBe(true);
  });

  it('begins with its heading, and says of each input that may be missing what to do', () => {
    const [first] = elements(card).filter(({ type }) => type === 'TextBlock');
    expect(first).toMatchObject({ style: 'heading', size: 'Large' });
    expect(elements(card).filter(({ size }) => size === 'Large')).toHaveLength(1);
    for (const { isRequired, errorMessage } of inputsOf(card))
      if (isRequired) expect(errorMessage).toMatch(/\S/);
    for (const { type, altText } of elements(card)) if (type === 'Image') expect(altText).toMatch(/\S/);
  });

  it('says a pressable row as a whole, since nothing else of it is read out', () => {
    for (const { selectAction, items } of elements(card)) {
      if (!selectAction) continue;
      const [{ title = '' } = {}] = actionsOf(selectAction);
      const said = textsOf(items).flatMap((text) => text.replace(/^[▸▾] /, '').split(' · '));
      for (const text of said) expect(title).toContain(text);
    }
  });

  it('says nothing by colour alone: the same words have one colour', () => {
    const blocks = elements(card).filter(({ type }) => type === 'TextBlock');
    const colours = new Map(blocks.map(({ text, color }) => [text, color]));
    for (const { text, color } of blocks) expect(color).toBe(colours.get(text));
  });

  it('has buttons that work in old clients too', () => {
    for (const { type, verb, fallback } of actionsOf(card)) {
      if (type === 'Action.Execute')
        expect(fallback).toMatchObject({ type: 'Action.Submit', data: { verb } });
    }
  });
});

describe('buttons and routes', () => {
  const answered = new Set([...Object.keys(routes), ...dialogs.flatMap(({ verbs }) => verbs)]);

  it('every button has a route', () => {
    const buttons = Object.keys(en.texts.button);
    expect(buttons.filter((verb) => !answered.has(verb))).toEqual([]);
  });

  it('no button is both', () => {
    const ofDialogs = new Set<string>(dialogs.flatMap(({ verbs }) => verbs));
    // Cancelling is also asked for when nothing is under way.
    expect(Object.keys(routes).filter((name) => ofDialogs.has(name))).toEqual(['cancel']);
  });

  it('every route has a button or a command', () => {
    const reached = new Set([...Object.keys(en.texts.button), ...Object.keys(en.commands)]);
    expect([...answered].filter((name) => !reached.has(name))).toEqual([]);
  });

  it('every button stands on a card', () => {
    const onCards = new Set(drawn.flatMap(({ card }) => actionsOf(card).map(({ verb }) => verb)));
    const missing = Object.keys(en.texts.button).filter((verb) => !onCards.has(verb));
    expect(missing).toEqual([]);
  });
});

describe('languages', () => {
  it('have the same texts, with the same facts in them', () => {
    expect(shapeOf(fr)).toEqual(shapeOf(en));
  });

  it('write the first of a month as they should', () => {
    expect(LANGUAGES.map((language) => textsIn(language, 'UTC').date('2027-01-01'))).toEqual([
      'January 1, 2027',
      '1er janvier 2027',
    ]);
  });

  it('share no command word with another command', () => {
    const words = [en, fr].flatMap(({ commands }) =>
      Object.entries(commands).flatMap(([name, all]) => all.map((word) => `${word} → ${name}`)),
    );
    const byWord = new Map(words.map((entry) => entry.split(' → ') as [string, string]));
    expect(
      words.filter((entry) => byWord.get(entry.split(' → ')[0] ?? '') !== entry.split(' → ')[1]),
    ).toEqual([]);
  });
});

/** Each text by its key, as the facts that it takes. */
function shapeOf({ texts }: { texts: object }, path = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${path}${key}`, (value.match(/\{\{\w+\}\}/g) ?? []).sort().join()]]
        : Object.entries(shapeOf({ texts: value as object }, `${path}${key}.`)),
    ),
  );
}

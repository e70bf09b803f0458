export type Json = Record<string, unknown>;

/** Every object in a card, from the top down. */
export function elements(node: unknown): Json[] {
  if (Array.isArray(node)) return node.flatMap(elements);
  if (typeof node !== 'object' || node === null) return [];
  const own = node as Json;
  // A button's fallback and its data are not seen.
  return [
    own,
    ...Object.entries(own).flatMap(([name, value]) =>
      ['fallback', 'data'].includes(name) ? [] : elements(value),
    ),
  ];
}

const SHOWN = ['text', 'title', 'label', 'placeholder', 'value'];

/** All that a person can read on a card, a line each; Markdown's escapes are not seen. */
export function textsOf(card: unknown): string[] {
  return elements(card).flatMap((element) =>
    SHOWN.map((name) => element[name])
      .filter((value): value is string => typeof value === 'string')
      .map((value) => value.replace(/\\([!-/:-@[-`{-~])/g, '$1')),
  );
}

/** The buttons and pressable rows of a card. */
export function actionsOf(card: unknown): Json[] {
  return elements(card).filter(({ type }) => String(type).startsWith('Action.'));
}

export function inputsOf(card: unknown): Json[] {
  return elements(card).filter(({ type }) => String(type).startsWith('Input.'));
}

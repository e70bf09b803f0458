import { Template } from 'adaptivecards-templating';

/** An Adaptive Card 1.5, as JSON. */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly [property: string]: unknown;
}

/**
 * Compiles a template once; the function binds data to it. Every text in a card is plain text, wherever it
 * comes from: what would be Markdown is shown as it was written, and nothing in data is template syntax
 * (a template is expanded once).
 */
export function bind<Data extends object>(template: object): (data: Data) => AdaptiveCard {
  const compiled = new Template(template);
  return (data) => asPlainText(compiled.expand({ $root: data })) as AdaptiveCard;
}

/** Hosts read Markdown in these; all else (labels, titles of buttons and choices) they show as it is. */
const readAsMarkdown = (owner: string, property: string): boolean =>
  (owner === 'TextBlock' && property === 'text') || owner === 'facts';

/** @param owner the type of the element, or the property of the list, that `node` stands in */
function asPlainText(node: unknown, owner = ''): unknown {
  if (typeof node === 'string') return withoutControls(node);
  if (Array.isArray(node)) return node.map((each) => asPlainText(each, owner));
  if (typeof node !== 'object' || node === null) return node;
  const { type = owner } = node as { type?: string };
  const plain: Record<string, unknown> = {};
  for (const property of Object.keys(node)) {
    const value = (node as Record<string, unknown>)[property];
    if (value === null) continue;
    const inner = asPlainText(value, property);
    const isMarkdown = typeof inner === 'string' && readAsMarkdown(type, property);
    plain[property] = isMarkdown ? withoutMarkdown(inner) : inner;
  }
  return plain;
}

/** Control characters, the marks that turn the direction of what follows, and halves of characters. */
const CONTROLS =
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\p{Cs}]/gu;

const withoutControls = (text: string): string => (PLAIN.test(text) ? text : text.replace(CONTROLS, ''));

/** What most texts are made of: nothing in it has to be looked for. */
const PLAIN = /^[\n -~\u00A0-\u024F\u2010-\u2027]*$/;

/** One of these is in everything that formats: most texts have none. */
const MARKS = /[-\\`*[\]<>~_&{+#=|]|\d[.)]/;

/**
 * A backslash before what would format (emphasis, code, links, images, tags, entities, dates; lists, headings and
 * quotes at the start of a line; a backslash at its end), and before nothing else: an underscore within an address is no emphasis.
 */
function withoutMarkdown(text: string): string {
  if (!MARKS.test(text)) return text;
  return text
    .replace(/\\(?=[!-/:-@[-`{-~\n])/g, '\\$&')
    .replace(/[`*[\]<>~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)|\{(?=\{)|(?<=\{)\{/gu, '\\$&')
    .replace(/^(\s*)([-+#=|])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2');
}

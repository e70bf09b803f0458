import { distance } from 'fastest-levenshtein';
import type { Command, Input, Said } from '../dialogs/turn';
import { isVerb, commandLines, commandWords, type CommandName, type LineName } from '../locales/texts';

const LONGEST_COMMAND = 300;

/** Reads a command, in any language, whatever its capitals, end marks and kind of apostrophe; undefined when it is none. */
export function readCommand(text: string): Command | undefined {
  if (text.length > LONGEST_COMMAND) return undefined;
  const wanted = comparable(text);
  const known = WORDS.find(({ words }) => words === wanted);
  if (known) return { name: known.name };
  for (const line of LINES) {
    for (const pattern of commandLines[line]) {
      const groups = pattern.exec(text.trim())?.groups;
      if (groups) return { name: line, said: trimmed(groups) };
    }
  }
  return undefined;
}

/** The command that a text which is none comes nearest to; undefined when none is near. */
export function nearestCommand(text: string): CommandName | undefined {
  if (text.length > LONGEST_COMMAND) return undefined;
  const wanted = comparable(text);
  const byDistance = WORDS.map(({ name, words }) => ({ name, off: offBy(wanted, words) }));
  const [nearest] = byDistance.sort((one, other) => one.off - other.off);
  return nearest && nearest.off <= NEAR ? nearest.name : undefined;
}

/** What a person did, by the name of its route: never what was typed. */
export function nameOf(input: Input): string {
  if ('text' in input) return input.command?.name ?? 'says';
  return isVerb(input.verb) ? input.verb : 'unknown';
}

const trimmed = (groups: Said): Said =>
  Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, text?.trim()]));

/** Every way to say a command, as texts are compared. */
const WORDS = (Object.keys(commandWords) as CommandName[]).flatMap((name) =>
  commandWords[name].map((words) => ({ name, words: comparable(words) })),
);
const LINES = Object.keys(commandLines) as LineName[];

/** A third of the letters may be off. */
const NEAR = 1 / 3;

/** The share of letters that differ; a text that has the command among its words is off by little. */
function offBy(text: string, words: string): number {
  if (words.length > 3 && ` ${text} `.includes(` ${words} `)) return 0.1;
  return distance(text, words) / Math.max(text.length, words.length, 1);
}

function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/[\s.!,;:…]+/g, ' ')
    .trim()
    .replace(/(?<=.)\s*\?+$/, '');
}

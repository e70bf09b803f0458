import { readCommand } from './commands';

/** A benefit and somebody's address, as a file of such lines has them. */
const LINE = /[;,\t].*@|@.*[;,\t]/;

/**
 * The lines of a list that was pasted into the chat: what follows the command on its first line, or several lines of
 * which each but the first has an address in a cell. Undefined when it is no list.
 */
export function pastedLines(text: string): string | undefined {
  const [first = '', ...rest] = text.split(/\r\n|[\r\n]/);
  const others = rest.filter((line) => line.trim() !== '');
  if (others.length === 0) return undefined;
  if (readCommand(first)?.name === 'assignMany') return others.join('\n');
  return others.every((line) => LINE.test(line)) ? [first, ...others].join('\n') : undefined;
}

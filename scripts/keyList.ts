import { z } from 'zod';
import type { NewKey } from '../benefits/importKeys';
import { OperatorError } from './operator';

const LONGEST_KEY = 200;

/** Whether a key reads on a card exactly as it is: no control or invisible characters, no blanks around it. */
export const isKey = (text: string): boolean =>
  text.length > 0 && text.length <= LONGEST_KEY && text.trim() === text && !/[\p{C}\p{Zl}\p{Zp}]/u.test(text);

/** A key in the company file. Its problem never quotes it. */
export const productKey = z
  .string()
  .trim()
  .refine(isKey, `must be 1 to ${LONGEST_KEY} characters, none of them invisible`);

/** How often a multiple activation key can be used. */
export const activations = z.int().min(1).max(1_000_000);

/**
 * Reads a list of product keys, one a line; of multiple activation keys, `KEY,activations`.
 * @throws OperatorError naming the line, never the key
 */
export function parseKeyList(
  text: string,
  { hasActivations }: { readonly hasActivations: boolean },
): readonly NewKey[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.flatMap((line, index) => {
    const read = line.trim();
    if (read === '') return [];
    const key = hasActivations ? multiple(read) : { key: read };
    if (key && isKey(key.key)) return [key];
    throw new OperatorError(
      `line ${index + 1} is not a product key${hasActivations ? ' with its activations: KEY,50' : ''}`,
    );
  });
}

function multiple(line: string): NewKey | undefined {
  const [, key = '', count = ''] = /^(.*?)\s*,\s*(\d+)$/.exec(line) ?? [];
  const parsed = activations.safeParse(Number(count));
  return count !== '' && parsed.success ? { key, activations: parsed.data } : undefined;
}

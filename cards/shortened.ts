/** No longer than so many characters, as people count them: a card has only so much room. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  // A character is two units at most: what comes later needn't be looked at.
  const characters = [...text.slice(0, 2 * most + 1)];
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

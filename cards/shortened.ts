/**
 * No longer than so many characters, as people count them, nor than twice as many bytes: a card has only so much room,
 * and a letter may take four.
 */
export function shortened(text: string, most: number): string {
  // A unit takes three bytes at most.
  if (text.length <= most && 3 * text.length <= 2 * most) return text;
  // A character is two units at most: what comes later needn't be looked at.
  const characters = [...text.slice(0, 2 * most + 1)];
  if (characters.length <= most && bytesOf(characters) <= 2 * most) return text;
  let room = 2 * most - bytesOf(['…']);
  const end = characters.findIndex((character, index) => {
    room -= bytesOf([character]);
    return room < 0 || index === most - 1;
  });
  return `${characters.slice(0, end).join('').trimEnd()}…`;
}

/** In UTF-8. */
function bytesOf(characters: readonly string[]): number {
  let bytes = 0;
  for (const character of characters) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

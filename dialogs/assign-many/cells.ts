export const cellsInText = (text: string): string[][] =>
  text
    .split('\n')
    .map((l) => l.split(/[;,\t]/).map((c) => c.trim()))
    .filter((r) => r.some(Boolean));

/** Chance that falls the same way for the same seed (mulberry32). */
export interface Dice {
  /** A whole number from 0 up to, and without, another. */
  below(end: number): number;
  oneOf<T>(all: readonly T[]): T;
}

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  };
  return {
    below,
    oneOf(all) {
      const one = all[below(all.length)];
      if (one === undefined) throw new Error('there is none');
      return one;
    },
  };
}

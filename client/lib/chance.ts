/** A deterministic pseudo-random generator. */
export interface Chance {
  /** An integer from `min` to `max`, inclusive. */
  whole: (min: number, max: number) => number;
  /** A random element of a non-empty list. */
  pick: <T>(things: readonly [T, ...T[]]) => T;
}

/** A generator seeded with any text, such as an id (mulberry32 over an FNV-1a hash). */
export function chanceOf(seed: string): Chance {
  let state = 0x811c9dc5;
  for (const letter of seed) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return { whole, pick: (things) => things[whole(0, things.length - 1)] ?? things[0] };
}

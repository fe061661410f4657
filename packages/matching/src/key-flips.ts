/**
 * What the keys of buckets are xored with, to reach all that differ in few bits.
 * @module
 */

import { ONES_16 } from './signal-words.ts';

/** Numbers below 2^keyBits with at most three ones, those with fewer first; and how many have at most 0, 1, 2, 3. */
export type KeyFlips = { readonly flips: Uint16Array; readonly within: readonly number[] };

const known = new Map<number, KeyFlips>();

/** The flips of keys of so many bits, 1 to 16. */
export function keyFlips(keyBits: number): KeyFlips {
  const earlier = known.get(keyBits);
  if (earlier !== undefined) return earlier;
  const flips: number[] = [];
  const within: number[] = [];
  for (let ones = 0; ones <= 3; ones++) {
    for (let value = 0; value < 2 ** keyBits; value++) if (ONES_16[value] === ones) flips.push(value);
    within.push(flips.length);
  }
  const made = { flips: Uint16Array.from(flips), within };
  known.set(keyBits, made);
  return made;
}

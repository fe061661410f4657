/**
 * One fixed shuffle of the 256 bits of a signal, applied before they are cut into bands.
 *
 * Neighbouring bits of a PDQ hash are neighbouring frequencies and go together, so bands of neighbours have a few huge
 * buckets. Shuffled, the largest bucket of a million image-like hashes fell from 2,754 to 351 entries and the slowest
 * searches by four fifths (reference: matching, section 4d). Distances do not change. Any good shuffle does; what
 * matters is that it never changes under a stored segment, hence the name.
 * @module
 */

import { SIGNAL_BITS } from './match-index.ts';
import { WORDS } from './signal-words.ts';

/** The name of the shuffle, for the head of anything stored that was built with it. */
export const BIT_PERMUTATION_ID = 'reclaim-bits-1';

/** Where each bit goes: bit `i` (0 = top bit of byte 0) becomes bit `BIT_PERMUTATION[i]`. */
export const BIT_PERMUTATION: Uint8Array = shuffledBits();

/** Fisher–Yates, drawn by the generator mulberry32 from a seed that is the ASCII of "bits". */
function shuffledBits(): Uint8Array {
  const places = Uint8Array.from({ length: SIGNAL_BITS }, (_, i) => i);
  let state = 0x6269_7473;
  const draw = (below: number): number => {
    state = (state + 0x6d2b_79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
  for (let i = SIGNAL_BITS - 1; i > 0; i--) {
    const j = draw(i + 1);
    const place = places[i]!;
    places[i] = places[j]!;
    places[j] = place;
  }
  return places;
}

/** The words of a signal of 32 bytes after the shuffle. */
export function permutedWords(signal: Uint8Array): Uint32Array {
  const words = new Uint32Array(WORDS);
  for (let i = 0; i < signal.length; i++) {
    for (let byte = signal[i]!; byte !== 0; byte &= byte - 1) {
      // The lowest set bit of the byte, counted from its top.
      const place = BIT_PERMUTATION[8 * i + Math.clz32(byte & -byte) - 24]!;
      words[place >> 5]! |= 0x8000_0000 >>> (place & 31);
    }
  }
  return words;
}

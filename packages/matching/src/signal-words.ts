/**
 * Signals as the index holds them, eight unsigned 32-bit words, and the checks at its door.
 *
 * No error here holds any part of a signal.
 * @module
 */

import { MAX_THRESHOLD_BITS, SIGNAL_BITS } from './match-index.ts';

/** Words of a signal. */
export const WORDS = SIGNAL_BITS / 32;

/** Bytes of a signal. */
export const SIGNAL_BYTES = SIGNAL_BITS / 8;

/** The most queries in one `searchAny`. */
export const MAX_QUERIES = 64;

/** How many bits are set in each 16-bit number. */
export const ONES_16: Uint8Array = onesOf16();

function onesOf16(): Uint8Array {
  const ones = new Uint8Array(65_536);
  for (let i = 1; i < ones.length; i++) ones[i] = ones[i >> 1]! + (i & 1);
  return ones;
}

/** How many bits are set in a 32-bit word, signed or not. */
export function ones32(word: number): number {
  let x = word - ((word >>> 1) & 0x5555_5555);
  x = (x & 0x3333_3333) + ((x >>> 2) & 0x3333_3333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/**
 * Distance in bits between `query` and the signal that starts at word `at` of `words`, as far as `threshold`: what is
 * further may come back as any number above it.
 */
export function distanceWithin(
  words: Uint32Array,
  at: number,
  query: Uint32Array,
  threshold: number,
): number {
  const near =
    ones32(words[at]! ^ query[0]!) + ones32(words[at + 1]! ^ query[1]!) + ones32(words[at + 2]! ^ query[2]!);
  // Three words of a stranger differ in 48 bits on average: most rows end here.
  if (near > threshold) return near;
  return (
    near +
    ones32(words[at + 3]! ^ query[3]!) +
    ones32(words[at + 4]! ^ query[4]!) +
    ones32(words[at + 5]! ^ query[5]!) +
    ones32(words[at + 6]! ^ query[6]!) +
    ones32(words[at + 7]! ^ query[7]!)
  );
}

/** @throws {RangeError} unless `id` is an integer 0..2^32-1 */
export function requireId(id: number): void {
  if (!Number.isInteger(id) || id < 0 || id > 0xffff_ffff) {
    throw new RangeError('index: expected an id that is an integer from 0 to 4294967295');
  }
}

/** @throws {RangeError} unless `signal` is 32 bytes */
export function requireSignal(signal: Uint8Array): void {
  if (!(signal instanceof Uint8Array) || signal.length !== SIGNAL_BYTES) {
    throw new RangeError('index: expected a signal of 32 bytes in a Uint8Array');
  }
}

/** @throws {RangeError} unless `threshold` is an integer 0..63 */
export function requireThreshold(threshold: number): void {
  if (!Number.isInteger(threshold) || threshold < 0 || threshold > MAX_THRESHOLD_BITS) {
    throw new RangeError('index: expected a threshold that is an integer from 0 to 63 bits');
  }
}

/** @throws {RangeError} unless `queries` are 1..64 signals */
export function requireQueries(queries: readonly Uint8Array[]): void {
  if (!Array.isArray(queries) || queries.length < 1 || queries.length > MAX_QUERIES) {
    throw new RangeError('index: expected a list of 1 to 64 queries');
  }
  for (const query of queries) requireSignal(query);
}

/** The words of a signal: byte 0 is the top byte of word 0. */
export function wordsOf(signal: Uint8Array): Uint32Array {
  const words = new Uint32Array(WORDS);
  for (let i = 0; i < SIGNAL_BYTES; i++) words[i >> 2] = (words[i >> 2]! << 8) | signal[i]!;
  return words;
}

/** A larger array with the same beginning. The old one is wiped, so no copy of a signal stays behind in memory. */
export function grown(old: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(length);
  next.set(old);
  old.fill(0);
  return next;
}

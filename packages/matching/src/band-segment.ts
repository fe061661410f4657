/**
 * A range of rows, sealed: for each of 16 bands of 16 bits, the rows by the value of their band (counting sort, CSR).
 *
 * Pigeonhole: two signals within r bits agree to within ⌊r/16⌋ bits in some band, so only the buckets at most that far
 * from the query's value are read: 1, 17, 137 or 697 a band for r up to 15, 31, 47, 63. Pigeonring (Qin and Xiao, VLDB
 * 2018) says more: some such band, *together with the next* (the last one's next is the first), differs in at most
 * ⌊2r/16⌋ bits. So each bucket entry carries the next band's 16 bits beside the row number, and a row is looked at only
 * when the two bands pass. Both are theorems: nothing within r is missed.
 *
 * A row within reach usually passes in several bands. It is reported by the first of them, counted from band 0, which
 * needs no memory of what was reported.
 * @module
 */

import { distanceWithin, ONES_16, WORDS } from './signal-words.ts';

/** How many bands a signal has; each is one half of a word. */
export const BANDS = 16;

const VALUES = 65_536;

/** The place of a row that was taken out. */
const TAKEN_OUT = 0xffff_ffff;

/** All 16-bit numbers with at most 3 ones, those with fewer first: what a query's band is xored with. */
const FLIPS: Uint16Array = flipsUpTo(3);

/** How many of `FLIPS` have at most 0, 1, 2, 3 ones. */
const FLIPS_WITHIN: readonly number[] = [1, 17, 137, 697];

function flipsUpTo(most: number): Uint16Array {
  const flips: number[] = [];
  for (let ones = 0; ones <= most; ones++) {
    for (let value = 0; value < VALUES; value++) if (ONES_16[value] === ones) flips.push(value);
  }
  return Uint16Array.from(flips);
}

/** Called with a row and its distance from the query in bits. */
export type OnRow = (row: number, distance: number) => void;

/** Rows `from` to `to` (exclusive), sealed. */
export class BandSegment {
  readonly from: number;
  readonly to: number;
  /** Of band b and value v: `#starts[b * 65537 + v]` to the next entry is the bucket in the two planes below. */
  readonly #starts: Uint32Array;
  readonly #rows: Uint32Array;
  readonly #nextBands: Uint16Array;

  /** Sorts the rows `from` to `to` of `words`, of which each must be alive. */
  constructor(words: Uint32Array, from: number, to: number) {
    const count = to - from;
    this.from = from;
    this.to = to;
    this.#starts = new Uint32Array(BANDS * (VALUES + 1));
    this.#rows = new Uint32Array(BANDS * count);
    this.#nextBands = new Uint16Array(BANDS * count);
    const cursor = new Uint32Array(VALUES);
    for (let band = 0; band < BANDS; band++) {
      cursor.fill(0);
      for (let row = from; row < to; row++) cursor[bandOf(words, row * WORDS, band)]! += 1;
      const base = band * (VALUES + 1);
      let start = band * count;
      for (let value = 0; value < VALUES; value++) {
        this.#starts[base + value] = start;
        const inBucket = cursor[value]!;
        cursor[value] = start;
        start += inBucket;
      }
      this.#starts[base + VALUES] = start;
      const next = (band + 1) % BANDS;
      for (let row = from; row < to; row++) {
        const value = bandOf(words, row * WORDS, band);
        const at = cursor[value]!;
        cursor[value] = at + 1;
        this.#rows[at] = row;
        this.#nextBands[at] = bandOf(words, row * WORDS, next);
      }
    }
  }

  /** Bytes that the segment takes. */
  get bytes(): number {
    return this.#starts.byteLength + this.#rows.byteLength + this.#nextBands.byteLength;
  }

  /** Reports every row of the segment within `threshold` bits of `query`, each once, in no order. */
  search(words: Uint32Array, query: Uint32Array, threshold: number, onRow: OnRow): void {
    const within = threshold >> 4;
    const flips = FLIPS_WITHIN[within]!;
    const pairLimit = threshold >> 3;
    const rows = this.#rows;
    const nextBands = this.#nextBands;
    const starts = this.#starts;
    for (let band = 0; band < BANDS; band++) {
      const value = bandOf(query, 0, band);
      const nextValue = bandOf(query, 0, (band + 1) % BANDS);
      const base = band * (VALUES + 1);
      for (let f = 0; f < flips; f++) {
        const flip = FLIPS[f]!;
        const bucket = base + (value ^ flip);
        const left = pairLimit - ONES_16[flip]!;
        const end = starts[bucket + 1]!;
        for (let at = starts[bucket]!; at < end; at++) {
          if (ONES_16[nextBands[at]! ^ nextValue]! > left) continue;
          const row = rows[at]!;
          if (row === TAKEN_OUT) continue;
          const distance = distanceWithin(words, row * WORDS, query, threshold);
          if (distance > threshold) continue;
          if (firstBand(words, row * WORDS, query, within, pairLimit) === band) onRow(row, distance);
        }
      }
    }
  }

  /** How many buckets a search with this threshold opens. */
  static bucketsOpened(threshold: number): number {
    return BANDS * FLIPS_WITHIN[threshold >> 4]!;
  }

  /**
   * Takes a row out of its 16 buckets, while its words still stand. Its place in them tells every bit of the signal, so
   * it must be overwritten with the signal itself.
   */
  takeOut(words: Uint32Array, row: number): void {
    for (let band = 0; band < BANDS; band++) {
      const bucket = band * (VALUES + 1) + bandOf(words, row * WORDS, band);
      const at = this.#rows.subarray(this.#starts[bucket], this.#starts[bucket + 1]).indexOf(row);
      this.#rows[this.#starts[bucket]! + at] = TAKEN_OUT;
      this.#nextBands[this.#starts[bucket]! + at] = 0;
    }
  }

  /** Overwrites the planes of a segment that is given up. */
  wipe(): void {
    this.#starts.fill(0);
    this.#rows.fill(0);
    this.#nextBands.fill(0);
  }
}

/** Band 2k is the upper half of word k, band 2k + 1 the lower. */
function bandOf(words: Uint32Array, at: number, band: number): number {
  const word = words[at + (band >> 1)]!;
  return band & 1 ? word & 0xffff : word >>> 16;
}

/** The first band that is near enough alone and together with the next: there is one for every row within reach. */
function firstBand(
  words: Uint32Array,
  at: number,
  query: Uint32Array,
  within: number,
  pairLimit: number,
): number {
  const apart = (band: number) => ONES_16[bandOf(words, at, band) ^ bandOf(query, 0, band)]!;
  for (let band = 0; band < BANDS; band++) {
    const here = apart(band);
    if (here <= within && here + apart((band + 1) % BANDS) <= pairLimit) return band;
  }
  return -1;
}

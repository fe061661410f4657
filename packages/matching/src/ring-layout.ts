/**
 * Where the parts of a segment stand in its memory, and how long the keys of its buckets are.
 *
 * From `ROWS_AT` on: the rows (32 bytes each, shuffled), the first id of each (u32), for each band the addresses at which its
 * buckets begin, and two *halves* of eight bands each that follow each other without gaps: the band's rows in the order of
 * the keys (three bytes each), then its lines (`assembly/ring-desk.ts`). How many lines a band has depends on how its
 * buckets fill up, so a half has room for the most there can be; what is left at its end is never written, and takes no
 * page of memory.
 * @module
 */

/** Bands of a signal. */
export const BANDS = 16;

/** Bands of a half. */
export const HALF: number = BANDS / 2;

/** Bytes of a line. */
export const LINE = 64;

/** Entries of a line. */
export const LINE_ENTRIES = 30;

/** Where the last word of a line stands in it, in bytes. */
export const FOOTER = 60;

/** Entries of a bucket on average, at most, while keys can still be longer: so many that lines are at least half full. */
const MOST_ENTRIES: number = LINE_ENTRIES;

const MOST_KEY_BITS = 16;
const FEWEST_KEY_BITS = 4;

/** Where the planes of a segment stand, in bytes. */
export type PlanesAt = {
  /** How many rows there are. */
  readonly count: number;
  /** The upper bits of a band that are the key of its bucket. */
  readonly keyBits: number;
  readonly starts: number;
  readonly startsStride: number;
  readonly halves: readonly [number, number];
  readonly halfBytes: number;
};

/** Where everything stands; `end` is behind the last byte. */
export type Layout = PlanesAt & { readonly ids: number; readonly end: number };

/** Up to the next line. */
export function toLine(bytes: number): number {
  return Math.ceil(bytes / LINE) * LINE;
}

/** Bytes that the rows of a band take. A row's three bytes are read as four. */
export function rowPlaneBytes(count: number): number {
  return toLine(3 * count + 1);
}

/** The most bytes that the lines of a band take. */
function mostLineBytes(count: number, keyBits: number): number {
  return LINE * (Math.floor(count / LINE_ENTRIES) + Math.min(count, 2 ** keyBits));
}

/** The layout of `count` rows that begin at `rowsAt`. */
export function layOut(rowsAt: number, count: number): Layout {
  const wanted = Math.ceil(Math.log2(Math.max(1, count) / MOST_ENTRIES));
  const keyBits = Math.min(MOST_KEY_BITS, Math.max(FEWEST_KEY_BITS, wanted));
  const ids = rowsAt + toLine(32 * count);
  const starts = ids + toLine(4 * count);
  const startsStride = toLine(4 * (2 ** keyBits + 1));
  const halfBytes = HALF * (rowPlaneBytes(count) + mostLineBytes(count, keyBits));
  const first = starts + BANDS * startsStride;
  // Addresses are listed four at once: some are of lines behind the last.
  const end = first + 2 * halfBytes + 4 * LINE;
  return { count, keyBits, ids, starts, startsStride, halves: [first, first + halfBytes], halfBytes, end };
}

/** Where the lines of a sorted band end. */
export function linesEnd(words: Uint32Array, at: PlanesAt, band: number): number {
  return words[((at.starts + band * at.startsStride) >> 2) + 2 ** at.keyBits]!;
}

/** Where the rows of a band stand, once the bands before it are sorted. `words` is the whole memory. */
export function rowPlaneOf(words: Uint32Array, at: PlanesAt, band: number): number {
  return band % HALF === 0 ? at.halves[band / HALF]! : linesEnd(words, at, band - 1);
}

/**
 * The multi-index in plain TypeScript: exact Hamming-range search that opens a few hundred buckets instead of looking
 * at every signal (Norouzi, Punjani and Fleet, "Fast Exact Search in Hamming Space With Multi-Index Hashing", 2014;
 * with the pigeonring of `band-segment.ts`).
 *
 * Rows (`signal-rows.ts`) are numbered as they come. The first ones are covered by *segments*, sealed and side by side;
 * the rest is the *tail*, which is scanned. What changes:
 *
 * - insert: a row joins the tail and is found by the next search; nothing is built.
 * - remove: the row is taken out of its buckets and overwritten, at once.
 * - search: when the tail is longer than `TAIL_ROWS`, it is sealed first, together with the segments before it that are
 *   less than `MERGE_RATIO` times as long as what is sealed behind them. So a bank that is loaded and then asked is
 *   sorted once, and at a million rows there are about four segments at most. `seal()` does the same ahead of time.
 * - when more than half of the rows are dead, everything is sealed anew, which closes their gaps.
 *
 * Whoever measures tails of latency: sealing a million rows takes some tenths of a second, on the caller's thread.
 * @module
 */

import { BandSegment, type OnRow } from './band-segment.ts';
import { permutedWords } from './bit-permutation.ts';
import type { Hit, HitOfMany, MatchIndex } from './match-index.ts';
import { byDistanceThenId } from './scan-index.ts';
import { SignalRows } from './signal-rows.ts';
import {
  distanceWithin,
  requireId,
  requireQueries,
  requireSignal,
  requireThreshold,
  WORDS,
} from './signal-words.ts';

/** The longest tail that a search scans: about as long as opening the buckets of one segment takes. */
const TAIL_ROWS = 2_048;

/** How many times longer than what follows a segment must be to be left alone. */
const MERGE_RATIO = 8;

/** How to make a multi-index. */
export type MultiIndexOptions = {
  /** Any 32-bit number, best a random one: it keeps others from choosing signals that collide in the table. */
  readonly seed?: number;
  /** In place of 2,048; tests use a small one to seal often. */
  readonly tailRows?: number;
  /** Opening a bucket costs about as much as looking at this many rows: 1. With 0 no sealed row is ever scanned. */
  readonly rowsPerBucket?: number;
};

/** A multi-index: a `MatchIndex` that can be put in order ahead of time. */
export interface MultiIndex extends MatchIndex {
  /** Seals the tail now, so that no search has to. */
  seal(): void;

  /** How it stands: rows that are scanned, and the bytes of the sealed segments. */
  readonly shape: { readonly tailRows: number; readonly segments: number; readonly segmentBytes: number };
}

/**
 * An empty multi-index.
 * @throws {RangeError} for tailRows that is not a positive integer, or rowsPerBucket that is negative
 */
export function createMultiIndex(options: MultiIndexOptions = {}): MultiIndex {
  const { seed = 0, tailRows = TAIL_ROWS, rowsPerBucket = 1 } = options;
  if (!Number.isSafeInteger(tailRows) || tailRows < 1) {
    throw new RangeError('index: expected tailRows to be a positive integer');
  }
  if (!(rowsPerBucket >= 0)) throw new RangeError('index: expected rowsPerBucket to be 0 or more');
  return new BandedIndex(seed, tailRows, rowsPerBucket);
}

class BandedIndex implements MultiIndex {
  readonly #rows: SignalRows;
  readonly #tailRows: number;
  readonly #rowsPerBucket: number;
  #segments: BandSegment[] = [];

  constructor(seed: number, tailRows: number, rowsPerBucket: number) {
    this.#rows = new SignalRows(seed);
    this.#tailRows = tailRows;
    this.#rowsPerBucket = rowsPerBucket;
  }

  get size(): number {
    return this.#rows.ids;
  }

  get shape() {
    return {
      tailRows: this.#rows.length - this.#sealed,
      segments: this.#segments.length,
      segmentBytes: this.#segments.reduce((sum, segment) => sum + segment.bytes, 0),
    };
  }

  insert(id: number, signal: Uint8Array): void {
    requireId(id);
    requireSignal(signal);
    if (this.#rows.has(id)) throw new RangeError('index: expected an id that is not present yet');
    const words = permutedWords(signal);
    this.#rows.add(id, words);
    words.fill(0);
  }

  remove(id: number): boolean {
    return this.#rows.remove(id, (row) => {
      this.#segments
        .find((segment) => row >= segment.from && row < segment.to)
        ?.takeOut(this.#rows.words, row);
    });
  }

  has(id: number): boolean {
    return this.#rows.has(id);
  }

  search(query: Uint8Array, threshold: number): Hit[] {
    requireSignal(query);
    requireThreshold(threshold);
    this.#putInOrder();
    const hits: Hit[] = [];
    this.#searchRows(permutedWords(query), threshold, (row, distance) => {
      this.#rows.forEachId(row, (id) => hits.push({ id, distance }));
    });
    return hits.sort(byDistanceThenId);
  }

  searchAny(queries: readonly Uint8Array[], threshold: number): HitOfMany[] {
    requireQueries(queries);
    requireThreshold(threshold);
    this.#putInOrder();
    const nearest = new Map<number, { distance: number; query: number }>();
    for (const [query, signal] of queries.entries()) {
      this.#searchRows(permutedWords(signal), threshold, (row, distance) => {
        const known = nearest.get(row);
        if (known === undefined || distance < known.distance) nearest.set(row, { distance, query });
      });
    }
    const hits: HitOfMany[] = [];
    for (const [row, { distance, query }] of nearest) {
      this.#rows.forEachId(row, (id) => hits.push({ id, distance, query }));
    }
    return hits.sort(byDistanceThenId);
  }

  seal(): void {
    let from = this.#sealed;
    const mostlyDead = 2 * this.#rows.dead > this.#rows.length;
    while (this.#segments.length > 0) {
      const last = this.#segments.at(-1)!;
      const behind = this.#rows.length - last.to;
      if (!mostlyDead && (behind === 0 || last.to - last.from >= MERGE_RATIO * behind)) break;
      from = last.from;
      last.wipe();
      this.#segments.pop();
    }
    this.#rows.compactFrom(from);
    if (this.#rows.length > from) {
      this.#segments.push(new BandSegment(this.#rows.words, from, this.#rows.length));
    }
  }

  /** How many rows, from the first, are sealed. */
  get #sealed(): number {
    return this.#segments.at(-1)?.to ?? 0;
  }

  #putInOrder(): void {
    const { length, dead } = this.#rows;
    if (length - this.#sealed > this.#tailRows || (dead > this.#tailRows && 2 * dead > length)) this.seal();
  }

  /** Every row within reach, each once. */
  #searchRows(query: Uint32Array, threshold: number, onRow: OnRow): void {
    const words = this.#rows.words;
    const buckets = BandSegment.bucketsOpened(threshold);
    for (const segment of this.#segments) {
      if (buckets * this.#rowsPerBucket < segment.to - segment.from)
        segment.search(words, query, threshold, onRow);
      else this.#scan(segment.from, segment.to, query, threshold, onRow);
    }
    this.#scan(this.#sealed, this.#rows.length, query, threshold, onRow);
  }

  #scan(from: number, to: number, query: Uint32Array, threshold: number, onRow: OnRow): void {
    const words = this.#rows.words;
    for (let row = from; row < to; row++) {
      const distance = distanceWithin(words, row * WORDS, query, threshold);
      if (distance <= threshold && this.#rows.isAlive(row)) onRow(row, distance);
    }
  }
}

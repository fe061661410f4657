/**
 * The ring index: exact Hamming-range search by WebAssembly SIMD, at the speed of memory (the method is explained at
 * `ring-segment.ts` and `assembly/ring-kernel.ts`; Norouzi, Punjani and Fleet, "Fast Exact Search in Hamming Space With
 * Multi-Index Hashing", 2014; Qin and Xiao, "Pigeonring", VLDB 2018).
 *
 * Signals are in *segments*, sealed, and in the *tail*, which is looked at one by one. What changes:
 *
 * - insert: a signal that is known gets one more id where it is; any other joins the tail and is found by the next search.
 * - remove: the signal's row and its sixteen places are overwritten, at once.
 * - search: a tail longer than `TAIL_ROWS` is sealed first, together with the smallest segments, as long as the next one is
 *   less than `MERGE_RATIO` times as long as what is sealed with it. `seal()` does the same ahead of time.
 * - a segment of which more than half is dead is sealed anew by the next sealing; `compact()` seals all anew, after which
 *   nothing tells what was removed.
 *
 * Sealing a million signals takes half a second on the caller's thread.
 * @module
 */

import { permutedWords } from './bit-permutation.ts';
import { ascends, orderOfIds } from './id-order.ts';
import type { BatchIndex, Hit, HitOfMany } from './match-index.ts';
import { createMultiIndex } from './multi-index.ts';
import { MAX_BATCH, type OnHit, ringKernelRuns } from './ring-kernel.ts';
import { MAX_SEGMENT_ROWS, RingSegment, type SegmentDraft } from './ring-segment.ts';
import { RingTail } from './ring-tail.ts';
import { byDistanceThenId } from './scan-index.ts';
import {
  requireId,
  requireQueries,
  requireSignal,
  requireThreshold,
  SIGNAL_BYTES,
  WORDS,
} from './signal-words.ts';

/** The longest tail that a search looks through: about as long as one segment's buckets take. */
const TAIL_ROWS = 4_096;

/** How many times longer than what is sealed behind it a segment must be to be left alone. */
const MERGE_RATIO = 8;

/** The tail is sealed by an insertion too, once it has this many rows. */
const MOST_TAIL_ROWS = 1_048_576;

/** How to make a ring index. */
export type RingIndexOptions = {
  /** Any 32-bit number, best a random one: it keeps others from choosing signals that collide in the tail's table. */
  readonly seed?: number;
  /** In place of 4,096; tests use a small one to seal often. */
  readonly tailRows?: number;
  /** Opening a bucket costs about as much as looking at this many rows. With 0 no sealed row is ever looked through. */
  readonly rowsPerBucket?: number;
  /** The most rows of a segment, in place of 2^24 - 1. */
  readonly segmentRows?: number;
};

/** An index that can be put in order ahead of time. */
export interface SealableIndex extends BatchIndex {
  /** Seals the tail now, so that no search has to. */
  seal(): void;

  /** How it stands: rows that are looked at one by one, and the bytes of the sealed segments. */
  readonly shape: { readonly tailRows: number; readonly segments: number; readonly segmentBytes: number };
}

/** What an index holds, in arrays. */
export type RingContents = {
  /** The first id of each row, ascending. */
  readonly ids: Uint32Array;
  /** The rows: eight words each, shuffled. */
  readonly rows: Uint32Array;
  /** Pairs of a row and one more id that bears it. */
  readonly more: Uint32Array;
};

/** A ring index. */
export interface RingIndex extends SealableIndex {
  /**
   * Inserts many at once, sealed: `signals` holds 32 bytes for each of `ids`. All or none.
   * @throws {RangeError} for an id that is present already or twice in the list, or bytes of another length
   */
  insertMany(ids: Uint32Array, signals: Uint8Array): void;

  /** Seals everything anew: nothing in memory tells any more what was removed. */
  compact(): void;

  /** A copy of everything that is searchable, in the order of first ids. */
  contents(): RingContents;

  /** Every memory that holds signals, as it is now: for whoever wants to see what is in it. */
  readonly memories: readonly ArrayBuffer[];
}

/**
 * An empty ring index.
 * @throws {TypeError} where there is no WebAssembly with SIMD (`ringKernelRuns`)
 * @throws {RangeError} for options that make no sense
 */
export function createRingIndex(options: RingIndexOptions = {}): RingIndex {
  const { seed = 0, tailRows = TAIL_ROWS, rowsPerBucket, segmentRows = MAX_SEGMENT_ROWS } = options;
  if (!Number.isSafeInteger(tailRows) || tailRows < 1) {
    throw new RangeError('index: expected tailRows to be a positive integer');
  }
  if (rowsPerBucket !== undefined && !(rowsPerBucket >= 0)) {
    throw new RangeError('index: expected rowsPerBucket to be 0 or more');
  }
  if (!Number.isSafeInteger(segmentRows) || segmentRows < 1 || segmentRows > MAX_SEGMENT_ROWS) {
    throw new RangeError('index: expected segmentRows to be an integer from 1 to 16777215');
  }
  return new SegmentedIndex(seed, tailRows, rowsPerBucket, segmentRows);
}

/**
 * An index of these contents, which are copied.
 * @throws {RangeError} for ids that do not ascend, arrays that do not fit each other, or an id that is named twice
 */
export function ringIndexOf(contents: RingContents, options: RingIndexOptions = {}): RingIndex {
  const { ids, rows, more } = contents;
  if (rows.length !== WORDS * ids.length || more.length % 2 !== 0 || !ascends(ids)) {
    throw new RangeError('index: expected ids that ascend, eight words for each, and pairs');
  }
  const index = createRingIndex(options) as SegmentedIndex;
  index.restore(contents);
  return index;
}

/** The fastest exact index that runs here: the ring index, or where WebAssembly is not to be had the multi-index. */
export function createExactIndex(options: { readonly seed?: number } = {}): SealableIndex {
  if (ringKernelRuns()) return createRingIndex(options);
  const index = createMultiIndex(options);
  return Object.assign(index, {
    searchBatch: (queries: readonly Uint8Array[], threshold: number) =>
      queries.map((query) => index.search(query, threshold)),
  });
}

class SegmentedIndex implements RingIndex {
  readonly #tail: RingTail;
  readonly #tailRows: number;
  readonly #rowsPerBucket: number | undefined;
  readonly #segmentRows: number;
  /** The oldest first. */
  #segments: RingSegment[] = [];

  constructor(seed: number, tailRows: number, rowsPerBucket: number | undefined, segmentRows: number) {
    this.#tail = new RingTail(seed);
    this.#tailRows = tailRows;
    this.#rowsPerBucket = rowsPerBucket;
    this.#segmentRows = segmentRows;
  }

  get size(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.ids, this.#tail.rows.ids);
  }

  get shape() {
    return {
      tailRows: this.#tail.rows.length,
      segments: this.#segments.length,
      segmentBytes: this.#segments.reduce((sum, segment) => sum + segment.bytes, 0),
    };
  }

  get memories() {
    return [...this.#segments.map((segment) => segment.memory), ...this.#tail.memories];
  }

  insert(id: number, signal: Uint8Array): void {
    requireId(id);
    requireSignal(signal);
    if (this.has(id)) throw new RangeError('index: expected an id that is not present yet');
    const words = permutedWords(signal);
    if (!this.#addToSegment(id, words)) this.#tail.rows.add(id, words);
    words.fill(0);
    if (this.#tail.rows.length >= Math.min(MOST_TAIL_ROWS, this.#segmentRows)) this.seal();
  }

  /** Gives the signal's row in a segment, if there is one, this id. */
  #addToSegment(id: number, words: Uint32Array): boolean {
    for (const segment of this.#segments) {
      const row = segment.rowOfWords(words);
      if (row === undefined) continue;
      segment.addId(row, id);
      return true;
    }
    return false;
  }

  insertMany(ids: Uint32Array, signals: Uint8Array): void {
    if (!(ids instanceof Uint32Array && signals instanceof Uint8Array)) {
      throw new RangeError('index: expected ids in a Uint32Array and signals in a Uint8Array');
    }
    if (signals.length !== ids.length * SIGNAL_BYTES) {
      throw new RangeError('index: expected 32 bytes for each id');
    }
    const order = orderOfIds(ids);
    for (let i = 0; i < order.length; i++) {
      const id = ids[order[i]!]!;
      if ((i > 0 && id === ids[order[i - 1]!]) || (this.size > 0 && this.has(id))) {
        throw new RangeError('index: expected ids that are not present yet, each once');
      }
    }
    const signal = (place: number) => signals.subarray(place * SIGNAL_BYTES, (place + 1) * SIGNAL_BYTES);
    if (ids.length <= this.#tailRows || this.size > 0) {
      for (const place of order) this.insert(ids[place]!, signal(place));
      return;
    }
    for (let from = 0; from < order.length; from += this.#segmentRows) {
      const places = order.subarray(from, from + this.#segmentRows);
      this.#segments.push(this.#segmentOf(places, ids, signals));
    }
  }

  /** One segment of the signals at these places, those that are equal folded. */
  #segmentOf(places: Uint32Array, ids: Uint32Array, signals: Uint8Array): RingSegment {
    const build = (kept: Uint32Array) =>
      new RingSegment(
        kept.length,
        (draft) => {
          const bytes = new Uint8Array(draft.rows.buffer, draft.rows.byteOffset, draft.rows.byteLength);
          if (kept.length === ids.length && ascends(ids)) {
            bytes.set(signals);
            draft.ids.set(ids);
          } else {
            for (const [row, place] of kept.entries()) {
              bytes.set(
                signals.subarray(place * SIGNAL_BYTES, (place + 1) * SIGNAL_BYTES),
                row * SIGNAL_BYTES,
              );
              draft.ids[row] = ids[place]!;
            }
          }
          draft.shuffle();
        },
        this.#rowsPerBucket,
      );
    const segment = build(places);
    const twins = segment.twins();
    if (twins.size === 0) return segment;
    segment.wipe();
    const folded = build(places.filter((_, row) => !twins.has(row)));
    for (const [row, first] of twins) folded.addId(folded.rowOfId(ids[places[first]!]!)!, ids[places[row]!]!);
    return folded;
  }

  remove(id: number): boolean {
    return this.#tail.remove(id) || this.#segments.some((segment) => segment.removeId(id));
  }

  has(id: number): boolean {
    return this.#tail.rows.has(id) || this.#segments.some((segment) => segment.rowOfId(id) !== undefined);
  }

  search(query: Uint8Array, threshold: number): Hit[] {
    requireSignal(query);
    requireThreshold(threshold);
    this.#putInOrder();
    const hits: Hit[] = [];
    this.#searchAll([query], threshold, (source, row, distance) =>
      source.forEachId(row, (id) => hits.push({ id, distance })),
    );
    return hits.length > 1 ? hits.sort(byDistanceThenId) : hits;
  }

  searchAny(queries: readonly Uint8Array[], threshold: number): HitOfMany[] {
    requireQueries(queries);
    requireThreshold(threshold);
    this.#putInOrder();
    const nearest = new Map<number, HitOfMany>();
    this.#searchAll(queries, threshold, (source, row, distance, query) =>
      source.forEachId(row, (id) => {
        const known = nearest.get(id);
        const nearer =
          known === undefined ||
          distance < known.distance ||
          (distance === known.distance && query < known.query);
        if (nearer) nearest.set(id, { id, distance, query });
      }),
    );
    return nearest.size === 0 ? [] : [...nearest.values()].sort(byDistanceThenId);
  }

  searchBatch(queries: readonly Uint8Array[], threshold: number): Hit[][] {
    if (!Array.isArray(queries)) throw new RangeError('index: expected a list of queries');
    for (const query of queries) requireSignal(query);
    requireThreshold(threshold);
    this.#putInOrder();
    const hits: Hit[][] = queries.map(() => []);
    for (let from = 0; from < queries.length; from += MAX_BATCH) {
      this.#searchAll(queries.slice(from, from + MAX_BATCH), threshold, (source, row, distance, query) =>
        source.forEachId(row, (id) => hits[from + query]!.push({ id, distance })),
      );
    }
    for (const each of hits) if (each.length > 1) each.sort(byDistanceThenId);
    return hits;
  }

  #searchAll(
    queries: readonly Uint8Array[],
    threshold: number,
    onRow: (source: Source, row: number, distance: number, query: number) => void,
  ): void {
    const { rows } = this.#tail;
    for (const segment of this.#segments) {
      const onHit: OnHit = (query, row, distance) => onRow(segment, row, distance, query);
      segment.search(queries, threshold, onHit);
    }
    this.#tail.search(queries, threshold, (query, row, distance) => onRow(rows, row, distance, query));
  }

  #putInOrder(): void {
    if (this.#tail.rows.length > this.#tailRows) this.seal();
  }

  seal(): void {
    let kept = this.#segments.length;
    let rows = living(this.#tail.rows);
    const merges = (segment: RingSegment) =>
      rows + living(segment) <= this.#segmentRows &&
      (2 * segment.dead > segment.length || (rows > 0 && living(segment) < MERGE_RATIO * rows));
    while (kept > 0 && merges(this.#segments[kept - 1]!)) {
      kept -= 1;
      rows += living(this.#segments[kept]!);
    }
    this.#sealFrom(kept);
  }

  compact(): void {
    this.#sealFrom(0);
  }

  contents(): RingContents {
    const living = new LivingRows([...this.#segments, this.#tail.rows]);
    const more: number[] = [];
    const rows = new Uint32Array(WORDS * living.count);
    for (let i = 0; i < living.count; i++) {
      rows.set(living.wordsOf(i), i * WORDS);
      living.forEachMoreId(i, (id) => more.push(i, id));
    }
    return { ids: living.ids, rows, more: Uint32Array.from(more) };
  }

  /** Fills an index that is empty. */
  restore({ ids, rows, more }: RingContents): void {
    for (let from = 0; from < ids.length; from += this.#segmentRows) {
      const to = Math.min(ids.length, from + this.#segmentRows);
      const write = (draft: SegmentDraft) => {
        draft.rows.set(rows.subarray(from * WORDS, to * WORDS));
        draft.ids.set(ids.subarray(from, to));
      };
      this.#segments.push(new RingSegment(to - from, write, this.#rowsPerBucket));
    }
    for (let i = 0; i < more.length; i += 2) {
      const row = more[i]!;
      if (row >= ids.length || this.has(more[i + 1]!)) {
        throw new RangeError('index: expected each further id once, and its row to be there');
      }
      this.#segments[Math.floor(row / this.#segmentRows)]!.addId(row % this.#segmentRows, more[i + 1]!);
    }
  }

  /** Seals the tail and the segments from number `kept` on, in one segment or as many as must be. */
  #sealFrom(kept: number): void {
    const living = new LivingRows([...this.#segments.slice(kept), this.#tail.rows]);
    const sealed: RingSegment[] = [];
    for (let from = 0; from < living.count; from += this.#segmentRows) {
      const count = Math.min(this.#segmentRows, living.count - from);
      const write = (draft: SegmentDraft) => {
        for (let i = 0; i < count; i++) draft.rows.set(living.wordsOf(from + i), i * WORDS);
        draft.ids.set(living.ids.subarray(from, from + count));
      };
      const segment = new RingSegment(count, write, this.#rowsPerBucket);
      for (let i = 0; i < count; i++) living.forEachMoreId(from + i, (id) => segment.addId(i, id));
      sealed.push(segment);
    }
    // Only now, when nothing can fail for want of memory any more, does the old go.
    for (const segment of this.#segments.slice(kept)) segment.wipe();
    this.#segments = [...this.#segments.slice(0, kept), ...sealed];
    this.#tail.clear();
  }
}

/** Rows with ids, sealed or not. */
type Source = Pick<RingSegment, 'length' | 'dead' | 'isAlive' | 'forEachId' | 'wordsOf'>;

function living(source: Source): number {
  return source.length - source.dead;
}

function firstIdOf(source: Source, row: number): number {
  let first: number | undefined;
  source.forEachId(row, (id) => {
    first ??= id;
  });
  return first!;
}

/** The living rows of several sources, in the order of their first ids. */
class LivingRows {
  readonly #sources: readonly Source[];
  readonly #sourceOf: Uint8Array;
  readonly #rowOf: Uint32Array;
  /** Their first ids, ascending. */
  readonly ids: Uint32Array;

  constructor(sources: readonly Source[]) {
    this.#sources = sources;
    const count = sources.reduce((sum, source) => sum + living(source), 0);
    const ids = new Uint32Array(count);
    const sourceOf = new Uint8Array(count);
    const rowOf = new Uint32Array(count);
    let i = 0;
    for (const [number, source] of sources.entries()) {
      for (let row = 0; row < source.length; row++) {
        if (!source.isAlive(row)) continue;
        ids[i] = firstIdOf(source, row);
        sourceOf[i] = number;
        rowOf[i] = row;
        i += 1;
      }
    }
    const order = orderOfIds(ids);
    this.ids = order.map((place) => ids[place]!);
    this.#sourceOf = Uint8Array.from(order, (place) => sourceOf[place]!);
    this.#rowOf = order.map((place) => rowOf[place]!);
  }

  get count(): number {
    return this.ids.length;
  }

  wordsOf(i: number): Uint32Array {
    return this.#sources[this.#sourceOf[i]!]!.wordsOf(this.#rowOf[i]!);
  }

  forEachMoreId(i: number, each: (id: number) => void): void {
    this.#sources[this.#sourceOf[i]!]!.forEachId(this.#rowOf[i]!, (id) => {
      if (id !== this.ids[i]) each(id);
    });
  }
}

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
 * Sealing a million signals takes some tenths of a second on the caller's thread. With `aside`, a search seals the tail alone
 * (milliseconds), and segments are merged in pauses and on other threads: searches see the old segments until the new one
 * takes their place. What is removed meanwhile is gone from the old at once and from the new before it is searched.
 *
 * Longer than the house's 300 lines: which rows are where, while they are sealed, merged and removed at once, is one state,
 * and a reader has to see all that touches it together.
 * @module
 */

import { permutedWords } from './bit-permutation.ts';
import { ascends, finished, orderOfIds } from './id-order.ts';
import { ringKernelRuns } from './kernel-module.ts';
import {
  forEachMoreId,
  listLivingRows,
  livingIn,
  livingWords,
  ROWS_BETWEEN_PAUSES,
  type RowSource,
} from './living-rows.ts';
import type { BatchIndex, Hit, HitOfMany } from './match-index.ts';
import { createMultiIndex } from './multi-index.ts';
import { copyingContents, type RingContents } from './ring-contents.ts';
import { MAX_BATCH, type OnHit } from './ring-kernel.ts';
import { MAX_SEGMENT_ROWS, RingSegment } from './ring-segment.ts';
import { RingTail } from './ring-tail.ts';
import { byDistanceThenId } from './scan-index.ts';
import { loadingSegments, type MakeSegment, restoringSegments } from './segment-loading.ts';
import { applyChange, type SegmentMerge } from './segment-merge.ts';
import {
  requireId,
  requireQueries,
  requireSignal,
  requireThreshold,
  SIGNAL_BYTES,
  WORDS,
} from './signal-words.ts';
import {
  askAside,
  type FoundIds,
  noteFound,
  type SegmentSteps,
  sortedAside,
  sortedHere,
  type WorkAside,
} from './work-aside.ts';

/** The longest tail that a search looks through: about as long as one segment's buckets take. */
const TAIL_ROWS = 4_096;

/** How many times longer than what is sealed behind it a segment must be to be left alone. */
const MERGE_RATIO = 8;

/** With so many segments, merging aside has fallen behind. */
const MOST_SEGMENTS = 64;

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
  /** From how many rows on equal ones are folded where they stand, in place of two million. */
  readonly foldFrom?: number;
  /** Where to merge segments; without it, they are merged by the search that finds the tail too long. */
  readonly aside?: WorkAside;
};

/** An index that can be put in order ahead of time. */
export interface SealableIndex extends BatchIndex {
  /** Seals the tail now, so that no search has to. */
  seal(): void;

  /** How it stands: rows that are looked at one by one, and the bytes of the sealed segments. */
  readonly shape: { readonly tailRows: number; readonly segments: number; readonly segmentBytes: number };
}

/** A ring index. */
export interface RingIndex extends SealableIndex {
  /**
   * Inserts many at once, sealed: `signals` holds 32 bytes for each of `ids`. All or none.
   * @throws {RangeError} for an id that is present already or twice in the list, or bytes of another length
   */
  insertMany(ids: Uint32Array, signals: Uint8Array): void;

  /**
   * `insertMany` into an empty index, sorted aside where there is an aside. Nobody else may insert meanwhile.
   * @throws {RangeError} (as a rejection) as `insertMany`, and where the index was not empty before or after
   */
  load(ids: Uint32Array, signals: Uint8Array): Promise<void>;

  /**
   * `searchBatch` on the threads aside, each with its part of the queries; without an aside, here. Changes made meanwhile
   * may be seen or not, but for removals: what was removed is not answered.
   */
  searchBatchAside(queries: readonly Uint8Array[], threshold: number): Promise<Hit[][]>;

  /** Seals everything anew: nothing in memory tells any more what was removed. */
  compact(): void;

  /** The same aside, where there is an aside: resolves when nothing tells any more what was removed before this call. */
  compactAside(): Promise<void>;

  /** A copy of everything that is searchable, in the order of first ids. */
  contents(): RingContents;

  /**
   * The same with a pause at each yield, in which the index may be asked and changed. What is inserted or removed in a pause
   * may be in the copy or not.
   */
  contentsInPauses(): Generator<undefined, RingContents>;

  /** Resolves when nothing is being merged aside. */
  settled(): Promise<void>;

  /** Every memory that holds signals, as it is now: for whoever wants to see what is in it. */
  readonly memories: readonly ArrayBufferLike[];
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
  return new SegmentedIndex(seed, tailRows, rowsPerBucket, segmentRows, options.foldFrom, options.aside);
}

/**
 * An index of these contents, which are copied; sorted aside, with pauses, where there is an aside.
 * @throws {RangeError} (as a rejection) for ids that do not ascend, arrays that do not fit each other, an id that is named
 *   twice, or where memory ends
 */
export async function ringIndexOf(
  contents: RingContents,
  options: RingIndexOptions = {},
): Promise<RingIndex> {
  const { ids, rows, more } = contents;
  if (rows.length !== WORDS * ids.length || more.length % 2 !== 0 || !ascends(ids)) {
    throw new RangeError('index: expected ids that ascend, eight words for each, and pairs');
  }
  const index = createRingIndex(options) as SegmentedIndex;
  await index.restore(contents);
  return index;
}

/** Whether an index is a ring index. */
export function isRingIndex(index: SealableIndex): index is RingIndex {
  return index instanceof SegmentedIndex;
}

/** The fastest exact index that runs here: the ring index, or where WebAssembly is not to be had the multi-index. */
export function createExactIndex(
  options: Pick<RingIndexOptions, 'seed' | 'aside' | 'rowsPerBucket'> = {},
): SealableIndex {
  if (ringKernelRuns()) return createRingIndex(options);
  const { seed = 0 } = options;
  const index = createMultiIndex({ seed });
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
  readonly #foldFrom: number | undefined;
  readonly #aside: WorkAside | undefined;
  /** The oldest first. */
  #segments: RingSegment[] = [];

  /** What is going on aside, if anything, and its end. */
  #merge: SegmentMerge | undefined;
  #merging: Promise<void> = Promise.resolve();
  /** Readers in pauses and batches on other threads, the end of the last batch, and segments that wait to be overwritten. */
  #reading = 0;
  #asking: Promise<void> = Promise.resolve();
  readonly #givenUp: RingSegment[] = [];

  constructor(
    seed: number,
    tailRows: number,
    rowsPerBucket: number | undefined,
    segmentRows: number,
    foldFrom: number | undefined,
    aside: WorkAside | undefined,
  ) {
    this.#tail = new RingTail(seed);
    this.#tailRows = tailRows;
    this.#rowsPerBucket = rowsPerBucket;
    this.#segmentRows = segmentRows;
    this.#foldFrom = foldFrom;
    this.#aside = aside;
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
      if (this.#merge?.sources.has(segment))
        this.#merge.changes.push({ kind: 'add', id, words: words.slice() });
      return true;
    }
    return false;
  }

  insertMany(ids: Uint32Array, signals: Uint8Array): void {
    const order = this.#requireNew(ids, signals);
    if (ids.length <= this.#tailRows || this.size > 0) {
      for (const place of order) {
        this.insert(ids[place]!, signals.subarray(place * SIGNAL_BYTES, (place + 1) * SIGNAL_BYTES));
      }
      return;
    }
    this.#segments.push(...sortedHere(this.#loading(order, ids, signals)));
  }

  async load(ids: Uint32Array, signals: Uint8Array): Promise<void> {
    const order = this.#requireNew(ids, signals);
    const aside = this.#aside;
    if (aside === undefined) return this.insertMany(ids, signals);
    const expectEmpty = () => {
      if (this.size > 0) throw new RangeError('index: expected an empty index to load into');
    };
    expectEmpty();
    // As many as a tail holds are not worth a thread.
    if (ids.length <= this.#tailRows) return this.insertMany(ids, signals);
    const segments = await sortedAside(this.#loading(order, ids, signals), aside);
    expectEmpty();
    this.#segments.push(...segments!);
  }

  /** The places of the ids in their order, if none is there yet. */
  #requireNew(ids: Uint32Array, signals: Uint8Array): Uint32Array {
    if (!(ids instanceof Uint32Array && signals instanceof Uint8Array)) {
      throw new RangeError('index: expected ids in a Uint32Array and signals in a Uint8Array');
    }
    if (signals.length !== ids.length * SIGNAL_BYTES) {
      throw new RangeError('index: expected 32 bytes for each id');
    }
    const order = orderOfIds(ids);
    const empty = this.size === 0;
    for (let i = 0; i < order.length; i++) {
      const id = ids[order[i]!]!;
      if ((i > 0 && id === ids[order[i - 1]!]) || (!empty && this.has(id))) {
        throw new RangeError('index: expected ids that are not present yet, each once');
      }
    }
    return order;
  }

  #loading(order: Uint32Array, ids: Uint32Array, signals: Uint8Array): SegmentSteps<readonly RingSegment[]> {
    return loadingSegments(order, ids, signals, this.#segmentRows, this.#makeSegment, this.#foldFrom);
  }

  remove(id: number): boolean {
    if (this.#tail.remove(id)) return true;
    const segment = this.#segments.find((segment) => segment.removeId(id));
    if (segment === undefined) return false;
    if (this.#merge?.sources.has(segment)) this.#merge.changes.push({ kind: 'remove', id });
    return true;
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

  async searchBatchAside(queries: readonly Uint8Array[], threshold: number): Promise<Hit[][]> {
    const aside = this.#aside;
    if (aside === undefined) return this.searchBatch(queries, threshold);
    if (!Array.isArray(queries)) throw new RangeError('index: expected a list of queries');
    for (const query of queries) requireSignal(query);
    requireThreshold(threshold);
    this.#putInOrder();
    const segments = this.#segments;
    const nearest: FoundIds[] = queries.map(() => undefined);
    // The tail is the owner's: before the first pause, so that nothing moves from it to a segment unseen.
    for (let from = 0; from < queries.length; from += MAX_BATCH) {
      this.#tail.search(queries.slice(from, from + MAX_BATCH), threshold, (query, row, distance) =>
        this.#tail.rows.forEachId(row, (id) => noteFound(nearest, from + query, id, distance)),
      );
    }
    const before = this.#asking;
    let done = () => {};
    const asked = new Promise<void>((resolve) => {
      done = resolve;
    });
    this.#reading += 1;
    // Threads have one desk each in a segment: one batch after the other.
    this.#asking = asked;
    try {
      await before;
      await askAside(segments, queries, threshold, aside, nearest);
    } finally {
      done();
      this.#readEnded();
    }
    return nearest.map((found) => {
      if (found === undefined) return [];
      // What left from a tail or from a segment that has been given up since.
      for (const id of found.keys()) if (!this.has(id)) found.delete(id);
      return [...found].map(([id, distance]) => ({ id, distance })).sort(byDistanceThenId);
    });
  }

  #readEnded(): void {
    this.#reading -= 1;
    if (this.#reading === 0) for (const segment of this.#givenUp.splice(0)) segment.wipe();
  }

  /** Overwrites a segment, once nobody reads it any more. */
  #giveUp(segment: RingSegment): void {
    if (this.#reading > 0) this.#givenUp.push(segment);
    else segment.wipe();
  }

  #searchAll(
    queries: readonly Uint8Array[],
    threshold: number,
    onRow: (source: RowSource, row: number, distance: number, query: number) => void,
  ): void {
    const { rows } = this.#tail;
    for (const segment of this.#segments) {
      const onHit: OnHit = (query, row, distance) => onRow(segment, row, distance, query);
      segment.search(queries, threshold, onHit);
    }
    this.#tail.search(queries, threshold, (query, row, distance) => onRow(rows, row, distance, query));
  }

  #putInOrder(): void {
    if (this.#tail.rows.length <= this.#tailRows) return;
    try {
      if (this.#aside === undefined || this.#segments.length >= MOST_SEGMENTS) this.seal();
      else {
        this.#sealFrom(this.#segments.length);
        this.#mergeAside(this.#aside);
      }
    } catch (error) {
      // No memory to seal in: a longer tail is slower, and its answers are as exact.
      if (!(error instanceof RangeError)) throw error;
    }
  }

  seal(): void {
    this.#sealFrom(this.#mergesFrom(this.#segments.length));
  }

  /** The first of the segments that are worth merging with those from number `from` on and, if that is none, the tail. */
  #mergesFrom(from: number): number {
    let kept = Math.max(0, from);
    let rows = kept < this.#segments.length ? livingIn(this.#segments[kept]!) : livingIn(this.#tail.rows);
    const merges = (segment: RingSegment) =>
      rows + livingIn(segment) <= this.#segmentRows &&
      (2 * segment.dead > segment.length || (rows > 0 && livingIn(segment) < MERGE_RATIO * rows));
    while (kept > 0 && merges(this.#segments[kept - 1]!)) {
      kept -= 1;
      rows += livingIn(this.#segments[kept]!);
    }
    return kept;
  }

  compact(): void {
    this.#sealFrom(0);
  }

  async compactAside(): Promise<void> {
    const aside = this.#aside;
    if (aside === undefined) return this.compact();
    await this.settled();
    if (this.#tail.rows.length > 0) this.#sealFrom(this.#segments.length);
    this.#startMerge(this.#segments.slice(), aside);
    await this.settled();
  }

  contents(): RingContents {
    return finished(copyingContents([...this.#segments, this.#tail.rows]));
  }

  *contentsInPauses(): Generator<undefined, RingContents> {
    // The rows of the tail move when it is sealed; those of segments stay, and are not overwritten while this reads.
    if (this.#tail.rows.length > 0) this.#sealFrom(this.#segments.length);
    const segments = this.#segments;
    this.#reading += 1;
    try {
      return yield* copyingContents(segments);
    } finally {
      this.#readEnded();
    }
  }

  /** Fills an index that is empty. */
  async restore(contents: RingContents): Promise<void> {
    const steps = restoringSegments(contents, this.#segmentRows, this.#makeSegment);
    const segments = this.#aside === undefined ? sortedHere(steps) : (await sortedAside(steps, this.#aside))!;
    this.#segments.push(...segments);
  }

  /** Seals the tail and the segments from number `kept` on, in one segment or as many as must be. */
  #sealFrom(kept: number): void {
    const sealed = sortedHere(this.#sealing([...this.#segments.slice(kept), this.#tail.rows]));
    // Only now, when nothing can fail for want of memory any more, does the old go. A merge that reads it ends.
    if (this.#segments.slice(kept).some((segment) => this.#merge?.sources.has(segment)))
      this.#merge = undefined;
    for (const segment of this.#segments.slice(kept)) this.#giveUp(segment);
    this.#segments = [...this.#segments.slice(0, kept), ...sealed];
    this.#tail.clear();
  }

  /** Writes what lives in the sources to new segments. Yields each once it is to be sorted, and nothing to pause. */
  *#sealing(sources: readonly RowSource[]): SegmentSteps<readonly RingSegment[]> {
    const living = yield* listLivingRows(sources);
    const sealed: RingSegment[] = [];
    const most = living.ids.length;
    for (let from = 0; from < most; from += this.#segmentRows) {
      const count = Math.min(this.#segmentRows, most - from);
      const segment = this.#makeSegment(count, () => {});
      sealed.push(segment);
      const { rows, ids } = segment.draft;
      ids.set(living.ids.subarray(from, from + count));
      for (let i = 0; i < count; i++) {
        if (i % ROWS_BETWEEN_PAUSES === ROWS_BETWEEN_PAUSES - 1) yield;
        rows.set(livingWords(living, from + i), i * WORDS);
        forEachMoreId(living, from + i, (id) => {
          if (segment.rowOfId(id) === undefined) segment.addId(i, id);
        });
      }
      yield segment;
    }
    return sealed;
  }

  readonly #makeSegment: MakeSegment = (count, write) => {
    const sharing = this.#aside === undefined ? 'plain' : 'shared';
    return new RingSegment(count, write, this.#rowsPerBucket, sharing, 'unsorted');
  };

  /** Begins to merge what is worth it, beside all else, unless that is going on already. */
  #mergeAside(aside: WorkAside): void {
    if (this.#merge !== undefined) return;
    const from = this.#mergesFrom(this.#segments.length - 1);
    const sources = this.#segments.slice(from);
    const [only] = sources;
    if (only === undefined || (sources.length === 1 && 2 * only.dead <= only.length)) return;
    this.#startMerge(sources, aside);
  }

  #startMerge(sources: readonly RingSegment[], aside: WorkAside): void {
    if (sources.length === 0) return;
    const merge: SegmentMerge = { sources: new Set(sources), changes: [] };
    this.#merge = merge;
    this.#merging = this.#runMerge(merge, sources, aside).catch((error: unknown) => {
      // The segments stay as they were, and answer.
      if (this.#merge === merge) this.#merge = undefined;
      aside.failed?.(error);
    });
  }

  async #runMerge(merge: SegmentMerge, sources: readonly RingSegment[], aside: WorkAside): Promise<void> {
    const begun: RingSegment[] = [];
    try {
      // Where somebody else seals anew, what the sources held is zeros by then.
      const merged = await sortedAside(
        noting(this.#sealing(sources), begun),
        aside,
        () => this.#merge === merge,
      );
      if (merged === undefined) return;
      for (const change of merge.changes) applyChange(merged, change);
      const [first] = sources;
      this.#segments = this.#segments.flatMap((segment) =>
        segment === first ? merged : merge.sources.has(segment) ? [] : [segment],
      );
      this.#merge = undefined;
      begun.length = 0;
      for (const source of sources) this.#giveUp(source);
      this.#mergeAside(aside);
    } finally {
      for (const change of merge.changes) if (change.kind === 'add') change.words.fill(0);
      for (const segment of begun) segment.wipe();
    }
  }

  async settled(): Promise<void> {
    while (this.#merge !== undefined) await this.#merging;
  }
}

/** The steps, and in `begun` each segment that they yield: what is to be overwritten where they do not come to their end. */
function* noting<T>(steps: SegmentSteps<T>, begun: RingSegment[]): SegmentSteps<T> {
  let step = steps.next();
  while (!step.done) {
    if (step.value !== undefined) begun.push(step.value);
    yield step.value;
    step = steps.next();
  }
  return step.value;
}

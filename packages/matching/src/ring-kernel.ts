/**
 * The ring kernel (`assembly/ring-kernel.ts`) at work: instances of the module over a memory that begins with what a search
 * needs besides the signals, the *desk*. A memory that threads share has further desks at its end, one for each.
 *
 * A desk, in bytes: the parameters, the places of the bands' rows, the flips, the table of the fixed shuffle, queries, their
 * order, addresses of lines, runs, lines that were kept, candidates, and hits. What follows, from `ROWS_AT`, is the owner's.
 * @module
 */

import { permutedWords } from './bit-permutation.ts';
import {
  type KernelMemory,
  type KernelRoutines,
  kernelOver,
  makeKernelMemory,
  PAGE,
  type Sharing,
} from './kernel-module.ts';
import { keyFlips } from './key-flips.ts';
import { BANDS, HALF, LINE, LINE_ENTRIES, type PlanesAt, rowPlaneBytes, rowPlaneOf } from './ring-layout.ts';
import { SIGNAL_BYTES, WORDS } from './signal-words.ts';

/** The most queries that one call of the kernel takes. */
export const MAX_BATCH = 1024;

const PARAMETERS = 0;
const NOWHERE = 156;
const ROW_PLANES = 160;
const FLIPS = 256;
const SHUFFLE = 2048;
const QUERIES = SHUFFLE + 64 * 16 * SIGNAL_BYTES;
const ORDERS = QUERIES + MAX_BATCH * SIGNAL_BYTES;
const LINES = ORDERS + MAX_BATCH * 4;
const RUNS = LINES + 16_384;
const KEPT = RUNS + 16_384;
const CANDIDATES = KEPT + 32_800;
const CANDIDATES_END = CANDIDATES + 32_768;
const HITS = CANDIDATES_END;

/** Where the owner's part of the memory begins: behind the first desk. */
export const ROWS_AT: number = 196_608;

const DESK_BYTES: number = ROWS_AT;

/** Desks at the end of a shared memory: as many threads may work in it beside its owner. */
export const SPARE_DESKS = 3;

/** Place of the number of hits among the parameters. */
const HIT_COUNT = 34;

/** Words of a hit: number of the query, row, distance. */
const HIT_WORDS = 3;

/** With so many addresses, lines are worked off: more than one query lists among a million, and no more than caches hold. */
const LINES_AT_ONCE = 1_024;

/** Queries and bands whose starts are read ahead: all of a single query at the smaller thresholds, else what caches hold. */
const UNITS_AT_ONCE: readonly number[] = [64, 16, 4, 1];

/** Runs that one query adds, at most. */
const RUNS_OF_QUERY = 4;
const RUN_BYTES = 16;

const CANDIDATE_BYTES = 16;

/** Opening a bucket costs about as much as looking at this many rows. */
const ROWS_PER_BUCKET = 4;

/** Under this many rows the plain sort is as fast. */
const FEW_ROWS = 131_072;

/** Bytes of an entry between `part` and `settle`. */
const PARTED_BYTES = 6;

/** Passes over all rows that a band is worth; with more, the plain sort is faster. */
const MOST_PASSES = 8;

/**
 * Bytes that the last bands may write behind their last line, for each row: with less room they take more passes over the
 * rows, which costs more the more there are; what is written there stays taken.
 */
const SPARE_OF_FEW = 0.012;
const SPARE_OF_MANY = 0.5;
const MANY_ROWS = 1_048_576;

/**
 * What any thread can do of sorting a segment; `runSortJob` does. It can be posted to a worker. To *shuffle* is to give each of
 * the rows `from` to `to` the fixed shuffle, once and before any is sorted; to *sort* is to sort by the bands of the halves
 * `from` to `to`. Both exclusive.
 */
export type SortJob = {
  readonly kind: 'shuffle' | 'sort';
  readonly memory: KernelMemory;
  readonly desk: number;
  readonly at: PlanesAt;
  readonly from: number;
  readonly to: number;
};

/** Queries of 32 bytes each to ask sealed segments, at a desk in each; `runSearchJob` does. It can be posted to a worker. */
export type SearchJob = {
  readonly segments: readonly {
    readonly memory: KernelMemory;
    readonly desk: number;
    readonly at: PlanesAt;
  }[];
  readonly queries: Uint8Array;
  readonly threshold: number;
};

let shuffle: Uint32Array | undefined;

/** What every half byte of a signal becomes: 64 halves, 16 values, eight words. */
function shuffleTable(): Uint32Array {
  if (shuffle !== undefined) return shuffle;
  shuffle = new Uint32Array(64 * 16 * WORDS);
  for (let half = 0; half < 64; half++) {
    for (let value = 0; value < 16; value++) {
      const signal = new Uint8Array(SIGNAL_BYTES);
      signal[half >> 1] = half & 1 ? value : value << 4;
      shuffle.set(permutedWords(signal), (16 * half + value) * WORDS);
    }
  }
  return shuffle;
}

/** Called with the number of the query, the row and its distance in bits. */
export type OnHit = (query: number, row: number, distance: number) => void;

/** Does a sort job, on the thread where it is called. */
export function runSortJob({ kind, memory, desk, at, from, to }: SortJob): void {
  const kernel = RingKernel.over(memory, desk);
  if (kind === 'shuffle')
    kernel.permute(ROWS_AT + SIGNAL_BYTES * from, to - from, ROWS_AT + SIGNAL_BYTES * from);
  else kernel.sort(at, from, to);
}

/** Does a search job; answers four numbers a hit: of the query, of the segment, row, distance. */
export function runSearchJob({ segments, queries, threshold }: SearchJob): Uint32Array<ArrayBuffer> {
  const hits: number[] = [];
  for (const [number, { memory, desk, at }] of segments.entries()) {
    const kernel = RingKernel.over(memory, desk);
    for (let from = 0; from < queries.length; from += MAX_BATCH * SIGNAL_BYTES) {
      const batch: Uint8Array[] = [];
      const to = Math.min(queries.length, from + MAX_BATCH * SIGNAL_BYTES);
      for (let q = from; q < to; q += SIGNAL_BYTES) batch.push(queries.subarray(q, q + SIGNAL_BYTES));
      const onHit: OnHit = (query, row, distance) =>
        hits.push(from / SIGNAL_BYTES + query, number, row, distance);
      if (ringIsFaster(at, threshold)) kernel.search(batch, threshold, at, onHit);
      else kernel.look(batch, threshold, 0, at.count, onHit);
    }
  }
  return Uint32Array.from(hits);
}

/** Whether opening buckets is faster than looking at each row; a bucket costs as much as `rowsPerBucket`. */
export function ringIsFaster(
  { count, keyBits }: PlanesAt,
  threshold: number,
  rowsPerBucket: number = ROWS_PER_BUCKET,
): boolean {
  return BANDS * keyFlips(keyBits).within[threshold >> 4]! * rowsPerBucket < count;
}

/** Bytes that sorting so many rows may write behind the last line of each half. */
export function spareBytes(count: number): number {
  return Math.floor(count * (count > MANY_ROWS ? SPARE_OF_MANY : SPARE_OF_FEW));
}

/** An instance of the kernel. Its memory holds whatever its owner puts behind `ROWS_AT`. */
export class RingKernel {
  readonly #memory: KernelMemory;
  readonly #desk: number;
  readonly #routines: KernelRoutines;
  #words: Uint32Array;
  #bytes: Uint8Array;
  #hitsAt: number;
  #hitCapacity = Math.floor((ROWS_AT - HITS) / (4 * HIT_WORDS));
  #ownedBytes: number;
  /** Behind what it was made with, desks included, until it grows. */
  readonly #end: number;
  #grew = false;
  /** The segment that the row planes and flips at the desk are of. */
  #preparedFor: PlanesAt | undefined;

  private constructor(memory: KernelMemory, desk: number, bytes: number, sharing: Sharing) {
    this.#memory = memory;
    this.#desk = desk;
    this.#hitsAt = desk + HITS;
    this.#ownedBytes = bytes;
    this.#end = ROWS_AT + bytes + (sharing === 'shared' ? SPARE_DESKS * DESK_BYTES : 0);
    this.#routines = kernelOver(memory, sharing);
    this.#words = new Uint32Array(memory.buffer);
    this.#bytes = new Uint8Array(memory.buffer);
    this.#words[(desk + NOWHERE) >> 2] = 0xffff_ffff;
    this.#words.set(shuffleTable(), (desk + SHUFFLE) >> 2);
    // Every query in its own order.
    for (let q = 0; q < MAX_BATCH; q++)
      this.#words[((desk + ORDERS) >> 2) + q] = desk + QUERIES + q * SIGNAL_BYTES;
  }

  /**
   * A kernel with a memory that has `bytes` for its owner.
   * @throws {TypeError} where the kernel cannot run, or memory cannot be shared
   * @throws {RangeError} where there is no such memory: 4 GiB is the end of 32-bit addresses
   */
  static make(bytes: number, sharing: Sharing = 'plain'): RingKernel {
    const spare = sharing === 'shared' ? SPARE_DESKS * DESK_BYTES : 0;
    return new RingKernel(makeKernelMemory(ROWS_AT + bytes + spare, sharing), 0, bytes, sharing);
  }

  /** Another thread's kernel over a shared memory, at a desk of its own. */
  static over(memory: KernelMemory, desk: number): RingKernel {
    return new RingKernel(memory, desk, 0, 'shared');
  }

  /** The memory itself: it can be posted to other threads where it is shared. */
  get memory(): KernelMemory {
    return this.#memory;
  }

  /** The address of a spare desk of a shared memory, 0..`SPARE_DESKS` - 1. */
  spareDesk(number: number): number {
    return ROWS_AT + Math.ceil(this.#ownedBytes / 64) * 64 + number * DESK_BYTES;
  }

  /** The whole memory. It is another object after `reserve` and after a search with very many hits. */
  get buffer(): ArrayBufferLike {
    return this.#memory.buffer;
  }

  /** Bytes of memory taken, but for what is left of the last page: nobody writes there. */
  get usedBytes(): number {
    return this.#grew ? this.#bytes.length : Math.min(this.#bytes.length, this.#end);
  }

  /** Bytes of memory taken. */
  get byteLength(): number {
    return this.#bytes.length;
  }

  /**
   * Makes room for `bytes` of the owner; what was there stays in place.
   * @throws {RangeError} where there is no such memory
   */
  reserve(bytes: number): void {
    if (bytes <= this.#ownedBytes) return;
    // The hits that once were many stood here.
    this.#bytes.fill(0, ROWS_AT + this.#ownedBytes);
    this.#hitsAt = this.#desk + HITS;
    this.#hitCapacity = Math.floor((ROWS_AT - HITS) / (4 * HIT_WORDS));
    // Where there is none, nothing has changed: the next call tries again.
    this.#growTo(ROWS_AT + bytes);
    this.#ownedBytes = bytes;
  }

  #growTo(end: number): void {
    const missing = Math.ceil(end / PAGE) - this.#bytes.length / PAGE;
    if (missing > 0) this.#grow(missing);
  }

  /** Answers where the new pages begin. */
  #grow(pages: number): number {
    let before: number;
    try {
      before = this.#memory.grow(pages);
    } catch (cause) {
      throw new RangeError('index: expected memory for the index, and there is none left', { cause });
    }
    this.#grew = true;
    this.#words = new Uint32Array(this.#memory.buffer);
    this.#bytes = new Uint8Array(this.#memory.buffer);
    return before * PAGE;
  }

  /** Shuffles `count` signals that stand at `from`, 32 bytes each, to `to`, which may be the same place. */
  permute(from: number, count: number, to: number): void {
    this.#routines.permute(from, count, this.#desk + SHUFFLE, to);
  }

  /** Sorts the rows into the bands of the halves `from` to `to`, exclusive; of both, unless said. */
  sort(at: PlanesAt, from = 0, to = 2): void {
    for (let half = from; half < to; half++) this.#sortHalf(at, half);
  }

  #sortHalf(at: PlanesAt, half: number): void {
    const { count } = at;
    const few = count < FEW_ROWS;
    const bands = half * HALF;
    // The counts of all bands, one band's cursors, and room for `settle`, where lines and candidates are at other times.
    const countsAt = this.#desk + LINES;
    const counts = this.#words.subarray(countsAt >> 2, (countsAt >> 2) + 256 * HALF);
    if (!few) {
      counts.fill(0);
      this.#routines.coarse(ROWS_AT + 2 * bands, count, countsAt);
    }
    const halfEnd = at.halves[half]! + at.halfBytes;
    const spare = spareBytes(count);
    let base = at.halves[half]!;
    let bandBytes = 0;
    let written = base;
    for (let band = bands; band < bands + HALF; band++) {
      const line = base + rowPlaneBytes(count);
      const own = counts.subarray(256 * (band - bands), 256 * (band - bands + 1));
      // As far as the bands behind will write too, and a little: a page that was written once is taken for good.
      const most = base + (bands + HALF - band) * bandBytes + spare;
      const limit = band === bands ? halfEnd : Math.min(halfEnd, most);
      const passes = few ? undefined : passesWithin(own, at.keyBits, line, limit);
      // What parted entries of the band before left between the rows and the lines.
      this.#bytes.fill(0, base + 3 * count, line);
      let end = line;
      if (passes === undefined) end = this.#sortPlainly(at, band, base, line);
      else {
        let rank = 0;
        for (const pass of passes) {
          written = Math.max(written, end + pass.room + PARTED_BYTES * pass.entries);
          end = this.#sortPass(at, band, base, end, rank, pass, own);
          rank += pass.entries;
        }
        this.#words[((at.starts + band * at.startsStride) >> 2) + 2 ** at.keyBits] = end;
      }
      bandBytes = end - base;
      base = end;
    }
    this.#bytes.fill(0, base, Math.max(base, written));
    this.#bytes.fill(0, countsAt, this.#desk + CANDIDATES_END);
  }

  /** Sorts the rows whose upper byte is of this pass; `rank` of the band's are sorted, with lines up to `firstLine`. */
  #sortPass(
    at: PlanesAt,
    band: number,
    rowPlane: number,
    firstLine: number,
    firstRank: number,
    { from, to, room }: Pass,
    counts: Uint32Array,
  ): number {
    const words = this.#words;
    const cursorsAt = this.#desk + CANDIDATES;
    const parted = firstLine + room;
    let cursor = parted;
    for (let upper = from; upper < to; upper++) {
      words[(cursorsAt >> 2) + upper] = cursor;
      cursor += PARTED_BYTES * counts[upper]!;
    }
    const next = 2 * ((band + 1) % BANDS);
    this.#routines.part(ROWS_AT, at.count, 2 * band, next, cursorsAt, from, to - from);
    const shift = BANDS - at.keyBits;
    const starts = at.starts + band * at.startsStride;
    let entry = parted;
    let line = firstLine;
    let rank = firstRank;
    for (let upper = from; upper < to; upper++) {
      const end = entry + PARTED_BYTES * counts[upper]!;
      const own = starts + ((4 * 256) >> shift) * upper;
      line = this.#routines.settle(entry, end, own, rank, rowPlane, line, shift, cursorsAt + 1024);
      rank += counts[upper]!;
      entry = end;
    }
    return line;
  }

  #sortPlainly(at: PlanesAt, band: number, rowPlane: number, line: number): number {
    const starts = at.starts + band * at.startsStride;
    const startsEnd = starts + 4 * 2 ** at.keyBits;
    const shift = BANDS - at.keyBits;
    return this.#routines.sort(ROWS_AT, at.count, band, starts, startsEnd, rowPlane, line, shift);
  }

  /** Finds, through the planes, the rows within `threshold` bits of each query, each once per query, in no order. */
  search(queries: readonly Uint8Array[], threshold: number, at: PlanesAt, onHit: OnHit): void {
    this.#run(queries, threshold, at, () => this.#routines.ring(this.#desk + PARAMETERS), onHit);
  }

  /** The same by looking at each of the rows `from` to `to`, exclusive. */
  look(queries: readonly Uint8Array[], threshold: number, from: number, to: number, onHit: OnHit): void {
    this.#run(
      queries,
      threshold,
      undefined,
      () => this.#routines.look(this.#desk + PARAMETERS, from, to),
      onHit,
    );
  }

  /** Overwrites all of the memory. It is of no use afterwards. */
  wipe(): void {
    this.#bytes.fill(0);
  }

  #run(
    queries: readonly Uint8Array[],
    threshold: number,
    at: PlanesAt | undefined,
    go: () => void,
    onHit: OnHit,
  ): void {
    const asked = this.#desk + QUERIES;
    const parameters = (this.#desk + PARAMETERS) >> 2;
    for (let q = 0; q < queries.length; q++) this.#bytes.set(queries[q]!, asked + q * SIGNAL_BYTES);
    this.#routines.permute(asked, queries.length, this.#desk + SHUFFLE, asked);
    if (at !== undefined) this.#prepareFor(at);
    this.#setParameters(queries.length, threshold, at);
    go();
    let count = this.#words[parameters + HIT_COUNT]!;
    if (count > this.#hitCapacity) {
      // More hits than ever: they were counted, and with room for them all are found again.
      this.#hitsAt = this.#grow(Math.ceil((4 * HIT_WORDS * count) / PAGE));
      this.#hitCapacity = count;
      this.#setParameters(queries.length, threshold, at);
      go();
      count = this.#words[parameters + HIT_COUNT]!;
    }
    // Whoever asked leaves no trace.
    this.#bytes.fill(0, asked, asked + queries.length * SIGNAL_BYTES);
    const words = this.#words;
    for (let i = 0, word = this.#hitsAt >> 2; i < count; i++, word += HIT_WORDS) {
      onHit(words[word]!, words[word + 1]!, words[word + 2]!);
    }
  }

  /** Puts the flips and the places of the bands' rows on the desk. */
  #prepareFor(at: PlanesAt): void {
    if (this.#preparedFor === at) return;
    this.#preparedFor = at;
    const desk = this.#desk;
    new Uint16Array(this.#memory.buffer).set(keyFlips(at.keyBits).flips, (desk + FLIPS) >> 1);
    for (let band = 0; band < BANDS; band++)
      this.#words[((desk + ROW_PLANES) >> 2) + band] = rowPlaneOf(this.#words, at, band);
  }

  #setParameters(queries: number, threshold: number, at: PlanesAt | undefined): void {
    const within = threshold >> 4;
    const desk = this.#desk;
    const words = this.#words;
    const flips = at === undefined ? [0, 0, 0, 0] : keyFlips(at.keyBits).within;
    // In the order of the kernel's own list.
    let to = (desk + PARAMETERS) >> 2;
    words[to++] = desk + ORDERS;
    words[to++] = 4 * queries;
    // The same in every band: in the order of a band's keys they are answered no faster.
    words[to++] = 0;
    words[to++] = desk + FLIPS;
    for (let ones = 0; ones <= 3; ones++) words[to++] = desk + FLIPS + 2 * flips[ones]!;
    words[to++] = desk + FLIPS + 2 * flips[within]!;
    words[to++] = UNITS_AT_ONCE[within]!;
    words[to++] = within;
    words[to++] = threshold >> 3;
    words[to++] = (3 * threshold) >> 4;
    words[to++] = threshold;
    words[to++] = at?.starts ?? 0;
    words[to++] = at?.startsStride ?? 0;
    words[to++] = BANDS - (at?.keyBits ?? BANDS);
    words[to++] = desk + ROW_PLANES;
    words[to++] = desk + NOWHERE;
    words[to++] = ROWS_AT;
    words[to++] = at?.count ?? 0;
    words[to++] = desk + LINES;
    words[to++] = desk + LINES + 4 * LINES_AT_ONCE;
    words[to++] = desk + RUNS;
    words[to++] = desk + RUNS;
    words[to++] = desk + KEPT - RUNS_OF_QUERY * RUN_BYTES;
    words[to++] = desk + KEPT;
    words[to++] = desk + CANDIDATES;
    words[to++] = desk + CANDIDATES_END - LINE_ENTRIES * CANDIDATE_BYTES;
    words[to++] = 0;
    words[to++] = desk + QUERIES;
    words[to++] = desk + QUERIES + queries * SIGNAL_BYTES;
    words[to++] = this.#hitsAt;
    words[to++] = this.#hitCapacity;
    words[to] = 0;
  }
}

/** A pass over the rows: the upper bytes that it sorts, their entries, and how far behind its first line they are parted. */
type Pass = {
  readonly from: number;
  readonly to: number;
  readonly entries: number;
  readonly room: number;
};

/**
 * Passes in which a band can be sorted by parting no further than `limit`, or `undefined` where that cannot be: where very many
 * rows have one upper byte. A pass takes as many upper bytes as have room, and its lines are counted at their most; parted
 * entries begin so far behind the first line that no line is laid over entries which are still to be settled.
 */
function passesWithin(
  counts: Uint32Array,
  keyBits: number,
  firstLine: number,
  limit: number,
): readonly Pass[] | undefined {
  const buckets = 2 ** keyBits / 256;
  const passes: Pass[] = [];
  let line = firstLine;
  for (let from = 0; from < counts.length; ) {
    let to = from;
    let lines = 0;
    let entries = 0;
    let room = 0;
    for (; to < counts.length; to++) {
      const count = counts[to]!;
      const linesWith = lines + LINE * (Math.floor(count / LINE_ENTRIES) + Math.min(count, buckets));
      const roomWith = Math.max(room, linesWith - PARTED_BYTES * entries);
      if (line + roomWith + PARTED_BYTES * (entries + count) > limit) break;
      lines = linesWith;
      room = roomWith;
      entries += count;
    }
    if (to === from || passes.length === MOST_PASSES) return undefined;
    passes.push({ from, to, entries, room });
    line += lines;
    from = to;
  }
  return passes;
}

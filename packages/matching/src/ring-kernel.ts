/**
 * The ring kernel (`assembly/ring-kernel.ts`) at work: instances of the module over a memory that begins with what a search
 * needs besides the signals, the *desk*. A memory that threads share has further desks at its end, one for each.
 *
 * A desk, in bytes: the parameters, the flips, the table of the fixed shuffle, queries, slots of buckets,
 * candidates, and hits. What follows, from `ROWS_AT`, is the owner's.
 *
 * It runs where WebAssembly with SIMD does and nobody forbids it: a page needs `script-src 'wasm-unsafe-eval'`. The
 * module is 8 KB in the script itself, compiled at first use; nothing is fetched.
 * @module
 */

import { permutedWords } from './bit-permutation.ts';
import { RING_KERNEL_BASE64, RING_KERNEL_SHARED_BASE64 } from './ring-kernel-bytes.ts';
import { ONES_16, SIGNAL_BYTES, WORDS } from './signal-words.ts';

/** Bands of a signal. */
export const BANDS = 16;

/** Bytes of the starts of a band: 65,537 addresses and what fills the line. */
export const STARTS_BYTES: number = 4 * 65_552;

/** The most queries that one call of the kernel takes. */
export const MAX_BATCH = 1024;

const PARAMETERS = 0;
const FLIPS = 256;
const SHUFFLE = 2048;
const QUERIES = SHUFFLE + 64 * 16 * SIGNAL_BYTES;
const SLOTS = QUERIES + MAX_BATCH * SIGNAL_BYTES;
const CANDIDATES = SLOTS + 65_536;
const CANDIDATES_END = CANDIDATES + 65_536;
const HITS = CANDIDATES_END;

/** Where the owner's part of the memory begins: behind the first desk. */
export const ROWS_AT: number = 262_144;

const DESK_BYTES: number = ROWS_AT;

/** Desks at the end of a shared memory: as many threads may work in it beside its owner. */
export const SPARE_DESKS = 3;

/** Place of the number of hits among the parameters. */
const HIT_COUNT = 21;

/** Words of a hit: number of the query, row, distance. */
const HIT_WORDS = 3;

const PAGE = 65_536;
const MOST_PAGES = 65_536;

/** How many 16-bit numbers have at most 0, 1, 2, 3 ones: as many buckets of each band a search opens. */
const FLIPS_WITHIN: readonly number[] = [1, 17, 137, 697];

/** Units that are touched ahead of the scan: all of a single query at the smaller thresholds, else what the caches hold. */
const AHEAD: readonly number[] = [16, 16, 8, 4];

/** The same where many queries are asked at once. */
const AHEAD_OF_MANY: readonly number[] = [8, 4, 4, 3];

/** Opening a bucket costs about as much as looking at this many rows. */
const ROWS_PER_BUCKET = 4;

/** Under this many rows the plain sort is as fast. */
const FEW_ROWS = 131_072;

/** The part of WebAssembly that is used here; neither Node's types nor a page's have it in both places. */
type WebAssemblyApi = {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly m: { readonly memory: KernelMemory } },
  ) => { readonly exports: unknown };
  readonly Memory: new (limits: {
    readonly initial: number;
    readonly maximum?: number;
    readonly shared?: boolean;
  }) => KernelMemory;
};

/** A WebAssembly memory. */
export type KernelMemory = {
  readonly buffer: ArrayBufferLike;
  readonly grow: (pages: number) => number;
};

type KernelExports = {
  readonly permute: (from: number, count: number, table: number, to: number) => void;
  readonly ring: (parameters: number) => void;
  readonly look: (parameters: number, from: number, to: number) => void;
  readonly sort: (
    rows: number,
    count: number,
    band: number,
    starts: number,
    base: number,
    rowPlane: number,
  ) => void;
  readonly coarse: (rows: number, count: number, counts: number) => void;
  readonly part: (rows: number, count: number, offset: number, cursors: number) => void;
  readonly settle: (
    from: number,
    to: number,
    starts: number,
    place: number,
    base: number,
    rowPlane: number,
    counts: number,
  ) => void;
};

/** Whether a memory is one thread's or several threads'. */
export type Sharing = 'plain' | 'shared';

/** Bands of a segment that any thread can sort: `runSortJob` does. It can be posted to a worker. */
export type SortJob = {
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

let compiled: { readonly api: WebAssemblyApi; readonly plain: object } | 'none' | undefined;
let sharedModule: object | undefined;
let shuffle: Uint32Array | undefined;

/** Whether the kernel can run here: WebAssembly with SIMD, leave from the page to compile, little-endian numbers. */
export function ringKernelRuns(): boolean {
  return compile() !== 'none';
}

function compile(): { readonly api: WebAssemblyApi; readonly plain: object } | 'none' {
  if (compiled !== undefined) return compiled;
  compiled = 'none';
  const api = (globalThis as object as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
  // The memory is little-endian by definition, an array's view of it is the machine's.
  const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
  if (api === undefined || !littleEndian) return compiled;
  try {
    compiled = { api, plain: new api.Module(bytesOf(RING_KERNEL_BASE64)) };
  } catch {
    // No SIMD, or a policy against compiling: the multi-index answers the same.
  }
  return compiled;
}

function compiledOrThrow(): { readonly api: WebAssemblyApi; readonly plain: object } {
  const found = compile();
  if (found === 'none') throw new TypeError('index: expected WebAssembly with SIMD');
  return found;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

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

/** All 16-bit numbers with at most 3 ones, those with fewer first: what a query's band is xored with. */
const FLIP_TABLE: Uint16Array = flips();

function flips(): Uint16Array {
  const all: number[] = [];
  for (let ones = 0; ones <= 3; ones++) {
    for (let value = 0; value < 65_536; value++) if (ONES_16[value] === ones) all.push(value);
  }
  return Uint16Array.from(all);
}

/** Called with the number of the query, the row and its distance in bits. */
export type OnHit = (query: number, row: number, distance: number) => void;

/** Where the planes of a segment stand, in bytes. */
export type PlanesAt = {
  readonly starts: number;
  readonly planes: number;
  readonly planesStride: number;
  readonly rowPlane: number;
  /** How many rows there are. */
  readonly count: number;
};

/** Does a sort job, on the thread where it is called. */
export function runSortJob({ memory, desk, at, from, to }: SortJob): void {
  RingKernel.over(memory, desk).sort(at, from, to);
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
      if (ringIsFaster(at.count, threshold)) kernel.search(batch, threshold, at, onHit);
      else kernel.look(batch, threshold, 0, at.count, onHit);
    }
  }
  return Uint32Array.from(hits);
}

/** Whether opening buckets is faster than looking at each of `count` rows; a bucket costs as much as `rowsPerBucket`. */
export function ringIsFaster(
  count: number,
  threshold: number,
  rowsPerBucket: number = ROWS_PER_BUCKET,
): boolean {
  return BANDS * FLIPS_WITHIN[threshold >> 4]! * rowsPerBucket < count;
}

/** An instance of the kernel. Its memory holds whatever its owner puts behind `ROWS_AT`. */
export class RingKernel {
  readonly #memory: KernelMemory;
  readonly #desk: number;
  readonly #exports: KernelExports;
  #words: Uint32Array;
  #bytes: Uint8Array;
  #hitsAt: number;
  #hitCapacity = Math.floor((ROWS_AT - HITS) / (4 * HIT_WORDS));
  #ownedBytes: number;

  private constructor(memory: KernelMemory, desk: number, bytes: number, sharing: Sharing) {
    const { api, plain } = compiledOrThrow();
    if (sharing === 'shared') sharedModule ??= new api.Module(bytesOf(RING_KERNEL_SHARED_BASE64));
    const module = sharing === 'shared' ? sharedModule! : plain;
    this.#memory = memory;
    this.#desk = desk;
    this.#hitsAt = desk + HITS;
    this.#ownedBytes = bytes;
    this.#exports = new api.Instance(module, { m: { memory } }).exports as KernelExports;
    this.#words = new Uint32Array(memory.buffer);
    this.#bytes = new Uint8Array(memory.buffer);
    new Uint16Array(memory.buffer).set(FLIP_TABLE, (desk + FLIPS) >> 1);
    this.#words.set(shuffleTable(), (desk + SHUFFLE) >> 2);
  }

  /**
   * A kernel with a memory that has `bytes` for its owner.
   * @throws {TypeError} where the kernel cannot run, or memory cannot be shared
   * @throws {RangeError} where there is no such memory: 4 GiB is the end of 32-bit addresses
   */
  static make(bytes: number, sharing: Sharing = 'plain'): RingKernel {
    const { api } = compiledOrThrow();
    const spare = sharing === 'shared' ? SPARE_DESKS * DESK_BYTES : 0;
    const pages = Math.ceil((ROWS_AT + bytes + spare) / PAGE);
    if (pages > MOST_PAGES) throw new RangeError('index: expected a segment that 4 GiB of memory can hold');
    let memory: KernelMemory;
    try {
      memory = new api.Memory(
        sharing === 'shared' ? { initial: pages, maximum: MOST_PAGES, shared: true } : { initial: pages },
      );
    } catch (cause) {
      throw new RangeError('index: expected memory for a segment, and there is none left', { cause });
    }
    return new RingKernel(memory, 0, bytes, sharing);
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
    this.#words = new Uint32Array(this.#memory.buffer);
    this.#bytes = new Uint8Array(this.#memory.buffer);
    return before * PAGE;
  }

  /** Shuffles `count` signals that stand at `from`, 32 bytes each, to `to`, which may be the same place. */
  permute(from: number, count: number, to: number): void {
    this.#exports.permute(from, count, this.#desk + SHUFFLE, to);
  }

  /** Sorts the rows into the starts and planes of the bands `from` to `to`, exclusive; of all, unless said. */
  sort(at: PlanesAt, from = 0, to: number = BANDS): void {
    const { count } = at;
    if (count < FEW_ROWS) {
      for (let band = from; band < to; band++) this.#sortPlainly(band, at);
      return;
    }
    // The counts of all bands, and one band's cursors, where slots and candidates are at other times.
    const countsAt = this.#desk + SLOTS;
    const cursorsAt = this.#desk + CANDIDATES;
    const settleAt = cursorsAt + 1024;
    this.#bytes.fill(0, this.#desk + SLOTS, this.#desk + CANDIDATES_END);
    this.#exports.coarse(ROWS_AT, count, countsAt);
    for (let band = from; band < to - 2; band++) {
      const starts = at.starts + band * STARTS_BYTES;
      const base = at.planes + band * at.planesStride;
      // Planes that are not written yet have room for eight bytes a row; behind the last two there is none.
      const parted = base + at.planesStride;
      let cursor = parted;
      for (let upper = 0; upper < 256; upper++) {
        this.#words[(cursorsAt >> 2) + upper] = cursor;
        cursor += this.#words[(countsAt >> 2) + 256 * band + upper]!;
      }
      this.#exports.part(ROWS_AT, count, 2 * band, cursorsAt);
      let entry = parted;
      for (let upper = 0; upper < 256; upper++) {
        const end = this.#words[(cursorsAt >> 2) + upper]!;
        // Eight bytes an entry here, two in plane A.
        const place = base + (entry - parted) / 4;
        this.#exports.settle(entry, end, starts + 1024 * upper, place, base, at.rowPlane, settleAt);
        entry = end;
      }
      this.#words[(starts >> 2) + 65_536] = base + 2 * count;
    }
    for (const band of [to - 2, to - 1]) this.#sortPlainly(band, at);
    // What was parted reached into the ends of lines that no plane fills.
    for (let band = from; band < to; band++) {
      const base = at.planes + band * at.planesStride;
      const plane = at.rowPlane >> 1;
      this.#bytes.fill(0, base + 2 * count, base + plane);
      this.#bytes.fill(0, base + plane + 2 * count, base + 2 * plane);
      this.#bytes.fill(0, base + 2 * plane + 3 * count, base + at.planesStride);
    }
  }

  #sortPlainly(band: number, at: PlanesAt): void {
    const { count, starts, planes, planesStride, rowPlane } = at;
    this.#exports.sort(
      ROWS_AT,
      count,
      band,
      starts + band * STARTS_BYTES,
      planes + band * planesStride,
      rowPlane,
    );
  }

  /** Finds, through the planes, the rows within `threshold` bits of each query, each once per query, in no order. */
  search(queries: readonly Uint8Array[], threshold: number, at: PlanesAt, onHit: OnHit): void {
    this.#run(queries, threshold, at, () => this.#exports.ring(this.#desk + PARAMETERS), onHit);
  }

  /** The same by looking at each of the rows `from` to `to`, exclusive. */
  look(queries: readonly Uint8Array[], threshold: number, from: number, to: number, onHit: OnHit): void {
    this.#run(
      queries,
      threshold,
      undefined,
      () => this.#exports.look(this.#desk + PARAMETERS, from, to),
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
    this.#exports.permute(asked, queries.length, this.#desk + SHUFFLE, asked);
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

  #setParameters(queries: number, threshold: number, at: PlanesAt | undefined): void {
    const within = threshold >> 4;
    const flipCount = FLIPS_WITHIN[within]!;
    const ahead = (queries > 8 ? AHEAD_OF_MANY : AHEAD)[within]!;
    const desk = this.#desk;
    const words = this.#words;
    // In the order of the kernel's own list.
    let to = (desk + PARAMETERS) >> 2;
    words[to++] = desk + QUERIES;
    words[to++] = desk + QUERIES + queries * SIGNAL_BYTES;
    words[to++] = BANDS * queries;
    words[to++] = ahead;
    words[to++] = desk + FLIPS;
    words[to++] = desk + FLIPS + 2 * flipCount;
    words[to++] = within;
    words[to++] = threshold >> 3;
    words[to++] = (3 * threshold) >> 4;
    words[to++] = threshold;
    words[to++] = at?.starts ?? 0;
    words[to++] = at?.planes ?? 0;
    words[to++] = at?.planesStride ?? 0;
    words[to++] = at?.rowPlane ?? 0;
    words[to++] = ROWS_AT;
    words[to++] = desk + SLOTS;
    words[to++] = desk + SLOTS + 8 * flipCount * (2 * ahead + 1);
    words[to++] = desk + CANDIDATES;
    words[to++] = desk + CANDIDATES_END;
    words[to++] = this.#hitsAt;
    words[to++] = this.#hitCapacity;
    words[to++] = 0;
    words[to] = at?.count ?? 0;
  }
}

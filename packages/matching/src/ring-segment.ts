/**
 * A sealed segment: distinct signals in the order of their first ids, sorted by each of their sixteen bands, in the memory
 * of one instance of the ring kernel (`ring-kernel.ts`, where the search is explained).
 *
 * Memory from `ROWS_AT` on: the rows (32 bytes each, shuffled), the first id of each (u32), the starts of all bands, and for
 * each band the planes A, B and R: 148 bytes a signal, and 4.2 MB whatever its size. Row numbers have 24 bits.
 *
 * Its rows never change their numbers and none is added. An id may join a row (an equal signal came later) and leave it;
 * a row whose last id left is *dead*: its words are zeros and its sixteen entries point nowhere. What remains of it is
 * that some bucket has one entry more than it needs, until the segment is merged.
 * @module
 */

import {
  BANDS,
  type OnHit,
  type PlanesAt,
  RingKernel,
  ROWS_AT,
  ringIsFaster,
  type SearchJob,
  type Sharing,
  type SortJob,
  STARTS_BYTES,
} from './ring-kernel.ts';
import { WORDS } from './signal-words.ts';

/** The most rows of a segment. One number of 24 bits is that of a row which was taken out. */
export const MAX_SEGMENT_ROWS: number = 2 ** 24 - 1;

const TAKEN_OUT = 0xff_ffff;

/** What a segment that is about to be sealed holds: zeros, to be filled in. */
export type SegmentDraft = {
  /** Eight words a row, shuffled, best each row once. */
  readonly rows: Uint32Array;
  /** The first id of each row, ascending. */
  readonly ids: Uint32Array;
  /** Shuffles the rows where they stand: for who fills in signals as they came. */
  readonly shuffle: () => void;
};

type Layout = PlanesAt & { readonly ids: number; readonly end: number };

function layOut(count: number): Layout {
  const line = (bytes: number) => Math.ceil(bytes / 64) * 64;
  const ids = ROWS_AT + line(32 * count);
  const starts = ids + line(4 * count);
  const planes = starts + BANDS * STARTS_BYTES;
  const plane = line(2 * count);
  // A vector that begins at the last entry of a plane reads on; so does a row number of 3 bytes, read as 4.
  const planesStride = 2 * plane + line(3 * count + 4);
  return {
    ids,
    starts,
    planes,
    planesStride,
    rowPlane: 2 * plane,
    count,
    end: planes + BANDS * planesStride + 64,
  };
}

/** Signals, sealed. */
export class RingSegment {
  readonly #count: number;
  readonly #layout: Layout;
  readonly #kernel: RingKernel;
  readonly #rowsPerBucket: number | undefined;
  /** One bit a row: its first id has left. */
  readonly #firstGone: Uint8Array;
  readonly #moreIds = new Map<number, Set<number>>();
  readonly #rowOfMore = new Map<number, number>();
  #idCount: number;
  #dead = 0;
  #buffer: ArrayBufferLike | undefined;
  #rows: Uint32Array = new Uint32Array(0);
  #ids: Uint32Array = new Uint32Array(0);

  /**
   * A segment of `count` rows, which `write` fills in, sorted; in the state `unsorted` the caller has still to call `sort`
   * or to have the `sortJobs` done, before it searches.
   * @throws {RangeError} for more than 2^24 - 1 rows, or where memory ends
   */
  constructor(
    count: number,
    write: (draft: SegmentDraft) => void,
    rowsPerBucket?: number,
    sharing: Sharing = 'plain',
    state: 'sorted' | 'unsorted' = 'sorted',
  ) {
    if (count > MAX_SEGMENT_ROWS)
      throw new RangeError('index: expected at most 16777215 signals in a segment');
    this.#count = count;
    this.#rowsPerBucket = rowsPerBucket;
    this.#layout = layOut(count);
    this.#kernel = RingKernel.make(this.#layout.end - ROWS_AT, sharing);
    this.#firstGone = new Uint8Array((count >> 3) + 1);
    this.#idCount = count;
    write(this.draft);
    if (state === 'sorted') this.sort();
  }

  /** What is to be filled in. Valid until a search. */
  get draft(): SegmentDraft {
    const { rows, ids } = this.#views();
    return { rows, ids, shuffle: () => this.#kernel.permute(ROWS_AT, this.#count, ROWS_AT) };
  }

  /** Sorts all bands, here and now. */
  sort(): void {
    this.#kernel.sort(this.#layout);
  }

  /** The same as jobs for several threads at once, where the memory is shared: 1 or 2 of them. */
  sortJobs(threads: 1 | 2): readonly SortJob[] {
    const { ids: _, end: __, ...at } = this.#layout;
    const each = BANDS / threads;
    return Array.from({ length: threads }, (_, i) => ({
      ...{ memory: this.#kernel.memory, desk: this.#kernel.spareDesk(i), at },
      ...{ from: i * each, to: (i + 1) * each },
    }));
  }

  /** How many rows there are, dead ones included. */
  get length(): number {
    return this.#count;
  }

  /** How many rows are dead. */
  get dead(): number {
    return this.#dead;
  }

  /** How many ids there are. */
  get ids(): number {
    return this.#idCount;
  }

  /** Bytes that the segment takes, without what many ids of one signal take. */
  get bytes(): number {
    return this.#kernel.byteLength + this.#firstGone.length;
  }

  /** The memory as it is now. */
  get memory(): ArrayBufferLike {
    return this.#kernel.buffer;
  }

  /** What thread number `thread` needs to search here, where the memory is shared. */
  handleFor(thread: number): SearchJob['segments'][number] {
    const { ids: _, end: __, ...at } = this.#layout;
    return { memory: this.#kernel.memory, desk: this.#kernel.spareDesk(thread), at };
  }

  #views(): { readonly rows: Uint32Array; readonly ids: Uint32Array } {
    if (this.#buffer !== this.#kernel.buffer) {
      this.#buffer = this.#kernel.buffer;
      this.#rows = new Uint32Array(this.#buffer, ROWS_AT, WORDS * this.#count);
      this.#ids = new Uint32Array(this.#buffer, this.#layout.ids, this.#count);
    }
    return { rows: this.#rows, ids: this.#ids };
  }

  /** Reports each living row within `threshold` bits of each query, once per query, in no order. */
  search(queries: readonly Uint8Array[], threshold: number, onHit: OnHit): void {
    if (ringIsFaster(this.#count, threshold, this.#rowsPerBucket)) {
      this.#kernel.search(queries, threshold, this.#layout, onHit);
      return;
    }
    this.#kernel.look(queries, threshold, 0, this.#count, (query, row, distance) => {
      // A dead row is all zeros, and may look like a neighbour.
      if (this.isAlive(row)) onHit(query, row, distance);
    });
  }

  /** Whether some id bears the row. */
  isAlive(row: number): boolean {
    return !this.#isFirstGone(row) || this.#moreIds.has(row);
  }

  #isFirstGone(row: number): boolean {
    return ((this.#firstGone[row >> 3]! >> (row & 7)) & 1) === 1;
  }

  /** Calls `each` with every id of a row. */
  forEachId(row: number, each: (id: number) => void): void {
    if (!this.#isFirstGone(row)) each(this.#views().ids[row]!);
    const more = this.#moreIds.get(row);
    if (more !== undefined) for (const id of more) each(id);
  }

  /** The eight words of a row; zeros where it is dead. */
  wordsOf(row: number): Uint32Array {
    return this.#views().rows.subarray(row * WORDS, (row + 1) * WORDS);
  }

  /** The row that an id bears. */
  rowOfId(id: number): number | undefined {
    const row = this.#placeOfFirst(id);
    if (row !== undefined && !this.#isFirstGone(row)) return row;
    return this.#rowOfMore.get(id);
  }

  /** The row whose first id is, or was, `id`. */
  #placeOfFirst(id: number): number | undefined {
    const { ids } = this.#views();
    let from = 0;
    let to = this.#count;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (ids[middle]! < id) from = middle + 1;
      else to = middle;
    }
    return ids[from] === id ? from : undefined;
  }

  /** The living row of these shuffled words. */
  rowOfWords(words: Uint32Array): number | undefined {
    const { rows } = this.#views();
    for (const place of this.#bucketOf(words, 0)) {
      const row = this.#rowAt(place);
      if (row === TAKEN_OUT) continue;
      let i = 0;
      while (i < WORDS && rows[row * WORDS + i] === words[i]) i++;
      if (i === WORDS) return row;
    }
    return undefined;
  }

  /**
   * Rows that are equal to an earlier one in some bucket, with that one. Only rows that were filled in more than once have
   * any.
   */
  twins(): ReadonlyMap<number, number> {
    const { rows } = this.#views();
    const { planes, rowPlane, starts } = this.#layout;
    const buffer = this.#kernel.buffer;
    const startOf = new Uint32Array(buffer, starts, 65_537);
    const a = new Uint16Array(buffer, planes, this.#count);
    const b = new Uint16Array(buffer, planes + (rowPlane >> 1), this.#count);
    const twins = new Map<number, number>();
    /** Place of an entry of this bucket, plus one, by the mixed bits of A and B. */
    let table = new Uint32Array(256);
    for (let value = 0; value < 65_536; value++) {
      const from = (startOf[value]! - planes) >> 1;
      const to = (startOf[value + 1]! - planes) >> 1;
      if (to - from < 2) continue;
      if (table.length < 4 * (to - from)) table = new Uint32Array(2 ** Math.ceil(Math.log2(4 * (to - from))));
      else table.fill(0);
      const shift = Math.clz32(table.length - 1);
      // Signals that agree in 48 bits and then differ were chosen by somebody: a map does not mind.
      let patience = 16 * (to - from);
      for (let entry = from; entry < to && patience > 0; entry++) {
        let at = Math.imul(a[entry]! | (b[entry]! << 16), 0x9e37_79b1) >>> shift;
        for (; table[at] !== 0 && patience > 0; at = (at + 1) & (table.length - 1), patience--) {
          const other = table[at]! - 1;
          if (a[other] !== a[entry] || b[other] !== b[entry]) continue;
          const row = this.#rowAt(planes + 2 * entry);
          const known = this.#rowAt(planes + 2 * other);
          if (equalWords(rows, row, known)) twins.set(row, known);
        }
        table[at] = entry + 1;
      }
      if (patience > 0) continue;
      const known = new Map<string, number>();
      for (let entry = from; entry < to; entry++) {
        const row = this.#rowAt(planes + 2 * entry);
        const key = this.wordsOf(row).join();
        const earlier = known.get(key);
        if (earlier === undefined) known.set(key, row);
        else twins.set(row, earlier);
      }
    }
    return twins;
  }

  /** Gives a living row one more id, which no row here bears. */
  addId(row: number, id: number): void {
    this.#idCount += 1;
    if (this.#placeOfFirst(id) === row) {
      this.#firstGone[row >> 3]! &= ~(1 << (row & 7));
      return;
    }
    const more = this.#moreIds.get(row);
    if (more === undefined) this.#moreIds.set(row, new Set([id]));
    else more.add(id);
    this.#rowOfMore.set(id, row);
  }

  /** Takes `id` off; a row that no id bears any more is overwritten at once. Answers whether it was there. */
  removeId(id: number): boolean {
    const row = this.rowOfId(id);
    if (row === undefined) return false;
    this.#idCount -= 1;
    const more = this.#moreIds.get(row);
    if (more?.delete(id)) {
      this.#rowOfMore.delete(id);
      if (more.size === 0) this.#moreIds.delete(row);
    } else {
      this.#firstGone[row >> 3]! |= 1 << (row & 7);
    }
    if (!this.isAlive(row)) this.#takeOut(row);
    return true;
  }

  #takeOut(row: number): void {
    const words = this.wordsOf(row);
    const { planes, planesStride, rowPlane } = this.#layout;
    const bytes = new Uint8Array(this.#kernel.buffer);
    for (let band = 0; band < BANDS; band++) {
      for (const place of this.#bucketOf(words, band)) {
        if (this.#rowAt(place) !== row) continue;
        const base = planes + band * planesStride;
        const entry = (place - base) >> 1;
        bytes.fill(0, place, place + 2);
        bytes.fill(0, place + (rowPlane >> 1), place + (rowPlane >> 1) + 2);
        bytes.fill(0xff, base + rowPlane + 3 * entry, base + rowPlane + 3 * entry + 3);
        break;
      }
    }
    words.fill(0);
    this.#dead += 1;
  }

  /** Addresses in the A plane of the entries in the bucket that these words have in a band. */
  *#bucketOf(words: Uint32Array, band: number): Generator<number> {
    const word = words[band >> 1]!;
    const value = band & 1 ? word >>> 16 : word & 0xffff;
    const starts = new Uint32Array(this.#kernel.buffer, this.#layout.starts + band * STARTS_BYTES, 65_537);
    const end = starts[value + 1]!;
    for (let place = starts[value]!; place < end; place += 2) yield place;
  }

  #rowAt(place: number): number {
    const { planes, planesStride, rowPlane } = this.#layout;
    const base = planes + Math.floor((place - planes) / planesStride) * planesStride;
    const at = base + rowPlane + 3 * ((place - base) >> 1);
    const bytes = new Uint8Array(this.#kernel.buffer, at, 3);
    return bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16);
  }

  /** Overwrites everything, for a segment that is given up. */
  wipe(): void {
    this.#kernel.wipe();
    this.#moreIds.clear();
    this.#rowOfMore.clear();
  }
}

function equalWords(rows: Uint32Array, one: number, other: number): boolean {
  for (let i = 0; i < WORDS; i++) if (rows[one * WORDS + i] !== rows[other * WORDS + i]) return false;
  return true;
}

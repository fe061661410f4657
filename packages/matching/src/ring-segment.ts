/**
 * A sealed segment: distinct signals in the order of their first ids, sorted by each of their sixteen bands, in the memory
 * of one instance of the ring kernel (`ring-kernel.ts`, where the search is explained; `ring-layout.ts` has what stands
 * where). Row numbers have 24 bits.
 *
 * Its rows never change their numbers and none is added. An id may join a row (an equal signal came later) and leave it;
 * a row whose last id left is *dead*: its words are zeros and its sixteen entries point nowhere. What remains of it is
 * that some bucket has one entry more than it needs, until the segment is merged.
 * @module
 */

import type { Sharing } from './kernel-module.ts';
import {
  type OnHit,
  RingKernel,
  ROWS_AT,
  ringIsFaster,
  type SearchJob,
  type SortJob,
  spareBytes,
} from './ring-kernel.ts';
import {
  BANDS,
  FOOTER,
  type Layout,
  LINE,
  LINE_ENTRIES,
  layOut,
  linesEnd,
  type PlanesAt,
  rowPlaneOf,
} from './ring-layout.ts';
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
  /** Says that the rows are signals as they came: they are shuffled where they stand, before they are sorted. */
  readonly shuffle: () => void;
};

/** An entry of a bucket: its address and bits, and the address and number of its row. */
type Entry = {
  readonly at: number;
  readonly bits: number;
  readonly rowAt: number;
  readonly row: number;
};

/** Signals, sealed. */
export class RingSegment {
  readonly #count: number;
  readonly #layout: Layout;
  readonly #kernel: RingKernel;
  readonly #rowsPerBucket: number | undefined;
  /** One bit a row: its first id has left. Empty until one has. */
  #firstGone: Uint8Array = new Uint8Array(0);
  #unshuffled = false;
  readonly #moreIds = new Map<number, Set<number>>();
  readonly #rowOfMore = new Map<number, number>();
  #idCount: number;
  #dead = 0;
  #buffer: ArrayBufferLike | undefined;
  #all: Uint32Array = new Uint32Array(0);
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
    this.#layout = layOut(ROWS_AT, count);
    this.#kernel = RingKernel.make(this.#layout.end - ROWS_AT, sharing);
    this.#idCount = count;
    write(this.draft);
    if (state === 'sorted') this.sort();
  }

  /** What is to be filled in. Valid until a search. */
  get draft(): SegmentDraft {
    const { rows, ids } = this.#views();
    const shuffle = () => {
      this.#unshuffled = true;
    };
    return { rows, ids, shuffle };
  }

  /** Sorts all bands, here and now. */
  sort(): void {
    if (this.#unshuffled) this.#kernel.permute(ROWS_AT, this.#count, ROWS_AT);
    this.#unshuffled = false;
    this.#kernel.sort(this.#layout);
  }

  /**
   * The same as jobs for 1 or 2 threads, where the memory is shared: those of a round at once, and a round when the one
   * before is done. To be asked for once.
   */
  sortRounds(threads: 1 | 2): readonly (readonly SortJob[])[] {
    const round = (kind: SortJob['kind'], all: number) =>
      Array.from({ length: threads }, (_, i) => ({
        ...{ kind, memory: this.#kernel.memory, desk: this.#kernel.spareDesk(i), at: this.#planes },
        ...{ from: Math.floor((all * i) / threads), to: Math.floor((all * (i + 1)) / threads) },
      }));
    const rounds = [...(this.#unshuffled ? [round('shuffle', this.#count)] : []), round('sort', 2)];
    this.#unshuffled = false;
    return rounds;
  }

  /** What a thread has to know of the layout. */
  get #planes(): PlanesAt {
    const { ids: _, end: __, ...at } = this.#layout;
    return at;
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

  /** Bytes that the segment takes, without what many ids of one signal take, and what is left of the halves. */
  get bytes(): number {
    const { all } = this.#views();
    const { halves, halfBytes } = this.#layout;
    // Sorting writes a little behind the lines.
    const left = halves.map((half, i) => {
      const lines = linesEnd(all, this.#layout, (BANDS / 2) * (i + 1) - 1);
      return Math.max(0, half + halfBytes - lines - spareBytes(this.#count));
    });
    return this.#kernel.usedBytes - left[0]! - left[1]! + this.#firstGone.length;
  }

  /** The memory as it is now. */
  get memory(): ArrayBufferLike {
    return this.#kernel.buffer;
  }

  /** What thread number `thread` needs to search here, where the memory is shared. */
  handleFor(thread: number): SearchJob['segments'][number] {
    return { memory: this.#kernel.memory, desk: this.#kernel.spareDesk(thread), at: this.#planes };
  }

  #views(): { readonly all: Uint32Array; readonly rows: Uint32Array; readonly ids: Uint32Array } {
    if (this.#buffer !== this.#kernel.buffer) {
      this.#buffer = this.#kernel.buffer;
      this.#all = new Uint32Array(this.#buffer);
      this.#rows = new Uint32Array(this.#buffer, ROWS_AT, WORDS * this.#count);
      this.#ids = new Uint32Array(this.#buffer, this.#layout.ids, this.#count);
    }
    return { all: this.#all, rows: this.#rows, ids: this.#ids };
  }

  /** Reports each living row within `threshold` bits of each query, once per query, in no order. */
  search(queries: readonly Uint8Array[], threshold: number, onHit: OnHit): void {
    if (ringIsFaster(this.#layout, threshold, this.#rowsPerBucket)) {
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
    return (((this.#firstGone[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
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
    for (const { row } of this.#bucketOf(words, 0)) {
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
    const twins = new Map<number, number>();
    const { all, rows } = this.#views();
    const halves = new Uint16Array(this.#kernel.buffer);
    const starts = this.#layout.starts >> 2;
    let bits = new Uint16Array(256);
    /** Number of an entry of this bucket, plus one, by its mixed bits. */
    let table = new Uint32Array(1024);
    for (let key = 0; key < 2 ** this.#layout.keyBits; key++) {
      let length = 0;
      for (let line = all[starts + key]!; line < all[starts + key + 1]!; line += LINE) {
        if (bits.length < length + LINE_ENTRIES) {
          const longer = new Uint16Array(2 * bits.length);
          longer.set(bits);
          bits = longer;
          table = new Uint32Array(4 * bits.length);
        }
        const count = all[(line + FOOTER) >> 2]! >>> 24;
        for (let lane = 0; lane < count; lane++) bits[length++] = halves[(line >> 1) + lane]!;
      }
      if (length < 2) continue;
      const mask = 2 ** Math.ceil(Math.log2(4 * length)) - 1;
      table.fill(0, 0, mask + 1);
      // Many that agree in the first two bands were chosen by somebody: a map does not mind.
      let patience = 4 * length;
      for (let entry = 0; entry < length && patience > 0; entry++) {
        let at = (Math.imul(bits[entry]!, 0x9e37_79b1) >>> 16) & mask;
        for (; table[at] !== 0 && patience > 0; at = (at + 1) & mask, patience--) {
          const other = table[at]! - 1;
          if (bits[other] !== bits[entry]) continue;
          const [row, first] = [this.#rowOfEntry(key, entry), this.#rowOfEntry(key, other)];
          if (equalWords(rows, row, first)) twins.set(row, first);
        }
        table[at] = entry + 1;
      }
      if (patience > 0) continue;
      const known = new Map<string, number>();
      for (const { row } of this.#entries(0, key)) {
        const words = this.wordsOf(row).join();
        const earlier = known.get(words);
        if (earlier === undefined) known.set(words, row);
        else twins.set(row, earlier);
      }
    }
    return twins;
  }

  /** The row of an entry of band 0, by its number in the bucket. */
  #rowOfEntry(key: number, entry: number): number {
    const { all } = this.#views();
    const line = all[(this.#layout.starts >> 2) + key]!;
    const place = (all[(line + FOOTER) >> 2]! & TAKEN_OUT) + entry;
    const at = this.#layout.halves[0] + 3 * place;
    const bytes = new Uint8Array(this.#kernel.buffer, at, 3);
    return bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16);
  }

  /** Gives a living row one more id, which no row here bears. */
  addId(row: number, id: number): void {
    this.#idCount += 1;
    if (this.#placeOfFirst(id) === row) {
      // It was there before and left, so there are bits.
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
      if (this.#firstGone.length === 0) this.#firstGone = new Uint8Array((this.#count >> 3) + 1);
      this.#firstGone[row >> 3]! |= 1 << (row & 7);
    }
    if (!this.isAlive(row)) this.#takeOut(row);
    return true;
  }

  #takeOut(row: number): void {
    const words = this.wordsOf(row);
    const bytes = new Uint8Array(this.#kernel.buffer);
    for (let band = 0; band < BANDS; band++) {
      for (const entry of this.#bucketOf(words, band)) {
        if (entry.row !== row) continue;
        bytes.fill(0, entry.at, entry.at + 2);
        bytes.fill(0xff, entry.rowAt, entry.rowAt + 3);
        break;
      }
    }
    words.fill(0);
    this.#dead += 1;
  }

  /** The entries in the bucket that these words have in a band, but for those that were taken out. */
  #bucketOf(words: Uint32Array, band: number): Generator<Entry> {
    const word = words[band >> 1]!;
    const value = band & 1 ? word >>> 16 : word & 0xffff;
    return this.#entries(band, value >>> (16 - this.#layout.keyBits));
  }

  *#entries(band: number, key: number): Generator<Entry> {
    const { all } = this.#views();
    const halves = new Uint16Array(this.#kernel.buffer);
    const bytes = new Uint8Array(this.#kernel.buffer);
    const start = ((this.#layout.starts + band * this.#layout.startsStride) >> 2) + key;
    const rowPlane = rowPlaneOf(all, this.#layout, band);
    for (let line = all[start]!; line < all[start + 1]!; line += LINE) {
      const footer = all[(line + FOOTER) >> 2]!;
      for (let lane = 0; lane < Math.min(footer >>> 24, LINE_ENTRIES); lane++) {
        const at = line + 2 * lane;
        const rowAt = rowPlane + 3 * ((footer & TAKEN_OUT) + lane);
        const row = bytes[rowAt]! | (bytes[rowAt + 1]! << 8) | (bytes[rowAt + 2]! << 16);
        if (row !== TAKEN_OUT) yield { at, bits: halves[at >> 1]!, rowAt, row };
      }
    }
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

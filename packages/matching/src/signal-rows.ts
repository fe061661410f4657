/**
 * Distinct signals as rows of eight words, and the ids that bear them.
 *
 * Equal signals fold into one row: a picture that went viral, or ten thousand reports of one file, must cost a search
 * one comparison and not ten thousand. A row lives while an id bears it; then it is *dead*: its words are zeros and it
 * waits for `compactFrom`. Rows keep their numbers except in `compactFrom`.
 *
 * Equal signals are found through an open-addressing table of row numbers (linear probing, at most half full). Its hash
 * is seeded, so that whoever chooses signals cannot choose their collisions unless they know the seed.
 * @module
 */

import { grown, WORDS } from './signal-words.ts';

/** A place of the table that was used and is free again; probing goes on behind it. */
const FREED = -1;

/** The rows of one index. */
export class SignalRows {
  #words = new Uint32Array(64 * WORDS);
  /** One id of each row; the others, where there are any, are in `#moreIds`. */
  #firstId = new Uint32Array(64);
  #alive = new Uint8Array(64);
  readonly #moreIds = new Map<number, Set<number>>();
  readonly #rowOfId = new Map<number, number>();
  readonly #seed: number;
  /** Row + 1, 0 where never used, or `FREED`. */
  #table = new Int32Array(256);
  #tableUsed = 0;
  #length = 0;
  #dead = 0;

  /** `seed`: any 32-bit number. */
  constructor(seed: number) {
    this.#seed = seed | 0;
  }

  /** How many ids there are. */
  get ids(): number {
    return this.#rowOfId.size;
  }

  /** How many rows there are, the dead ones included. */
  get length(): number {
    return this.#length;
  }

  /** How many rows are dead. */
  get dead(): number {
    return this.#dead;
  }

  /** All rows, eight words each. Valid until the next `add` or `compactFrom`. */
  get words(): Uint32Array<ArrayBuffer> {
    return this.#words;
  }

  /** The eight words of a row; zeros where it is dead. */
  wordsOf(row: number): Uint32Array {
    return this.#words.subarray(row * WORDS, (row + 1) * WORDS);
  }

  /** Whether an id is borne. */
  has(id: number): boolean {
    return this.#rowOfId.has(id);
  }

  /** Whether a row has an id. */
  isAlive(row: number): boolean {
    return this.#alive[row] === 1;
  }

  /** Puts `id`, which must not be borne yet, on the row of these words, made if need be. */
  add(id: number, words: Uint32Array): void {
    const found = this.#find(words);
    if (found !== undefined) {
      const more = this.#moreIds.get(found);
      if (more === undefined) this.#moreIds.set(found, new Set([id]));
      else more.add(id);
      this.#rowOfId.set(id, found);
      return;
    }
    const row = this.#length++;
    if (row === this.#firstId.length) this.#grow();
    this.#words.set(words, row * WORDS);
    this.#firstId[row] = id;
    this.#alive[row] = 1;
    this.#rowOfId.set(id, row);
    this.#enter(row);
  }

  /**
   * Takes `id` off. When its row has no other id, `beforeWipe` is called while the row's words still stand (to take the
   * row out of what else knows it), then they are overwritten. Answers whether the id was there.
   */
  remove(id: number, beforeWipe: (row: number) => void): boolean {
    const row = this.#rowOfId.get(id);
    if (row === undefined) return false;
    this.#rowOfId.delete(id);
    const more = this.#moreIds.get(row);
    if (more !== undefined) {
      if (!more.delete(id)) {
        const [heir] = more;
        this.#firstId[row] = heir!;
        more.delete(heir!);
      }
      if (more.size === 0) this.#moreIds.delete(row);
      return true;
    }
    beforeWipe(row);
    this.#table[this.#placeOf(row)] = FREED;
    this.#words.fill(0, row * WORDS, (row + 1) * WORDS);
    this.#firstId[row] = 0;
    this.#alive[row] = 0;
    this.#dead += 1;
    return true;
  }

  /** Calls `each` with every id of a row that is alive. */
  forEachId(row: number, each: (id: number) => void): void {
    each(this.#firstId[row]!);
    const more = this.#moreIds.get(row);
    if (more !== undefined) for (const id of more) each(id);
  }

  /** Closes the gaps of dead rows from row `from` on; live rows there get new numbers, in the same order. */
  compactFrom(from: number): void {
    let to = from;
    for (let row = from; row < this.#length; row++) {
      if (this.#alive[row] === 0) continue;
      if (to !== row) this.#move(row, to);
      to += 1;
    }
    if (to === this.#length) return;
    this.#words.fill(0, to * WORDS, this.#length * WORDS);
    this.#firstId.fill(0, to, this.#length);
    this.#alive.fill(0, to, this.#length);
    this.#dead -= this.#length - to;
    this.#length = to;
    this.#rehash(this.#table.length);
  }

  #move(row: number, to: number): void {
    this.#words.copyWithin(to * WORDS, row * WORDS, (row + 1) * WORDS);
    this.#firstId[to] = this.#firstId[row]!;
    this.#alive[to] = 1;
    this.forEachId(row, (id) => this.#rowOfId.set(id, to));
    const more = this.#moreIds.get(row);
    if (more === undefined) return;
    this.#moreIds.delete(row);
    this.#moreIds.set(to, more);
  }

  #grow(): void {
    const rows = 2 * this.#firstId.length;
    this.#words = grown(this.#words, rows * WORDS);
    this.#firstId = grown(this.#firstId, rows);
    const alive = new Uint8Array(rows);
    alive.set(this.#alive);
    this.#alive = alive;
  }

  /** Murmur3's mixing over the eight words from the seed. */
  #hash(words: Uint32Array, at: number): number {
    let h = this.#seed;
    for (let i = at; i < at + WORDS; i++) {
      let k = Math.imul(words[i]!, 0xcc9e_2d51);
      k = (k << 15) | (k >>> 17);
      h ^= Math.imul(k, 0x1b87_3593);
      h = Math.imul((h << 13) | (h >>> 19), 5) + 0xe654_6b64;
    }
    h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
    return (h ^ (h >>> 16)) >>> 0;
  }

  #find(words: Uint32Array): number | undefined {
    const mask = this.#table.length - 1;
    for (let place = this.#hash(words, 0) & mask; ; place = (place + 1) & mask) {
      const entry = this.#table[place]!;
      if (entry === 0) return undefined;
      if (entry !== FREED && this.#equals(entry - 1, words)) return entry - 1;
    }
  }

  #equals(row: number, words: Uint32Array): boolean {
    const at = row * WORDS;
    for (let i = 0; i < WORDS; i++) if (this.#words[at + i] !== words[i]) return false;
    return true;
  }

  /** Where the table holds a row that is alive. */
  #placeOf(row: number): number {
    const mask = this.#table.length - 1;
    let place = this.#hash(this.#words, row * WORDS) & mask;
    while (this.#table[place] !== row + 1) place = (place + 1) & mask;
    return place;
  }

  #enter(row: number): void {
    if (2 * (this.#tableUsed + 1) > this.#table.length) {
      // Freed places may be what fills it: then the same length is enough.
      const living = this.#length - this.#dead;
      this.#rehash(4 * living > this.#table.length ? 2 * this.#table.length : this.#table.length);
      return;
    }
    this.#place(row);
  }

  #place(row: number): void {
    const mask = this.#table.length - 1;
    let place = this.#hash(this.#words, row * WORDS) & mask;
    while (this.#table[place] !== 0) place = (place + 1) & mask;
    this.#table[place] = row + 1;
    this.#tableUsed += 1;
  }

  #rehash(length: number): void {
    this.#table = new Int32Array(length);
    this.#tableUsed = 0;
    for (let row = 0; row < this.#length; row++) if (this.#alive[row] === 1) this.#place(row);
  }
}

/**
 * The index that looks at every signal: slow, and beyond doubt. It is the oracle that every other index is tested
 * against, and what remains where nothing faster can run.
 *
 * Rows lie side by side, 32 bytes each, in no order. A row that leaves is overwritten by the last one, and the last
 * one's old place by zeros, so a removed signal is nowhere in memory once `remove` has answered.
 * @module
 */

import type { Hit, HitOfMany, MatchIndex } from './match-index.ts';
import {
  distanceWithin,
  grown,
  requireId,
  requireQueries,
  requireSignal,
  requireThreshold,
  WORDS,
  wordsOf,
} from './signal-words.ts';

/** An empty index that scans. */
export function createScanIndex(): MatchIndex {
  return new ScanIndex();
}

/** Nearest first, then by id: the order of every answer. */
export function byDistanceThenId(a: Hit, b: Hit): number {
  return a.distance - b.distance || a.id - b.id;
}

class ScanIndex implements MatchIndex {
  #words = new Uint32Array(64 * WORDS);
  #ids = new Uint32Array(64);
  readonly #rowOfId = new Map<number, number>();

  get size(): number {
    return this.#rowOfId.size;
  }

  insert(id: number, signal: Uint8Array): void {
    requireId(id);
    requireSignal(signal);
    if (this.#rowOfId.has(id)) throw new RangeError('index: expected an id that is not present yet');
    const row = this.size;
    if (row === this.#ids.length) {
      this.#ids = grown(this.#ids, 2 * row);
      this.#words = grown(this.#words, 2 * row * WORDS);
    }
    this.#ids[row] = id;
    const words = wordsOf(signal);
    this.#words.set(words, row * WORDS);
    words.fill(0);
    this.#rowOfId.set(id, row);
  }

  remove(id: number): boolean {
    const row = this.#rowOfId.get(id);
    if (row === undefined) return false;
    const last = this.size - 1;
    const lastId = this.#ids[last]!;
    this.#words.copyWithin(row * WORDS, last * WORDS, (last + 1) * WORDS);
    this.#words.fill(0, last * WORDS, (last + 1) * WORDS);
    this.#ids[row] = lastId;
    this.#rowOfId.set(lastId, row);
    this.#rowOfId.delete(id);
    return true;
  }

  has(id: number): boolean {
    return this.#rowOfId.has(id);
  }

  search(query: Uint8Array, threshold: number): Hit[] {
    return this.searchAny([query], threshold).map(({ id, distance }) => ({ id, distance }));
  }

  searchAny(queries: readonly Uint8Array[], threshold: number): HitOfMany[] {
    requireQueries(queries);
    requireThreshold(threshold);
    const asked = queries.map(wordsOf);
    const hits: HitOfMany[] = [];
    for (let row = 0; row < this.size; row++) {
      let nearest = threshold + 1;
      let query = -1;
      for (let q = 0; q < asked.length; q++) {
        const distance = distanceWithin(this.#words, row * WORDS, asked[q]!, threshold);
        if (distance < nearest) {
          nearest = distance;
          query = q;
        }
      }
      if (query >= 0) hits.push({ id: this.#ids[row]!, distance: nearest, query });
    }
    return hits.sort(byDistanceThenId);
  }
}

/**
 * An index of items of which each has one hash or several: as many exact indexes as an item has hashes at most, the first
 * with the first hash of each item, the second with the second of those that have two. So numbers of items are the indexes'
 * own, and what is taken out is taken out of each.
 * @module
 */

import { isRingIndex, type RingIndex, type SealableIndex } from '@reclaim/matching/ring-index';
import { SignalLoading } from './signal-loading.ts';

/** An item and how near it is, in bits. */
export type NearItem = { readonly num: number; readonly distance: number };

/** Items by their hashes. */
export class ItemIndex {
  readonly #places: readonly SealableIndex[];

  /** Of these indexes, one for each hash that an item may have. */
  constructor(places: readonly SealableIndex[]) {
    this.#places = places;
  }

  /** Hashes that are searchable. */
  get size(): number {
    return this.#places.reduce((sum, { size }) => sum + size, 0);
  }

  /** The indexes by place, where all can be written to a file. */
  get rings(): readonly RingIndex[] | undefined {
    return this.#places.every(isRingIndex) ? this.#places : undefined;
  }

  /** Makes an item searchable by each of its hashes, copied: one for each place, or fewer. */
  insert(num: number, hashes: readonly Uint8Array[]): void {
    for (const [i, hash] of hashes.entries()) this.#places[i]!.insert(num, hash);
  }

  /** Takes an item out with all its hashes. Answers whether it was there. */
  remove(num: number): boolean {
    return this.#places.reduce((there, index) => index.remove(num) || there, false);
  }

  /** For each query the items within `threshold` bits by any of their hashes, nearest first. */
  searchBatch(queries: readonly Uint8Array[], threshold: number): readonly (readonly NearItem[])[] {
    const found = this.#places
      .filter(({ size }) => size > 0)
      .map((index) => index.searchBatch(queries, threshold));
    return queries.map((_, i) => {
      const nearest = new Map<number, number>();
      for (const { id, distance } of found.flatMap((hits) => hits[i]!))
        nearest.set(id, Math.min(distance, nearest.get(id) ?? distance));
      return [...nearest]
        .map(([num, distance]) => ({ num, distance }))
        .sort((a, b) => a.distance - b.distance || a.num - b.num);
    });
  }

  /** Resolves when nothing in memory tells any more what was taken out before this call. */
  async erase(): Promise<void> {
    for (const index of this.#places) if (isRingIndex(index)) await index.compactAside();
  }

  /** The memories that hold hashes, as they are now, for who wants to see what is in them. */
  get memories(): readonly ArrayBufferLike[] {
    return this.#places.flatMap((index) => (isRingIndex(index) ? index.memories : []));
  }
}

/** Items that are collected to be loaded at once. */
export class ItemLoading {
  readonly #places: SignalLoading[] = [];

  /** Adds an item; its hashes are copied. */
  add(num: number, hashes: readonly Uint8Array[]): void {
    for (const [i, hash] of hashes.entries()) {
      this.#places[i] ??= new SignalLoading();
      this.#places[i].add(num, hash);
    }
  }

  /** Puts all into empty indexes, one for each hash that an item may have, and overwrites what was collected. */
  async into(places: readonly SealableIndex[]): Promise<ItemIndex> {
    for (const [i, loading] of this.#places.entries()) await loading.into(places[i]!);
    return new ItemIndex(places);
  }
}

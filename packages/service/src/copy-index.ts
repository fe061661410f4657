/**
 * Which of many kept copies an upload holds, by local features alone.
 *
 * Two stages. The descriptors of the upload (plain and mirrored) are looked up among those of all copies, exactly, within
 * `FIRST_BITS` (matching, the ring index); the copies with the most hits are then verified by geometry
 * (registration, `findKept`). Bounded for any upload: 800 lookups, `CANDIDATES` verifications.
 *
 * Everything is in memory, and what is dropped is overwritten there at once.
 * @module
 */

import { createExactIndex, isRingIndex, type SealableIndex } from '@reclaim/matching/ring-index';
import type { Features } from '@reclaim/registration/features';
import { findKept, KEPT_KEYPOINTS } from '@reclaim/registration/local-features';

/** The first stage's radius: at 31 bits the index loses 2 of 1,000 copies of those found at 44 (altered-copies, section 3). */
const FIRST_BITS = 31;

/** Hits of one copy below which it is not verified. */
const LEAST_HITS = 4;

/** Copies that are verified for one upload, at most: those with the most hits. */
const CANDIDATES = 8;

/** Bytes of a descriptor, and queries that the index takes at once. */
const DESCRIPTOR_BYTES = 32;
const QUERIES_AT_ONCE = 64;

/** A copy that was found. */
export type FoundCopy = { readonly num: number; readonly votes: number; readonly mirrored: boolean };

/** Kept copies by number, 0..2²⁵ − 1. */
export class CopyIndex {
  readonly #copies = new Map<number, Features>();
  readonly #index: SealableIndex;

  /** `seed`: any 32-bit number that nobody else knows, so that nobody can choose descriptors that collide in its tables. */
  constructor(seed: number) {
    this.#index = createExactIndex({ seed });
  }

  /** How many copies there are. */
  get size(): number {
    return this.#copies.size;
  }

  /** The numbers of the copies. */
  get nums(): readonly number[] {
    return [...this.#copies.keys()];
  }

  /** Every memory that holds features, as it is now: for whoever wants to see what is in it. */
  get memories(): readonly ArrayBufferLike[] {
    const copies = [...this.#copies.values()].flatMap((copy) => arraysOf(copy).map(({ buffer }) => buffer));
    return [...(isRingIndex(this.#index) ? this.#index.memories : []), ...copies];
  }

  /** Takes a copy in; its features belong to the index from now on. `seal` when all are in. */
  add(num: number, features: Features): void {
    this.#copies.set(num, features);
    const { buffer, byteOffset } = features.bits;
    for (let at = 0; at < features.count; at++)
      this.#index.insert(
        num * KEPT_KEYPOINTS + at,
        new Uint8Array(buffer, byteOffset + at * DESCRIPTOR_BYTES, DESCRIPTOR_BYTES),
      );
  }

  /** Prepares what was added, so that no search has to. */
  seal(): void {
    this.#index.seal();
  }

  /** Overwrites and drops a copy. */
  drop(num: number): void {
    const features = this.#copies.get(num);
    if (features === undefined) return;
    this.#copies.delete(num);
    for (let at = 0; at < features.count; at++) this.#index.remove(num * KEPT_KEYPOINTS + at);
    for (const array of arraysOf(features)) array.fill(0);
  }

  /** The copies that an upload holds, by its `askedFeatures`; those with the most hits first. */
  find(upload: Features): readonly FoundCopy[] {
    const found: FoundCopy[] = [];
    for (const num of this.#candidates(upload)) {
      const copy = this.#copies.get(num);
      const fit = copy === undefined ? undefined : findKept(copy, upload);
      if (fit !== undefined) found.push({ num, ...fit });
    }
    return found;
  }

  #candidates(upload: Features): readonly number[] {
    const best = new Map<number, number>();
    for (const bits of [upload.bits, upload.mirroredBits]) {
      // Descriptors of the copy, each counted once: a page of one letter hits one descriptor a hundred times.
      const hits = new Map<number, Set<number>>();
      const bytes = new Uint8Array(bits.buffer, bits.byteOffset, bits.byteLength);
      for (let from = 0; from < upload.count; from += QUERIES_AT_ONCE) {
        const queries = Array.from({ length: Math.min(QUERIES_AT_ONCE, upload.count - from) }, (_, at) =>
          bytes.subarray((from + at) * DESCRIPTOR_BYTES, (from + at + 1) * DESCRIPTOR_BYTES),
        );
        for (const { id } of this.#index.searchAny(queries, FIRST_BITS)) {
          const num = Math.floor(id / KEPT_KEYPOINTS);
          const known = hits.get(num);
          if (known === undefined) hits.set(num, new Set([id]));
          else known.add(id);
        }
      }
      for (const [num, { size }] of hits) best.set(num, Math.max(best.get(num) ?? 0, size));
    }
    return [...best]
      .filter(([, hits]) => hits >= LEAST_HITS)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, CANDIDATES)
      .map(([num]) => num);
  }
}

function arraysOf({ x, y, size, cosine, sine, bits, mirroredBits }: Features) {
  return [x, y, size, cosine, sine, bits, mirroredBits] as const;
}

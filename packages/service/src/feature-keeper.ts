/**
 * The feature keeper: local features of confirmed copies in this process's memory, and what an upload finds among them.
 *
 * Two stages. The descriptors of the upload (plain and mirrored) are looked up among those of all copies, exactly, within
 * `FIRST_BITS` (matching, the ring index); the copies with the most hits are then verified by geometry
 * (registration, `findKept`). Bounded for any upload: 800 lookups, `CANDIDATES` verifications.
 *
 * It follows the rows when told and every minute. What was erased may so stay in memory for a minute, and finds nothing
 * meanwhile: every find is asked of the database before it counts.
 * @module
 */

import { randomInt } from 'node:crypto';
import { createExactIndex, type SealableIndex } from '@reclaim/matching/ring-index';
import type { Pixels } from '@reclaim/raster/pixels';
import { lumaPlane } from '@reclaim/raster/plane';
import type { Features } from '@reclaim/registration/features';
import { askedFeatures, findKept, KEPT_KEYPOINTS, parseFeatures } from '@reclaim/registration/local-features';
import { loadLocalFeatures, signalsOfFeatures } from '@reclaim/store/local-features';
import type { Store } from '@reclaim/store/store';
import type { KeeperMatch } from './index-keeper.ts';
import { OneRunner } from './one-runner.ts';

/** The first stage's radius: at 31 bits the index loses 2 of 1,000 copies of those found at 44 (altered-copies, section 3). */
const FIRST_BITS = 31;

/** Hits of one copy below which it is not verified. */
const LEAST_HITS = 4;

/** Copies that are verified for one upload, at most: those with the most hits. */
const CANDIDATES = 8;

/** Bytes of a descriptor, and queries that the index takes at once. */
const DESCRIPTOR_BYTES = 32;
const QUERIES_AT_ONCE = 64;

/** Local features in memory. */
export class FeatureKeeper {
  readonly #store: Store;
  readonly #copies = new Map<number, Features>();
  readonly #runner = new OneRunner(() => this.#follow());
  #index: SealableIndex = newIndex();
  #last = 0;
  #on = false;

  private constructor(store: Store) {
    this.#store = store;
  }

  /** Reads what is kept. */
  static async load(store: Store): Promise<FeatureKeeper> {
    const keeper = new FeatureKeeper(store);
    await keeper.catchUp();
    return keeper;
  }

  /** Whether the switch is on, as last read. */
  get on(): boolean {
    return this.#on;
  }

  /** How many copies are in memory. */
  get size(): number {
    return this.#copies.size;
  }

  /** Reads what changed. */
  catchUp(): Promise<void> {
    return this.#runner.run();
  }

  /** The confirmed signals whose copy the picture holds, by local features; none while the switch is off. */
  async lookup(pixels: Pixels): Promise<readonly KeeperMatch[]> {
    if (!this.#on || this.#copies.size === 0) return [];
    const upload = askedFeatures(lumaPlane(pixels));
    const matches: KeeperMatch[] = [];
    for (const num of this.#candidates(upload)) {
      const copy = this.#copies.get(num);
      const found = copy === undefined ? undefined : findKept(copy, upload);
      if (found === undefined) continue;
      for (const signal of await signalsOfFeatures(this.#store, num)) {
        if (matches.some(({ signalId }) => signalId === signal.signalId)) continue;
        matches.push({
          ...signal,
          state: 'confirmed',
          band: 'possible',
          orientation: found.mirrored ? 'flipY' : 'original',
          window: 'local-features',
        });
      }
    }
    return matches;
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

  async #follow(): Promise<void> {
    const { on, live, fresh } = await loadLocalFeatures(this.#store, this.#last);
    this.#on = on;
    for (const num of [...this.#copies.keys()]) if (!live.has(num)) this.#drop(num);
    for (const { num, features } of fresh) {
      const parsed = parseFeatures(features);
      features.fill(0);
      this.#last = Math.max(this.#last, num);
      // Kept by another version: its time will end it.
      if (parsed !== undefined) this.#add(num, parsed);
    }
    this.#index.seal();
  }

  #add(num: number, features: Features): void {
    this.#copies.set(num, features);
    const { buffer, byteOffset } = features.bits;
    for (let at = 0; at < features.count; at++)
      this.#index.insert(
        num * KEPT_KEYPOINTS + at,
        new Uint8Array(buffer, byteOffset + at * DESCRIPTOR_BYTES, DESCRIPTOR_BYTES),
      );
  }

  #drop(num: number): void {
    const features = this.#copies.get(num);
    this.#copies.delete(num);
    for (let at = 0; at < (features?.count ?? 0); at++) this.#index.remove(num * KEPT_KEYPOINTS + at);
    features?.bits.fill(0);
  }
}

/** Seeded anew in each process, so that nobody can choose descriptors that collide in its tables. */
function newIndex(): SealableIndex {
  return createExactIndex({ seed: randomInt(2 ** 32) });
}

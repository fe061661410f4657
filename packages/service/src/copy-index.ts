/**
 * Which of many kept copies an upload holds, by local features alone.
 *
 * Three stages. The descriptors of the upload (plain and mirrored) are looked up among those of all copies, exactly, within
 * `FIRST_BITS` (matching, the ring index). A descriptor that many copies have says little and counts little for each: a plain
 * wall has the same everywhere. Of the copies with the most, those whose hits agree loosely on one way to lie in the upload,
 * and the first two whether or not, are verified by geometry (registration, `findKept`). Where that sees one too faintly,
 * the place where it may be is looked at again for itself: a picture in a page has few of the page's keypoints. Bounded for
 * any upload: 400 lookups, `GLANCES` counts, `CANDIDATES` verifications, `SECOND_LOOKS`.
 *
 * Everything is in memory, and what is dropped is overwritten there at once.
 * @module
 */

import { createExactIndex, isRingIndex, type SealableIndex } from '@reclaim/matching/ring-index';
import type { Plane } from '@reclaim/raster/plane';
import { supportOf } from '@reclaim/registration/consensus';
import type { Features } from '@reclaim/registration/features';
import {
  askedFeatures,
  featuresInside,
  findKept,
  KEPT_KEYPOINTS,
} from '@reclaim/registration/local-features';
import type { FeatureMatch } from '@reclaim/registration/match-features';

/**
 * The first stage's radius, and which of the upload's keypoints are asked: every second is enough for a glance. At 24 bits as
 * many copies were found, for half as much time again; at 16, or with every fourth keypoint, small and crowded ones were lost.
 */
const FIRST_BITS = 20;
const EVERY = 2;

/** Hits of one copy below which it is not verified. */
const LEAST_HITS = 4;

/** Copies whose hits are looked at together, at most, and hits of one that are: the nearest. */
const GLANCES = 32;
const MOST_HITS = 150;

/** Keypoints whose hits must agree loosely for a copy to be verified, and copies that are verified, at most. */
const LEAST_SUPPORT = 4;
const CANDIDATES = 8;

/** Copies that are verified for having the most hits, however these lie: a small copy's few need not agree. */
const FIRST_ANYWAY = 2;

/** Faint copies whose place is looked at again, at most. */
const SECOND_LOOKS = 3;

/**
 * Descriptors of pictures are far from evenly spread, so buckets are long: at 20 bits, looking at every row took two fifths of
 * the time that buckets did, among 5,000 rows and among 17,000 alike (docs/benchmarks.md).
 */
const ROWS_PER_BUCKET = 1_000;

/** Bytes of a descriptor. */
const DESCRIPTOR_BYTES = 32;

/** A copy that was found. */
export type FoundCopy = { readonly num: number; readonly votes: number; readonly mirrored: boolean };

/** Kept copies by number, 0..2²⁵ − 1. */
export class CopyIndex {
  readonly #copies = new Map<number, Features>();
  readonly #index: SealableIndex;

  /** `seed`: any 32-bit number that nobody else knows, so that nobody can choose descriptors that collide in its tables. */
  constructor(seed: number) {
    this.#index = createExactIndex({ seed, rowsPerBucket: ROWS_PER_BUCKET });
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

  /** The copies that an upload holds, by its `localPlane`: those with the most hits first. */
  find(plane: Plane): readonly FoundCopy[] {
    const upload = askedFeatures(plane);
    const found: FoundCopy[] = [];
    let looks = SECOND_LOOKS;
    for (const num of this.#candidates(upload)) {
      const copy = this.#copies.get(num);
      if (copy === undefined) continue;
      let seen = findKept(copy, upload);
      if (seen?.kind === 'faint' && looks-- > 0) seen = findKept(copy, featuresInside(plane, seen.frame));
      if (seen?.kind === 'found') found.push({ num, votes: seen.votes, mirrored: seen.mirrored });
    }
    return found;
  }

  #candidates(upload: Features): readonly number[] {
    const glanced = [false, true]
      .flatMap((mirrored) => this.#hitsOf(upload, mirrored))
      .filter(({ matches }) => matches.length >= LEAST_HITS)
      .sort((a, b) => b.weight - a.weight || a.num - b.num)
      .slice(0, GLANCES);
    const supported = new Map<number, number>();
    for (const [rank, { num, mirrored, matches }] of glanced.entries()) {
      const nearest = matches.sort((a, b) => a.distance - b.distance).slice(0, MOST_HITS);
      const support = supportOf(this.#copies.get(num)!, upload, nearest, mirrored);
      if (support >= LEAST_SUPPORT || rank < FIRST_ANYWAY)
        supported.set(num, Math.max(support, supported.get(num) ?? 0));
    }
    return [...supported]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, CANDIDATES)
      .map(([num]) => num);
  }

  /** For each copy the descriptors of the upload, plain or mirrored, that it has something like, and how much that says. */
  #hitsOf(upload: Features, mirrored: boolean): readonly Hits[] {
    const bits = mirrored ? upload.mirroredBits : upload.bits;
    const bytes = new Uint8Array(bits.buffer, bits.byteOffset, bits.byteLength);
    const queries = Array.from({ length: Math.ceil(upload.count / EVERY) }, (_, at) =>
      bytes.subarray(at * EVERY * DESCRIPTOR_BYTES, (at * EVERY + 1) * DESCRIPTOR_BYTES),
    );
    const hits = new Map<number, Hits>();
    for (const [at, found] of this.#index.searchBatch(queries, FIRST_BITS).entries()) {
      const nums = new Set(found.map(({ id }) => Math.floor(id / KEPT_KEYPOINTS)));
      // Nearest first: one keypoint of the upload is one of a copy.
      for (const { id, distance } of found) {
        const num = Math.floor(id / KEPT_KEYPOINTS);
        if (!nums.delete(num)) continue;
        const of = hits.get(num) ?? { num, mirrored, matches: [], weight: 0 };
        hits.set(num, of);
        of.matches.push({ from: id % KEPT_KEYPOINTS, to: at * EVERY, distance });
        of.weight += 1 / found.length;
      }
    }
    return [...hits.values()];
  }
}

type Hits = {
  readonly num: number;
  readonly mirrored: boolean;
  readonly matches: FeatureMatch[];
  weight: number;
};

function arraysOf({ x, y, size, cosine, sine, bits, mirroredBits }: Features) {
  return [x, y, size, cosine, sine, bits, mirroredBits] as const;
}

/**
 * Which keypoint of a suspect could be which of an original: the nearest by Hamming distance, if it is near enough.
 * @module
 */

import type { Features } from './features.ts';
import { DESCRIPTOR_WORDS } from './pattern.ts';

/** Keypoint `from` of the original may be keypoint `to` of the suspect. */
export type FeatureMatch = { readonly from: number; readonly to: number; readonly distance: number };

/** How matches are chosen. */
export type MatchOptions = {
  /** The most bits by which two descriptors may differ, 0..256. */
  readonly within: number;
  /**
   * The nearest must be nearer than `ratio` times the second nearest (Lowe, 2004) at another place; 1 asks for nothing.
   */
  readonly ratio: number;
  /** Whether the suspect is taken as the mirror image. */
  readonly mirrored: boolean;
};

/**
 * For each keypoint of the suspect the nearest of the original, where there is one; in the suspect's order.
 * @throws {RangeError} where the mirror image is asked for and the suspect's features have none
 */
export function matchFeatures(
  original: Features,
  suspect: Features,
  options: MatchOptions,
): readonly FeatureMatch[] {
  const asked = options.mirrored ? suspect.mirroredBits : suspect.bits;
  if (asked.length !== suspect.count * DESCRIPTOR_WORDS)
    throw new RangeError('match: expected features of a suspect that were made with mirrored: true');
  const { bits } = original;
  const matches: FeatureMatch[] = [];
  for (let to = 0; to < suspect.count; to++) {
    const a = to * DESCRIPTOR_WORDS;
    let nearest = -1;
    let distance = options.within + 1;
    let second = 257;
    for (let from = 0, b = 0; from < original.count; from++, b += DESCRIPTOR_WORDS) {
      // Most strangers are too far after three words of eight.
      const enough = options.ratio < 1 && second > distance ? second : distance;
      let bitsApart = threeOnes(
        asked[a]! ^ bits[b]!,
        asked[a + 1]! ^ bits[b + 1]!,
        asked[a + 2]! ^ bits[b + 2]!,
      );
      for (let word = 3; word < DESCRIPTOR_WORDS && bitsApart < enough; word++)
        bitsApart += ones(asked[a + word]! ^ bits[b + word]!);
      if (bitsApart < distance) {
        if (nearest >= 0 && !samePlace(original, nearest, from)) second = distance;
        distance = bitsApart;
        nearest = from;
      } else if (bitsApart < second && !(nearest >= 0 && samePlace(original, nearest, from)))
        second = bitsApart;
    }
    if (nearest < 0 || distance > options.within) continue;
    if (options.ratio < 1 && distance >= options.ratio * second) continue;
    matches.push({ from: nearest, to, distance });
  }
  return matches;
}

/** Levels next to each other find one corner twice: that is no second opinion. */
function samePlace({ x, y, size }: Features, a: number, b: number): boolean {
  const reach = 4 * Math.max(size[a]!, size[b]!);
  return Math.abs(x[a]! - x[b]!) < reach && Math.abs(y[a]! - y[b]!) < reach;
}

/** Bits set in three words of 32. */
function threeOnes(a: number, b: number, c: number): number {
  return Math.imul(byteOnes(a) + byteOnes(b) + byteOnes(c), 0x01010101) >>> 24;
}

/** Bits set in 32 (Warren, "Hacker's Delight", 5–1). */
function ones(word: number): number {
  return Math.imul(byteOnes(word), 0x01010101) >>> 24;
}

/** Bits set in each of its four bytes. */
function byteOnes(word: number): number {
  const v = word - ((word >>> 1) & 0x55555555);
  const w = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (w + (w >>> 4)) & 0x0f0f0f0f;
}

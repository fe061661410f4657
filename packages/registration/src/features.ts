/**
 * The features of a picture: keypoints on a pyramid, each with its place, size, direction and 256 bits.
 *
 * The pyramid steps by 1.25, so a copy at any scale between two levels is at most 12 % from one of them. A keypoint's
 * size is one sample of its level in samples of the plane, so two copies of one keypoint tell the scale between them.
 * Bounded whatever the picture: the plane is reduced to `side` first, there are at most eight levels and `most`
 * keypoints. A picture of one colour has none; one of noise has `most`, which match nothing.
 *
 * What features reveal: places and bits together are as telling as a thumbnail (docs/threat-model.md). They are made
 * where the picture is already, and never leave it unsealed.
 * @module
 */

import type { Plane } from '@reclaim/raster/plane';
import { fitPlane, resizePlane } from '@reclaim/raster/resample';
import { cornersOf } from './corners.ts';
import { describeAt, directionAt } from './descriptor.ts';
import { withLevels } from './feature-kernel.ts';
import { DESCRIPTOR_WORDS, PATCH_RADIUS } from './pattern.ts';

/** Names the pyramid, the pattern and the detector together: features of another format do not compare. */
export const FEATURES_FORMAT = 'rf2';

/** How features are looked for. */
export type FeatureOptions = {
  /** The long side that the plane is reduced to, 64..4096. */
  readonly side: number;
  /** The most keypoints, 1..4096. */
  readonly most: number;
  /** Whether to describe each keypoint as a mirrored copy would show it, too: for the side that asks. */
  readonly mirrored: boolean;
};

/**
 * Keypoints of one picture, each by its index. Places are in samples of the plane that was given (centres at halves),
 * whatever it was reduced to.
 */
export type Features = {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Samples of the plane that one sample of the keypoint's level takes. */
  readonly size: Float32Array;
  readonly cosine: Float32Array;
  readonly sine: Float32Array;
  /** Eight words a keypoint. */
  readonly bits: Uint32Array;
  /** The same, of the mirrored picture; empty where it was not asked for. */
  readonly mirroredBits: Uint32Array;
};

/** Steps of the pyramid. */
const STEP = 1.25;

/** Levels at most: 1.25⁷ = 4.8 between the finest and the coarsest. */
const LEVELS = 8;

/** Samples that the pattern needs on each side of a keypoint. */
const MARGIN = PATCH_RADIUS + 2;

/**
 * The features of a plane.
 * @throws {RangeError} for options outside their ranges
 */
export function featuresOf(plane: Plane, options: FeatureOptions): Features {
  const { side, most, mirrored } = options;
  if (!(side >= 64 && side <= 4096))
    throw new RangeError(`features: expected a side of 64..4096, got ${side}`);
  if (!(most >= 1 && most <= 4096)) throw new RangeError(`features: expected 1..4096 keypoints, got ${most}`);
  const levels = pyramid(fitPlane(plane, side));
  const shares = sharesOf(levels, most);
  const features = emptyFeatures(plane.width, plane.height, most, mirrored);
  let at = 0;
  withLevels(levels[0]!.width, levels[0]!.height, ({ strengths, smooth }) => {
    for (const [index, level] of levels.entries()) {
      const share = Math.min(shares[index]!, most - at);
      const corners = cornersOf(strengths(level), level.width, level.height, MARGIN, share);
      if (corners.length === 0) continue;
      const smoothed = smooth(level);
      const across = plane.width / level.width;
      const down = plane.height / level.height;
      for (const corner of corners) {
        const column = Math.floor(corner.x);
        const row = Math.floor(corner.y);
        const direction = directionAt(smoothed, column, row);
        features.x[at] = corner.x * across;
        features.y[at] = corner.y * down;
        features.size[at] = Math.sqrt(across * down);
        features.cosine[at] = direction[0];
        features.sine[at] = direction[1];
        describeAt(smoothed, column, row, direction, 1, features.bits, at * DESCRIPTOR_WORDS);
        if (mirrored)
          describeAt(smoothed, column, row, direction, -1, features.mirroredBits, at * DESCRIPTOR_WORDS);
        at++;
      }
    }
  });
  return firstOf(features, at);
}

/** The first `count` of them. */
function firstOf(features: Features, count: number): Features {
  const { x, y, size, cosine, sine, bits, mirroredBits } = features;
  const words = count * DESCRIPTOR_WORDS;
  return {
    ...features,
    count,
    x: x.slice(0, count),
    y: y.slice(0, count),
    size: size.slice(0, count),
    cosine: cosine.slice(0, count),
    sine: sine.slice(0, count),
    bits: bits.slice(0, words),
    mirroredBits: mirroredBits.slice(0, words),
  };
}

/** Features without a value yet. */
export function emptyFeatures(width: number, height: number, count: number, mirrored: boolean): Features {
  return {
    width,
    height,
    count,
    x: new Float32Array(count),
    y: new Float32Array(count),
    size: new Float32Array(count),
    cosine: new Float32Array(count),
    sine: new Float32Array(count),
    bits: new Uint32Array(count * DESCRIPTOR_WORDS),
    mirroredBits: new Uint32Array(mirrored ? count * DESCRIPTOR_WORDS : 0),
  };
}

function pyramid(plane: Plane): readonly Plane[] {
  const levels = [plane];
  let level = plane;
  for (let reduced = STEP; levels.length < LEVELS; reduced *= STEP) {
    const width = Math.round(plane.width / reduced);
    const height = Math.round(plane.height / reduced);
    if (Math.min(width, height) <= 2 * MARGIN) break;
    level = resizePlane(level, width, height);
    levels.push(level);
  }
  return levels;
}

/** How many keypoints each level gives: by the square root of its area, so that coarse levels keep a voice. */
function sharesOf(levels: readonly Plane[], most: number): readonly number[] {
  const weights = levels.map(({ width, height }) => Math.sqrt(width * height));
  const sum = weights.reduce((a, b) => a + b, 0);
  let given = 0;
  let due = 0;
  return weights.map((weight) => {
    due += (most * weight) / sum;
    const share = Math.round(due) - given;
    given += share;
    return share;
  });
}

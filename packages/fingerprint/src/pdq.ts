/**
 * PDQ of a picture: the door to the perceptual hash. Fast path, guards, and the reference's own arithmetic behind them.
 *
 * The fast path (raster's reduction, float64 DCT) computes what the C++ reference computes, only without its rounding.
 * Where that rounding could decide, `pdq-oracle.ts` decides instead, so the result is the reference's in every case
 * that has been tried (docs/benchmarks.md, "PDQ exactness"):
 *
 * - the 129th coefficient is nearer than `MEDIAN_GAP` to the 128th: rounding may decide which of the two has the bit;
 * - the sum of gradients could fall on either side of a multiple of 90: the quality is a matter of rounding.
 *
 * Alpha: a picture with transparency is hashed as it looks over white (raster, `alpha.ts`). Orientation and colour space
 * are the decoder's work: banked hashes are of the oriented picture in sRGB at full resolution.
 * @module
 */

import { TURNS, type Turn } from '@reclaim/raster/orientation';
import type { Pixels } from '@reclaim/raster/pixels';
import { reduceToGrid } from '@reclaim/raster/reduce';
import { GRID_SIDE } from '@reclaim/raster/tents';
import { oracleDct, oracleGrid } from './pdq-oracle.ts';
import {
  COEFFICIENTS,
  DCT_SIDE,
  dct64,
  GRADIENTS_PER_QUALITY,
  gradientSum32,
  gradientSum64,
  hashOf,
  medianOf,
  qualityOf,
  ZERO_HASH,
} from './pdq-transform.ts';
import { type PdqHash, type Pipeline, parsePipeline } from './signal.ts';

/** Name and version of this path, kept beside every hash it makes. The number rises whenever a bit could change. */
export const PIPELINE: Pipeline = parsePipeline('reclaim-pdq-1');

/** The same path over pixels decoded as PDQ's reference tools do (orientation ignored, alpha dropped): conformance only. */
export const REFERENCE_PIPELINE: Pipeline = parsePipeline('reclaim-pdq-1-reference');

/** Least quality of a hash that may be banked or matched (PDQ's authors: "discard at 49 and below"). */
export const MIN_QUALITY = 50;

/** Greatest distance in bits that counts as the same picture (PDQ's authors' recommendation; banks may ask for less). */
export const MAX_DISTANCE_BITS = 31;

/** Least side in pixels of a picture that has a PDQ hash. */
export const MIN_SIDE = 5;

/**
 * Distance between the median and the next coefficient, in grey levels, below which rounding may decide a bit. In 6,200
 * crops the reference's rounding moved no coefficient near the median by more than 8.5e-3 where both sides have 64 pixels
 * or more; were it ever to reach further, the hash would be two bits off. Where a side
 * is shorter its lines are repeated, and so is what rounding does to them: there the distance is taken as many times.
 */
export const MEDIAN_GAP = 8e-3;

/** The order of `pdqOrientations`: original, rot90 (counter-clockwise), rot180, rot270, flipX, flipY, flipPlus1, flipMinus1. */
export const ORIENTATIONS: readonly Turn[] = TURNS;

/** `path` says whose arithmetic decided: `fast`, or `faithful` where a guard called the reference's. */
export type PdqResult = {
  readonly hash: PdqHash;
  /** 0..100, an integer. 0 for pictures under 5×5. */
  readonly quality: number;
  /** 256 DCT coefficients, row-major 16×16, grey levels. All zero for pictures under 5×5. */
  readonly coefficients: Float64Array;
  readonly path: 'fast' | 'faithful';
};

/** The hash of each way to turn the picture, from one transform. `quality` is that of the picture itself. */
export type PdqOrientations = {
  readonly quality: number;
  /** Eight hashes in the order of `ORIENTATIONS`. */
  readonly hashes: readonly PdqHash[];
  readonly path: 'fast' | 'faithful';
};

/** PDQ hash, quality and coefficients of a picture of any size. Pictures under 5×5 get the zero hash and quality 0. */
export function pdq(pixels: Pixels): PdqResult {
  if (tooSmall(pixels))
    return { hash: ZERO_HASH, quality: 0, coefficients: new Float64Array(COEFFICIENTS), path: 'fast' };
  const fast = fastTransform(pixels);
  const { median, gap } = medianOf(fast.coefficients);
  if (fast.quality !== undefined && gap >= MEDIAN_GAP * repeatsOf(pixels))
    return {
      hash: hashOf(fast.coefficients, median),
      quality: fast.quality,
      coefficients: fast.coefficients,
      path: 'fast',
    };
  return pdqFaithful(pixels);
}

/** PDQ with the reference's own rounding throughout: what `pdq` must equal, several times slower. */
export function pdqFaithful(pixels: Pixels): PdqResult {
  if (tooSmall(pixels))
    return { hash: ZERO_HASH, quality: 0, coefficients: new Float64Array(COEFFICIENTS), path: 'faithful' };
  const { quality, coefficients } = faithfulTransform(pixels);
  const { median } = medianOf(coefficients);
  return { hash: hashOf(coefficients, median), quality, coefficients, path: 'faithful' };
}

/**
 * The hashes of all eight ways to turn or mirror the picture. They are the reference's "dihedral" hashes, made from the
 * one transform: the hash of a turned *file* differs from them by a few bits, since even windows lie off centre.
 */
export function pdqOrientations(pixels: Pixels): PdqOrientations {
  if (tooSmall(pixels)) return { quality: 0, hashes: ORIENTATIONS.map(() => ZERO_HASH), path: 'fast' };
  const fast = fastTransform(pixels);
  if (fast.quality !== undefined) {
    const hashes = orientationHashes(fast.coefficients, MEDIAN_GAP * repeatsOf(pixels));
    if (hashes !== undefined) return { quality: fast.quality, hashes, path: 'fast' };
  }
  const { quality, coefficients } = faithfulTransform(pixels);
  return { quality, hashes: orientationHashes(coefficients, 0)!, path: 'faithful' };
}

/** The 256 coefficients of the picture turned or mirrored, from those of the picture itself. */
export function turnCoefficients(coefficients: Float64Array, orientation: Turn): Float64Array {
  const turned = new Float64Array(COEFFICIENTS);
  const { transposed, rowSign, columnSign } = SIGNS[orientation];
  for (let i = 0; i < DCT_SIDE; i++)
    for (let j = 0; j < DCT_SIDE; j++) {
      const from = transposed ? j * DCT_SIDE + i : i * DCT_SIDE + j;
      // Index 0 is frequency 1: a mirror turns the sign of the odd frequencies, which are the even indexes.
      const negative = (rowSign && i % 2 === 0) !== (columnSign && j % 2 === 0);
      turned[i * DCT_SIDE + j] = negative ? -coefficients[from]! : coefficients[from]!;
    }
  return turned;
}

/** Each turn as a transpose, then a mirror of rows (top and bottom) or of columns. */
const SIGNS: Readonly<
  Record<Turn, { readonly transposed: boolean; readonly rowSign: boolean; readonly columnSign: boolean }>
> = {
  original: { transposed: false, rowSign: false, columnSign: false },
  rot90: { transposed: true, rowSign: true, columnSign: false },
  rot180: { transposed: false, rowSign: true, columnSign: true },
  rot270: { transposed: true, rowSign: false, columnSign: true },
  flipX: { transposed: false, rowSign: true, columnSign: false },
  flipY: { transposed: false, rowSign: false, columnSign: true },
  flipPlus1: { transposed: true, rowSign: false, columnSign: false },
  flipMinus1: { transposed: true, rowSign: true, columnSign: true },
};

/** Eight hashes, or undefined where one of them has a gap at its own median below `leastGap`: signs move the median. */
function orientationHashes(coefficients: Float64Array, leastGap: number): readonly PdqHash[] | undefined {
  const hashes: PdqHash[] = [];
  for (const orientation of ORIENTATIONS) {
    const turned = turnCoefficients(coefficients, orientation);
    const { median, gap } = medianOf(turned);
    if (gap < leastGap) return undefined;
    hashes.push(hashOf(turned, median));
  }
  return hashes;
}

/** How often the line of a small picture is repeated in the plane of 64×64; 1 from 64 pixels up. */
function repeatsOf({ width, height }: Pixels): number {
  return Math.ceil(GRID_SIDE / Math.min(GRID_SIDE, width, height));
}

function tooSmall({ width, height }: Pixels): boolean {
  return width < MIN_SIDE || height < MIN_SIDE;
}

/** Most that the reference's rounding moved the difference of two cells, 2.3e-3 grey levels, and as much again. */
const CELL_SLACK = 4e-3;

/**
 * Nearness to a multiple of 90 at which the sum of gradients is counted again, times `repeatsOf`; rounding moved it by 2
 * at most where no line is repeated.
 */
const GRADIENT_REACH = 3;

/** `quality` is undefined where rounding could decide it. */
function fastTransform(pixels: Pixels): {
  readonly coefficients: Float64Array;
  readonly quality: number | undefined;
} {
  const grid = reduceToGrid(pixels);
  const { sum, unsure } = gradientSum64(grid, CELL_SLACK);
  // Whether a hash may be banked hangs on one value of the sum: there, every difference that could move it counts.
  const bankable = MIN_QUALITY * GRADIENTS_PER_QUALITY;
  const reach = Math.min(unsure, GRADIENT_REACH * repeatsOf(pixels));
  const least = sum - reach;
  const most = sum + reach;
  const sure = qualityOf(least) === qualityOf(most) && sum - unsure >= bankable === sum + unsure >= bankable;
  return { coefficients: dct64(grid), quality: sure ? qualityOf(sum) : undefined };
}

function faithfulTransform(pixels: Pixels): {
  readonly coefficients: Float64Array;
  readonly quality: number;
} {
  const grid = oracleGrid(pixels);
  return { coefficients: oracleDct(grid), quality: qualityOf(gradientSum32(grid)) };
}

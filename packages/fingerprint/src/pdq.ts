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

import { TURNS, type Turn, turnPixels } from '@reclaim/raster/orientation';
import type { Pixels } from '@reclaim/raster/pixels';
import { type MirroredGrids, reduceMirrored, reduceToGrid } from '@reclaim/raster/reduce';
import { GRID_SIDE } from '@reclaim/raster/tents';
import { oracleDct, oracleGrid } from './pdq-oracle.ts';
import {
  COEFFICIENTS,
  dct64,
  GRADIENTS_PER_QUALITY,
  gradientSum32,
  gradientSum64,
  hashOf,
  medianOf,
  qualityOf,
  transpose,
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

/**
 * Pixels of the largest picture whose turns are judged by the reference's arithmetic where a guard asks for it. One picture
 * in twelve has a turn with a narrow gap, and the oracle's time grows with the turned pixels, which must be made for it;
 * yet rounding decided none of 68 such turns from 320×240 up. What is left open beyond is two bits of a hash that is only
 * ever asked with.
 */
export const MOST_TURNED_PIXELS = 2 ** 16;

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

/** The hash of each way to turn the picture. `quality` is that of the picture as it is. */
export type PdqOrientations = {
  readonly quality: number;
  /** Eight hashes in the order of `ORIENTATIONS`; the first is the picture's own. */
  readonly hashes: readonly PdqHash[];
  /** `faithful` where a guard called the reference's arithmetic for any of them. */
  readonly path: 'fast' | 'faithful';
};

/** PDQ hash, quality and coefficients of a picture of any size. Pictures under 5×5 get the zero hash and quality 0. */
export function pdq(pixels: Pixels): PdqResult {
  if (tooSmall(pixels))
    return { hash: ZERO_HASH, quality: 0, coefficients: new Float64Array(COEFFICIENTS), path: 'fast' };
  return pdqOfGrid(pixels, reduceToGrid(pixels));
}

/** PDQ with the reference's own rounding throughout: what `pdq` must equal, several times slower. */
export function pdqFaithful(pixels: Pixels): PdqResult {
  if (tooSmall(pixels))
    return { hash: ZERO_HASH, quality: 0, coefficients: new Float64Array(COEFFICIENTS), path: 'faithful' };
  const grid = oracleGrid(pixels);
  const coefficients = oracleDct(grid);
  const quality = qualityOf(gradientSum32(grid));
  const { median } = medianOf(coefficients);
  return { hash: hashOf(coefficients, median), quality, coefficients, path: 'faithful' };
}

/**
 * The hashes that the picture's file would have, were it turned or mirrored in each of the eight ways: of the turned
 * pixels, which are never made, since mirrored tents read the picture as it lies and a turned plane is a transposed one.
 *
 * Those from one transform (`pdq-dihedral.ts`) are cheaper and stray from the turned file by up to 52 bits: even windows
 * lie off centre. A door must not use them, or turning a small copy by a quarter gets it past.
 */
export function pdqOrientations(pixels: Pixels): PdqOrientations {
  if (tooSmall(pixels)) return { quality: 0, hashes: ORIENTATIONS.map(() => ZERO_HASH), path: 'fast' };
  const grids = reduceMirrored(pixels);
  const own = pdqOfGrid(pixels, grids.original);
  let { path } = own;
  const leastGap = pixels.width * pixels.height <= MOST_TURNED_PIXELS ? leastGapOf(pixels) : 0;
  const coefficientsOf = (mirror: keyof MirroredGrids) => {
    const coefficients = dct64(grids[mirror]);
    return { coefficients, ...medianOf(coefficients) };
  };
  const mirrors = {
    original: coefficientsOf('original'),
    flipX: coefficientsOf('flipX'),
    flipY: coefficientsOf('flipY'),
    rot180: coefficientsOf('rot180'),
  };
  const hashes = ORIENTATIONS.map((turn) => {
    if (turn === 'original') return own.hash;
    const { mirror, transposed } = MIRRORS[turn];
    const { coefficients, median, gap } = mirrors[mirror];
    if (gap >= leastGap) return hashOf(transposed ? transpose(coefficients) : coefficients, median);
    path = 'faithful';
    return pdqFaithful(turnPixels(pixels, turn)).hash;
  });
  return { quality: own.quality, hashes, path };
}

/** Each turn as a mirror, then a transpose. */
const MIRRORS: Readonly<
  Record<Turn, { readonly mirror: keyof MirroredGrids; readonly transposed: boolean }>
> = {
  original: { mirror: 'original', transposed: false },
  rot90: { mirror: 'flipY', transposed: true },
  rot180: { mirror: 'rot180', transposed: false },
  rot270: { mirror: 'flipX', transposed: true },
  flipX: { mirror: 'flipX', transposed: false },
  flipY: { mirror: 'flipY', transposed: false },
  flipPlus1: { mirror: 'original', transposed: true },
  flipMinus1: { mirror: 'rot180', transposed: true },
};

/** The least distance of median and next coefficient, in grey levels, that rounding cannot bridge in this picture. */
export function leastGapOf(pixels: Pixels): number {
  return MEDIAN_GAP * repeatsOf(pixels);
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

/** From the plane of the fast path; where a guard says so, from the pixels again with the reference's arithmetic. */
function pdqOfGrid(pixels: Pixels, grid: Float64Array): PdqResult {
  const quality = sureQualityOf(pixels, grid);
  if (quality === undefined) return pdqFaithful(pixels);
  const coefficients = dct64(grid);
  const { median, gap } = medianOf(coefficients);
  if (gap < leastGapOf(pixels)) return pdqFaithful(pixels);
  return { hash: hashOf(coefficients, median), quality, coefficients, path: 'fast' };
}

/** The quality, or undefined where rounding could decide it. */
function sureQualityOf(pixels: Pixels, grid: Float64Array): number | undefined {
  const { sum, unsure } = gradientSum64(grid, CELL_SLACK);
  // Whether a hash may be banked hangs on one value of the sum: there, every difference that could move it counts.
  const bankable = MIN_QUALITY * GRADIENTS_PER_QUALITY;
  const reach = Math.min(unsure, GRADIENT_REACH * repeatsOf(pixels));
  const least = sum - reach;
  const most = sum + reach;
  const sure = qualityOf(least) === qualityOf(most) && sum - unsure >= bankable === sum + unsure >= bankable;
  return sure ? qualityOf(sum) : undefined;
}

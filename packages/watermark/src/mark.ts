/**
 * Marking: a copy of the original that bears the secret signs of one recipient, invisibly.
 *
 * Spread spectrum with the original at hand (Cox, Kilian, Leighton and Shamoon, "Secure spread spectrum watermarking for
 * multimedia", 1997). In the canonical frame every carrier gets its strength times its sign; the inverse transform of
 * that alone is a faint pattern, which is enlarged to the source's size and added to red, green and blue alike. Detail
 * finer than the frame is not touched. One overall strength brings the copy to the wanted peak signal-to-noise ratio;
 * it is capped, so that a plain sky is never paid with what a busy picture could bear, and lowered until the structural
 * similarity is what is held: such copies come out better than the wanted ratio, and are harder to trace.
 * @module
 */

import type { Pixels } from '@reclaim/raster/pixels';
import { emptyPlane, type Plane } from '@reclaim/raster/plane';
import { resizePlane } from '@reclaim/raster/resample';
import { type Frame, LEVELS, placeCoefficients } from './canonical.ts';
import { signsOf } from './code.ts';
import { LEAST_SIMILARITY, similarityWith } from './similarity.ts';
import { backward } from './wavelet.ts';

/** The ratio that copies are made at, decibels: no difference was seen at it side by side. */
export const PSNR_DB = 48;

/** The ratios that may be asked for, decibels. From 59 on, rounding to whole grey levels takes out all of a mark. */
export const PSNR_RANGE = Object.freeze({ least: 36, most: 56 });

/** The most that a carrier in a plain area may get, grey levels. */
const PLAIN_MOST = 2;

/** What the sampled similarity must be above the one that is held: samples err, and a file is written anew. */
const SIMILARITY_MARGIN = 0.0002;

/** A marked copy. */
export type Marked = {
  readonly pixels: Pixels;
  /** Peak signal-to-noise ratio of the copy over its colour samples, decibels; infinite where no sample moved. */
  readonly psnrDb: number;
  /** The overall strength, 0..2: what a floor carrier got, grey levels. */
  readonly strength: number;
};

/**
 * The copy for the code.
 * @param pixels the original at its full size, the one that `frame` was made of; alpha is kept
 * @param key the code key of the recipient
 * @param order the secret order of this original's carriers: sign `i` goes to carrier `order[i]`
 * @param psnrDb the ratio to come to, 36..56 dB; whoever asks for less than 48 gets what they ask for, and no
 *   similarity is held then
 * @throws {RangeError} for another ratio
 */
export function markCopy(
  pixels: Pixels,
  frame: Frame,
  key: Uint8Array,
  order: Uint32Array,
  psnrDb: number = PSNR_DB,
): Marked {
  const { least, most } = PSNR_RANGE;
  if (!(psnrDb >= least && psnrDb <= most))
    throw new RangeError(`mark: expected ${least} to ${most} dB, got ${psnrDb}`);
  const pattern = resizePlane(patternOf(frame, key, order), pixels.width, pixels.height);
  const colours = pixels.channels === 1 ? 1 : 3;
  let energy = 0;
  for (const value of pattern.data) energy += value * value;
  const mean = energy / pattern.data.length;
  // Rounding to whole grey levels adds a twelfth of its own.
  const wanted = 255 ** 2 / 10 ** (psnrDb / 10) - 1 / 12;
  const wished = mean === 0 ? 0 : Math.min(PLAIN_MOST, Math.sqrt(Math.max(0, wanted) / mean));
  const strength = psnrDb < PSNR_DB ? wished : heldStrength(pixels, pattern, wished);
  const data = new Uint8ClampedArray(pixels.data);
  let squares = 0;
  for (let i = 0, at = 0; i < pattern.data.length; i++, at += pixels.channels) {
    const add = strength * pattern.data[i]!;
    for (let c = 0; c < colours; c++) {
      const before = data[at + c]!;
      // A clamped array rounds to the nearest, ties to even, and keeps 0..255.
      data[at + c] = before + add;
      const moved = data[at + c]! - before;
      squares += moved * moved;
    }
  }
  const error = squares / (pattern.data.length * colours);
  return {
    pixels: { ...pixels, data },
    psnrDb: error === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(255 ** 2 / error),
    strength,
  };
}

/** The wished strength, or the highest below it at which the copy is as alike as is held. */
function heldStrength(pixels: Pixels, pattern: Plane, wished: number): number {
  const similarity = similarityWith(pixels, pattern);
  const least = LEAST_SIMILARITY + SIMILARITY_MARGIN;
  let strength = wished;
  // What is missing grows with the square of the strength, nearly: two or three steps do; the last per cent is for the rest.
  for (let step = 0; step < 8; step++) {
    const found = similarity(strength);
    if (found >= least) return strength;
    strength *= Math.min(0.99, Math.sqrt((1 - least) / (1 - found)));
  }
  return strength;
}

/** The pattern of a code in the frame, for an overall strength of 1. */
function patternOf(frame: Frame, key: Uint8Array, order: Uint32Array): Plane {
  const { strength, bands, width, height } = frame;
  const signs = signsOf(key, strength.length);
  const signed = new Float32Array(strength.length);
  for (let i = 0; i < signed.length; i++) {
    const carrier = order[i]!;
    signed[carrier] = (signs[i >> 3]! >> (i & 7)) & 1 ? strength[carrier]! : -strength[carrier]!;
  }
  const pattern = emptyPlane(width, height);
  placeCoefficients(signed, bands, pattern);
  backward(pattern, LEVELS);
  return pattern;
}

/**
 * The canonical frame of an original, and the coefficients that carry marks.
 *
 * The frame is the luma at a long side of at most 1024, both sides multiples of 16; it follows a smaller source, since bands
 * that the source cannot fill carry nothing. Carriers are the detail bands of levels 2 to 4: 0.03 to 0.25 cycles a
 * sample, which is what a re-upload at 250 to 1000 pixels keeps. They are a quarter of the frame's samples: about
 * 190,000 for a 3:2 photograph, and every one of them is one secret sign of the recipient's code.
 *
 * How strong each may be: a floor, and more where the picture is busy around it (masking: an eye does not see grain in
 * grass), with a cap. Strengths follow from the original alone, never from a key.
 * @module
 */

import type { Pixels } from '@reclaim/raster/pixels';
import { lumaPlane, type Plane } from '@reclaim/raster/plane';
import { resizePlane } from '@reclaim/raster/resample';
import { type Band, bandsOf, forward } from './wavelet.ts';

/** The long side of the largest frame. */
export const LONGEST_SIDE = 1024;

/** Steps of the transform, and the finest level that carries. */
export const LEVELS = 4;
const FINEST = 2;

/** Pixels that the shorter side of an original must have; below, too few signs are left to tell recipients apart. */
export const SHORTEST_SIDE = 160;

/** Strength: what a busy neighbourhood adds to the floor of 1, and where it ends, in grey levels of a coefficient. */
const MASKING = 0.35;
const STRONGEST = 14;

/** The frame of one original. All arrays over carriers are in the order of `bands`, row by row. */
export type Frame = {
  readonly width: number;
  readonly height: number;
  /** The luma in the frame. */
  readonly luma: Plane;
  readonly bands: readonly Band[];
  /** The original's coefficients. */
  readonly host: Float32Array;
  /** Strength of each carrier for an overall strength of 1, in grey levels. */
  readonly strength: Float32Array;
};

/** Why a picture has no frame: its shorter side is under 160 pixels. */
export type NoFrameReason = 'too-small';

/** The frame of an original. */
export function frameOf(
  pixels: Pixels,
): { readonly ok: true; readonly frame: Frame } | { readonly ok: false; readonly reason: NoFrameReason } {
  if (Math.min(pixels.width, pixels.height) < SHORTEST_SIDE) return { ok: false, reason: 'too-small' };
  const { width, height } = frameSize(pixels.width, pixels.height);
  const luma = resizePlane(lumaPlane(pixels), width, height);
  const bands = bandsOf(width, height, FINEST, LEVELS);
  const host = coefficientsOf(luma, bands);
  return { ok: true, frame: { width, height, luma, bands, host, strength: strengthOf(host, bands) } };
}

/** The frame's size for a source's: at most 1024 a side, multiples of 16, never larger than the source. */
export function frameSize(
  width: number,
  height: number,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const step = 2 ** LEVELS;
  // A strip of 1:50 would have a short side of nothing: one block is the least, and such a strip is refused by its pixels.
  const side = (length: number) =>
    Math.max(step, Math.min(step * Math.round((length * scale) / step), step * Math.floor(length / step)));
  return { width: side(width), height: side(height) };
}

/** The carriers' coefficients of a plane in the frame; the plane is left as it is. */
export function coefficientsOf(plane: Plane, bands: readonly Band[]): Float32Array {
  const work: Plane = { ...plane, data: Float32Array.from(plane.data) };
  forward(work, LEVELS);
  const coefficients = new Float32Array(bands.reduce((sum, { width, height }) => sum + width * height, 0));
  let at = 0;
  for (const { x, y, width, height } of bands)
    for (let row = 0; row < height; row++, at += width) {
      const from = (y + row) * work.width + x;
      coefficients.set(work.data.subarray(from, from + width), at);
    }
  return coefficients;
}

/** Puts carriers' coefficients back where they lie in a transformed plane. */
export function placeCoefficients(coefficients: Float32Array, bands: readonly Band[], plane: Plane): void {
  let at = 0;
  for (const { x, y, width, height } of bands)
    for (let row = 0; row < height; row++, at += width)
      plane.data.set(coefficients.subarray(at, at + width), (y + row) * plane.width + x);
}

/** Local sums over squares of `2·radius + 1` of one band, divided by how many samples were in: a mean with edges cut. */
export function localMean(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const rows = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += values[row + x]!;
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += values[row + x + radius]!;
      if (x > radius) sum -= values[row + x - radius - 1]!;
      rows[row + x] = sum / (Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1);
    }
  }
  const means = new Float32Array(values.length);
  const sums = new Float64Array(width);
  const add = (y: number, sign: 1 | -1) => {
    for (let x = 0, at = y * width; x < width; x++, at++) sums[x]! += sign * rows[at]!;
  };
  for (let y = 0; y < Math.min(radius, height); y++) add(y, 1);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) add(y + radius, 1);
    if (y > radius) add(y - radius - 1, -1);
    const count = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    for (let x = 0, at = y * width; x < width; x++, at++) means[at] = sums[x]! / count;
  }
  return means;
}

function strengthOf(host: Float32Array, bands: readonly Band[]): Float32Array {
  const strength = new Float32Array(host.length);
  let at = 0;
  for (const { width, height } of bands) {
    const size = width * height;
    const energy = localMean(host.subarray(at, at + size).map(Math.abs), width, height, 2);
    for (let i = 0; i < size; i++) strength[at + i] = Math.min(STRONGEST, 1 + MASKING * energy[i]!);
    at += size;
  }
  return strength;
}

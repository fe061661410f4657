/**
 * What is left of a suspect when its original is taken away: the residual, in which the mark stands out.
 *
 * The suspect is laid over the frame, its tone curve is found, and in each band the original is subtracted with a local
 * gain (blur, sharpening and compression change how much of it is there). Each rest is divided by how much its
 * neighbourhood varies, so noise and stickers count for little; it is cut at two deviations, and weighed by how much of a
 * mark can be left there. This is the matched filter for a known host. No key is used anywhere in it: whatever the suspect
 * is, the residual is the same for every recipient, and an innocent's signs are coin tosses beside it.
 * @module
 */

import type { Plane } from '@reclaim/raster/plane';
import { resizePlane } from '@reclaim/raster/resample';
import type { Homography } from '@reclaim/registration/homography';
import { warpPlane } from '@reclaim/registration/warp';
import { coefficientsOf, type Frame, localMean } from './canonical.ts';
import { toneAt, toneCurve, toneSlope } from './tone.ts';
import type { Band } from './wavelet.ts';

/** A residual, one value a carrier. */
export type Residual = {
  /** Rest × weight, without unit; 0 where the suspect does not reach. */
  readonly values: Float32Array;
  /** Σ w² and Σ w⁴ of the weights w: what `expectedScore` needs. */
  readonly weights: { readonly squares: number; readonly fourths: number };
  /** Share of the carriers that the suspect reaches, 0..1. */
  readonly covered: number;
};

/** Radius of a neighbourhood, in coefficients of its band. */
const RADIUS = 5;

/** Where a rest is cut, in deviations. */
const CUT = 2;

/** Variance below which nothing is told apart. Rounding to whole grey levels leaves a twelfth; a plain sticker has none at all. */
const LEAST_VARIANCE = 0.3;

/** What the local gain is held to its band's by: energy of the host, squared grey levels. */
const HELD_BY = 1;

/**
 * The residual of a suspect.
 * @param suspect its luma
 * @param map from the frame's samples to the suspect's
 */
export function residualOf(frame: Frame, suspect: Plane, map: Homography): Residual {
  const { width, height, luma, bands } = frame;
  const { plane, covered } = warpPlane(suspect, map, width, height);
  const curve = toneCurve(luma, plane, covered);
  const expected: Plane = { width, height, data: luma.data.map((value) => toneAt(curve, value)) };
  // Where the suspect does not reach, the expected picture stands in: an edge there would ring through the bands.
  const seen: Plane = {
    width,
    height,
    data: plane.data.map((value, i) => (covered[i] === 1 ? value : expected.data[i]!)),
  };
  const slopes: Plane = { width, height, data: luma.data.map((value) => toneSlope(curve, value)) };
  const reach: Plane = { width, height, data: Float32Array.from(covered) };
  const host = coefficientsOf(expected, bands);
  const found = coefficientsOf(seen, bands);
  const values = new Float32Array(host.length);
  let at = 0;
  let squares = 0;
  let fourths = 0;
  let counted = 0;
  for (const band of bands) {
    const size = band.width * band.height;
    const part = bandResidual(
      band,
      host.subarray(at, at + size),
      found.subarray(at, at + size),
      frame.strength.subarray(at, at + size),
      resizePlane(slopes, band.width, band.height).data,
      resizePlane(reach, band.width, band.height).data,
    );
    values.set(part.values, at);
    squares += part.squares;
    fourths += part.fourths;
    counted += part.counted;
    at += size;
  }
  return { values, weights: { squares, fourths }, covered: counted / values.length };
}

/**
 * The score to be expected of a copy of that overall strength, if its mark came as far as the original did: a carrier then
 * holds weight × (strength × weight + noise of one deviation). An estimate, and a high one: compression takes a mark away
 * before it takes the picture. It tells "no mark is there" from "no mark could be seen", nothing else.
 */
export function expectedScore({ weights: { squares, fourths } }: Residual, strength: number): number {
  return squares === 0 ? 0 : (strength * squares) / Math.sqrt(squares + strength * strength * fourths);
}

function bandResidual(
  { width, height }: Band,
  host: Float32Array,
  found: Float32Array,
  strength: Float32Array,
  slope: Float32Array,
  reach: Float32Array,
): {
  readonly values: Float32Array;
  readonly squares: number;
  readonly fourths: number;
  readonly counted: number;
} {
  const mean = (values: Float32Array) => localMean(values, width, height, RADIUS);
  const product = (a: Float32Array, b: Float32Array) => a.map((value, i) => value * b[i]!);
  // A carrier counts only where all that it is made of is the suspect's.
  const inside = Float32Array.from(localMean(reach, width, height, 1), (value) => (value > 0.999 ? 1 : 0));
  const together = mean(product(product(host, found), inside));
  const alone = mean(product(product(host, host), inside));
  const whole = Math.min(1.5, Math.max(0, sum(together) / (sum(alone) + 1e-9)));
  const rest = new Float32Array(host.length);
  const gain = new Float32Array(host.length);
  for (let i = 0; i < host.length; i++) {
    gain[i] = Math.min(2, Math.max(0, (together[i]! + HELD_BY * whole) / (alone[i]! + HELD_BY)));
    rest[i] = inside[i]! * (found[i]! - gain[i]! * host[i]!);
  }
  const filled = mean(inside);
  const variance = mean(product(rest, rest));
  const values = new Float32Array(host.length);
  let squares = 0;
  let fourths = 0;
  let counted = 0;
  for (let i = 0; i < host.length; i++) {
    if (inside[i] === 0) continue;
    counted++;
    const deviation = Math.sqrt(variance[i]! / filled[i]! + LEAST_VARIANCE);
    const weight = (strength[i]! * Math.max(0, slope[i]!) * gain[i]!) / deviation;
    values[i] = weight * Math.min(CUT, Math.max(-CUT, rest[i]! / deviation));
    squares += weight * weight;
    fourths += weight ** 4;
  }
  return { values, squares, fourths, counted };
}

function sum(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

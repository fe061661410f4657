/**
 * The biorthogonal wavelet CDF 9/7 in two dimensions, by lifting, in place.
 *
 * Cohen, Daubechies and Feauveau, "Biorthogonal bases of compactly supported wavelets" (1992); the lifting steps are those of
 * Daubechies and Sweldens, "Factoring wavelet transforms into lifting steps" (1998), with the scaling that makes the
 * transform nearly orthonormal, so that one unit of a coefficient is about one unit of energy at every level. Edges are
 * mirrored at the sample (whole-sample symmetry). After `levels` steps a plane holds, from its corner, the smooth rest and
 * around it the detail bands, the coarsest inside (Mallat's order).
 * @module
 */

import type { Plane } from '@reclaim/raster/plane';

const ALPHA = -1.586134342059924;
const BETA = -0.052980118572961;
const GAMMA = 0.882911075530934;
const DELTA = 0.443506852043971;
const ZETA = 1.149604398860241;

/** A detail band of a transformed plane: its level (1 is the finest), and the rectangle where it lies. */
export type Band = {
  readonly level: number;
  /** Which of the two directions was high-pass: `across`, `down` or both. */
  readonly kind: 'across' | 'down' | 'both';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/**
 * Transforms the plane in place.
 * @throws {RangeError} unless both sides are multiples of 2^levels
 */
export function forward(plane: Plane, levels: number): void {
  requireSides(plane, levels);
  for (let level = 0; level < levels; level++) {
    const [width, height] = [plane.width >> level, plane.height >> level];
    analyseRows(plane, width, height);
    analyseColumns(plane, width, height);
  }
}

/**
 * Undoes `forward`.
 * @throws {RangeError} unless both sides are multiples of 2^levels
 */
export function backward(plane: Plane, levels: number): void {
  requireSides(plane, levels);
  for (let level = levels - 1; level >= 0; level--) {
    const [width, height] = [plane.width >> level, plane.height >> level];
    synthesiseColumns(plane, width, height);
    synthesiseRows(plane, width, height);
  }
}

/** The detail bands of the levels from `finest` to `coarsest`, in one fixed order. */
export function bandsOf(width: number, height: number, finest: number, coarsest: number): readonly Band[] {
  const bands: Band[] = [];
  for (let level = finest; level <= coarsest; level++) {
    const [w, h] = [width >> level, height >> level];
    bands.push(
      { level, kind: 'across', x: w, y: 0, width: w, height: h },
      { level, kind: 'down', x: 0, y: h, width: w, height: h },
      { level, kind: 'both', x: w, y: h, width: w, height: h },
    );
  }
  return bands;
}

function requireSides({ width, height }: Plane, levels: number): void {
  const step = 2 ** levels;
  if (!(levels >= 1 && levels <= 8) || width % step !== 0 || height % step !== 0)
    throw new RangeError(`wavelet: expected sides that are multiples of ${step}, got ${width}x${height}`);
}

function analyseRows({ width: stride, data }: Plane, width: number, height: number): void {
  const line = new Float32Array(width);
  const half = width >> 1;
  for (let y = 0; y < height; y++) {
    const row = y * stride;
    line.set(data.subarray(row, row + width));
    liftOdd(line, ALPHA);
    liftEven(line, BETA);
    liftOdd(line, GAMMA);
    liftEven(line, DELTA);
    for (let i = 0; i < half; i++) {
      data[row + i] = line[2 * i]! * ZETA;
      data[row + half + i] = line[2 * i + 1]! / ZETA;
    }
  }
}

function synthesiseRows({ width: stride, data }: Plane, width: number, height: number): void {
  const line = new Float32Array(width);
  const half = width >> 1;
  for (let y = 0; y < height; y++) {
    const row = y * stride;
    for (let i = 0; i < half; i++) {
      line[2 * i] = data[row + i]! / ZETA;
      line[2 * i + 1] = data[row + half + i]! * ZETA;
    }
    liftEven(line, -DELTA);
    liftOdd(line, -GAMMA);
    liftEven(line, -BETA);
    liftOdd(line, -ALPHA);
    data.set(line, row);
  }
}

/** Adds `factor` times the sum of both even neighbours to each odd sample. */
function liftOdd(line: Float32Array, factor: number): void {
  const last = line.length - 1;
  for (let i = 1; i < last; i += 2) line[i]! += factor * (line[i - 1]! + line[i + 1]!);
  line[last]! += 2 * factor * line[last - 1]!;
}

/** Adds `factor` times the sum of both odd neighbours to each even sample. */
function liftEven(line: Float32Array, factor: number): void {
  line[0]! += 2 * factor * line[1]!;
  for (let i = 2; i < line.length; i += 2) line[i]! += factor * (line[i - 1]! + line[i + 1]!);
}

/** The same on whole rows at once: columns walked one by one would miss the cache at every sample. */
function analyseColumns(plane: Plane, width: number, height: number): void {
  const part = columnsOf(plane, width, height);
  liftRows(part, width, height, 1, ALPHA);
  liftRows(part, width, height, 0, BETA);
  liftRows(part, width, height, 1, GAMMA);
  liftRows(part, width, height, 0, DELTA);
  const half = height >> 1;
  for (let i = 0; i < half; i++)
    for (const [from, to, scale] of [
      [2 * i, i, ZETA],
      [2 * i + 1, half + i, 1 / ZETA],
    ] as const) {
      const at = to * plane.width;
      for (let x = 0, f = from * width; x < width; x++, f++) plane.data[at + x] = part[f]! * scale;
    }
}

function synthesiseColumns(plane: Plane, width: number, height: number): void {
  const part = new Float32Array(width * height);
  const half = height >> 1;
  for (let i = 0; i < half; i++)
    for (const [from, to, scale] of [
      [i, 2 * i, 1 / ZETA],
      [half + i, 2 * i + 1, ZETA],
    ] as const) {
      const at = from * plane.width;
      for (let x = 0, t = to * width; x < width; x++, t++) part[t] = plane.data[at + x]! * scale;
    }
  liftRows(part, width, height, 0, -DELTA);
  liftRows(part, width, height, 1, -GAMMA);
  liftRows(part, width, height, 0, -BETA);
  liftRows(part, width, height, 1, -ALPHA);
  for (let y = 0; y < height; y++) plane.data.set(part.subarray(y * width, (y + 1) * width), y * plane.width);
}

function columnsOf({ width: stride, data }: Plane, width: number, height: number): Float32Array {
  const part = new Float32Array(width * height);
  for (let y = 0; y < height; y++) part.set(data.subarray(y * stride, y * stride + width), y * width);
  return part;
}

function liftRows(part: Float32Array, width: number, height: number, first: 0 | 1, factor: number): void {
  for (let y = first; y < height; y += 2) {
    const above = (y === 0 ? 1 : y - 1) * width;
    const below = (y === height - 1 ? height - 2 : y + 1) * width;
    const at = y * width;
    for (let x = 0; x < width; x++) part[at + x]! += factor * (part[above + x]! + part[below + x]!);
  }
}

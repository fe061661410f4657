/**
 * PDQ exactly as its C++ reference rounds it: every sum and product in binary32, in the reference's order.
 *
 * This is the oracle of the tests, and the judge that the fast path calls when a coefficient lies so near the median
 * that rounding decides the bit. It is slow (each pixel passes four running sums) but needs only as many rows in memory
 * as four windows hold, where the reference needs two whole pictures of floats: each stage feeds the next row by row,
 * and the operations on any one number stay in the same order.
 *
 * Source: Meta, "PDQ & TMK + PDQF" (2019), and facebook/ThreatExchange, pdq/cpp (box1DFloat, dct64To16).
 * @module
 */

import { type Colour, flattenAlpha, hasTransparency, WHITE } from '@reclaim/raster/alpha';
import { lumaRow } from '@reclaim/raster/luma';
import type { Pixels } from '@reclaim/raster/pixels';
import { GRID_SIDE } from '@reclaim/raster/tents';
import { COEFFICIENTS, DCT_MATRIX, DCT_SIDE } from './pdq-transform.ts';

/**
 * The 64×64 luma plane as the reference computes it, row-major, 0..255. Transparency is laid over `background`.
 * `luma` writes the luma of one row; another than the reference's is for showing what another program's does.
 */
export function oracleGrid(
  pixels: Pixels,
  background: Colour = WHITE,
  luma: (pixels: Pixels, y: number, row: Float32Array) => void = lumaRow,
): Float32Array {
  const opaque = hasTransparency(pixels) ? flattenAlpha(pixels, background) : pixels;
  const { width, height } = opaque;
  const grid = new Float32Array(GRID_SIDE * GRID_SIDE);
  if (width === GRID_SIDE && height === GRID_SIDE) {
    for (let y = 0; y < GRID_SIDE; y++) lumaRow(opaque, y, grid.subarray(y * GRID_SIDE, (y + 1) * GRID_SIDE));
    return grid;
  }
  const rowWindow = Math.ceil(width / 128);
  const columnWindow = Math.ceil(height / 128);
  const columns = Array.from({ length: GRID_SIDE }, (_, j) => Math.floor(((2 * j + 1) * width) / 128));

  let cell = 0;
  const second = new ColumnMean(width, height, columnWindow, (y, mean) => {
    // Small pictures repeat lines; large ones skip most.
    for (; cell < GRID_SIDE && Math.floor(((2 * cell + 1) * height) / 128) === y; cell++)
      for (let j = 0; j < GRID_SIDE; j++) grid[cell * GRID_SIDE + j] = mean[columns[j]!]!;
  });
  const line = new Float32Array(width);
  const first = new ColumnMean(width, height, columnWindow, (_, mean) => {
    rowMean(mean, line, rowWindow);
    second.push(line);
  });
  const row = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    luma(opaque, y, row);
    rowMean(row, line, rowWindow);
    first.push(line);
  }
  return grid;
}

/** The 256 coefficients of a plane, with binary32 sums in ascending order. */
export function oracleDct(grid: Float32Array): Float64Array {
  const fround = Math.fround;
  const half = new Float32Array(DCT_SIDE * GRID_SIDE);
  for (let i = 0; i < DCT_SIDE; i++)
    for (let j = 0; j < GRID_SIDE; j++) {
      let sum = 0;
      for (let k = 0; k < GRID_SIDE; k++)
        sum = fround(sum + fround(DCT_MATRIX[i * GRID_SIDE + k]! * grid[k * GRID_SIDE + j]!));
      half[i * GRID_SIDE + j] = sum;
    }
  const coefficients = new Float64Array(COEFFICIENTS);
  for (let i = 0; i < DCT_SIDE; i++)
    for (let j = 0; j < DCT_SIDE; j++) {
      let sum = 0;
      for (let k = 0; k < GRID_SIDE; k++)
        sum = fround(sum + fround(half[i * GRID_SIDE + k]! * DCT_MATRIX[j * GRID_SIDE + k]!));
      coefficients[i * DCT_SIDE + j] = sum;
    }
  return coefficients;
}

/** Mean over a window along one line by a running sum: take the new sample in, let the old one out, divide. */
function rowMean(from: Float32Array, to: Float32Array, window: number): void {
  const fround = Math.fround;
  const length = from.length;
  const ahead = Math.floor((window + 2) / 2);
  let sum = 0;
  let size = 0;
  let right = 0;
  for (; right < ahead - 1; right++, size++) sum = fround(sum + from[right]!);
  for (let at = 0; at < length; at++, right++) {
    if (right < length) {
      sum = fround(sum + from[right]!);
      size++;
    }
    const left = at + ahead - window - 1;
    if (left >= 0) {
      sum = fround(sum - from[left]!);
      size--;
    }
    to[at] = sum / size;
  }
}

/** The same running mean down all columns at once, fed row by row; `emit` gets each finished row before it is reused. */
class ColumnMean {
  readonly #sums: Float32Array;
  readonly #kept: readonly Float32Array[];
  readonly #out: Float32Array;
  readonly #height: number;
  readonly #window: number;
  readonly #ahead: number;
  readonly #emit: (y: number, mean: Float32Array) => void;
  #pushed = 0;
  #size = 0;

  constructor(width: number, height: number, window: number, emit: (y: number, mean: Float32Array) => void) {
    this.#sums = new Float32Array(width);
    this.#kept = Array.from({ length: window + 1 }, () => new Float32Array(width));
    this.#out = new Float32Array(width);
    this.#height = height;
    this.#window = window;
    this.#ahead = Math.floor((window + 2) / 2);
    this.#emit = emit;
  }

  push(row: Float32Array): void {
    const sums = this.#sums;
    this.#kept[this.#pushed % this.#kept.length]!.set(row);
    for (let x = 0; x < sums.length; x++) sums[x] = sums[x]! + row[x]!;
    this.#pushed++;
    this.#size++;
    if (this.#pushed >= this.#ahead) this.#finish(this.#pushed - this.#ahead);
    // The last rows have nothing more to take in.
    if (this.#pushed === this.#height)
      for (let y = this.#height - this.#ahead + 1; y < this.#height; y++) this.#finish(y);
  }

  #finish(y: number): void {
    const sums = this.#sums;
    const left = y + this.#ahead - this.#window - 1;
    if (left >= 0) {
      const old = this.#kept[left % this.#kept.length]!;
      for (let x = 0; x < sums.length; x++) sums[x] = sums[x]! - old[x]!;
      this.#size--;
    }
    const size = this.#size;
    const out = this.#out;
    for (let x = 0; x < sums.length; x++) out[x] = sums[x]! / size;
    this.#emit(y, out);
  }
}

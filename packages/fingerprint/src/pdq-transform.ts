/**
 * The second half of PDQ: from a 64×64 luma plane to 16×16 DCT coefficients, quality and bits.
 *
 * Meta, "PDQ & TMK + PDQF" (2019), and its C++ reference. Coefficient (i, j) is row-major at 16·i + j; i is the vertical
 * frequency i+1, j the horizontal one (there is no constant term). Bit 16·i + j of the hash is 1 where the coefficient
 * lies above the lower median of all 256. Units: grey levels of 0..255; an orthonormal transform, so a coefficient may
 * reach some thousands.
 *
 * The transform is here in float64, for the fast path; `pdq-oracle.ts` has the reference's binary32.
 * @module
 */

import { GRID_SIDE } from '@reclaim/raster/tents';
import { type PdqHash, parsePdqHash } from './signal.ts';
import { kernelRoom, type TransformRoom } from './transform-kernel.ts';

/** Frequencies kept along one side. */
export const DCT_SIDE = 16;

/** Coefficients, and bits of a hash. */
export const COEFFICIENTS = 256;

/** The reference divides the sum of gradients by this to get a quality of 0..100 (hand-tuned by its authors). */
export const GRADIENTS_PER_QUALITY = 90;

/** Hundredths of the range in a grey level. */
const GRADIENT_SCALE = 100 / 255;

/** The 16×64 matrix of the transform, row-major, in binary32 as the reference builds it. */
export const DCT_MATRIX: Float32Array = dctMatrix();

function dctMatrix(): Float32Array {
  const matrix = new Float32Array(DCT_SIDE * GRID_SIDE);
  const scale = Math.fround(Math.sqrt(2 / GRID_SIDE));
  for (let i = 0; i < DCT_SIDE; i++)
    for (let j = 0; j < GRID_SIDE; j++)
      matrix[i * GRID_SIDE + j] = scale * Math.cos((Math.PI / 2 / GRID_SIDE) * (i + 1) * (2 * j + 1));
  return matrix;
}

const HALF = GRID_SIDE / 2;

/** The left half of the matrix in float64: column 63−j is column j, with its sign turned where the frequency is odd. */
const HALF_MATRIX: Float64Array = new Float64Array(DCT_SIDE * HALF).map(
  (_, at) => DCT_MATRIX[Math.floor(at / HALF) * GRID_SIDE + (at % HALF)]!,
);

let room: TransformRoom | undefined;

/**
 * The one room in which planes are transformed: in WebAssembly, or where there is none in TypeScript, with the same values
 * to the last bit. Whoever writes a plane into it takes what it needs and clears it before anybody else can run.
 */
export function sharedRoom(): TransformRoom {
  room ??= kernelRoom(HALF_MATRIX, GRADIENT_SCALE) ?? plainRoom();
  return room;
}

/** A room without a kernel. */
export function plainRoom(): TransformRoom {
  const grid = new Float64Array(GRID_SIDE * GRID_SIDE);
  return {
    grid,
    gradients: () => gradientSum64(grid, 0).sum,
    transform: () => plainDct64(grid),
    clear: () => void grid.fill(0),
  };
}

/** 256 coefficients of a 64×64 plane, in float64. */
export function dct64(grid: Float64Array): Float64Array {
  const { grid: plane, transform, clear } = sharedRoom();
  plane.set(grid);
  const coefficients = transform().slice();
  clear();
  return coefficients;
}

/** The same in TypeScript. Folds the plane on its middle first, which halves the products. */
export function plainDct64(grid: Float64Array): Float64Array<ArrayBuffer> {
  const even = new Float64Array(HALF);
  const odd = new Float64Array(HALF);
  // rows: frequency j of every line of the plane, kept as 16 columns of 64
  const across = new Float64Array(DCT_SIDE * GRID_SIDE);
  for (let y = 0; y < GRID_SIDE; y++) {
    const line = y * GRID_SIDE;
    for (let x = 0; x < HALF; x++) {
      const left = grid[line + x]!;
      const right = grid[line + GRID_SIDE - 1 - x]!;
      even[x] = left + right;
      odd[x] = left - right;
    }
    for (let j = 0; j < DCT_SIDE; j++) across[j * GRID_SIDE + y] = dotHalf(j % 2 === 0 ? odd : even, j);
  }
  const coefficients = new Float64Array(COEFFICIENTS);
  for (let j = 0; j < DCT_SIDE; j++) {
    const line = j * GRID_SIDE;
    for (let y = 0; y < HALF; y++) {
      const top = across[line + y]!;
      const bottom = across[line + GRID_SIDE - 1 - y]!;
      even[y] = top + bottom;
      odd[y] = top - bottom;
    }
    for (let i = 0; i < DCT_SIDE; i++) coefficients[i * DCT_SIDE + j] = dotHalf(i % 2 === 0 ? odd : even, i);
  }
  return coefficients;
}

/** The coefficients of the plane mirrored on its main diagonal. */
export function transpose(coefficients: Float64Array): Float64Array {
  return coefficients.map((_, at) => coefficients[(at % DCT_SIDE) * DCT_SIDE + Math.floor(at / DCT_SIDE)]!);
}

function dotHalf(folded: Float64Array, frequency: number): number {
  const at = frequency * HALF;
  let a = 0;
  let b = 0;
  // Two sums, so that an addition need not wait for the one before it.
  for (let k = 0; k < HALF; k += 2) {
    a += HALF_MATRIX[at + k]! * folded[k]!;
    b += HALF_MATRIX[at + k + 1]! * folded[k + 1]!;
  }
  return a + b;
}

/**
 * The reference's sum of gradients: over vertical and horizontal neighbours, the difference in whole hundredths of the
 * range, without sign, in binary32 and in the reference's order. Quality is `qualityOf` this sum.
 */
export function gradientSum32(grid: Float32Array): number {
  const fround = Math.fround;
  const hundredths = (u: number, v: number) =>
    Math.trunc(Math.abs(fround(fround(fround(u - v) * 100) / 255)));
  let sum = 0;
  for (let y = 0, at = 0; y < GRID_SIDE; y++)
    for (let x = 0; x < GRID_SIDE; x++, at++) {
      if (y + 1 < GRID_SIDE) sum += hundredths(grid[at]!, grid[at + GRID_SIDE]!);
      if (x + 1 < GRID_SIDE) sum += hundredths(grid[at]!, grid[at + 1]!);
    }
  return sum;
}

/**
 * The same sum of a float64 plane. `unsure` counts the differences that lie within `slack` grey levels of a step between
 * two hundredths, where planes that differ by rounding alone may count one more or less.
 */
export function gradientSum64(
  grid: Float64Array,
  slack: number,
): { readonly sum: number; readonly unsure: number } {
  const scale = GRADIENT_SCALE;
  const near = 0.5 - slack * scale;
  let sum = 0;
  let unsure = 0;
  const last = GRID_SIDE * (GRID_SIDE - 1);
  for (let at = 0; at < last; at++) {
    const d = Math.abs(grid[at]! - grid[at + GRID_SIDE]!) * scale;
    const whole = d | 0;
    sum += whole;
    // Around zero there is no step: both sides of it count as nothing.
    if (Math.abs(d - whole - 0.5) > near && d > 0.5) unsure++;
  }
  for (let line = 0; line < GRID_SIDE * GRID_SIDE; line += GRID_SIDE)
    for (let at = line; at < line + GRID_SIDE - 1; at++) {
      const d = Math.abs(grid[at]! - grid[at + 1]!) * scale;
      const whole = d | 0;
      sum += whole;
      if (Math.abs(d - whole - 0.5) > near && d > 0.5) unsure++;
    }
  return { sum, unsure };
}

/** Quality 0..100 of a sum of gradients. */
export function qualityOf(gradients: number): number {
  return Math.min(100, Math.floor(gradients / GRADIENTS_PER_QUALITY));
}

const ranked = new Float64Array(COEFFICIENTS);

/** The lower median of 256 coefficients, and the distance to the next one above: what a rounding must not bridge. */
export function medianOf(coefficients: Float64Array): { readonly median: number; readonly gap: number } {
  ranked.set(coefficients);
  // Hoare's selection: what is below the middle is brought before it, what is above behind it.
  const middle = COEFFICIENTS / 2 - 1;
  // Coefficients swing about zero, so the first pivot is there, and the second near by.
  let pivot = 0;
  for (let low = 0, high = COEFFICIENTS - 1; low < high; pivot = ranked[(low + high) >> 1]!) {
    let [i, j] = [low, high];
    while (i <= j) {
      while (ranked[i]! < pivot) i++;
      while (ranked[j]! > pivot) j--;
      if (i > j) break;
      const kept = ranked[i]!;
      ranked[i++] = ranked[j]!;
      ranked[j--] = kept;
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else break;
  }
  const median = ranked[middle]!;
  let next = ranked[middle + 1]!;
  for (let at = middle + 2; at < COEFFICIENTS; at++) if (ranked[at]! < next) next = ranked[at]!;
  // The room outlives the call; a picture's coefficients must not.
  ranked.fill(0);
  return { median, gap: next - median };
}

/** The bits as sixteen words: bit j of word i is that of coefficient 16·i + j, 1 where it lies above the median. */
export function bitRows(coefficients: Float64Array, median: number): Uint16Array {
  const words = new Uint16Array(DCT_SIDE);
  for (let i = 0, at = 0; i < DCT_SIDE; i++) {
    let word = 0;
    for (let j = 0; j < DCT_SIDE; j++) if (coefficients[at++]! > median) word |= 1 << j;
    words[i] = word;
  }
  return words;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The hash: 64 hex digits, the bit of the last coefficient first. */
export function hashOf(coefficients: Float64Array, median: number): PdqHash {
  return hashOfRows(bitRows(coefficients, median));
}

/** The hash of sixteen words of bits (`bitRows`). */
export function hashOfRows(words: Uint16Array): PdqHash {
  let hex = '';
  for (let i = DCT_SIDE - 1; i >= 0; i--) hex += HEX[words[i]! >> 8]! + HEX[words[i]! & 255]!;
  return parsePdqHash(hex);
}

/** The hash of a picture too small to have one: no bit set, quality 0. */
export const ZERO_HASH: PdqHash = parsePdqHash('0'.repeat(64));

/**
 * What one PDQ hash gives away of a picture: two attacks without learning, which CI and `reclaim bench altered` measure.
 * (bench/hash-inversion.ts trains a linear one.) They know the hash and PDQ, nothing else of the picture.
 *
 * A hash says of 256 cosines whether the picture has more of each than of the median one. The simple attack gives every
 * cosine that sign and the strength that pictures have at its frequency, about 1 ÷ frequency (Field, "Relations between
 * the statistics of natural images and the response properties of cortical cells", 1987), and adds them up. It is measured by
 * the correlation with the true 64×64 luma: 0 is nothing, 1 the picture but for brightness and contrast.
 * @module
 */

import { GRID_SIDE } from '@reclaim/raster/tents';
import { COEFFICIENTS, DCT_MATRIX, DCT_SIDE } from './pdq-transform.ts';
import type { PdqHash } from './signal.ts';

/** The hash as 256 numbers, 1 where the bit is set and −1 where it is not, coefficient (i, j) at 16·i + j. */
export function signsOf(hash: PdqHash): Float64Array {
  const number = BigInt(`0x${hash}`);
  return Float64Array.from({ length: COEFFICIENTS }, (_, at) => ((number >> BigInt(at)) & 1n ? 1 : -1));
}

/** Steps of the fixed attack, and how far each goes. */
const STEPS = 150;
const STEP = 0.3;

/**
 * The fixed attack that the project set its goal by: the smoothest plane that still has the signs. Each step takes away from
 * what is rough (the discrete Laplacian, unit weight) and moves every cosine whose sign is not clear, by 1, towards it.
 * Both are done on the cosines, where they are products (the cosines are the Laplacian's own functions).
 */
export function invertByConsistency(hash: PdqHash): Float64Array {
  const signs = signsOf(hash);
  const roughness = (frequency: number) => 4 * Math.sin((Math.PI * frequency) / (2 * GRID_SIDE)) ** 2;
  const strengths = new Float64Array(COEFFICIENTS);
  for (let step = 0; step < STEPS; step++)
    for (let at = 0; at < COEFFICIENTS; at++) {
      const sign = signs[at]!;
      const rough = roughness(Math.floor(at / DCT_SIDE) + 1) + roughness((at % DCT_SIDE) + 1);
      const unclear = Math.max(0, 1 - sign * strengths[at]!);
      strengths[at]! += STEP * (sign * unclear - rough * strengths[at]!);
    }
  return planeOf(strengths);
}

/** The simple attack: a 64×64 plane around zero, row-major, in no particular unit. */
export function invertSimply(hash: PdqHash): Float64Array {
  return planeOf(
    signsOf(hash).map((sign, at) => sign / Math.hypot(Math.floor(at / DCT_SIDE) + 1, (at % DCT_SIDE) + 1)),
  );
}

/** The plane of 256 cosines, each with its strength. */
function planeOf(strengths: Float64Array): Float64Array {
  const down = new Float64Array(DCT_SIDE * GRID_SIDE);
  for (let i = 0; i < DCT_SIDE; i++)
    for (let y = 0; y < GRID_SIDE; y++)
      for (let j = 0; j < DCT_SIDE; j++)
        down[j * GRID_SIDE + y]! += strengths[i * DCT_SIDE + j]! * DCT_MATRIX[i * GRID_SIDE + y]!;
  const plane = new Float64Array(GRID_SIDE * GRID_SIDE);
  for (let y = 0; y < GRID_SIDE; y++)
    for (let j = 0; j < DCT_SIDE; j++)
      for (let x = 0; x < GRID_SIDE; x++)
        plane[y * GRID_SIDE + x]! += down[j * GRID_SIDE + y]! * DCT_MATRIX[j * GRID_SIDE + x]!;
  return plane;
}

/** Pearson's correlation of two planes, −1..1; 0 where one of them is flat. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, ownA, ownB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    both += x * y;
    ownA += x * x;
    ownB += y * y;
  }
  return ownA === 0 || ownB === 0 ? 0 : both / Math.sqrt(ownA * ownB);
}

/**
 * What one PDQ hash gives away of a picture: a fixed simple attack, without learning, that CI measures, and the linear
 * attack that bench/hash-inversion.ts trains. Both know the hash and PDQ, nothing else of the picture.
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

/** The simple attack: a 64×64 plane around zero, row-major, in no particular unit. */
export function invertSimply(hash: PdqHash): Float64Array {
  const signs = signsOf(hash);
  const plane = new Float64Array(GRID_SIDE * GRID_SIDE);
  for (let i = 0; i < DCT_SIDE; i++)
    for (let j = 0; j < DCT_SIDE; j++) {
      const strength = signs[i * DCT_SIDE + j]! / Math.hypot(i + 1, j + 1);
      for (let y = 0; y < GRID_SIDE; y++) {
        const down = strength * DCT_MATRIX[i * GRID_SIDE + y]!;
        for (let x = 0; x < GRID_SIDE; x++)
          plane[y * GRID_SIDE + x]! += down * DCT_MATRIX[j * GRID_SIDE + x]!;
      }
    }
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

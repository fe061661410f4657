/**
 * PDQ's "dihedral" hashes: all eight orientations from the one transform of the picture, as the reference makes them.
 *
 * They are for comparing with published hashes. The hash of a turned file differs from them, by 52 bits at 256×256
 * (docs/benchmarks.md, "Turned copies"): the windows of the reduction lie off centre where they are even, and a mirror of
 * the coefficients does not know. Doors ask with `pdqOrientations`, which has the hashes of the turned files.
 * @module
 */

import type { Turn } from '@reclaim/raster/orientation';
import type { Pixels } from '@reclaim/raster/pixels';
import { leastGapOf, ORIENTATIONS, type PdqOrientations, pdq, pdqFaithful } from './pdq.ts';
import { COEFFICIENTS, DCT_SIDE, hashOf, medianOf } from './pdq-transform.ts';
import { type PdqHash, SIGNAL_BYTES } from './signal.ts';

/** The eight hashes from the one transform. Pictures under 5×5 get eight zero hashes and quality 0. */
export function pdqDihedral(pixels: Pixels): PdqOrientations {
  const own = pdq(pixels);
  if (own.path === 'fast') {
    const hashes = turnedHashes(own.coefficients, leastGapOf(pixels));
    if (hashes !== undefined) return { quality: own.quality, hashes, path: 'fast' };
  }
  const { quality, coefficients } = own.path === 'faithful' ? own : pdqFaithful(pixels);
  return { quality, hashes: turnedHashes(coefficients, 0)!, path: 'faithful' };
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
function turnedHashes(coefficients: Float64Array, leastGap: number): readonly PdqHash[] | undefined {
  const hashes: PdqHash[] = [];
  for (const orientation of ORIENTATIONS) {
    const turned = turnCoefficients(coefficients, orientation);
    const { median, gap } = medianOf(turned);
    if (gap < leastGap) return undefined;
    hashes.push(hashOf(turned, median));
  }
  return hashes;
}

/** For each orientation and each of the 256 bits, by coefficient: where its value comes from, +256 where it is inverted. */
const BIT_SOURCES: readonly Uint16Array[] = ORIENTATIONS.map((orientation) => {
  const { transposed, rowSign, columnSign } = SIGNS[orientation];
  return Uint16Array.from({ length: COEFFICIENTS }, (_, at) => {
    const [i, j] = [Math.floor(at / DCT_SIDE), at % DCT_SIDE];
    const negative = (rowSign && i % 2 === 0) !== (columnSign && j % 2 === 0);
    return (transposed ? j * DCT_SIDE + i : at) + (negative ? COEFFICIENTS : 0);
  });
});

/**
 * The eight orientations of a hash of which nothing else is left, in the order of `ORIENTATIONS`: bits change places, and
 * are inverted where a mirror turns the sign of their coefficient. For searching what is kept as one hash a picture.
 *
 * The distance of two hashes is that of both turned alike, so it does not matter which side is turned. But a turned copy
 * is further from these than from `pdqOrientations` of the picture, as far as "dihedral" hashes are (above), and some bits
 * more, because the median is not turned: it moves by some bits in large pictures and by dozens in small ones.
 * @throws {RangeError} unless `hash` is 32 bytes
 */
export function turnedHashBytes(hash: Uint8Array): readonly Uint8Array<ArrayBuffer>[] {
  if (hash.length !== SIGNAL_BYTES) throw new RangeError(`signal: expected 32 bytes, got ${hash.length}`);
  return BIT_SOURCES.map((sources) => {
    const turned = new Uint8Array(SIGNAL_BYTES);
    for (let at = 0; at < COEFFICIENTS; at++) {
      const from = sources[at]! % COEFFICIENTS;
      const bit = (hash[31 - (from >> 3)]! >> (from & 7)) & 1;
      // The last byte holds the first coefficients.
      turned[31 - (at >> 3)]! |= (sources[at]! < COEFFICIENTS ? bit : bit ^ 1) << (at & 7);
    }
    return turned;
  });
}

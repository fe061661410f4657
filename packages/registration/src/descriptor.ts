/**
 * One keypoint's direction and its 256 bits: a BRIEF turned with the picture.
 *
 * Direction: from the keypoint to the centre of brightness of the disc around it (Rosin, "Measuring corner properties",
 * 1999, as ORB uses it: Rublee and others, 2011). It is kept as cosine and sine, which a square root gives, so no
 * machine's arctangent can make another picture of it. The mirrored descriptor is the one that the mirrored picture
 * would have at that point: the same directions, the pattern upside down.
 * @module
 */

import type { Plane } from '@reclaim/raster/plane';
import { DESCRIPTOR_BITS, PATCH_RADIUS, PATTERN } from './pattern.ts';

/** The pattern as the numbers that it is multiplied as. */
const POINTS = Float64Array.from(PATTERN);

/** Half the width of each row of the disc, for rows −15..15. */
const EXTENTS: readonly number[] = Array.from({ length: 2 * PATCH_RADIUS + 1 }, (_, row) =>
  Math.floor(Math.sqrt(PATCH_RADIUS * PATCH_RADIUS - (row - PATCH_RADIUS) * (row - PATCH_RADIUS))),
);

/** Cosine and sine of the direction around column `x`, row `y`, at least 15 samples from every edge. (1, 0) if none. */
export function directionAt({ width, data }: Plane, x: number, y: number): readonly [number, number] {
  let alongX = 0;
  let alongY = 0;
  for (let dy = -PATCH_RADIUS; dy <= PATCH_RADIUS; dy++) {
    const extent = EXTENTS[dy + PATCH_RADIUS]!;
    const centre = (y + dy) * width + x;
    let row = 0;
    for (let dx = -extent; dx <= extent; dx++) {
      const value = data[centre + dx]!;
      alongX += dx * value;
      row += value;
    }
    alongY += dy * row;
  }
  const length = Math.sqrt(alongX * alongX + alongY * alongY);
  return length > 0 ? [alongX / length, alongY / length] : [1, 0];
}

/**
 * Writes the bits of the keypoint at column `x`, row `y` of a smoothed level (at least 16 samples from every edge) into
 * eight words of `bits` from `at`. `flip` −1 makes the descriptor of the mirrored picture, 1 the plain one.
 */
export function describeAt(
  { width, data }: Plane,
  x: number,
  y: number,
  [cosine, sine]: readonly [number, number],
  flip: 1 | -1,
  bits: Uint32Array,
  at: number,
): void {
  const cosineY = flip * cosine;
  const sineY = flip * sine;
  // Whole steps by truncation of a positive number: PATCH_RADIUS + 1 is more than any coordinate.
  const shift = PATCH_RADIUS + 1.5;
  const corner = (y - PATCH_RADIUS - 1) * width + x - PATCH_RADIUS - 1;
  let word = 0;
  for (let bit = 0, p = 0; bit < DESCRIPTOR_BITS; bit++, p += 4) {
    const [x1, y1, x2, y2] = [POINTS[p]!, POINTS[p + 1]!, POINTS[p + 2]!, POINTS[p + 3]!];
    const column1 = (cosine * x1 - sineY * y1 + shift) | 0;
    const row1 = (sine * x1 + cosineY * y1 + shift) | 0;
    const column2 = (cosine * x2 - sineY * y2 + shift) | 0;
    const row2 = (sine * x2 + cosineY * y2 + shift) | 0;
    const darker = data[corner + row1 * width + column1]! < data[corner + row2 * width + column2]!;
    word = (word << 1) | (darker ? 1 : 0);
    if ((bit & 31) === 31) {
      bits[at + (bit >> 5)] = word;
      word = 0;
    }
  }
}

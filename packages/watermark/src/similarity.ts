/**
 * How alike a copy and its original are: structural similarity (Wang, Bovik, Sheikh and Simoncelli, "Image quality
 * assessment: from error visibility to structural similarity", 2004), windows of 7×7 with even weights, on luma.
 *
 * A ratio of signal to noise counts a grain on a plain wall and one in grass alike; an eye does not, and this measure
 * does not. It is asked for a copy that is not made yet, at any strength, and on a grid of at most 40,000 windows: on 15
 * photographs of which nothing is cut at black or white their mean was within 0.0001 of the whole picture's.
 * @module
 */

import { LUMA_BLUE, LUMA_GREEN, LUMA_RED } from '@reclaim/raster/luma';
import type { Pixels } from '@reclaim/raster/pixels';
import type { Plane } from '@reclaim/raster/plane';

/** The similarity that copies are held to. */
export const LEAST_SIMILARITY = 0.992;

const SIDE = 7;
const MOST_WINDOWS = 40_000;

/** The paper's constants for 8-bit samples: (0.01 × 255)² and (0.03 × 255)². */
const C1 = 2.55 ** 2;
const C2 = 7.65 ** 2;

/**
 * The similarity of `pixels` and the same with `strength × pattern` added, for any strength, 0..1.
 * Samples beyond 0..255 are not cut, so it is never said to be higher than it is.
 * @param pattern one value a pixel, in grey levels; at least 7 × 7
 */
export function similarityWith(pixels: Pixels, pattern: Plane): (strength: number) => number {
  const { width, height } = pattern;
  const places = (width - SIDE + 1) * (height - SIDE + 1);
  const step = Math.max(1, Math.ceil(Math.sqrt(places / MOST_WINDOWS)));
  const across = Math.floor((width - SIDE) / step) + 1;
  const down = Math.floor((height - SIDE) / step) + 1;
  const area = SIDE * SIDE;
  const original = new Float32Array(across * down * area);
  const added = new Float32Array(across * down * area);
  let to = 0;
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++)
      for (let y = 0; y < SIDE; y++)
        for (let x = 0; x < SIDE; x++, to++) {
          const at = (row * step + y) * width + column * step + x;
          original[to] = lumaAt(pixels, at);
          added[to] = pattern.data[at]!;
        }
  return (strength) => {
    let total = 0;
    for (let from = 0; from < original.length; from += area) {
      let sum = 0;
      let squares = 0;
      let moved = 0;
      let movedSquares = 0;
      let together = 0;
      for (let i = from; i < from + area; i++) {
        const before = original[i]!;
        // Each channel is rounded to a whole grey level, and all by the same.
        const add = Math.round(strength * added[i]!);
        sum += before;
        squares += before * before;
        moved += add;
        movedSquares += add * add;
        together += before * add;
      }
      const mean = sum / area;
      const meanAfter = (sum + moved) / area;
      const variance = squares / area - mean * mean;
      const varianceAfter = (squares + 2 * together + movedSquares) / area - meanAfter * meanAfter;
      const covariance = (squares + together) / area - mean * meanAfter;
      total +=
        ((2 * mean * meanAfter + C1) * (2 * covariance + C2)) /
        ((mean * mean + meanAfter * meanAfter + C1) * (variance + varianceAfter + C2));
    }
    return total / (across * down);
  };
}

function lumaAt({ data, channels }: Pixels, pixel: number): number {
  const at = pixel * channels;
  return channels === 1
    ? data[at]!
    : LUMA_RED * data[at]! + LUMA_GREEN * data[at + 1]! + LUMA_BLUE * data[at + 2]!;
}

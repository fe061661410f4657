/**
 * Pictures for tests, made by code: a few waves of colour that have enough edges for PDQ.
 * @module
 */

import { parsePixels } from '@reclaim/raster/pixels';
import { pngOf } from '@reclaim/raster/png-file.fixture';

/** A PNG of `width` × `height`, each pixel by `colour(x, y)` as three bytes. */
export function png(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly number[],
): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(colour(x, y), (y * width + x) * 3);
  }
  return pngOf(parsePixels(data, width, height, 3));
}

/** Waves of colour, another for each `seed`: a picture with edges in all directions, PDQ quality 100. */
export function waves(seed: number, side = 128): Uint8Array {
  return png(side, side, (x, y) => {
    const u = x / side;
    const v = y / side;
    const wave =
      Math.sin(9 * u + seed) + Math.sin(13 * v + 2 * seed) + Math.sin(23 * (u + v) * (1 + (seed % 3)));
    const step = Math.floor((wave + 3) * 6) % 2 === 0 ? 60 : 190;
    return [step, (step + 40 * u) & 255, (step + 60 * v) & 255];
  });
}

/** One colour throughout: no PDQ hash that says anything. */
export function blank(side = 64): Uint8Array {
  return png(side, side, () => [120, 130, 140]);
}

/**
 * Pictures for the command's tests: landscapes from seeds, and pictures that say too little.
 * @module
 */

import { landscape } from '@reclaim/raster/landscape.fixture';
import { type Pixels, parsePixels } from '@reclaim/raster/pixels';

/** A picture of good quality; another seed is another picture. */
export function scene(seed: number): Pixels {
  return landscape(seed, 192, 144);
}

/** The picture with left and right exchanged. */
export function mirrored({ data, width, height, channels }: Pixels): Pixels {
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        turned[(y * width + x) * channels + c] = data[(y * width + width - 1 - x) * channels + c]!;
      }
    }
  }
  return parsePixels(turned, width, height, channels);
}

/** A picture of one grey. */
export function blank(width: number, height: number): Pixels {
  return parsePixels(new Uint8Array(width * height * 3).fill(127), width, height, 3);
}

/** A scene in thick fog: not blank, and too poor in detail to be banked. */
export function poor(): Pixels {
  const { data, width, height, channels } = scene(99);
  return parsePixels(
    new Uint8Array(data.map((sample) => 120 + Math.round(sample / 12))),
    width,
    height,
    channels,
  );
}

/** Upright stripes: every gradient of a good picture, and a hash that rounding writes. */
export function stripes(): Pixels {
  const data = new Uint8Array(128 * 128 * 3);
  for (let i = 0; i < data.length; i++)
    data[i] = Math.floor((Math.floor(i / 3) % 128) / 8) % 2 === 0 ? 10 : 240;
  return parsePixels(data, 128, 128, 3);
}

/**
 * A picture as one plane of brightness: what geometry works on, where a hash would be too coarse.
 *
 * Coordinates. A plane of `width` × `height` samples covers the rectangle 0..width by 0..height; the sample in column
 * `i` of row `j` stands at (i + ½, j + ½). So resizing is a plain product: a point (x, y) of a plane lies at
 * (x·w′/w, y·h′/h) of the resized one, whatever the sizes.
 * @module
 */

import { type Colour, flattenAlpha, WHITE } from './alpha.ts';
import { lumaRow } from './luma.ts';
import type { Pixels } from './pixels.ts';

/** Brightness, row-major, one binary32 a sample, 0..255 (a calculation may leave values beyond). */
export type Plane = {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array<ArrayBuffer>;
};

/** A plane of zeros. */
export function emptyPlane(width: number, height: number): Plane {
  return { width, height, data: new Float32Array(width * height) };
}

/** The luma of a picture (BT.601). Transparent pictures are laid over `background` first. */
export function lumaPlane(pixels: Pixels, background: Colour = WHITE): Plane {
  const flat = flattenAlpha(pixels, background);
  const plane = emptyPlane(flat.width, flat.height);
  for (let y = 0; y < flat.height; y++)
    lumaRow(flat, y, plane.data.subarray(y * flat.width, (y + 1) * flat.width));
  return plane;
}

/**
 * Brightness of a colour: Y = 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), with the very constants and rounding of PDQ's
 * C++ reference, which computes in IEEE binary32.
 *
 * Units: 0..255, as the samples.
 * @module
 */

import type { Pixels } from './pixels.ts';

/** Weight of red: 0.299 rounded to binary32, as the reference holds it. */
export const LUMA_RED: number = Math.fround(0.299);

/** Weight of green: 0.587 rounded to binary32. */
export const LUMA_GREEN: number = Math.fround(0.587);

/** Weight of blue: 0.114 rounded to binary32. */
export const LUMA_BLUE: number = Math.fround(0.114);

/** Luma of one colour, rounded to binary32 after each product and each sum, left to right. */
export function luma32(red: number, green: number, blue: number): number {
  const fround = Math.fround;
  return fround(fround(fround(LUMA_RED * red) + fround(LUMA_GREEN * green)) + fround(LUMA_BLUE * blue));
}

/**
 * Writes the luma of row `y` into `row` (`width` values, binary32). Grey is taken as it is. Alpha is passed over: a
 * caller who has some flattens first.
 */
export function lumaRow(pixels: Pixels, y: number, row: Float32Array): void {
  const { width, channels, data } = pixels;
  let at = y * width * channels;
  if (channels === 1) {
    for (let x = 0; x < width; x++) row[x] = data[at++]!;
    return;
  }
  for (let x = 0; x < width; x++, at += channels) row[x] = luma32(data[at]!, data[at + 1]!, data[at + 2]!);
}

/** The same picture with one channel: luma rounded to the nearest integer, halves up. Alpha is passed over. */
export function greyPixels(pixels: Pixels): Pixels {
  const { width, height, channels, data } = pixels;
  if (channels === 1) return pixels;
  const grey = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i++, at += channels)
    grey[i] = Math.floor(luma32(data[at]!, data[at + 1]!, data[at + 2]!) + 0.5);
  return { width, height, channels: 1, data: grey };
}

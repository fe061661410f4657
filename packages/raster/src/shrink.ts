/**
 * A picture to a small grey plane: the luma that windows of an upload are looked for in, and hashed from.
 *
 * Each sample is the mean of the pixels under it (box filter; a pixel on a boundary counts for both by its share, in
 * sixteenths), luma after the mean, rounded to whole levels. Pictures are never enlarged. Transparency is laid over
 * white first, as every reduction of the house does.
 * @module
 */

import { type Colour, flattenAlpha, hasTransparency, WHITE } from './alpha.ts';
import { LUMA_BLUE, LUMA_GREEN, LUMA_RED } from './luma.ts';
import { type Pixels, parsePixels } from './pixels.ts';
import { addUpRows } from './reduce-kernel.ts';

/** Parts that a pixel is divided in where two samples share it. */
const PARTS = 16;

/** From this many pixels to a sample on, whole pixels do: a sixteenth of one no longer shows. */
const WHOLE_PIXELS = 16;

/**
 * The grey plane whose longer side is at most `side` samples; the same object where that is what was given.
 * @throws {RangeError} unless `side` is a positive integer
 */
export function shrinkLuma(pixels: Pixels, side: number, background: Colour = WHITE): Pixels {
  if (!Number.isSafeInteger(side) || side < 1)
    throw new RangeError(`shrink: expected a side >= 1, got ${side}`);
  if (pixels.channels === 1 && Math.max(pixels.width, pixels.height) <= side) return pixels;
  const opaque = hasTransparency(pixels) ? flattenAlpha(pixels, background) : pixels;
  const scale = Math.min(1, side / Math.max(opaque.width, opaque.height));
  const width = Math.max(1, Math.round(opaque.width * scale));
  const height = Math.max(1, Math.round(opaque.height * scale));
  const { channels } = opaque;
  const columns = boxesOf(opaque.width, width);
  const rows = boxesOf(opaque.height, height);
  const luma = new Uint8Array(width * height);
  const take = (line: Float64Array | Uint32Array, y: number) => {
    const { total } = rows[y]!;
    for (let x = 0, to = y * width; x < width; x++) {
      const column = columns[x]!;
      const factor = 1 / (total * column.total);
      luma[to++] = Math.round(lumaUnder(line, column, channels) * factor);
    }
  };
  if (!addUpRows(opaque, rows, take)) addUpPlainly(opaque, rows, take);
  return parsePixels(luma, width, height, 1);
}

/** The same sums without the kernel: whole numbers, so they are the same. */
function addUpPlainly(
  { width, channels, data }: Pixels,
  rows: readonly Box[],
  take: (line: Float64Array, y: number) => void,
): void {
  const stride = width * channels;
  const line = new Float64Array(stride);
  for (const [y, row] of rows.entries()) {
    line.fill(0);
    for (let k = 0; k < row.weights.length; k++) {
      const weight = row.weights[k]!;
      const from = (row.start + k) * stride;
      for (let i = 0; i < stride; i++) line[i] = line[i]! + weight * data[from + i]!;
    }
    take(line, y);
  }
}

function lumaUnder(line: Float64Array | Uint32Array, { start, weights }: Box, channels: number): number {
  let at = start * channels;
  if (channels === 1) {
    let grey = 0;
    for (let k = 0; k < weights.length; k++) grey += weights[k]! * line[at++]!;
    return grey;
  }
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let k = 0; k < weights.length; k++, at += channels) {
    const weight = weights[k]!;
    red += weight * line[at]!;
    green += weight * line[at + 1]!;
    blue += weight * line[at + 2]!;
  }
  return LUMA_RED * red + LUMA_GREEN * green + LUMA_BLUE * blue;
}

type Box = { readonly start: number; readonly weights: readonly number[]; readonly total: number };

/** For each of `count` samples the pixels of a side of `length` under it, weighted by how much of each is. */
function boxesOf(length: number, count: number): readonly Box[] {
  const parts = length / count >= WHOLE_PIXELS ? 1 : PARTS;
  return Array.from({ length: count }, (_, i) => {
    const from = Math.round((i * length * parts) / count);
    const to = Math.round(((i + 1) * length * parts) / count);
    const start = Math.floor(from / parts);
    const weights: number[] = [];
    for (let pixel = start; pixel * parts < to; pixel++)
      weights.push(Math.min(to, (pixel + 1) * parts) - Math.max(from, pixel * parts));
    return { start, weights, total: to - from };
  });
}

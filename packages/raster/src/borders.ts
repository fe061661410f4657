/**
 * Plain borders of a picture, taken away: letterbox bars, frames, page ground.
 *
 * From each side inwards, lines go as long as all but `STRAYS` of their samples lie within `levels` of the border's own
 * level (the median of its outermost line). Nothing beyond `MOST` of a side is taken away: what is left must be a picture.
 * @module
 */

import type { Pixels } from './pixels.ts';
import type { Rectangle } from './rectangles.ts';

/** Part of a line that may differ: noise, a watermark's corner. */
const STRAYS = 0.02;

/** Most of a side that a border takes from one end. */
const MOST = 0.45;

/**
 * What is left of a grey plane, or of a part of it, without its plain borders; the whole where it has none. `levels` is
 * 0..255.
 */
export function withoutBorders(
  { width: stride, height: lines, data }: Pixels,
  levels: number,
  { x, y, width, height }: Rectangle = { x: 0, y: 0, width: stride, height: lines },
): Rectangle {
  const strays = (from: number, step: number, length: number, ground: number) => {
    let count = 0;
    for (let i = 0, at = from; i < length; i++, at += step)
      if (Math.abs(data[at]! - ground) > levels) count++;
    return count;
  };
  const inwards = (count: number, length: number, lineAt: (line: number) => number, step: number) => {
    const ground = medianOf(data, lineAt(0), step, length);
    const most = Math.floor(MOST * count);
    let line = 0;
    while (line < most && strays(lineAt(line), step, length, ground) <= STRAYS * length) line++;
    return line;
  };
  const corner = y * stride + x;
  const top = inwards(height, width, (line) => corner + line * stride, 1);
  const bottom = height - inwards(height, width, (line) => corner + (height - 1 - line) * stride, 1);
  const tall = bottom - top;
  const below = corner + top * stride;
  const left = inwards(width, tall, (line) => below + line, stride);
  const right = width - inwards(width, tall, (line) => below + width - 1 - line, stride);
  return { x: x + left, y: y + top, width: right - left, height: tall };
}

function medianOf(data: Pixels['data'], from: number, step: number, length: number): number {
  const counts = new Uint32Array(256);
  for (let i = 0, at = from; i < length; i++, at += step) counts[data[at]!]! += 1;
  let level = 0;
  for (let seen = counts[0]!; 2 * seen < length; ) seen += counts[++level]!;
  return level;
}

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

/** What is left of a grey plane without its plain borders; the whole plane where it has none. `levels` is 0..255. */
export function withoutBorders({ width, height, data }: Pixels, levels: number): Rectangle {
  const count = (from: number, step: number, length: number, ground: number) => {
    let strays = 0;
    for (let i = 0, at = from; i < length; i++, at += step)
      if (Math.abs(data[at]! - ground) > levels) strays++;
    return strays;
  };
  const inwards = (lines: number, length: number, lineAt: (line: number) => number, step: number) => {
    const ground = medianOf(data, lineAt(0), step, length);
    const most = Math.floor(MOST * lines);
    let line = 0;
    while (line < most && count(lineAt(line), step, length, ground) <= STRAYS * length) line++;
    return line;
  };
  const top = inwards(height, width, (line) => line * width, 1);
  const bottom = height - inwards(height, width, (line) => (height - 1 - line) * width, 1);
  const tall = bottom - top;
  const left = inwards(width, tall, (line) => top * width + line, width);
  const right = width - inwards(width, tall, (line) => top * width + width - 1 - line, width);
  return { x: left, y: top, width: right - left, height: tall };
}

function medianOf(data: Pixels['data'], from: number, step: number, length: number): number {
  const counts = new Uint32Array(256);
  for (let i = 0, at = from; i < length; i++, at += step) counts[data[at]!]! += 1;
  let level = 0;
  for (let seen = counts[0]!; 2 * seen < length; ) seen += counts[++level]!;
  return level;
}

/**
 * The reduction one sample at a time: for sides that no other road takes, and for big-endian machines. Integers in
 * float64, exact up to a product of both windows of 5.9 million, which no picture reaches.
 * @module
 */

import { type Colour, flattenRun } from './alpha.ts';
import { addCells, emptyCells } from './cell-sums.ts';
import type { Pixels } from './pixels.ts';
import type { TentTable } from './tents.ts';

/** 64×64 cells of `channels` sums. Where `background` is given, rows of RGBA are flattened over it as they are read. */
export function reducePlainly(
  pixels: Pixels,
  rows: TentTable,
  columns: TentTable,
  background: Colour | undefined,
): Float64Array {
  const { channels, width, data } = pixels;
  const rowBytes = width * channels;
  const line = new Uint8Array(rowBytes);
  const column = new Float64Array(rowBytes);
  const plane = emptyCells(channels);
  const whole = new Float64Array(columns.parts.length * channels);
  for (const part of rows.parts) {
    column.fill(0);
    for (let r = 0; r < part.weights.length; r++) {
      const weight = part.weights[r]!;
      const at = (part.start + r) * rowBytes;
      if (background === undefined) line.set(data.subarray(at, at + rowBytes));
      else flattenRun(data, at, width, background, line, 0);
      for (let i = 0; i < rowBytes; i++) column[i]! += weight * line[i]!;
    }
    let to = 0;
    for (const { start, weights } of columns.parts)
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let i = 0, at = start * channels + channel; i < weights.length; i++, at += channels)
          sum += weights[i]! * column[at]!;
        whole[to++] = sum;
      }
    addCells(plane, part, columns, whole, channels);
  }
  return plane;
}

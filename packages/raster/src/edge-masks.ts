/**
 * Where a grey plane has edges across its lines and across its columns, one bit a sample.
 *
 * A sample is on an edge where its difference to the sample one line before is at least `least` levels and greater than
 * those two lines before and two lines after: in texture a third of the samples are, on a straight edge nearly all. Lines
 * that are not there count as without a difference. Two roads give the same bits: `window-kernel.ts`, and the plain one here.
 * @module
 */

import { turnPixels } from './orientation.ts';
import type { Pixels } from './pixels.ts';
import { kernelEdges } from './window-kernel.ts';

/** The edges between lines that follow each other. */
export type EdgeMasks = {
  readonly count: number;
  readonly length: number;
  /** Bytes of a line. */
  readonly stride: number;
  /** A bit a sample, the lowest first; those beyond `length` are not set. */
  readonly bits: Uint8Array;
};

/** Edges across the lines of the plane, and across its columns. `least` is 1..255. */
export function edgeMasks(
  plane: Pixels,
  least: number,
): { readonly rows: EdgeMasks; readonly columns: EdgeMasks } {
  const { width, height, data } = plane;
  const masks = (count: number, length: number, bits: Uint8Array): EdgeMasks => ({
    count,
    length,
    stride: strideOf(length),
    bits,
  });
  const fast = kernelEdges(data, width, height, least);
  return {
    rows: masks(height, width, fast?.rows ?? plainEdges(data, height, width, least)),
    columns: masks(
      width,
      height,
      fast?.columns ?? plainEdges(turnPixels(plane, 'flipPlus1').data, width, height, least),
    ),
  };
}

function strideOf(length: number): number {
  return 2 * Math.ceil(length / 16);
}

/** The same bits without the kernel. */
export function plainEdges(data: Pixels['data'], count: number, length: number, least: number): Uint8Array {
  // Two empty lines before and after, so that every line has neighbours.
  const jumps = new Uint8Array((count + 4) * length);
  for (let at = length, to = 3 * length; at < count * length; at++, to++) {
    const jump = data[at]! - data[at - length]!;
    jumps[to] = jump < 0 ? -jump : jump;
  }
  const stride = strideOf(length);
  const bits = new Uint8Array(count * stride);
  for (let line = 1; line < count; line++) {
    const at = (line + 2) * length;
    for (let i = 0; i < length; i++) {
      const jump = jumps[at + i]!;
      if (jump >= least && jump > jumps[at + i - 2 * length]! && jump > jumps[at + i + 2 * length]!)
        bits[line * stride + (i >> 3)]! |= 1 << (i & 7);
    }
  }
  return bits;
}

/** Of each line the best run: +1 for a sample on the edge, −1 for one that is not, the largest sum of neighbours (Kadane). */
export function bestRuns({ count, stride, bits }: EdgeMasks): Int16Array {
  const runs = new Int16Array(count);
  for (let line = 1; line < count; line++) {
    let run = 0;
    let best = 0;
    for (let at = line * stride, end = at + stride; at < end; at++) {
      const byte = bits[at]!;
      if (byte === 0) {
        run = run > 8 ? run - 8 : 0;
        continue;
      }
      const reached = Math.max(run + FIRST[byte]!, WITHIN[byte]!);
      if (reached > best) best = reached;
      run = Math.max(run + ALL[byte]!, LAST[byte]!);
    }
    runs[line] = best;
  }
  return runs;
}

/** Of eight samples: the greatest sum from the first on, the sum of all, the greatest up to the last, and the greatest of any run. */
const [FIRST, ALL, LAST, WITHIN] = byteTables();

function byteTables(): readonly [Int8Array, Int8Array, Int8Array, Int8Array] {
  const tables = [0, 1, 2, 3].map(() => new Int8Array(256)) as [Int8Array, Int8Array, Int8Array, Int8Array];
  for (let byte = 0; byte < 256; byte++) {
    let [sum, run, first, within] = [0, 0, 0, 0];
    for (let bit = 0; bit < 8; bit++) {
      const step = (byte >> bit) & 1 ? 1 : -1;
      sum += step;
      run = Math.max(0, run + step);
      first = Math.max(first, sum);
      within = Math.max(within, run);
    }
    tables[0][byte] = first;
    tables[1][byte] = sum;
    tables[2][byte] = run;
    tables[3][byte] = within;
  }
  return tables;
}

/** Σ of the samples on the edge of line `line` up to each position: `length` + 1 numbers. */
export function edgeSums({ length, stride, bits }: EdgeMasks, line: number): Uint16Array {
  const sums = new Uint16Array(length + 1);
  let sum = 0;
  for (let i = 0; i < length; i++) {
    sum += (bits[line * stride + (i >> 3)]! >> (i & 7)) & 1;
    sums[i + 1] = sum;
  }
  return sums;
}

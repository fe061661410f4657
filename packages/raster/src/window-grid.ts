/**
 * The 64×64 plane of PDQ's reduction for a window of a small grey plane, wherever its sides lie between the samples.
 *
 * PDQ's tents (`tents.ts`) follow whole pixels, and in a window of 250 of them that matters: windows of w = 2 lie one
 * pixel late, a quarter of a cell, and an edge is seldom where a sample begins. In the large picture that was banked both
 * are hardly there. So a window is read by what the tents are a rounding of: triangles around the middles of the cells,
 * half a cell to each side, weighed by how much of each sample lies under them. The planes of a window and of its mirror
 * are then mirrors of each other, and one transform serves both.
 *
 * Windows lie inside the plane. Values 0..255. Cost: each sample of the window is read about once, and
 * of large windows a quarter of them.
 * @module
 */

import { type Pixels, parsePixels } from './pixels.ts';
import type { Rectangle } from './rectangles.ts';
import { GRID_SIDE } from './tents.ts';

/** Samples that a tent may touch: sides of up to 512 have cells of 8, and one more where it begins between samples. */
const MOST_TAPS = 10;

/** Windows with both sides at least this long are read from means of two by two samples: a quarter of the work. */
const HALF_FROM = 256;

/** Least half width of a tent in samples: under it a tent would fall between two of them. */
const LEAST_HALF = 0.5;

type Taps = { readonly starts: Int32Array; readonly counts: Int32Array; readonly weights: Float64Array };

/** One plane's windows; keeps nothing but room to work in. */
export class WindowGrid {
  readonly #plane: Pixels;
  readonly #line: Float64Array;
  /** The plane at half its size, for windows whose cells are so wide that nothing is lost. */
  #half: WindowGrid | undefined;

  /** @throws {RangeError} for more than one channel */
  constructor(plane: Pixels) {
    if (plane.channels !== 1) throw new RangeError('windows: expected one channel');
    this.#plane = plane;
    this.#line = new Float64Array(plane.width);
  }

  /** The plane of the window, row-major; sides may lie between samples. `grid` is written and answered. */
  read({ x, y, width, height }: Rectangle, grid: Float64Array): Float64Array {
    if (Math.min(width, height) >= HALF_FROM && Math.min(this.#plane.width, this.#plane.height) > 1) {
      this.#half ??= new WindowGrid(halved(this.#plane));
      return this.#half.read({ x: x / 2, y: y / 2, width: width / 2, height: height / 2 }, grid);
    }
    const { width: stride, height: lines, data } = this.#plane;
    const rows = tapsOf(y, height, lines);
    const columns = tapsOf(x, width, stride);
    const line = this.#line;
    const first = columns.starts[0]!;
    const end = columns.starts[GRID_SIDE - 1]! + columns.counts[GRID_SIDE - 1]!;
    for (let i = 0; i < GRID_SIDE; i++) {
      const count = rows.counts[i]!;
      let from = rows.starts[i]! * stride;
      let weight = rows.weights[i * MOST_TAPS]!;
      for (let at = first; at < end; at++) line[at] = weight * data[from + at]!;
      for (let k = 1; k < count; k++) {
        from += stride;
        weight = rows.weights[i * MOST_TAPS + k]!;
        for (let at = first; at < end; at++) line[at] = line[at]! + weight * data[from + at]!;
      }
      for (let j = 0; j < GRID_SIDE; j++) {
        const start = columns.starts[j]!;
        const taps = columns.counts[j]!;
        let sum = 0;
        for (let k = 0; k < taps; k++) sum += columns.weights[j * MOST_TAPS + k]! * line[start + k]!;
        grid[i * GRID_SIDE + j] = sum;
      }
    }
    return grid;
  }
}

/** For each of 64 cells along `start..start+length` the samples under its tent, of `count` that there are. */
function tapsOf(start: number, length: number, count: number): Taps {
  const starts = new Int32Array(GRID_SIDE);
  const counts = new Int32Array(GRID_SIDE);
  const weights = new Float64Array(GRID_SIDE * MOST_TAPS);
  const cell = length / GRID_SIDE;
  const half = Math.max(LEAST_HALF, cell / 2);
  for (let i = 0; i < GRID_SIDE; i++) {
    const centre = start + (i + 0.5) * cell;
    const from = Math.max(0, Math.min(count - 1, Math.floor(centre - half)));
    const to = Math.max(from + 1, Math.min(count, Math.ceil(centre + half), from + MOST_TAPS));
    let total = 0;
    let before = underTent((from - centre) / half);
    for (let at = from; at < to; at++) {
      const after = underTent((at + 1 - centre) / half);
      weights[i * MOST_TAPS + at - from] = after - before;
      total += after - before;
      before = after;
    }
    for (let k = 0; k < to - from; k++) weights[i * MOST_TAPS + k]! /= total;
    starts[i] = from;
    counts[i] = to - from;
  }
  return { starts, counts, weights };
}

/** Share of a tent of half width 1 around 0 that lies below `t`. */
function underTent(t: number): number {
  if (t <= -1) return 0;
  if (t >= 1) return 1;
  return t < 0 ? ((1 + t) * (1 + t)) / 2 : 1 - ((1 - t) * (1 - t)) / 2;
}

/** The plane with its own reflection around it, `margin` samples wide, at most its shorter side: for windows that reach out. */
export function reflected({ width, height, data }: Pixels, margin: number): Pixels {
  const wide = width + 2 * margin;
  const tall = height + 2 * margin;
  const columns = Int32Array.from({ length: wide }, (_, x) => inside(x - margin, width));
  const plane = new Uint8Array(wide * tall);
  for (let y = 0, to = 0; y < tall; y++) {
    const from = inside(y - margin, height) * width;
    for (let x = 0; x < wide; x++) plane[to++] = data[from + columns[x]!]!;
  }
  return parsePixels(plane, wide, tall, 1);
}

/** Means of two by two samples; the last line of an odd side is dropped. */
function halved({ width, height, data }: Pixels): Pixels {
  const wide = width >> 1;
  const tall = height >> 1;
  const half = new Uint8Array(wide * tall);
  for (let y = 0, to = 0; y < tall; y++) {
    let at = 2 * y * width;
    for (let x = 0; x < wide; x++, at += 2)
      half[to++] = (data[at]! + data[at + 1]! + data[at + width]! + data[at + width + 1]! + 2) >> 2;
  }
  return parsePixels(half, wide, tall, 1);
}

/** The sample that stands for one outside, as in a mirror at the border. */
function inside(at: number, count: number): number {
  const folded = at < 0 ? -1 - at : at >= count ? 2 * count - 1 - at : at;
  return Math.min(count - 1, Math.max(0, folded));
}

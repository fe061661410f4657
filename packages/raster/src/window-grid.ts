/**
 * The 64×64 plane of PDQ's reduction for a window of a small grey plane, wherever its sides lie between the samples.
 *
 * PDQ's tents (`tents.ts`) follow whole pixels, and in a window of 250 of them that matters: windows of w = 2 lie one
 * pixel late, a quarter of a cell, and an edge is seldom where a sample begins. In the large picture that was banked both
 * are hardly there. So a window is read by what the tents are a rounding of: triangles around the middles of the cells,
 * half a cell to each side, weighed by how much of each sample lies under them. The planes of a window and of its mirror
 * are then mirrors of each other but for the rounding of the weights, and one transform serves both.
 *
 * Weights are whole numbers, 256 in all down and 4,096 across, so sums are exact, and two roads make the same ones bit for
 * bit: `window-kernel.ts` in WebAssembly, and the plain one here. A window may reach out of the plane by less than the
 * plane's side: there the plane's own reflection is read. Values 0..255. Cost: each sample of the window is read about once, of
 * long sides every two as one.
 * @module
 */

import type { Pixels } from './pixels.ts';
import type { Rectangle } from './rectangles.ts';
import { GRID_SIDE } from './tents.ts';
import {
  COLUMN_WEIGHT,
  type KernelPlane,
  MOST_ROWS,
  ROW_COUNTS,
  ROW_WEIGHT,
  TENT_TAPS,
  type Tents,
  withKernelPlanes,
} from './window-kernel.ts';

/** Sides at least this long are read from means of two samples: half the work, and nothing of a cell is lost. */
const HALF_FROM = 256;

/** Longest side of a window: cells of five samples where two count as one. */
const MOST_SIDE = 2 * 5 * GRID_SIDE;

/** Shortest side of a plane: tents lie inside it. */
const LEAST_PLANE = 2 * TENT_TAPS;

/** Least half width of a tent in samples: under it a tent would fall between two of them. */
const LEAST_HALF = 0.5;

const UNIT = 1 / (ROW_WEIGHT * COLUMN_WEIGHT);

/** Writes the plane of a window, row-major, into `grid` and answers it; the window's sides may lie between samples. */
export type ReadWindow = (place: Rectangle, grid: Float64Array) => Float64Array;

/**
 * Gives `work` a reader of the windows of a grey plane. What it takes of the plane is cleared when `work` has returned; the
 * reader must not be used afterwards.
 * @throws {RangeError} for more than one channel, or a side under 16
 */
export function withWindows<T>(plane: Pixels, work: (read: ReadWindow) => T): T {
  const { width, height, channels } = plane;
  if (channels !== 1) throw new RangeError('windows: expected one channel');
  if (Math.min(width, height) < LEAST_PLANE)
    throw new RangeError(`windows: expected sides >= ${LEAST_PLANE}, got ${width}×${height}`);
  const sizes = HALVINGS.map(({ across, down }) => (width >> across) * (height >> down));
  let done: { readonly value: T } | undefined;
  withKernelPlanes(sizes, width, (planes) => {
    done = { value: work(readerOf(plane, planes)) };
  });
  return (done ?? { value: work(readerOf(plane, undefined)) }).value;
}

/** The plane as it is, and with two samples for one across, down, and both ways. */
const HALVINGS = [
  { across: 0, down: 0 },
  { across: 1, down: 0 },
  { across: 0, down: 1 },
  { across: 1, down: 1 },
] as const;

function readerOf(plane: Pixels, planes: readonly KernelPlane[] | undefined): ReadWindow {
  const bytes = HALVINGS.map(({ across, down }, i) => {
    const { width, height } = plane;
    return planes?.[i]?.bytes ?? new Uint8Array((width >> across) * (height >> down));
  });
  bytes[0]!.set(plane.data);
  const written = [true, false, false, false];
  const line = new Float64Array(plane.width);
  const [rowRoom, columnRoom] = [emptyRoom(), emptyRoom()];
  return ({ x, y, width, height }, grid) => {
    if (!(Math.max(width, height) <= MOST_SIDE))
      throw new RangeError(`windows: expected sides <= ${MOST_SIDE}, got ${width}×${height}`);
    const across = width >= HALF_FROM ? 1 : 0;
    const down = height >= HALF_FROM ? 1 : 0;
    const which = across + 2 * down;
    const data = bytes[which]!;
    if (!written[which]) {
      halve(plane, across, down, data);
      written[which] = true;
    }
    const stride = plane.width >> across;
    const rows = tentsOf(rowRoom, y / (1 + down), height / (1 + down), plane.height >> down, ROW_WEIGHT);
    const columns = tentsOf(columnRoom, x / (1 + across), width / (1 + across), stride, COLUMN_WEIGHT);
    const kernel = planes?.[which];
    if (kernel === undefined) readPlainly(data, stride, rows, columns, line, grid);
    else kernel.read(stride, rows, columns, grid);
    return grid;
  };
}

function readPlainly(
  data: Uint8Array,
  stride: number,
  rows: Tents,
  columns: Tents,
  line: Float64Array,
  grid: Float64Array,
): void {
  const { first, end } = columns;
  for (let i = 0; i < GRID_SIDE; i++) {
    line.fill(0, first, end);
    for (let k = 0; k < rows.taps; k++) {
      const weight = rows.weights[i * TENT_TAPS + k]!;
      const from = (rows.starts[i]! + k) * stride;
      for (let at = first; at < end; at++) line[at] = line[at]! + weight * data[from + at]!;
    }
    for (let j = 0; j < GRID_SIDE; j++) {
      const start = columns.starts[j]!;
      let sum = 0;
      for (let k = 0; k < columns.taps; k++) sum += columns.weights[j * TENT_TAPS + k]! * line[start + k]!;
      grid[i * GRID_SIDE + j] = sum * UNIT;
    }
  }
}

/** Where tents are laid out, window after window; those of the last one, for a window between the same lines. */
type TentRoom = {
  readonly starts: Int32Array;
  readonly weights: Int16Array;
  last?: { readonly start: number; readonly length: number; readonly count: number; readonly tents: Tents };
};

function emptyRoom(): TentRoom {
  return { starts: new Int32Array(GRID_SIDE), weights: new Int16Array(GRID_SIDE * TENT_TAPS) };
}

/** For each of 64 cells along `start..start+length` the samples under its tent, of `count` that there are. */
function tentsOf(room: TentRoom, start: number, length: number, count: number, whole: number): Tents {
  const { starts, weights, last } = room;
  if (last?.start === start && last.length === length && last.count === count) return last.tents;
  weights.fill(0);
  const cell = length / GRID_SIDE;
  const half = Math.max(LEAST_HALF, cell / 2);
  const taps = ROW_COUNTS.find((rows) => rows > Math.ceil(2 * half)) ?? MOST_ROWS;
  let lowest = count;
  let highest = 0;
  for (let i = 0; i < GRID_SIDE; i++) {
    const centre = start + (i + 0.5) * cell;
    const from = Math.floor(centre - half);
    const to = Math.ceil(centre + half);
    const out = from < 0 || to > count;
    // Samples outside are those inside, as in a mirror: what is under the tent lies together there, too.
    const low = !out ? from : from < 0 && to > 0 ? 0 : Math.min(inside(from, count), inside(to - 1, count));
    const first = Math.min(low, count - taps);
    const base = i * TENT_TAPS - first;
    let before = 0;
    for (let at = from; at < to; at++) {
      // Whole numbers that add up to the whole: differences of what lies below each sample's end.
      const after = at + 1 === to ? whole : Math.round(whole * underTent((at + 1 - centre) / half));
      weights[base + (out ? inside(at, count) : at)]! += after - before;
      before = after;
    }
    starts[i] = first;
    lowest = Math.min(lowest, first);
    highest = Math.max(highest, first);
  }
  const tents = { starts, weights, taps, first: lowest, end: highest + taps };
  room.last = { start, length, count, tents };
  return tents;
}

/** Share of a tent of half width 1 around 0 that lies below `t`. */
function underTent(t: number): number {
  if (t <= -1) return 0;
  if (t >= 1) return 1;
  return t < 0 ? ((1 + t) * (1 + t)) / 2 : 1 - ((1 - t) * (1 - t)) / 2;
}

/** Means of two samples across, down, or four both ways; the last line of an odd side is dropped. */
function halve({ width, height, data }: Pixels, across: 0 | 1, down: 0 | 1, half: Uint8Array): void {
  const wide = width >> across;
  const tall = height >> down;
  if (across === 0) {
    for (let y = 0, to = 0; y < tall; y++) {
      let at = 2 * y * width;
      for (let x = 0; x < wide; x++, at++) half[to++] = (data[at]! + data[at + width]! + 1) >> 1;
    }
    return;
  }
  if (down === 0) {
    for (let y = 0, to = 0; y < tall; y++) {
      let at = y * width;
      for (let x = 0; x < wide; x++, at += 2) half[to++] = (data[at]! + data[at + 1]! + 1) >> 1;
    }
    return;
  }
  for (let y = 0, to = 0; y < tall; y++) {
    let at = 2 * y * width;
    for (let x = 0; x < wide; x++, at += 2)
      half[to++] = (data[at]! + data[at + 1]! + data[at + width]! + data[at + width + 1]! + 2) >> 2;
  }
}

/** The sample that stands for one outside, as in a mirror at the border. */
function inside(at: number, count: number): number {
  const folded = at < 0 ? -1 - at : at >= count ? 2 * count - 1 - at : at;
  return Math.min(count - 1, Math.max(0, folded));
}

/**
 * The 64×64 plane of PDQ's reduction for any window of one grey plane, and for the window's mirror, at the cost of 4,096
 * reads: what makes scores of windows of one upload affordable.
 *
 * Sides up to 512 have tents of w = 1..4 (`tents.ts`), so there are sixteen pairings. For each that is asked the whole
 * plane is filtered once with whole tents (integers, at most 4²·4²·255 < 2¹⁶) and a cell is one sample of it. Only the
 * last tent of a side of even w is cut by the window's edge; those cells are summed on their own. The sums are those of
 * `reduceToGrid` over the cut window: a test holds them equal.
 *
 * Windows are of whole pixels inside the plane. Memory: one plane of 16 bits for each pairing in use.
 * @module
 */

import type { Pixels } from './pixels.ts';
import type { Rectangle } from './rectangles.ts';
import { GRID_SIDE, mirroredTable, type TentTable, tentTable } from './tents.ts';

/** Longest side of a plane: beyond it tents of w = 5 would pass 16 bits. */
export const MOST_PLANE_SIDE = 512;

/** Weights of a whole tent of window w, and how far before its centre it begins. */
const TENTS = [
  { weights: [1], before: 0 },
  { weights: [1, 2, 1], before: 0 },
  { weights: [1, 2, 3, 2, 1], before: 2 },
  { weights: [1, 2, 3, 4, 3, 2, 1], before: 2 },
] as const;

/** One upload's plane, ready to be asked for windows. */
export class WindowPlanes {
  readonly #plane: Pixels;
  readonly #filtered = new Map<number, Uint16Array>();

  /**
   * @throws {RangeError} for more than one channel or a side over `MOST_PLANE_SIDE`
   */
  constructor(plane: Pixels) {
    if (plane.channels !== 1) throw new RangeError('windows: expected one channel');
    if (Math.max(plane.width, plane.height) > MOST_PLANE_SIDE)
      throw new RangeError(`windows: expected sides of at most ${MOST_PLANE_SIDE}`);
    this.#plane = framed(plane);
  }

  /** The 64×64 luma plane of the window, row-major, 0..255; of its left-right mirror where `mirrored`. */
  grid({ x: left, y: top, width, height }: Rectangle, mirrored = false): Float64Array {
    const [x, y] = [left + 1, top + 1];
    const rows = sideOf(height, false);
    const columns = sideOf(width, mirrored);
    const filtered = this.#filter(rows.window, columns.window);
    const stride = this.#plane.width;
    const scale = 1 / (rows.window ** 2 * columns.window ** 2);
    const grid = new Float64Array(GRID_SIDE * GRID_SIDE);
    for (let i = 0, to = 0; i < GRID_SIDE; i++) {
      const line = (y + rows.centres[i]!) * stride + x;
      for (let j = 0; j < GRID_SIDE; j++) grid[to++] = filtered[line + columns.centres[j]!]! * scale;
    }
    if (rows.cut !== undefined)
      for (let j = 0; j < GRID_SIDE; j++)
        grid[rows.cut * GRID_SIDE + j] = this.#cell(x, y, rows, rows.cut, columns, j);
    if (columns.cut !== undefined)
      for (let i = 0; i < GRID_SIDE; i++)
        grid[i * GRID_SIDE + columns.cut] = this.#cell(x, y, rows, i, columns, columns.cut);
    return grid;
  }

  /** One cell by its tents, whatever edge cuts them. */
  #cell(x: number, y: number, rows: Side, row: number, columns: Side, column: number): number {
    const { width, data } = this.#plane;
    let cell = 0;
    for (const down of rows.table.parts) {
      if (down.cell !== row) continue;
      for (const across of columns.table.parts) {
        if (across.cell !== (columns.reversed ? GRID_SIDE - 1 - column : column)) continue;
        let sum = 0;
        for (let i = 0; i < down.weights.length; i++) {
          const line = (y + down.start + i) * width + x + across.start;
          for (let j = 0; j < across.weights.length; j++)
            sum += down.weights[i]! * across.weights[j]! * data[line + j]!;
        }
        cell += sum * down.factor * across.factor;
      }
    }
    return cell;
  }

  /** The plane under whole tents; a tent that the plane's border cuts is left at 0, since no cell reads it there. */
  #filter(down: number, across: number): Uint16Array {
    const key = 8 * down + across;
    const known = this.#filtered.get(key);
    if (known !== undefined) return known;
    const { width, height, data } = this.#plane;
    const filtered = new Uint16Array(width * height);
    const [rows, columns] = [TENTS[down - 1]!, TENTS[across - 1]!];
    const line = new Uint16Array(width);
    for (let y = rows.before; y + rows.weights.length - rows.before <= height; y++) {
      line.fill(0);
      for (const [k, weight] of rows.weights.entries()) {
        const from = (y - rows.before + k) * width;
        for (let x = 0; x < width; x++) line[x] = line[x]! + weight * data[from + x]!;
      }
      const into = y * width;
      const last = width - columns.weights.length + columns.before;
      for (let x = columns.before; x <= last; x++) {
        let sum = 0;
        for (let k = 0; k < columns.weights.length; k++)
          sum += columns.weights[k]! * line[x - columns.before + k]!;
        filtered[into + x] = sum;
      }
    }
    this.#filtered.set(key, filtered);
    return filtered;
  }
}

/** The plane with one more pixel on each side, the same as the nearest. */
function framed({ width, height, data }: Pixels): Pixels {
  const wide = width + 2;
  const frame = new Uint8Array(wide * (height + 2));
  for (let y = 0; y < height + 2; y++) {
    const from = Math.min(height - 1, Math.max(0, y - 1)) * width;
    const to = y * wide;
    frame.set(data.subarray(from, from + width), to + 1);
    frame[to] = data[from]!;
    frame[to + wide - 1] = data[from + width - 1]!;
  }
  return { width: wide, height: height + 2, channels: 1, data: frame };
}

/** A side of a window: where its tents are centred, and which cell its edge cuts. */
type Side = {
  readonly window: number;
  readonly centres: Int32Array;
  readonly cut: number | undefined;
  readonly table: TentTable;
  /** The table is its own mirror, and cell c of it is cell 63−c of this side. */
  readonly reversed: boolean;
};

const sides = new Map<number, Side>();

function sideOf(length: number, mirrored: boolean): Side {
  const key = 2 * length + (mirrored ? 1 : 0);
  const known = sides.get(key);
  if (known !== undefined) return known;
  const own = tentTable(length);
  const { window } = own;
  const { weights, before } = TENTS[window - 1]!;
  const even = window % 2 === 0;
  const centres = Int32Array.from({ length: GRID_SIDE }, (_, cell) => {
    const centre = Math.floor(((2 * cell + 1) * length) / 128);
    // Read from the far end, a tent begins where it ended; its first sample plus `before` is where the filter keeps it.
    return mirrored ? length - 1 - (centre - before + weights.length - 1) + before : centre;
  });
  const table = mirrored ? mirroredTable(own) : own;
  const cut = even ? GRID_SIDE - 1 : undefined;
  const side = { window, centres, cut, table, reversed: mirrored && table === own };
  sides.set(key, side);
  return side;
}

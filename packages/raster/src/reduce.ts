/**
 * The one resampler: a picture of any size to the 64×64 luma plane of PDQ, A = R·Y·Cᵀ with the tents of `tents.ts`.
 *
 * Each pixel is touched about once, and everything up to the sums of a cell is exact in integers; luma is linear, so it is
 * applied last, to 64×64 sums instead of to every pixel. Three roads make the sums, and make the same ones bit for bit:
 * `reduce-kernel.ts` (WebAssembly), `reduce-lanes.ts` (where there is none) and `reduce-plain.ts` (sides that neither
 * takes).
 *
 * Values: 0..255, float64, true to about 1e-13. Memory: a few rows, whatever the height.
 * @module
 */

import { type Colour, WHITE } from './alpha.ts';
import { emptyCells } from './cell-sums.ts';
import { LUMA_BLUE, LUMA_GREEN, LUMA_RED } from './luma.ts';
import type { Pixels } from './pixels.ts';
import { kernelFits, reduceByKernel } from './reduce-kernel.ts';
import { lanesFit, reduceInLanes } from './reduce-lanes.ts';
import { reducePlainly } from './reduce-plain.ts';
import { GRID_SIDE, mirroredTable, type TentTable, tentTable } from './tents.ts';

/**
 * The 64×64 luma plane of the picture, row-major, 0..255. Transparent pictures are laid over `background` first.
 * Pictures with a side under 64 repeat samples, as PDQ does.
 */
export function reduceToGrid(pixels: Pixels, background: Colour = WHITE): Float64Array {
  return reduceToGrids(pixels, [tentTable(pixels.height)], [tentTable(pixels.width)], background)[0]!;
}

/** The planes of a picture and of its three mirrors, each as `reduceToGrid` would make it of the mirrored pixels. */
export type MirroredGrids = {
  readonly original: Float64Array;
  /** Top and bottom changed. */
  readonly flipX: Float64Array;
  /** Left and right changed. */
  readonly flipY: Float64Array;
  readonly rot180: Float64Array;
};

/**
 * All four planes for less than four reductions: mirrored tents read the picture as it lies. They are not mirrors of one
 * plane, since even windows lie off centre.
 */
export function reduceMirrored(pixels: Pixels, background: Colour = WHITE): MirroredGrids {
  const rows = withMirror(tentTable(pixels.height));
  const columns = withMirror(tentTable(pixels.width));
  const grids = reduceToGrids(pixels, rows, columns, background);
  const [original, flipY = columnsMirrored(original!)] = grids.slice(0, columns.length);
  // Where a side has one table, its tents are their own mirror, and so is the plane.
  const [
    flipX = rowsMirrored(original!),
    rot180 = rows.length === 1 ? rowsMirrored(flipY) : columnsMirrored(flipX),
  ] = grids.slice(columns.length);
  return { original: original!, flipX, flipY, rot180 };
}

function withMirror(table: TentTable): readonly TentTable[] {
  const mirror = mirroredTable(table);
  return mirror === table ? [table] : [table, mirror];
}

function rowsMirrored(grid: Float64Array): Float64Array {
  return grid.map(
    (_, at) => grid[(GRID_SIDE - 1 - Math.floor(at / GRID_SIDE)) * GRID_SIDE + (at % GRID_SIDE)]!,
  );
}

function columnsMirrored(grid: Float64Array): Float64Array {
  return grid.map((_, at) => grid[at - (at % GRID_SIDE) + GRID_SIDE - 1 - (at % GRID_SIDE)]!);
}

/** One plane for each pairing of tables, all columns of the first rows first. */
function reduceToGrids(
  pixels: Pixels,
  rows: readonly TentTable[],
  columns: readonly TentTable[],
  background: Colour,
): readonly Float64Array[] {
  const { channels } = pixels;
  let planes = reduceChannels(pixels, rows, columns, undefined);
  // Alpha is reduced along with the colours. Where it is 255 all over, no pixel that counts is transparent; sums of
  // integers are exact, but their factors are not, hence the slack (one level in one pixel of 2^26 still shows).
  if (channels === 4 && !planes.every(isOpaque)) planes = reduceChannels(pixels, rows, columns, background);
  return planes.map((plane) => (channels === 1 ? plane : lumaOf(plane, channels)));
}

function isOpaque(plane: Float64Array): boolean {
  for (let at = 3; at < plane.length; at += 4) if (plane[at]! < 255 - 1e-9) return false;
  return true;
}

function lumaOf(plane: Float64Array, channels: number): Float64Array {
  const grid = emptyCells(1);
  for (let i = 0, at = 0; i < grid.length; i++, at += channels)
    grid[i] = LUMA_RED * plane[at]! + LUMA_GREEN * plane[at + 1]! + LUMA_BLUE * plane[at + 2]!;
  return grid;
}

/** 64×64 cells of `channels` sums for each pairing. Where `background` is given, rows are flattened as they are read. */
function reduceChannels(
  pixels: Pixels,
  rows: readonly TentTable[],
  columns: readonly TentTable[],
  background: Colour | undefined,
): readonly Float64Array[] {
  // Windows are the same in a table and its mirror.
  if (kernelFits(rows[0]!, columns[0]!)) return reduceByKernel(pixels, rows, columns, background);
  const road = lanesFit(rows[0]!, columns[0]!) ? reduceInLanes : reducePlainly;
  return rows.flatMap((row) => columns.map((column) => road(pixels, row, column, background)));
}

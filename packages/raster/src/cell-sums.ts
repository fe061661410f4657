/**
 * What every road of the reduction ends in: integers for the cells of one row of tents, and their place in the plane.
 *
 * The roads differ in how they add up samples, never in what they hand over here. So their planes are equal to the last
 * bit: float64 begins with the products of this file, and it takes them in one order.
 * @module
 */

import { GRID_SIDE, type TentPart, type TentTable } from './tents.ts';

/** An empty plane: 64×64 cells, row-major, of `channels` sums each. */
export function emptyCells(channels: number): Float64Array<ArrayBuffer> {
  return new Float64Array(GRID_SIDE * GRID_SIDE * channels);
}

/**
 * Adds `whole` to the row of cells that `part` belongs to, times both factors. `whole` holds Σ weight·weight·sample,
 * exact integers, for each part of `columns` in order and each channel.
 */
export function addCells(
  plane: Float64Array,
  part: TentPart,
  columns: TentTable,
  whole: Float64Array | Uint32Array,
  channels: number,
): void {
  const line = part.cell * GRID_SIDE;
  let from = 0;
  for (const { cell, factor } of columns.parts) {
    const both = part.factor * factor;
    const to = (line + cell) * channels;
    for (let channel = 0; channel < channels; channel++) plane[to + channel]! += whole[from++]! * both;
  }
}

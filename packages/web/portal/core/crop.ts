/**
 * Where the photo lies inside a screenshot: a proposal, which the person adjusts or refuses. Nothing is cropped unseen.
 *
 * A hash of a screenshot is a hash of bars, bubbles and buttons: it does not find the photo that was sent. What is looked
 * for is one upright rectangle of picture with flat ground around it:
 *
 * 1. The plane is cut into square cells. A cell is *flat* where at least half of its pixels lie within one level of its
 *    most common luma (a plain bar, also with text on it), and *picture* otherwise.
 * 2. The largest connected region of picture cells gives a box. It must fill its box, take a fair part of the picture,
 *    leave a fair part out, and what it leaves out must be flat.
 * 3. Each side that is not at the border is moved to the straightest edge near it: a line that is flat just outside, with
 *    a jump of luma to the line inside. All but one of the sides must have such a jump along most of their length.
 *
 * The third step is what tells a screenshot from a photo with a plain sky: a ridge is not a straight line. A straight
 * horizon below a blank sky can still be taken for an edge; a photo on a ground of its own colour, or a collage, gives
 * `none`. Units: pixels of the upright picture, luma 0..255.
 * @module
 */

import { luma32 } from '@reclaim/raster/luma';
import type { Pixels } from '@reclaim/raster/pixels';

/** A rectangle in pixels, from the top left corner. */
export type Rect = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** A photo inside a screenshot, or nothing of the kind. */
export type CropProposal = { readonly kind: 'screenshot'; readonly rect: Rect } | { readonly kind: 'none' };

/** Luma of a picture, one sample for each `step` × `step` pixels of it. `data.length` is `width * height`. */
export type LumaPlane = {
  readonly width: number;
  readonly height: number;
  readonly step: number;
  readonly data: Uint8Array;
};

/** Longer side of the plane that is looked at, in samples. */
const MAX_SIDE = 1_600;

/** Cells along the shorter side. */
const CELLS = 48;

/**
 * Levels around the most common luma that still count as the same ground. In a cell: tuned on eight landscapes with a
 * camera's grain, where a smooth sky has up to 9 % flat cells at 1 level and up to 45 % at 3. Along a line: what JPEG
 * leaves of a plain bar beside an edge.
 */
const CELL_LEVELS = 1;
const LINE_LEVELS = 3;

/** Part of a cell that is ground in a flat one. Text covers less than half of its line. */
const FLAT_CELL = 0.5;

/** Part of the line outside an edge that is ground. */
const FLAT_LINE = 0.88;

/** Least jump of luma across an edge, and part of the edge that must have it. */
const JUMP = 9;
const JUMP_PART = 0.6;

/** The region fills this much of its box, takes this much of the picture, and leaves this much out. */
const MIN_FILL = 0.6;
const MIN_PART = 0.12;
const MAX_PART = 0.94;

/** Part of the cells outside the box that must be flat. */
const MIN_FLAT_OUTSIDE = 0.8;

const NONE: CropProposal = Object.freeze({ kind: 'none' });

/** The plane that `proposeCrop` looks at: every `step`-th sample of every `step`-th row, over white. */
export function smallLuma(pixels: Pixels): LumaPlane {
  const { channels, data } = pixels;
  const step = Math.max(1, Math.ceil(Math.max(pixels.width, pixels.height) / MAX_SIDE));
  const width = Math.floor((pixels.width - 1) / step) + 1;
  const height = Math.floor((pixels.height - 1) / step) + 1;
  const luma = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    let at = y * step * pixels.width * channels;
    for (let x = 0; x < width; x++, at += step * channels) {
      const grey = channels === 1 ? data[at]! : luma32(data[at]!, data[at + 1]!, data[at + 2]!);
      const alpha = channels === 4 ? data[at + 3]! : 255;
      luma[to++] = Math.round((grey * alpha) / 255 + 255 - alpha);
    }
  }
  return { width, height, step, data: luma };
}

/** A rectangle of whole pixels inside a picture of that size, at least 16 pixels a side (or the picture's own side). */
export function clampRect(rect: Rect, width: number, height: number): Rect {
  const side = (value: number, most: number) =>
    Math.min(most, Math.max(Math.min(16, most), Math.round(Number.isFinite(value) ? value : most)));
  const place = (value: number, most: number) =>
    Math.min(most, Math.max(0, Math.round(Number.isFinite(value) ? value : 0)));
  const wide = side(rect.width, width);
  const tall = side(rect.height, height);
  return { x: place(rect.x, width - wide), y: place(rect.y, height - tall), width: wide, height: tall };
}

/** Looks for a photo inside a screenshot. */
export function proposeCrop(plane: LumaPlane): CropProposal {
  const cell = Math.max(6, Math.round(Math.min(plane.width, plane.height) / CELLS));
  const columns = Math.floor(plane.width / cell);
  const rows = Math.floor(plane.height / cell);
  if (columns < 8 || rows < 8) return NONE;
  const flat = flatCells(plane, cell, columns, rows);
  const box = largestRegion(flat, columns, rows);
  if (box === undefined) return NONE;
  const part = ((box.right - box.left) * (box.bottom - box.top)) / (columns * rows);
  if (box.fill < MIN_FILL || part < MIN_PART || part > MAX_PART) return NONE;
  if (flatOutside(flat, columns, rows, box) < MIN_FLAT_OUTSIDE) return NONE;

  const left = findEdge(plane, 'x', box.left, columns, -1, box.top * cell, box.bottom * cell, cell);
  const right = findEdge(plane, 'x', box.right, columns, 1, box.top * cell, box.bottom * cell, cell);
  const top = findEdge(plane, 'y', box.top, rows, -1, box.left * cell, box.right * cell, cell);
  const bottom = findEdge(plane, 'y', box.bottom, rows, 1, box.left * cell, box.right * cell, cell);
  const inner = [left, right, top, bottom].filter((edge) => !edge.border);
  const sharp = inner.filter((edge) => edge.sharp).length;
  if (inner.length === 0 || sharp < Math.max(1, inner.length - 1)) return NONE;
  const { step } = plane;
  return {
    kind: 'screenshot',
    rect: {
      x: left.at * step,
      y: top.at * step,
      width: (right.at - left.at) * step,
      height: (bottom.at - top.at) * step,
    },
  };
}

/** 1 for each flat cell, row by row. */
function flatCells(plane: LumaPlane, cell: number, columns: number, rows: number): Uint8Array {
  const flat = new Uint8Array(columns * rows);
  const counts = new Uint32Array(256);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      counts.fill(0);
      for (let y = row * cell; y < (row + 1) * cell; y++)
        for (let x = column * cell; x < (column + 1) * cell; x++)
          counts[plane.data[y * plane.width + x]!]! += 1;
      if (groundPart(counts, cell * cell, CELL_LEVELS) >= FLAT_CELL) flat[row * columns + column] = 1;
    }
  }
  return flat;
}

/** Part of the samples that lie within the ground's levels around the most common one. */
function groundPart(counts: Uint32Array, total: number, levels: number): number {
  let mode = 0;
  for (let level = 1; level < 256; level++) if (counts[level]! > counts[mode]!) mode = level;
  let near = 0;
  for (let level = Math.max(0, mode - levels); level <= Math.min(255, mode + levels); level++)
    near += counts[level]!;
  return near / total;
}

type Box = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly fill: number;
};

/** The box of the largest region of picture cells (four neighbours), in cells; `right` and `bottom` lie outside. */
function largestRegion(flat: Uint8Array, columns: number, rows: number): Box | undefined {
  const seen = Uint8Array.from(flat);
  let best: (Box & { readonly cells: number }) | undefined;
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] === 1) continue;
    let [left, right, top, bottom, cells] = [columns, 0, rows, 0, 0];
    const open = [start];
    seen[start] = 1;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const x = at % columns;
      const y = (at - x) / columns;
      cells++;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
      const near = [
        x > 0 ? at - 1 : -1,
        x + 1 < columns ? at + 1 : -1,
        at - columns,
        at + columns < seen.length ? at + columns : -1,
      ];
      for (const next of near) {
        if (next < 0 || seen[next] === 1) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
    if (best === undefined || cells > best.cells)
      best = { left, top, right, bottom, cells, fill: cells / ((right - left) * (bottom - top)) };
  }
  return best;
}

function flatOutside(flat: Uint8Array, columns: number, rows: number, box: Box): number {
  let outside = 0;
  let level = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      if (x >= box.left && x < box.right && y >= box.top && y < box.bottom) continue;
      outside++;
      level += flat[y * columns + x]!;
    }
  }
  return outside === 0 ? 1 : level / outside;
}

type Edge = { readonly at: number; readonly border: boolean; readonly sharp: boolean };

/**
 * The straightest edge near one side of the box. `along` is the axis on which the side moves, `outward` the way out;
 * `from` and `to` bound the side on the other axis, of which the middle four fifths count (corners may be round).
 */
function findEdge(
  plane: LumaPlane,
  along: 'x' | 'y',
  side: number,
  cells: number,
  outward: -1 | 1,
  from: number,
  to: number,
  cell: number,
): Edge {
  const length = along === 'x' ? plane.width : plane.height;
  if (outward === -1 ? side === 0 : side === cells)
    return { at: outward === -1 ? 0 : length, border: true, sharp: false };
  const margin = Math.round((to - from) / 10);
  const first = from + margin;
  const last = to - margin;
  const sample = (line: number, across: number) =>
    along === 'x' ? plane.data[across * plane.width + line]! : plane.data[line * plane.width + across]!;
  const counts = new Uint32Array(256);
  let best = { at: side * cell, part: 0 };
  const reach = Math.ceil(cell * 1.5);
  // `at` is the first line inside (left, top) or the first one outside (right, bottom).
  for (let at = Math.max(1, side * cell - reach); at <= Math.min(length - 1, side * cell + reach); at++) {
    const outside = outward === -1 ? at - 1 : at;
    const inside = outward === -1 ? at : at - 1;
    counts.fill(0);
    let jumps = 0;
    for (let across = first; across < last; across++) {
      const out = sample(outside, across);
      counts[out]! += 1;
      if (Math.abs(out - sample(inside, across)) >= JUMP) jumps++;
    }
    const part = jumps / (last - first);
    if (groundPart(counts, last - first, LINE_LEVELS) >= FLAT_LINE && part > best.part) best = { at, part };
  }
  return { at: best.at, border: false, sharp: best.part >= JUMP_PART };
}

/**
 * Where the photo lies inside a screenshot: a proposal, which the person adjusts or refuses. Nothing is cropped unseen.
 *
 * A hash of a screenshot is a hash of bars, bubbles and buttons: it does not find the photo that was sent. What is looked
 * for is one upright rectangle of picture with flat ground around it:
 *
 * 1. The plane is cut into square cells. A cell is *flat* where at least half of its pixels lie within one level of its
 *    most common luma (a plain bar, also with text on it), and *picture* otherwise. The largest connected region of
 *    picture cells gives a box: about where the photo is, to a cell.
 * 2. The rectangles that straight edges make are the candidates (raster, `rectangles.ts`: the same that an upload's
 *    windows are taken from), each side placed between the pixels (`exact-edges.ts`).
 * 3. What a candidate leaves out must be flat, and so must the lines just outside it. Of those the best is the one whose
 *    sides are seen best, that shares most with the box, and that has picture along the inside of every side.
 *
 * The straight edges and the plain ground are what tell a screenshot from a photo with a plain sky: a ridge is not
 * straight. A photo on a ground of its own colour, or a collage, gives `none` or a wrong frame, which the person sees and
 * sets right. Units: pixels of the upright picture, luma 0..255.
 * @module
 */

import { exactEdges } from '@reclaim/raster/exact-edges';
import { luma32 } from '@reclaim/raster/luma';
import type { Pixels } from '@reclaim/raster/pixels';
import { findRectangles, overlap } from '@reclaim/raster/rectangles';
import { shrinkLuma } from '@reclaim/raster/shrink';

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

/** Longer side of the plane that edges are looked for in, and groups of rectangles that are judged. */
const EDGE_SIDE = 512;
const MOST_RECTANGLES = 24;

/** Least part of a candidate's sides that is on an edge, and of the lines just outside that is ground. */
const LEAST_SUPPORT = 0.45;
const LEAST_GROUND = 0.75;

/** A candidate takes this much of the picture, at least and at most. */
const MIN_PART = 0.08;
const MAX_PART = 0.94;

/** Part of the cells outside a candidate that must be flat. */
const MIN_FLAT_OUTSIDE = 0.8;

/** Cells inside a side that should be picture, and the part of them that is enough: a sky is flat too. */
const INSIDE_CELLS = 3;
const ENOUGH_INSIDE = 0.5;

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
  const { width, height, step } = plane;
  const cell = Math.max(6, Math.round(Math.min(width, height) / CELLS));
  const cells: Cells = { columns: Math.floor(width / cell), rows: Math.floor(height / cell) };
  if (cells.columns < 8 || cells.rows < 8) return NONE;
  const flat = flatCells(plane, cell, cells);
  const region = largestRegion(flat, cells);
  if (region === undefined) return NONE;
  const small = shrinkLuma({ width, height, channels: 1, data: plane.data }, EDGE_SIDE);
  const scale = width / small.width;
  let best: { readonly score: number; readonly rect: Rect } | undefined;
  for (const found of findRectangles(small, MOST_RECTANGLES)) {
    if (found.support < LEAST_SUPPORT) continue;
    const rect = scaled(exactEdges(small, found), scale);
    const part = (rect.width * rect.height) / (width * height);
    if (part < MIN_PART || part > MAX_PART) continue;
    const box = inCells(rect, cell);
    const outside = flatOutside(flat, cells, box);
    const ground = groundAround(small, found);
    if (outside < MIN_FLAT_OUTSIDE || ground < LEAST_GROUND) continue;
    const score =
      found.support *
      outside *
      ground *
      (0.2 + overlap(rect, scaled(region, cell))) *
      (1 + Math.min(ENOUGH_INSIDE, pictureInside(flat, cells, box)));
    if (best === undefined || score > best.score) best = { score, rect };
  }
  if (best === undefined) return NONE;
  const [left, top] = [Math.round(best.rect.x), Math.round(best.rect.y)];
  const rect = {
    x: left * step,
    y: top * step,
    width: (Math.round(best.rect.x + best.rect.width) - left) * step,
    height: (Math.round(best.rect.y + best.rect.height) - top) * step,
  };
  return { kind: 'screenshot', rect };
}

type Cells = { readonly columns: number; readonly rows: number };

function scaled({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x * by, y: y * by, width: width * by, height: height * by };
}

function inCells({ x, y, width, height }: Rect, cell: number): Rect {
  const [left, top] = [Math.round(x / cell), Math.round(y / cell)];
  return {
    x: left,
    y: top,
    width: Math.round((x + width) / cell) - left,
    height: Math.round((y + height) / cell) - top,
  };
}

/** Mean part of the lines two samples outside the sides that is ground; 0 where all four lie on the border. */
function groundAround(small: Pixels, { x, y, width, height }: Rect): number {
  const counts = new Uint32Array(256);
  let sum = 0;
  let sides = 0;
  const line = (start: number, along: number, count: number) => {
    counts.fill(0);
    for (let i = 0, at = start; i < count; i++, at += along) counts[small.data[at]!]! += 1;
    sum += groundPart(counts, count, LINE_LEVELS);
    sides++;
  };
  const { width: stride, height: lines } = small;
  if (y >= 2) line((y - 2) * stride + x, 1, width);
  if (y + height + 1 < lines) line((y + height + 1) * stride + x, 1, width);
  if (x >= 2) line(y * stride + x - 2, stride, height);
  if (x + width + 1 < stride) line(y * stride + x + width + 1, stride, height);
  return sides === 0 ? 0 : sum / sides;
}

/** Of the four bands just inside the sides, the least part of cells that is picture. */
function pictureInside(flat: Uint8Array, cells: Cells, { x, y, width, height }: Rect): number {
  const deep = INSIDE_CELLS;
  return Math.min(
    picturePart(flat, cells, { x, y, width, height: deep }),
    picturePart(flat, cells, { x, y: y + height - deep, width, height: deep }),
    picturePart(flat, cells, { x, y, width: deep, height }),
    picturePart(flat, cells, { x: x + width - deep, y, width: deep, height }),
  );
}

function picturePart(flat: Uint8Array, { columns, rows }: Cells, { x, y, width, height }: Rect): number {
  let count = 0;
  let picture = 0;
  for (let row = Math.max(0, y); row < Math.min(rows, y + height); row++)
    for (let column = Math.max(0, x); column < Math.min(columns, x + width); column++) {
      count++;
      picture += 1 - flat[row * columns + column]!;
    }
  return count === 0 ? 0 : picture / count;
}

/** 1 for each flat cell, row by row. */
function flatCells(plane: LumaPlane, cell: number, { columns, rows }: Cells): Uint8Array {
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

/** The box of the largest region of picture cells (four neighbours), in cells. */
function largestRegion(flat: Uint8Array, { columns, rows }: Cells): Rect | undefined {
  const seen = Uint8Array.from(flat);
  let best: (Rect & { readonly cells: number }) | undefined;
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
      best = { x: left, y: top, width: right - left, height: bottom - top, cells };
  }
  return best;
}

function flatOutside(flat: Uint8Array, { columns, rows }: Cells, box: Rect): number {
  let outside = 0;
  let level = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      if (x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height) continue;
      outside++;
      level += flat[y * columns + x]!;
    }
  }
  return outside === 0 ? 1 : level / outside;
}

/**
 * Upright rectangles in a luma plane, by their straight edges: a photo in a screenshot, a cell of a collage, what lies
 * between bars. Both the door's windows and the portal's proposed crop stand on it.
 *
 * 1. Every pixel is on an edge across the rows or columns or it is not (`edge-masks.ts`).
 * 2. A row boundary's score is its best run: +1 for a pixel on the edge, −1 for one that is not (the largest sum of
 *    neighbours; Kadane). The boundaries with the best runs are the lines. Columns likewise.
 * 3. Every two horizontal and two vertical lines, the borders of the plane among them, make a rectangle; a side's support
 *    is the part of it that is on the edge. Those whose sides are all supported are answered, best first; of those that
 *    are nearly the same only the two best seen and the smallest, since a frame has an outer and an inner edge, and
 *    either may be the picture's.
 *
 * Time is bounded by the plane's size and `MOST_LINES`, whatever is in the picture. Units: pixels, luma 0..255.
 * @module
 */

import { bestRuns, type EdgeMasks, edgeMasks, edgeSums } from './edge-masks.ts';
import type { Pixels } from './pixels.ts';

/** A rectangle in pixels, from the top left corner. */
export type Rectangle = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** A rectangle with the mean support of the sides that are not the plane's own borders, 0..1. */
export type FoundRectangle = Rectangle & { readonly support: number };

const LEAST_JUMP = 3;

/** Lines kept a direction. */
const MOST_LINES = 14;

/** Lines nearer than this to a better one are the same line. */
const SAME_LINE = 3;

/** Strips a direction that are answered whatever their support: a blurred border hardly has edges, but lies evenly. */
const STRIPS = 2;

/** Least run of a line, as a part of the plane's shorter side. */
const LEAST_RUN = 0.12;

/** Least sides and area of a rectangle, as parts of the plane. */
const LEAST_SIDE = 0.12;
const LEAST_AREA = 0.03;

/** Least support of a side, and of the sides together. */
const LEAST_SUPPORT = 0.3;
const LEAST_MEAN = 0.5;

/** Rectangles that share more than this of their union with the best of a group belong to it. */
const SAME_RECTANGLE = 0.88;

/** Rectangles that share more than this of their union are the same one, seen twice. */
const SAME_SIDES = 0.975;

/** How much less support than the best of a group its smallest may have. */
const LESS_SUPPORT = 0.3;

type Edges = {
  /** Indexes of the lines, ascending. */
  readonly lines: readonly number[];
  /** For each of them Σ of edge samples up to each position, of itself and of its neighbours. */
  readonly sums: readonly (readonly Uint16Array[])[];
  /** Distances from both ends at which an edge stands on either side, the likeliest first. */
  readonly strips: readonly number[];
};

/**
 * Rectangles of a grey plane in at most `most` groups, the best supported first, of each group at most three; then the
 * strips. Of these, which lie right across the plane between two edges at the same distance from its middle, `support` is
 * 0: a border of the picture's own blurred colours has edges too faint to be counted, but it lies evenly.
 */
export function findRectangles(plane: Pixels, most: number): readonly FoundRectangle[] {
  const { width, height } = plane;
  if (width < 32 || height < 32) return [];
  const masks = edgeMasks(plane, LEAST_JUMP);
  const rows = findEdges(masks.rows);
  const columns = findEdges(masks.columns);
  const strips = [
    ...rows.strips.map((edge) => ({ x: 0, y: edge, width, height: height - 2 * edge, support: 0 })),
    ...columns.strips.map((edge) => ({ x: edge, y: 0, width: width - 2 * edge, height, support: 0 })),
  ];
  return [...supported(rows, columns, width, height, most), ...strips];
}

function findEdges(masks: EdgeMasks): Edges {
  const { count, length } = masks;
  const runs = bestRuns(masks);
  const lines = bestLines(runs, Math.max(12, LEAST_RUN * Math.min(count, length)));
  const sums = lines.map((line) =>
    [line - 1, line, line + 1]
      .filter((near) => near > 0 && near < count)
      .map((near) => edgeSums(masks, near)),
  );
  return { lines, sums, strips: bestStrips(runs, count) };
}

/** Where runs on both sides, equally far from the middle, are the longest together. */
function bestStrips(runs: Int16Array, count: number): readonly number[] {
  const score = (line: number) => {
    const far = Math.max(runs[count - line - 1] ?? 0, runs[count - line] ?? 0, runs[count - line + 1] ?? 0);
    return Math.min(runs[line]!, far) + (runs[line]! + far) / 4;
  };
  const kept: number[] = [];
  for (let n = 0; n < STRIPS; n++) {
    let best = 0;
    for (let line = 3; line < 0.42 * count; line++) {
      if (
        score(line) > (best === 0 ? 0 : score(best)) &&
        kept.every((other) => Math.abs(other - line) >= SAME_LINE)
      )
        best = line;
    }
    if (best > 0) kept.push(best);
  }
  return kept;
}

/** Indexes of the best runs, none within `SAME_LINE` of a better one, in ascending order. */
function bestLines(runs: Int16Array, least: number): readonly number[] {
  const order = Array.from(runs.keys()).filter((line) => runs[line]! >= least);
  order.sort((a, b) => runs[b]! - runs[a]! || a - b);
  const kept: number[] = [];
  for (const line of order) {
    if (kept.length >= MOST_LINES) break;
    if (kept.every((other) => Math.abs(other - line) >= SAME_LINE)) kept.push(line);
  }
  return kept.sort((a, b) => a - b);
}

/**
 * For every line and every two of `stops`, the part of the line between them that is on the edge, at the line or at one beside
 * it: index (line · stops + from) · stops + to.
 */
function supportsOf({ sums }: Edges, stops: readonly number[]): Float64Array {
  const count = stops.length;
  const supports = new Float64Array(sums.length * count * count);
  for (const [line, near] of sums.entries())
    for (let from = 0; from < count - 1; from++)
      for (let to = from + 1; to < count; to++) {
        let best = 0;
        for (const sum of near) best = Math.max(best, sum[stops[to]!]! - sum[stops[from]!]!);
        supports[(line * count + from) * count + to] = best / (stops[to]! - stops[from]!);
      }
  return supports;
}

type Group = { readonly best: FoundRectangle; next?: FoundRectangle; smallest: FoundRectangle };

function supported(
  rows: Edges,
  columns: Edges,
  width: number,
  height: number,
  most: number,
): readonly FoundRectangle[] {
  const ys = [0, ...rows.lines, height];
  const xs = [0, ...columns.lines, width];
  const [down, across] = [ys.length, xs.length];
  const rowSupports = supportsOf(rows, xs);
  const columnSupports = supportsOf(columns, ys);
  const found: FoundRectangle[] = [];
  for (let top = 0; top < down - 1; top++)
    for (let bottom = top + 1; bottom < down; bottom++) {
      const y = ys[top]!;
      const tall = ys[bottom]! - y;
      if (tall < LEAST_SIDE * height) continue;
      for (let left = 0; left < across - 1; left++)
        for (let right = left + 1; right < across; right++) {
          const x = xs[left]!;
          const wide = xs[right]! - x;
          if (wide < LEAST_SIDE * width || wide * tall < LEAST_AREA * width * height) continue;
          let sum = 0;
          let sides = 0;
          // The borders of the plane are no sides that could be seen. Line n stands at stop n + 1.
          if (top > 0) {
            const support = rowSupports[((top - 1) * across + left) * across + right]!;
            if (support < LEAST_SUPPORT) continue;
            sum += support;
            sides++;
          }
          if (bottom < down - 1) {
            const support = rowSupports[((bottom - 1) * across + left) * across + right]!;
            if (support < LEAST_SUPPORT) continue;
            sum += support;
            sides++;
          }
          if (left > 0) {
            const support = columnSupports[((left - 1) * down + top) * down + bottom]!;
            if (support < LEAST_SUPPORT) continue;
            sum += support;
            sides++;
          }
          if (right < across - 1) {
            const support = columnSupports[((right - 1) * down + top) * down + bottom]!;
            if (support < LEAST_SUPPORT) continue;
            sum += support;
            sides++;
          }
          if (sides === 0 || sum < LEAST_MEAN * sides) continue;
          found.push({ x, y, width: wide, height: tall, support: sum / sides });
        }
    }
  found.sort((a, b) => b.support - a.support || b.width * b.height - a.width * a.height);
  // A frame has an outer and an inner edge, and the inner one fades where the picture has the frame's brightness.
  const groups: Group[] = [];
  for (const each of found) {
    const group = groups.find(({ best }) => overlap(each, best) > SAME_RECTANGLE);
    if (group === undefined) {
      if (groups.length < most) groups.push({ best: each, smallest: each });
      continue;
    }
    if (group.next === undefined && overlap(each, group.best) <= SAME_SIDES) group.next = each;
    if (each.support > group.best.support - LESS_SUPPORT && area(each) < area(group.smallest))
      group.smallest = each;
  }
  return groups.flatMap(({ best, next, smallest }) => [...new Set([best, next ?? best, smallest])]);
}

function area({ width, height }: Rectangle): number {
  return width * height;
}

/** Shared area ÷ area of both together. */
export function overlap(a: Rectangle, b: Rectangle): number {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const tall = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (wide <= 0 || tall <= 0) return 0;
  return (wide * tall) / (a.width * a.height + b.width * b.height - wide * tall);
}

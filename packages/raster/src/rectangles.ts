/**
 * Upright rectangles in a luma plane, by their straight edges: a photo in a screenshot, a cell of a collage, what lies
 * between bars. Both the door's windows and the portal's proposed crop stand on it.
 *
 * 1. Every pixel is on an edge across the rows or columns or it is not (`edge-masks.ts`).
 * 2. A row boundary's score is its best run: +1 for a pixel on the edge, −1 for one that is not (the largest sum of
 *    neighbours; Kadane). The boundaries with the best runs are the lines. Columns likewise.
 * 3. Every two horizontal and two vertical lines, the borders of the plane among them, make a rectangle; a side's support
 *    is the part of it that is on the edge. Those whose sides are all supported are answered, best first; of those that
 *    are nearly the same only the best seen and the smallest ones, since a frame has an outer and an inner edge.
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

/** How much less support than the best of a group its smallest may have: one that is seen well, and one that is not. */
const LESS_SUPPORT = [0.15, 0.3] as const;

type Edges = {
  readonly lines: readonly number[];
  /** For each line Σ of edge samples up to each position, of itself and of its neighbours. */
  readonly sums: ReadonlyMap<number, readonly Uint16Array[]>;
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
  const sums = new Map(
    lines.map((line) => [
      line,
      [line - 1, line, line + 1]
        .filter((near) => near > 0 && near < count)
        .map((near) => edgeSums(masks, near)),
    ]),
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

/** Part of `from..to` of a line that is on the edge, at the line or at one beside it. */
function supportOf({ sums }: Edges, line: number, from: number, to: number): number {
  let best = 0;
  for (const near of sums.get(line)!) best = Math.max(best, near[to]! - near[from]!);
  return best / (to - from);
}

function supported(
  rows: Edges,
  columns: Edges,
  width: number,
  height: number,
  most: number,
): readonly FoundRectangle[] {
  const ys = [0, ...rows.lines, height];
  const xs = [0, ...columns.lines, width];
  const found: FoundRectangle[] = [];
  for (let top = 0; top < ys.length - 1; top++)
    for (let bottom = top + 1; bottom < ys.length; bottom++) {
      const y = ys[top]!;
      const tall = ys[bottom]! - y;
      if (tall < LEAST_SIDE * height) continue;
      for (let left = 0; left < xs.length - 1; left++)
        for (let right = left + 1; right < xs.length; right++) {
          const x = xs[left]!;
          const wide = xs[right]! - x;
          if (wide < LEAST_SIDE * width || wide * tall < LEAST_AREA * width * height) continue;
          let sum = 0;
          let sides = 0;
          let least = 1;
          const side = (support: number) => {
            sum += support;
            sides++;
            if (support < least) least = support;
          };
          if (top > 0) side(supportOf(rows, y, x, x + wide));
          if (least < LEAST_SUPPORT) continue;
          if (bottom < ys.length - 1) side(supportOf(rows, y + tall, x, x + wide));
          if (least < LEAST_SUPPORT) continue;
          if (left > 0) side(supportOf(columns, x, y, y + tall));
          if (least < LEAST_SUPPORT) continue;
          if (right < xs.length - 1) side(supportOf(columns, x + wide, y, y + tall));
          if (sides === 0 || least < LEAST_SUPPORT || sum < LEAST_MEAN * sides) continue;
          found.push({ x, y, width: wide, height: tall, support: sum / sides });
        }
    }
  found.sort((a, b) => b.support - a.support || b.width * b.height - a.width * a.height);
  // A frame has an outer and an inner edge, and the inner one fades where the picture has the frame's brightness.
  const groups: { readonly best: FoundRectangle; readonly smaller: FoundRectangle[] }[] = [];
  for (const each of found) {
    const group = groups.find(({ best }) => overlap(each, best) > SAME_RECTANGLE);
    if (group === undefined) {
      if (groups.length < most) groups.push({ best: each, smaller: LESS_SUPPORT.map(() => each) });
      continue;
    }
    for (const [i, less] of LESS_SUPPORT.entries())
      if (each.support > group.best.support - less && area(each) < area(group.smaller[i]!))
        group.smaller[i] = each;
  }
  return groups.flatMap(({ best, smaller }) => [...new Set([best, ...smaller])]);
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

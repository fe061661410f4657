/**
 * A picture that lies askew on plain ground: turned by a few degrees on a grown canvas, or seen a little from the side.
 *
 * From each side of the plane the first sample that differs from the ground is looked for, line by line; what is found lies
 * mostly along one straight edge, which a robust fit finds (median of slopes, then least squares of what is near: Theil
 * 1950, Sen 1968). Four edges make a quadrangle; a projection (Heckbert 1989, section 2.2.3) makes it upright again.
 *
 * Nothing is answered where three corners are not of one ground, an edge is not straight, or nothing is askew. Units: samples.
 * @module
 */

import { withoutBorders } from './borders.ts';
import { type Pixels, parsePixels } from './pixels.ts';

/** A point in samples; the first sample covers 0..1. */
export type Point = { readonly x: number; readonly y: number };

/** Corners of a quadrangle: top left, top right, bottom right, bottom left. */
export type Quadrangle = readonly [Point, Point, Point, Point];

/** Levels by which the corners may differ, and from which a sample is no ground. */
const CORNER_LEVELS = 12;
const GROUND_LEVELS = 20;

/** Distance of a sample from an edge that still lies on it, and part of a side that must. */
const NEAR = 1;
const LEAST_INLIERS = 0.55;

/** Greatest slope of an edge: 20 degrees. */
const MOST_SLOPE = 0.364;

/** An edge that leaves its side by less than this many samples on the whole length is upright. */
const LEAST_TILT = 1.5;

/** Least part of the plane that the quadrangle takes. */
const LEAST_AREA = 0.25;

/** Pairs of a fit are this part of the side apart. */
const PAIR_PART = 1 / 4;

/** Where a picture lies askew on plain ground, or undefined. */
export function tiltedFrame(plane: Pixels): Quadrangle | undefined {
  const { width, height, data } = plane;
  if (width < 64 || height < 64) return undefined;
  const at = (x: number, y: number) => data[y * width + x]!;
  const corners = [at(1, 1), at(width - 2, 1), at(1, height - 2), at(width - 2, height - 2)];
  // One corner of the picture may reach into the plane's own.
  const [lowest, lower, higher, highest] = corners.toSorted((a, b) => a - b) as [
    number,
    number,
    number,
    number,
  ];
  const ground = (lower + higher) / 2;
  if (Math.min(higher - lowest, highest - lower) > CORNER_LEVELS) return undefined;
  const last = width * height - 1;
  const edge = (from: number, along: number, inwards: number, count: number, depth: number) =>
    edgeFrom({ data, ground, from, along, inwards, count, depth });
  const top = edge(0, 1, width, width, height);
  const bottom = edge(last + 1 - width, 1, -width, width, height);
  const left = edge(0, width, 1, height, width);
  const right = edge(width - 1, width, -1, height, width);
  if ([top, bottom, left, right].filter((edge) => edge === undefined).length > 1) return undefined;
  // Where one side of the picture has the ground's brightness, as a sky on white, it is as far in as its plain lines reach.
  const inner = withoutBorders(plane, CORNER_LEVELS);
  const above = top ?? { at: inner.y, slope: 0 };
  const before = left ?? { at: inner.x, slope: 0 };
  const low =
    bottom === undefined
      ? { at: inner.y + inner.height, slope: 0 }
      : { at: height - bottom.at, slope: -bottom.slope };
  const far =
    right === undefined
      ? { at: inner.x + inner.width, slope: 0 }
      : { at: width - right.at, slope: -right.slope };
  const tilts = [above.slope * width, low.slope * width, before.slope * height, far.slope * height];
  if (tilts.every((tilt) => Math.abs(tilt) < LEAST_TILT)) return undefined;
  const quadrangle: Quadrangle = [meet(above, before), meet(above, far), meet(low, far), meet(low, before)];
  return areaOf(quadrangle) < LEAST_AREA * width * height ? undefined : quadrangle;
}

/** depth = at + slope · along. */
type Line = { readonly at: number; readonly slope: number };

/** One side of the plane: its first sample, the steps along it and inwards, how many lines lie along it and how deep they are. */
type Side = {
  readonly data: Pixels['data'];
  readonly ground: number;
  readonly from: number;
  readonly along: number;
  readonly inwards: number;
  readonly count: number;
  readonly depth: number;
};

/** The straight edge of what is not ground, seen from one side. */
function edgeFrom({ data, ground, from, along, inwards, count, depth }: Side): Line | undefined {
  const most = Math.floor(depth / 2);
  const depths = new Float64Array(count).fill(-1);
  for (let line = 0, start = from; line < count; line++, start += along) {
    let d = 0;
    for (let at = start; d < most && Math.abs(data[at]! - ground) <= GROUND_LEVELS; at += inwards) d++;
    if (d < most) depths[line] = d + 0.3;
  }
  const apart = Math.floor(PAIR_PART * count);
  const values = new Float64Array(count);
  let known = 0;
  for (let line = 0; line + apart < count; line += 2)
    if (depths[line]! >= 0 && depths[line + apart]! >= 0)
      values[known++] = (depths[line + apart]! - depths[line]!) / apart;
  if (known < count / 8) return undefined;
  const slope = middle(values.subarray(0, known));
  if (Math.abs(slope) > MOST_SLOPE) return undefined;
  known = 0;
  for (let line = 0; line < count; line++)
    if (depths[line]! >= 0) values[known++] = depths[line]! - slope * (line + 0.5);
  return refined(depths, { at: middle(values.subarray(0, known)), slope });
}

/** Least squares of the samples near the line; undefined where too few are. */
function refined(depths: Float64Array, line: Line): Line | undefined {
  let { at, slope } = line;
  for (let round = 0; round < 3; round++) {
    // Wide first, since a median is only about right.
    const near = round === 0 ? 3 * NEAR : NEAR;
    let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
    for (const [along, depth] of depths.entries()) {
      const x = along + 0.5;
      if (depth < 0 || Math.abs(depth - at - slope * x) > near) continue;
      n++;
      sx += x;
      sy += depth;
      sxx += x * x;
      sxy += x * depth;
    }
    const spread = n * sxx - sx * sx;
    if (n < LEAST_INLIERS * depths.length || spread <= 0) return undefined;
    slope = (n * sxy - sx * sy) / spread;
    at = (sy - slope * sx) / n;
  }
  return { at, slope };
}

function middle(values: Float64Array): number {
  return values.sort()[values.length >> 1]!;
}

/** Where a line over x (y = at + slope·x) meets one over y. */
function meet(over: Line, down: Line): Point {
  const y = (over.at + over.slope * down.at) / (1 - over.slope * down.slope);
  return { x: down.at + down.slope * y, y };
}

function areaOf(corners: Quadrangle): number {
  let twice = 0;
  for (const [i, a] of corners.entries()) {
    const b = corners[(i + 1) % 4]!;
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2;
}

/** What lies in the quadrangle, made upright: `side` × `side` samples, between samples by the four around. */
export function straighten(plane: Pixels, [a, b, c, d]: Quadrangle, side: number): Pixels {
  const { width, height, data } = plane;
  const [sx, sy] = [a.x - b.x + c.x - d.x, a.y - b.y + c.y - d.y];
  const [dx1, dx2, dy1, dy2] = [b.x - c.x, d.x - c.x, b.y - c.y, d.y - c.y];
  const det = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / det;
  const h = (dx1 * sy - sx * dy1) / det;
  const upright = new Uint8Array(side * side);
  const [acrossX, acrossY] = [b.x - a.x + g * b.x, b.y - a.y + g * b.y];
  for (let row = 0, to = 0; row < side; row++) {
    const v = (row + 0.5) / side;
    const [startX, startY] = [a.x + v * (d.x - a.x + h * d.x), a.y + v * (d.y - a.y + h * d.y)];
    for (let column = 0; column < side; column++, to++) {
      const u = (column + 0.5) / side;
      const w = 1 / (g * u + h * v + 1);
      const x = Math.max(0, (startX + u * acrossX) * w - 0.5);
      const y = Math.max(0, (startY + u * acrossY) * w - 0.5);
      const x0 = Math.min(width - 2, Math.floor(x));
      const y0 = Math.min(height - 2, Math.floor(y));
      const fx = Math.min(1, x - x0);
      const fy = Math.min(1, y - y0);
      const at = y0 * width + x0;
      const upper = data[at]! + (data[at + 1]! - data[at]!) * fx;
      const lower = data[at + width]! + (data[at + width + 1]! - data[at + width]!) * fx;
      upright[to] = upper + (lower - upper) * fy + 0.5;
    }
  }
  return parsePixels(upright, side, side, 1);
}

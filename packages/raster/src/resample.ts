/**
 * Planes at other sizes: area averages where a side shrinks, Catmull-Rom cubics where it grows, binomial smoothing.
 *
 * An area average is the mean over the rectangle that a new sample covers, cut samples counted by their share: nothing
 * aliases by more than the box's own side lobes, and a constant stays a constant. Catmull-Rom: Catmull and Rom, "A class
 * of local interpolating splines" (1974), i.e. Keys' cubic with a = −½, edges repeated. Everything is products and sums
 * in one fixed order, so every machine makes the same plane.
 *
 * (PDQ's own reduction to 64×64 is `reduce.ts`: its tents are part of the hash's definition.)
 * @module
 */

import { emptyPlane, type Plane } from './plane.ts';

/** Samples `starts[i]` … of the old side, times `weights[i·taps …]`, make sample `i` of the new one. */
type Taps = { readonly count: number; readonly starts: Int32Array; readonly weights: Float64Array };

/**
 * The plane at `width` × `height`; the same object where that is its size already.
 * @throws {RangeError} for a side that is not a positive integer
 */
export function resizePlane(plane: Plane, width: number, height: number): Plane {
  for (const side of [width, height])
    if (!Number.isSafeInteger(side) || side < 1)
      throw new RangeError(`resize: expected a side >= 1, got ${side}`);
  const narrow = width === plane.width ? plane : resizeRows(plane, width);
  return height === plane.height ? narrow : resizeColumns(narrow, height);
}

/**
 * The plane with its long side at most `side`, shape kept (each side rounded, at least 1); never enlarged.
 * @throws {RangeError} unless `side` is a positive integer
 */
export function fitPlane(plane: Plane, side: number): Plane {
  const long = Math.max(plane.width, plane.height);
  if (long <= side) return plane;
  const scaled = (length: number) => Math.max(1, Math.round((length * side) / long));
  return resizePlane(plane, scaled(plane.width), scaled(plane.height));
}

/** Half of a binomial of width 7 (1, 6, 15, 20 …)/64, the centre last: a Gaussian of σ 1.22 to within 2 %. */
const BINOMIAL_7 = [1 / 64, 6 / 64, 15 / 64, 20 / 64] as const;

/** The plane smoothed by the binomial of width 7 in both directions (σ = 1.22 samples); edges are repeated. */
export function smoothPlane(plane: Plane): Plane {
  const { width, height, data } = plane;
  const [a, b, c, d] = BINOMIAL_7;
  const down = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = (dy: number) => Math.min(height - 1, Math.max(0, y + dy)) * width;
    const [r0, r1, r2, r3, r4, r5, r6] = [row(-3), row(-2), row(-1), row(0), row(1), row(2), row(3)];
    const to = y * width;
    for (let x = 0; x < width; x++)
      down[to + x] =
        a * (data[r0 + x]! + data[r6 + x]!) +
        b * (data[r1 + x]! + data[r5 + x]!) +
        c * (data[r2 + x]! + data[r4 + x]!) +
        d * data[r3 + x]!;
  }
  const smooth = emptyPlane(width, height);
  const line = new Float32Array(width + 6);
  for (let y = 0; y < height; y++) {
    const from = y * width;
    line.set(down.subarray(from, from + width), 3);
    line.fill(line[3]!, 0, 3).fill(line[width + 2]!, width + 3);
    for (let x = 0; x < width; x++)
      smooth.data[from + x] =
        a * (line[x]! + line[x + 6]!) +
        b * (line[x + 1]! + line[x + 5]!) +
        c * (line[x + 2]! + line[x + 4]!) +
        d * line[x + 3]!;
  }
  return smooth;
}

function resizeRows(plane: Plane, width: number): Plane {
  const { count, starts, weights } = tapsFor(plane.width, width);
  const resized = emptyPlane(width, plane.height);
  const from = plane.data;
  for (let y = 0, to = 0; y < plane.height; y++) {
    const row = y * plane.width;
    if (count === 3) {
      // What a pyramid asks for; the same sums.
      for (let x = 0, w = 0; x < width; x++, w += 3) {
        const at = row + starts[x]!;
        resized.data[to++] =
          from[at]! * weights[w]! + from[at + 1]! * weights[w + 1]! + from[at + 2]! * weights[w + 2]!;
      }
      continue;
    }
    for (let x = 0, w = 0; x < width; x++) {
      let sum = 0;
      for (let at = row + starts[x]!, end = at + count; at < end; at++) sum += from[at]! * weights[w++]!;
      resized.data[to++] = sum;
    }
  }
  return resized;
}

function resizeColumns(plane: Plane, height: number): Plane {
  const { width } = plane;
  const { count, starts, weights } = tapsFor(plane.height, height);
  const resized = emptyPlane(width, height);
  const sums = new Float64Array(width);
  const { data } = plane;
  for (let y = 0; y < height; y++) {
    if (count === 3) {
      const w = 3 * y;
      const [a, b, c] = [weights[w]!, weights[w + 1]!, weights[w + 2]!];
      for (let x = 0, at = starts[y]! * width, to = y * width; x < width; x++, at++)
        resized.data[to++] = data[at]! * a + data[at + width]! * b + data[at + 2 * width]! * c;
      continue;
    }
    sums.fill(0);
    for (let tap = 0; tap < count; tap++) {
      const weight = weights[y * count + tap]!;
      if (weight === 0) continue;
      for (let x = 0, at = (starts[y]! + tap) * width; x < width; x++) sums[x]! += data[at++]! * weight;
    }
    resized.data.set(sums, y * width);
  }
  return resized;
}

/** All samples that count for one new sample lie within `count` neighbours; those beyond weigh nothing. */
function tapsFor(from: number, to: number): Taps {
  const step = from / to;
  const count = Math.min(from, to <= from ? Math.ceil(step) + 1 : 4);
  const starts = new Int32Array(to);
  const weights = new Float64Array(to * count);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * step;
    const first = to <= from ? Math.floor(i * step) : Math.floor(centre - 0.5) - 1;
    const start = Math.max(0, Math.min(from - count, first));
    starts[i] = start;
    if (to <= from) {
      for (let tap = 0; tap < count; tap++) {
        const covered = Math.min(start + tap + 1, (i + 1) * step) - Math.max(start + tap, i * step);
        weights[i * count + tap] = Math.max(0, covered) / step;
      }
      continue;
    }
    const part = centre - 0.5 - (first + 1);
    cubicWeights(part).forEach((weight, tap) => {
      // A neighbour beyond the edge is the edge itself.
      const at = Math.max(0, Math.min(from - 1, first + tap)) - start;
      weights[i * count + at]! += weight;
    });
  }
  return { count, starts, weights };
}

/** Catmull-Rom weights of the four samples around a point `t` (0..1) past the second. */
function cubicWeights(t: number): readonly [number, number, number, number] {
  const s = 1 - t;
  return [-0.5 * t * s * s, 1 - t * t * (2.5 - 1.5 * t), 1 - s * s * (2.5 - 1.5 * s), -0.5 * s * t * t];
}

/**
 * The plane's value at (x, y) by Catmull-Rom, in the plane's coordinates (sample centres at halves); beyond the edge the
 * edge is repeated.
 */
export function sampleCubic(plane: Plane, x: number, y: number): number {
  const { width, height, data } = plane;
  const fx = Math.floor(x - 0.5);
  const fy = Math.floor(y - 0.5);
  const [a, b, c, d] = cubicWeights(x - 0.5 - fx);
  const inside = fx >= 1 && fx < width - 2;
  let sum = 0;
  const rows = cubicWeights(y - 0.5 - fy);
  for (let row = 0; row < 4; row++) {
    const at = Math.max(0, Math.min(height - 1, fy - 1 + row)) * width;
    const line = inside
      ? a * data[at + fx - 1]! + b * data[at + fx]! + c * data[at + fx + 1]! + d * data[at + fx + 2]!
      : a * data[at + clamped(fx - 1, width)]! +
        b * data[at + clamped(fx, width)]! +
        c * data[at + clamped(fx + 1, width)]! +
        d * data[at + clamped(fx + 2, width)]!;
    sum += rows[row]! * line;
  }
  return sum;
}

function clamped(at: number, length: number): number {
  return at < 0 ? 0 : at >= length ? length - 1 : at;
}

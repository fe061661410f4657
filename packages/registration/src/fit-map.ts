/**
 * Least squares: the similarity, affine map or homography that takes points nearest to where they were found.
 *
 * Points are centred and scaled first (Hartley, "In defence of the eight-point algorithm", 1997); the homography is the
 * linear one with h8 = 1, its rows weighed anew with the last denominator (Hartley and Zisserman, 4.1), which for maps
 * near an affine one is the geometric error. Normal equations, solved by Gauss with pivots.
 * @module
 */

import { compose, type Homography, inverse, scaling } from './homography.ts';

/** The kinds of map, by how much they may do. */
export type MapKind = 'similarity' | 'affine' | 'homography';

/** Points that belong together: (x, y) of the one picture, (u, v) of the other, and how much each pair counts. */
export type PointPairs = {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly weight: Float64Array;
};

/** Pairs without a value yet, each of weight 1. */
export function emptyPairs(count: number): PointPairs {
  const column = () => new Float64Array(count);
  return { count, x: column(), y: column(), u: column(), v: column(), weight: column().fill(1) };
}

/** The fewest pairs that fix a map of each kind. */
export const FEWEST_PAIRS: Readonly<Record<MapKind, number>> = { similarity: 2, affine: 3, homography: 4 };

/**
 * The map of a kind that fits pairs of positive weight best; undefined where they do not fix one (too few, or in one
 * line). A similarity does not mirror: mirror the pairs first.
 */
export function fitMap(kind: MapKind, pairs: PointPairs): Homography | undefined {
  const here = normaliser(pairs.x, pairs.y, pairs.weight);
  const there = normaliser(pairs.u, pairs.v, pairs.weight);
  if (here === undefined || there === undefined) return undefined;
  const points = { ...normal(pairs, here, there), weight: pairs.weight, count: pairs.count };
  const fitted =
    kind === 'similarity'
      ? fitSimilarity(points)
      : kind === 'affine'
        ? fitAffine(points)
        : fitHomography(points);
  const back = inverse(there);
  if (fitted === undefined || back === undefined) return undefined;
  const map = compose(back, compose(fitted, here));
  return map.every((value) => Number.isFinite(value)) ? map : undefined;
}

/** The scaling that brings points around 0 at a distance of about 1. */
function normaliser(x: Float64Array, y: Float64Array, weight: Float64Array): Homography | undefined {
  let [sum, sumX, sumY] = [0, 0, 0];
  weight.forEach((w, i) => {
    sum += w;
    sumX += w * x[i]!;
    sumY += w * y[i]!;
  });
  if (!(sum > 0)) return undefined;
  const [meanX, meanY] = [sumX / sum, sumY / sum];
  let spread = 0;
  weight.forEach((w, i) => {
    spread += w * ((x[i]! - meanX) * (x[i]! - meanX) + (y[i]! - meanY) * (y[i]! - meanY));
  });
  if (!(spread / sum > 1e-12)) return undefined;
  const scale = 1 / Math.sqrt(spread / sum / 2);
  return scaling(scale, scale, -scale * meanX, -scale * meanY);
}

function normal(
  pairs: PointPairs,
  here: Homography,
  there: Homography,
): Omit<PointPairs, 'weight' | 'count'> {
  return {
    x: pairs.x.map((value) => value * here[0]! + here[2]!),
    y: pairs.y.map((value) => value * here[4]! + here[5]!),
    u: pairs.u.map((value) => value * there[0]! + there[2]!),
    v: pairs.v.map((value) => value * there[4]! + there[5]!),
  };
}

function fitSimilarity({ count, x, y, u, v, weight }: PointPairs): Homography | undefined {
  // Centred points: the turn and the scale are two sums (Umeyama, 1991).
  let [along, across, own] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const w = weight[i]!;
    along += w * (x[i]! * u[i]! + y[i]! * v[i]!);
    across += w * (x[i]! * v[i]! - y[i]! * u[i]!);
    own += w * (x[i]! * x[i]! + y[i]! * y[i]!);
  }
  if (!(own > 0)) return undefined;
  const [c, s] = [along / own, across / own];
  return Float64Array.of(c, -s, 0, s, c, 0, 0, 0, 1);
}

function fitAffine({ count, x, y, u, v, weight }: PointPairs): Homography | undefined {
  const equations = new Float64Array(9);
  const right = new Float64Array(3);
  const below = new Float64Array(3);
  for (let i = 0; i < count; i++) {
    const w = weight[i]!;
    const row = [x[i]!, y[i]!, 1] as const;
    for (let a = 0; a < 3; a++) {
      for (let b = 0; b < 3; b++) equations[3 * a + b]! += w * row[a]! * row[b]!;
      right[a]! += w * row[a]! * u[i]!;
      below[a]! += w * row[a]! * v[i]!;
    }
  }
  const first = solve(equations, right);
  const second = solve(equations, below);
  if (first === undefined || second === undefined) return undefined;
  return Float64Array.of(...first, ...second, 0, 0, 1);
}

function fitHomography(pairs: PointPairs): Homography | undefined {
  const { count, x, y, u, v, weight } = pairs;
  let h: Homography | undefined;
  for (let round = 0; round < 3; round++) {
    const equations = new Float64Array(64);
    const right = new Float64Array(8);
    for (let i = 0; i < count; i++) {
      const [px, py, pu, pv] = [x[i]!, y[i]!, u[i]!, v[i]!];
      const denominator = h === undefined ? 1 : h[6]! * px + h[7]! * py + 1;
      if (!(denominator > 0.05)) return undefined;
      const w = weight[i]! / (denominator * denominator);
      addRow(equations, right, [px, py, 1, 0, 0, 0, -px * pu, -py * pu], pu, w);
      addRow(equations, right, [0, 0, 0, px, py, 1, -px * pv, -py * pv], pv, w);
    }
    const solved = solve(equations, right);
    if (solved === undefined) return undefined;
    h = Float64Array.of(...solved, 1);
  }
  return h;
}

function addRow(
  equations: Float64Array,
  right: Float64Array,
  row: readonly number[],
  value: number,
  weight: number,
): void {
  const n = row.length;
  for (let a = 0; a < n; a++) {
    const wa = weight * row[a]!;
    if (wa === 0) continue;
    for (let b = 0; b < n; b++) equations[n * a + b]! += wa * row[b]!;
    right[a]! += wa * value;
  }
}

/**
 * Solves `matrix` · s = `values`, the matrix square and row-major; undefined where it is singular to one part in 10¹⁰.
 * Neither argument is changed.
 */
export function solve(matrix: Float64Array, values: Float64Array): Float64Array | undefined {
  const n = values.length;
  const m = matrix.slice();
  const s = values.slice();
  let greatest = 0;
  for (let i = 0; i < n; i++) greatest = Math.max(greatest, Math.abs(m[n * i + i]!));
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++)
      if (Math.abs(m[n * row + column]!) > Math.abs(m[n * pivot + column]!)) pivot = row;
    const top = m[n * pivot + column]!;
    if (!(Math.abs(top) > 1e-10 * greatest)) return undefined;
    if (pivot !== column) {
      for (let k = 0; k < n; k++) {
        const kept = m[n * column + k]!;
        m[n * column + k] = m[n * pivot + k]!;
        m[n * pivot + k] = kept;
      }
      const kept = s[column]!;
      s[column] = s[pivot]!;
      s[pivot] = kept;
    }
    for (let row = 0; row < n; row++) {
      if (row === column) continue;
      const factor = m[n * row + column]! / top;
      if (factor === 0) continue;
      for (let k = column; k < n; k++) m[n * row + k]! -= factor * m[n * column + k]!;
      s[row]! -= factor * s[column]!;
    }
  }
  for (let i = 0; i < n; i++) s[i]! /= m[n * i + i]!;
  return s;
}

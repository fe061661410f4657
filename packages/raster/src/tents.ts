/**
 * The tents of PDQ's reduction: how much each line of a side of `n` samples weighs in each of 64 cells.
 *
 * PDQ (Meta, "PDQ & TMK + PDQF", 2019) reduces a picture to 64×64 by running a box mean twice along rows and twice
 * along columns, window w = ⌈n/128⌉, and keeping the samples at ⌊(i+½)·n/64⌋. That is linear and separable, so one
 * side of it is a banded 64×n matrix; each of its rows is box∘box around one sample: a tent of at most 2w−1 taps.
 *
 * The weights are kept as integers with one factor for all: a tent whose windows are all whole has weights 1..w..1 and
 * factor 1/w². A window that the edge of the picture cuts is a mean over fewer samples, so a tent that meets one (the
 * last, where w is even) is kept in two parts, each with its own factor. The sums are then exact in integers.
 * @module
 */

import { LANE_WEIGHTS, type LaneRun, planLanes } from './lane-plan.ts';

/** Cells along one side of the reduced picture. */
export const GRID_SIDE = 64;

/** Lines `start … start+weights.length-1` of the side, weighted, times `factor`, are one part of cell `cell` (0..63). */
export type TentPart = {
  readonly cell: number;
  readonly start: number;
  readonly weights: Int32Array;
  readonly factor: number;
  /** The same tent begun at a multiple of four and filled with zeros to one, for readers that take four samples at once. */
  readonly alignedStart: number;
  readonly alignedWeights: Int32Array;
  /** How the lines are added in 16-bit lanes. Empty where the window is wider than a lane can take. */
  readonly runs: readonly LaneRun[];
};

/** All parts for a side of `length` samples, in order of `cell`. `window` is w, the widest weight. */
export type TentTable = {
  readonly length: number;
  readonly window: number;
  readonly parts: readonly TentPart[];
};

/** Tables kept. A gallery comes in few sizes; a stranger who sends every size must not fill the memory. */
const KEPT_TABLES = 24;

/** Sides beyond this are too rare to keep: a table takes about ten bytes for each sample of the side. */
const KEPT_LENGTH = 16_384;

const kept = new Map<number, TentTable>();

/**
 * The table for a side of `length` samples; sizes seen lately are remembered.
 * @throws {RangeError} unless `length` is a positive integer
 */
export function tentTable(length: number): TentTable {
  const known = kept.get(length);
  if (known !== undefined) {
    // Back to the young end: a Map keeps the order of insertion, so its first key is the one unused for longest.
    kept.delete(length);
    kept.set(length, known);
    return known;
  }
  if (!Number.isSafeInteger(length) || length < 1)
    throw new RangeError(`tents: expected a length >= 1, got ${length}`);
  const table = buildTable(length);
  if (length <= KEPT_LENGTH) {
    kept.set(length, table);
    if (kept.size > KEPT_TABLES) kept.delete(kept.keys().next().value!);
  }
  return table;
}

/** How many tables are remembered at this moment, for the test that the memory is bounded. */
export function keptTables(): number {
  return kept.size;
}

const mirrors = new WeakMap<TentTable, TentTable>();

/**
 * The table that reads a side from its far end: cell c of it is cell c of the mirrored side. The very same table where
 * cell c is then cell 63−c as it was, that is, where the tents are their own mirror.
 */
export function mirroredTable(table: TentTable): TentTable {
  let mirror = mirrors.get(table);
  if (mirror === undefined) {
    mirror = mirrored(table);
    mirrors.set(table, mirror);
  }
  return mirror;
}

function mirrored(table: TentTable): TentTable {
  const parts = table.parts.map((part): TentPart => {
    const start = table.length - part.start - part.weights.length;
    const weights = part.weights.toReversed();
    // A whole tent is a palindrome, and what was planned for it holds.
    const same = weights.every((weight, i) => weight === part.weights[i]);
    const runs = same || part.runs.length === 0 ? part.runs : planLanes(weights);
    return { ...part, start, weights: same ? part.weights : weights, runs, ...aligned(start, weights) };
  });
  const ownMirror = parts.every(({ cell, start, weights, factor }, i) => {
    const other = table.parts[parts.length - 1 - i]!;
    return (
      other.cell === GRID_SIDE - 1 - cell &&
      other.start === start &&
      other.factor === factor &&
      other.weights.length === weights.length &&
      other.weights.every((weight, k) => weight === weights[k])
    );
  });
  return ownMirror ? table : { ...table, parts };
}

function buildTable(length: number): TentTable {
  const window = Math.ceil(length / 128);
  // An even window reaches one sample further forward than back, as the reference does.
  const ahead = Math.floor((window + 2) / 2);
  const parts: TentPart[] = [];
  let wholeRuns: readonly LaneRun[] | undefined;
  // Differences of the weights around one cell; index 0 stands for sample `base`.
  const steps = new Int32Array(2 * window + 2);
  for (let cell = 0; cell < GRID_SIDE; cell++) {
    const centre = Math.floor(((2 * cell + 1) * length) / 128);
    const from = Math.max(0, centre + ahead - window);
    const to = Math.min(length, centre + ahead);
    const base = Math.max(0, from + ahead - window);
    // The second mean runs over the outputs from..to of the first; those with equally many samples go together.
    for (let k = from; k < to; ) {
      const size = Math.min(length, k + ahead) - Math.max(0, k + ahead - window);
      steps.fill(0);
      let end = 0;
      for (; k < to; k++) {
        const low = Math.max(0, k + ahead - window);
        const high = Math.min(length, k + ahead);
        if (high - low !== size) break;
        steps[low - base]! += 1;
        steps[high - base]! -= 1;
        end = high;
      }
      const weights = weightsOf(steps, end - base);
      const start = end - weights.length;
      // All whole tents are alike: 1..w..1.
      const whole = to - from === window && size === window && weights.length === 2 * window - 1;
      let runs: readonly LaneRun[] = [];
      if (window <= LANE_WEIGHTS) runs = (whole ? wholeRuns : undefined) ?? planLanes(weights);
      if (whole) wholeRuns = runs;
      parts.push({
        cell,
        start,
        weights,
        factor: 1 / ((to - from) * size),
        runs,
        ...aligned(start, weights),
      });
    }
  }
  return { length, window, parts };
}

/** Sums up the steps of `count` samples and drops the zeros in front. */
function weightsOf(steps: Int32Array, count: number): Int32Array {
  let from = 0;
  while (steps[from] === 0) from++;
  const weights = new Int32Array(count - from);
  let weight = 0;
  for (let i = from; i < count; i++) {
    weight += steps[i]!;
    weights[i - from] = weight;
  }
  return weights;
}

function aligned(
  start: number,
  weights: Int32Array,
): { readonly alignedStart: number; readonly alignedWeights: Int32Array } {
  const alignedStart = start - (start % 4);
  const alignedWeights = new Int32Array(Math.ceil((start + weights.length - alignedStart) / 4) * 4);
  alignedWeights.set(weights, start - alignedStart);
  return { alignedStart, alignedWeights };
}

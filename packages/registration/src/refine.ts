/**
 * The last fraction of a sample: the map that lays the original over the suspect best, brightness against brightness.
 *
 * Inverse compositional Lucas-Kanade (Baker and Matthews, "Lucas-Kanade 20 years on", 2004) over patches: gradients are
 * those of the original and stay, each patch is normalised for itself (as ECC does for a whole picture: Evangelidis and
 * Psarakis, 2008) and weighed by how alike it is, and the map's step is solved from all patches together. From coarse to
 * fine, similarity first, then affine, then homography. Work is done at the coarser of the two resolutions: finer than
 * the suspect there is nothing to align. About 0.02 samples on sharp pictures; the tests hold the measure.
 * @module
 */

import type { Plane } from '@reclaim/raster/plane';
import { fitPlane, resizePlane, smoothPlane } from '@reclaim/raster/resample';
import { type MapKind, solve } from './fit-map.ts';
import { apply, compose, type Homography, inverse, isPlausible, scaleAt, scaling } from './homography.ts';
import { PATCH_SIDE, type Patch, type PatchReading, patchesOf, readPatch } from './patches.ts';

/** A refined map and how well it holds. */
export type Refined = {
  /** From the original's samples to the suspect's. */
  readonly map: Homography;
  readonly kind: MapKind;
  /** −1..1: the mean likeness (correlation) of the patches, each weighed by its contrast. */
  readonly agreement: number;
  /** Share of the patches that are alike by more than 0.5. A sticker over a third of the picture leaves two thirds. */
  readonly alikeShare: number;
  /** Patches that say anything. */
  readonly patches: number;
  /** Median of how far single patches would still move, in the original's samples: noise, and what no map can follow. */
  readonly residual: number;
};

/** Long side that the original is reduced to for this, unless the suspect is coarser. */
const WORK_SIDE = 1024;

/** Steps at one level and of one kind of map, at most. */
const STEPS = 10;

/** A step that moves no corner by more than this many samples is the last. */
const STILL = 0.004;

/** A level of both pictures at one resolution, and the way between it and the planes that were given. */
type Level = {
  readonly original: Plane;
  readonly suspect: Plane;
  readonly fromOriginal: Homography;
  readonly toSuspect: Homography;
};

/** From coarse to fine: by how much both are reduced, and which kinds of map are tried. */
const SCHEDULE = [
  [4, ['similarity', 'affine']],
  [2, ['affine', 'homography']],
  [1, ['affine', 'homography']],
] as const;

/**
 * Refines `map`, which must be right to about eight samples of a picture of 1024; undefined where too little of the
 * original is covered to say anything. `glance` stops after the coarsest level: is it worth a look?
 */
export function refineMap(
  original: Plane,
  suspect: Plane,
  map: Homography,
  depth: 'whole' | 'glance' = 'whole',
): Refined | undefined {
  let current = map;
  let best: Refined | undefined;
  for (const [reduction, kinds] of SCHEDULE) {
    if (depth === 'glance' && best !== undefined) break;
    const level = levelOf(original, suspect, current, reduction);
    if (level === undefined) continue;
    const start = best;
    best = undefined;
    for (const kind of kinds) {
      // An affine step keeps the perspective that is there already, so nothing is lost by going through it again.
      const refined = refineLevel(level, kind, current);
      if (refined === undefined) continue;
      const better = best === undefined || refined.agreement >= best.agreement;
      if (better) best = refined;
    }
    best ??= start;
    if (best !== undefined && isPlausible(best.map, original.width, original.height)) current = best.map;
  }
  return best === undefined ? undefined : { ...best, map: current };
}

function levelOf(original: Plane, suspect: Plane, map: Homography, reduction: number): Level | undefined {
  const [x, y] = middleOf(map, original, suspect);
  const scale = scaleAt(map, x, y);
  const long = Math.max(original.width, original.height);
  // The share of the original's resolution that both have.
  const share = Math.min(1, WORK_SIDE / long, scale) / reduction;
  const side = Math.round(long * share);
  if (side < 2 * PATCH_SIDE || Math.min(original.width, original.height) * share < PATCH_SIDE + 4)
    return undefined;
  const reduced = fitPlane(original, side);
  const shrink = Math.min(1, share / scale);
  const across = Math.max(1, Math.round(suspect.width * shrink));
  const down = Math.max(1, Math.round(suspect.height * shrink));
  if (Math.min(across, down) < PATCH_SIDE + 4) return undefined;
  return {
    original: smoothPlane(reduced),
    suspect: smoothPlane(resizePlane(suspect, across, down)),
    fromOriginal: scaling(reduced.width / original.width, reduced.height / original.height),
    toSuspect: scaling(suspect.width / across, suspect.height / down),
  };
}

/** A point of the original that the suspect shows: the suspect's own middle, if the way back is sound. */
function middleOf(map: Homography, original: Plane, suspect: Plane): readonly [number, number] {
  const centre = [original.width / 2, original.height / 2] as const;
  const back = inverse(map);
  if (back === undefined) return centre;
  const [x, y] = apply(back, suspect.width / 2, suspect.height / 2);
  return x > 0 && y > 0 && x < original.width && y < original.height ? [x, y] : centre;
}

function refineLevel(level: Level, kind: MapKind, map: Homography): Refined | undefined {
  const { original, suspect, fromOriginal, toSuspect } = level;
  const toLevel = inverse(toSuspect)!;
  const fromLevel = inverse(fromOriginal)!;
  let current = compose(toLevel, compose(map, fromLevel));
  const patches = patchesOf(original, current, suspect.width, suspect.height);
  const needed = { similarity: 2, affine: 5, homography: 12 }[kind];
  if (patches.length < needed) return undefined;
  const frame = frameOf(patches);
  const readings = patches.map((): PatchReading => ({ alike: 0, pullX: 0, pullY: 0 }));
  let best: { readonly map: Homography; readonly agreement: number } | undefined;
  for (let step = 0; step <= STEPS; step++) {
    readAll(patches, suspect, current, readings);
    const agreement = agreementOf(patches, readings);
    if (best === undefined || agreement > best.agreement) best = { map: current, agreement };
    if (step === STEPS) break;
    const moved = stepOf(kind, patches, readings, frame);
    const back = moved === undefined ? undefined : inverse(moved);
    if (moved === undefined || back === undefined) break;
    current = compose(current, back);
    if (!current.every((value) => Number.isFinite(value)) || movement(moved, original) < STILL) break;
  }
  if (best === undefined) return undefined;
  readAll(patches, suspect, best.map, readings);
  const alike = readings.filter((reading) => reading.alike > 0.5).length;
  return {
    map: compose(toSuspect, compose(best.map, fromOriginal)),
    kind,
    agreement: best.agreement,
    alikeShare: alike / patches.length,
    patches: patches.length,
    residual: residualOf(patches, readings) / fromOriginal[0]!,
  };
}

function readAll(
  patches: readonly Patch[],
  suspect: Plane,
  map: Homography,
  readings: readonly PatchReading[],
): void {
  for (const [at, patch] of patches.entries()) readPatch(patch, suspect, map, readings[at]!);
}

function agreementOf(patches: readonly Patch[], readings: readonly PatchReading[]): number {
  let [sum, weights] = [0, 0];
  patches.forEach(({ deviation }, at) => {
    sum += deviation * readings[at]!.alike;
    weights += deviation;
  });
  return sum / weights;
}

/** Where the patches lie, to bring their coordinates to about −1..1. */
type Frame = { readonly x: number; readonly y: number; readonly half: number };

function frameOf(patches: readonly Patch[]): Frame {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of patches) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return {
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    half: Math.max(1, (right - left) / 2, (bottom - top) / 2),
  };
}

/** The small map (in the level's original) that would bring the patches nearest; undefined where nothing fixes it. */
function stepOf(
  kind: MapKind,
  patches: readonly Patch[],
  readings: readonly PatchReading[],
  frame: Frame,
): Homography | undefined {
  const n = { similarity: 4, affine: 6, homography: 8 }[kind];
  const matrix = new Float64Array(n * n);
  const values = new Float64Array(n);
  const [rowX, rowY] = [new Float64Array(8), new Float64Array(8)];
  patches.forEach((patch, at) => {
    const { alike, pullX, pullY } = readings[at]!;
    if (!(alike > 0)) return;
    // One over the variance of what differs (the noise of a grey level at least), less the less alike they are.
    const differs = 2 * patch.deviation * patch.deviation * (1 - alike) + 1;
    const weight = (alike * alike) / differs;
    const x = (patch.x - frame.x) / frame.half;
    const y = (patch.y - frame.y) / frame.half;
    fillRows(kind, x, y, rowX, rowY);
    const [xx, xy, yy] = patch.tensor;
    for (let a = 0; a < n; a++) {
      const gx = weight * (xx * rowX[a]! + xy * rowY[a]!);
      const gy = weight * (xy * rowX[a]! + yy * rowY[a]!);
      for (let b = 0; b < n; b++) matrix[n * a + b]! += gx * rowX[b]! + gy * rowY[b]!;
      values[a]! += weight * (pullX * rowX[a]! + pullY * rowY[a]!);
    }
  });
  let trace = 0;
  for (let a = 0; a < n; a++) trace += matrix[n * a + a]!;
  // A direction that no patch tells of stays as it is.
  for (let a = 0; a < n; a++) matrix[n * a + a]! += 1e-6 * trace;
  const p = solve(matrix, values);
  if (p === undefined) return undefined;
  const scale = 1 / frame.half;
  const q = Array.from(p, (value) => value * scale) as readonly number[];
  const small =
    kind === 'similarity'
      ? Float64Array.of(1 + q[0]!, -q[1]!, q[2]!, q[1]!, 1 + q[0]!, q[3]!, 0, 0, 1)
      : Float64Array.of(1 + q[0]!, q[1]!, q[2]!, q[3]!, 1 + q[4]!, q[5]!, q[6] ?? 0, q[7] ?? 0, 1);
  const into = scaling(scale, scale, -frame.x * scale, -frame.y * scale);
  const out = scaling(frame.half, frame.half, frame.x, frame.y);
  return compose(out, compose(small, into));
}

/** How a patch at (x, y) moves with each parameter: the derivatives of the small map. */
function fillRows(kind: MapKind, x: number, y: number, rowX: Float64Array, rowY: Float64Array): void {
  if (kind === 'similarity') {
    rowX.set([x, -y, 1, 0]);
    rowY.set([y, x, 0, 1]);
    return;
  }
  rowX.set([x, y, 1, 0, 0, 0, -x * x, -x * y]);
  rowY.set([0, 0, 0, x, y, 1, -x * y, -y * y]);
}

function movement(map: Homography, { width, height }: Plane): number {
  let most = 0;
  for (const [x, y] of [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ] as const) {
    const [u, v] = apply(map, x, y);
    most = Math.max(most, Math.abs(u - x), Math.abs(v - y));
  }
  return most;
}

function residualOf(patches: readonly Patch[], readings: readonly PatchReading[]): number {
  const moves: number[] = [];
  patches.forEach(({ tensor: [xx, xy, yy] }, at) => {
    const { alike, pullX, pullY } = readings[at]!;
    const determinant = xx * yy - xy * xy;
    // An edge alone does not say where along it the patch lies.
    if (alike < 0.5 || determinant < 0.02 * (xx + yy) * (xx + yy)) return;
    const dx = (yy * pullX - xy * pullY) / determinant;
    const dy = (xx * pullY - xy * pullX) / determinant;
    moves.push(Math.sqrt(dx * dx + dy * dy));
  });
  moves.sort((a, b) => a - b);
  return moves[moves.length >> 1] ?? 0;
}

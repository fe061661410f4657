/**
 * The original cut into small squares that can say how far the suspect is off, each for itself.
 *
 * Each patch is compared less its mean and at its own contrast, so exposure and filters do not pull; a patch under a
 * sticker resembles nothing and weighs nothing. How alike two patches are is told less their even slope, too: two skies
 * that darken upwards are not alike for that. (Where a slope lies is worth knowing to a map that is right already, so
 * the pull keeps it.)
 * @module
 */

import type { Plane } from '@reclaim/raster/plane';
import { apply, derivative, type Homography } from './homography.ts';

/** Samples along one side of a patch. */
export const PATCH_SIDE = 20;

const AREA = PATCH_SIDE * PATCH_SIDE;

/** Samples that stay between a patch and an edge: smoothing has mixed in what lies beyond it. */
const INSET = 4;

/** Distance of each column (or row) from the middle one, and the sum of their squares over a patch. */
const OFFSETS: readonly number[] = Array.from({ length: PATCH_SIDE }, (_, at) => at - (PATCH_SIDE - 1) / 2);
const OFFSET_SQUARES = PATCH_SIDE * OFFSETS.reduce((sum, offset) => sum + offset * offset, 0);

/** Patches at most: more make a fit slower, not better. */
const MOST_PATCHES = 360;

/** Patches flatter than this (standard deviation in grey levels) say nothing. */
const FLAT = 0.7;

/** One square of the original. */
export type Patch = {
  /** Its middle, in the plane's coordinates. */
  readonly x: number;
  readonly y: number;
  /** Brightness less mean and slope, row-major. */
  readonly values: Float32Array;
  /** Gradients less their means. */
  readonly gradientX: Float32Array;
  readonly gradientY: Float32Array;
  /** Σgx², Σgxgy, Σgy². */
  readonly tensor: readonly [number, number, number];
  /** Σgx·value, Σgy·value. */
  readonly pull: readonly [number, number];
  /** Standard deviation of its brightness less the mean, and less the slope, too; grey levels. */
  readonly contrast: number;
  readonly deviation: number;
};

/** What a patch says of a map: how alike, and the pull (Σgx·e, Σgy·e) of what is still different. */
export type PatchReading = { alike: number; pullX: number; pullY: number };

/** The patches of `plane` that `map` takes wholly into a `width` × `height` suspect, on a grid, flat ones left out. */
export function patchesOf(plane: Plane, map: Homography, width: number, height: number): readonly Patch[] {
  const half = PATCH_SIDE / 2;
  let step = PATCH_SIDE;
  for (;;) {
    const places: (readonly [number, number])[] = [];
    for (let y = half + INSET; y + half + INSET <= plane.height; y += step)
      for (let x = half + INSET; x + half + INSET <= plane.width; x += step)
        if (lands(map, x, y, half, width, height)) places.push([x, y]);
    // A picture of which much is covered has more than enough: a wider grid.
    if (places.length <= MOST_PATCHES)
      return places.flatMap(([x, y]) => patchAt(plane, x - half, y - half) ?? []);
    step = Math.ceil(step * Math.max(1.05, Math.sqrt(places.length / MOST_PATCHES)));
  }
}

function lands(map: Homography, x: number, y: number, half: number, width: number, height: number): boolean {
  for (const [dx, dy] of [
    [-half, -half],
    [half, -half],
    [-half, half],
    [half, half],
  ] as const) {
    const [u, v] = apply(map, x + dx, y + dy);
    if (!(u >= INSET && v >= INSET && u <= width - INSET && v <= height - INSET)) return false;
  }
  return true;
}

function patchAt({ width, data }: Plane, left: number, top: number): Patch | undefined {
  const values = new Float32Array(AREA);
  const gradientX = new Float32Array(AREA);
  const gradientY = new Float32Array(AREA);
  for (let row = 0, to = 0; row < PATCH_SIDE; row++) {
    for (let at = (top + row) * width + left, end = at + PATCH_SIDE; at < end; at++, to++) {
      values[to] = data[at]!;
      gradientX[to] = (data[at + 1]! - data[at - 1]!) / 2;
      gradientY[to] = (data[at + width]! - data[at - width]!) / 2;
    }
  }
  for (const each of [values, gradientX, gradientY]) centre(each);
  const contrast = Math.sqrt(dot(values, values) / AREA);
  const pull = [dot(gradientX, values), dot(gradientY, values)] as const;
  flatten(values);
  const deviation = Math.sqrt(dot(values, values) / AREA);
  if (contrast < FLAT || deviation < FLAT / 4) return undefined;
  const tensor = [dot(gradientX, gradientX), dot(gradientX, gradientY), dot(gradientY, gradientY)] as const;
  const half = PATCH_SIDE / 2;
  return { x: left + half, y: top + half, values, gradientX, gradientY, tensor, pull, contrast, deviation };
}

/** Takes the mean away. */
function centre(values: Float32Array): void {
  let sum = 0;
  for (const value of values) sum += value;
  for (let at = 0; at < AREA; at++) values[at]! -= sum / AREA;
}

/** Takes the slope away. */
function flatten(values: Float32Array): void {
  let [across, down] = [0, 0];
  values.forEach((value, at) => {
    across += value * OFFSETS[at % PATCH_SIDE]!;
    down += value * OFFSETS[Math.floor(at / PATCH_SIDE)]!;
  });
  for (let row = 0, at = 0; row < PATCH_SIDE; row++)
    for (let column = 0; column < PATCH_SIDE; column++, at++)
      values[at]! -= (across * OFFSETS[column]! + down * OFFSETS[row]!) / OFFSET_SQUARES;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < AREA; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Reads one patch through a map into `reading`. The map is taken as affine within the patch. */
export function readPatch(patch: Patch, suspect: Plane, map: Homography, reading: PatchReading): void {
  const { width, height, data } = suspect;
  const { values, gradientX, gradientY } = patch;
  const [u, v] = apply(map, patch.x, patch.y);
  const [a, b, c, d] = derivative(map, patch.x, patch.y);
  const start = OFFSETS[0]!;
  const [right, bottom] = [width - 1.001, height - 1.001];
  let [sum, across, down, square, both, alongX, alongY] = [0, 0, 0, 0, 0, 0, 0];
  for (let row = 0, to = 0; row < PATCH_SIDE; row++) {
    // Sample centres stand at halves: minus one half gives the left one of two neighbours.
    let x = u + a * start + b * (start + row) - 0.5;
    let y = v + c * start + d * (start + row) - 0.5;
    let line = 0;
    for (let column = 0; column < PATCH_SIDE; column++, to++, x += a, y += c) {
      const cx = x < 0 ? 0 : x > right ? right : x;
      const cy = y < 0 ? 0 : y > bottom ? bottom : y;
      const left = cx | 0;
      const top = cy | 0;
      const p = cx - left;
      const at = top * width + left;
      const above = data[at]! + (data[at + 1]! - data[at]!) * p;
      const below = data[at + width]! + (data[at + width + 1]! - data[at + width]!) * p;
      const value = above + (below - above) * (cy - top);
      line += value;
      across += value * OFFSETS[column]!;
      square += value * value;
      // The patch's own numbers have no mean (its values no slope either), so the suspect's drops out here.
      both += value * values[to]!;
      alongX += value * gradientX[to]!;
      alongY += value * gradientY[to]!;
    }
    sum += line;
    down += line * OFFSETS[row]!;
  }
  const centred = square - (sum * sum) / AREA;
  const contrast = Math.sqrt(Math.max(0, centred) / AREA);
  const own = centred - (across * across + down * down) / OFFSET_SQUARES;
  const deviation = Math.sqrt(Math.max(0, own) / AREA);
  if (!(deviation > 0.05)) {
    reading.alike = 0;
    reading.pullX = 0;
    reading.pullY = 0;
    return;
  }
  const gain = patch.contrast / contrast;
  reading.alike = both / (AREA * deviation * patch.deviation);
  reading.pullX = gain * alongX - patch.pull[0];
  reading.pullY = gain * alongY - patch.pull[1];
}

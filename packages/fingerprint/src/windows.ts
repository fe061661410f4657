/**
 * The windows of an upload: parts of it that may be a whole picture which somebody protected, each with its PDQ hash and
 * that of its mirror. The work of finding altered copies is done here, on the side that asks, so that a picture's owner
 * never has to give more than one hash of it (docs/benchmarks.md, "Altered copies").
 *
 * - `trim`: what is left without plain borders (letterbox, page ground), at three tolerances;
 * - `rectangle`: upright rectangles with straight edges (screenshots, cells of a collage, between captions);
 * - `part`: the halves and the quadrants (collages without a gap);
 * - `inner`: the same shape a little smaller (thin frames, perspective).
 *
 * Everything is taken from one grey plane of at most 512 samples a side, the size that the recall was measured at. A
 * window's hash is the exact PDQ of its pixels there, aimed: reductions of an even w lie one pixel late (`tents.ts`), which is a
 * quarter of a cell in a window of 256 samples and hardly anything in the large original; such a window is read one pixel
 * earlier. Measured on 40 photographs shrunk to 256 samples: 6 bits from the original's hash in the median instead of 18.
 *
 * What a window finds is weak evidence: less picture, and dozens of tries an upload. So it counts only within
 * `WINDOW_DISTANCE_BITS`, from quality `MIN_WINDOW_QUALITY`, and may only ever open a review.
 * @module
 */

import { withoutBorders } from '@reclaim/raster/borders';
import type { Pixels } from '@reclaim/raster/pixels';
import { findRectangles, type Rectangle } from '@reclaim/raster/rectangles';
import { shrinkLuma } from '@reclaim/raster/shrink';
import { MOST_PLANE_SIDE, WindowPlanes } from '@reclaim/raster/window-planes';
import { isBlank } from './fingerprint.ts';
import { dct64, gradientSum64, hashOf, medianOf, qualityOf } from './pdq-transform.ts';
import type { PdqHash } from './signal.ts';

/** The kinds of windows, frozen: their names are on the wire and in the database. */
export const WINDOW_KINDS = Object.freeze(['trim', 'rectangle', 'part', 'inner'] as const);

/** One kind of window. */
export type WindowKind = (typeof WINDOW_KINDS)[number];

/** Windows of one upload, at most: what bounds the time, the lookups and the message. */
export const MOST_WINDOWS = 64;

/** Greatest distance of a windowed match, in bits; a full frame may be 31 away (reference: altered copies, section 3). */
export const WINDOW_DISTANCE_BITS = 24;

/** Least quality of a window. */
export const MIN_WINDOW_QUALITY = 50;

/** Shorter sides in samples than this hold no picture that a hash could tell. */
const LEAST_SIDE = 32;

/** Levels around the ground that still are border. */
const TRIM_LEVELS = [4, 12, 28] as const;

/** Groups of rectangles that are looked at; each may give two. */
const MOST_RECTANGLES = 16;

/** Halves and quadrants, as parts of the plane: x, y, width, height. */
const PARTS = [
  [0, 0, 0.5, 1],
  [0.5, 0, 0.5, 1],
  [0, 0, 1, 0.5],
  [0, 0.5, 1, 0.5],
  [0, 0, 0.5, 0.5],
  [0.5, 0, 0.5, 0.5],
  [0, 0.5, 0.5, 0.5],
  [0.5, 0.5, 0.5, 0.5],
] as const;

/** Centred windows of the same shape, as parts of the sides. */
const INNER = [0.97, 0.94, 0.91, 0.88] as const;

/** One window of an upload, as it is asked with. `quality` is 0..100, that of the window as it stands. */
export type WindowSignal = {
  readonly kind: 'window';
  readonly window: WindowKind;
  readonly value: PdqHash;
  /** The hash of the window mirrored left to right. */
  readonly mirror: PdqHash;
  readonly quality: number;
};

/** Where a window lies, in samples of the small plane. */
export type WindowPlace = Rectangle & { readonly window: WindowKind };

/** The small grey plane that the windows of a picture are taken from. */
export function windowPlane(pixels: Pixels): Pixels {
  return shrinkLuma(pixels, MOST_PLANE_SIDE);
}

/** The windows of a plane, at most `MOST_WINDOWS`, the likeliest first; never the whole plane, never one twice. */
export function windowPlaces(plane: Pixels): readonly WindowPlace[] {
  const { width, height } = plane;
  const places: WindowPlace[] = [];
  const add = (window: WindowKind, place: Rectangle) => {
    const whole = place.width === width && place.height === height;
    if (whole || Math.min(place.width, place.height) < LEAST_SIDE || places.length >= MOST_WINDOWS) return;
    if (places.some((other) => same(other, place))) return;
    places.push({ window, x: place.x, y: place.y, width: place.width, height: place.height });
  };
  for (const levels of TRIM_LEVELS) add('trim', withoutBorders(plane, levels));
  for (const rectangle of findRectangles(plane, MOST_RECTANGLES)) add('rectangle', rectangle);
  for (const [x, y, wide, tall] of PARTS) add('part', share(plane, x, y, wide, tall));
  for (const part of INNER) add('inner', share(plane, (1 - part) / 2, (1 - part) / 2, part, part));
  return places;
}

function share({ width, height }: Pixels, x: number, y: number, wide: number, tall: number): Rectangle {
  const left = Math.round(x * width);
  const top = Math.round(y * height);
  return {
    x: left,
    y: top,
    width: Math.round((x + wide) * width) - left,
    height: Math.round((y + tall) * height) - top,
  };
}

function same(a: Rectangle, b: Rectangle): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/**
 * The windows of an oriented picture in sRGB, with their hashes. Windows that are blank or under the least quality are
 * left out. Time is bounded: by the pixels for the plane, by `MOST_WINDOWS` for what follows.
 */
export function windowsOf(pixels: Pixels): readonly WindowSignal[] {
  return windowsOfPlane(windowPlane(pixels));
}

/** The same from the small plane. */
export function windowsOfPlane(plane: Pixels): readonly WindowSignal[] {
  const planes = new WindowPlanes(plane);
  const signals: WindowSignal[] = [];
  for (const place of windowPlaces(plane)) {
    const upright = hashGrid(planes.grid(aimed(place, false)));
    if (upright === undefined) continue;
    const mirror = hashGrid(planes.grid(aimed(place, true), true));
    const { value, quality } = upright;
    signals.push({ kind: 'window', window: place.window, value, mirror: mirror?.value ?? value, quality });
  }
  return signals;
}

/** The place read one pixel early where the reduction of its sides is one pixel late. */
function aimed({ x, y, width, height }: Rectangle, mirrored: boolean): Rectangle {
  const late = (length: number) => (Math.ceil(length / 128) % 2 === 0 ? 1 : 0);
  return { x: x + (mirrored ? late(width) : -late(width)), y: y - late(height), width, height };
}

function hashGrid(grid: Float64Array): { readonly value: PdqHash; readonly quality: number } | undefined {
  const quality = qualityOf(gradientSum64(grid, 0).sum);
  if (quality < MIN_WINDOW_QUALITY) return undefined;
  const coefficients = dct64(grid);
  if (isBlank(coefficients)) return undefined;
  return { value: hashOf(coefficients, medianOf(coefficients).median), quality };
}

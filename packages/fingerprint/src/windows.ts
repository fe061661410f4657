/**
 * The windows of an upload: parts of it that may be a whole picture which somebody protected, each with its PDQ hash and
 * that of its mirror. The work of finding altered copies is done here, on the side that asks, so that a picture's owner
 * never has to give more than one hash of it (docs/benchmarks.md, "Altered copies").
 *
 * - `trim`: what is left without plain borders (letterbox, page ground), at three tolerances;
 * - `rectangle`: upright rectangles with straight edges (screenshots, cells of a collage, between captions), and strips
 *   between even borders (a blurred fill);
 * - `part`: the halves and the quadrants, as they are and without the gap around them (collages);
 * - `inner`: the same shape a little smaller (thin frames);
 * - `straightened`: a picture that lies askew on plain ground, made upright (turned by some degrees, seen from the side);
 * - `widened`: the upload with its own reflection around it, as if a little had been cut off at some sides.
 *
 * Everything is taken from one grey plane of at most 512 samples a side, the size that the recall was measured at: a
 * plane of 1,024 costs four times as much and finds hardly more once edges are found to a part of a sample. A window is
 * reduced as PDQ reduces a large picture (raster, `window-grid.ts`), then transformed and cut at its median as ever.
 *
 * What a window finds is weak evidence: less picture, and dozens of tries an upload. So it counts only within
 * `WINDOW_DISTANCE_BITS`, from quality `MIN_WINDOW_QUALITY`, and may only ever open a review.
 * @module
 */

import { withoutBorders } from '@reclaim/raster/borders';
import { exactEdges } from '@reclaim/raster/exact-edges';
import type { Pixels } from '@reclaim/raster/pixels';
import { findRectangles, type Rectangle } from '@reclaim/raster/rectangles';
import { shrinkLuma } from '@reclaim/raster/shrink';
import { GRID_SIDE } from '@reclaim/raster/tents';
import { straighten, tiltedFrame } from '@reclaim/raster/tilted-frame';
import { type ReadWindow, withWindows } from '@reclaim/raster/window-grid';
import { isBlank } from './fingerprint.ts';
import { bitRows, COEFFICIENTS, hashOfRows, medianOf, qualityOf, sharedRoom } from './pdq-transform.ts';
import { separability } from './separable.ts';
import type { PdqHash } from './signal.ts';
import type { TransformRoom } from './transform-kernel.ts';

/** The kinds of windows, frozen: their names are on the wire and in the database. */
export const WINDOW_KINDS = Object.freeze([
  'trim',
  'rectangle',
  'part',
  'inner',
  'straightened',
  'widened',
] as const);

/** One kind of window. */
export type WindowKind = (typeof WINDOW_KINDS)[number];

/** Windows of one upload, at most: what bounds the time, the lookups and the message. */
export const MOST_WINDOWS = 72;

/** Greatest distance of a windowed match, in bits; a full frame may be 31 away (reference: altered copies, section 3). */
export const WINDOW_DISTANCE_BITS = 24;

/** Least quality of a window. */
export const MIN_WINDOW_QUALITY = 50;

/** Longest side of the plane, in samples. */
export const PLANE_SIDE = 512;

/** Windows whose bits are this much one pattern of bars are no picture (`separable.ts`). */
const MOST_SEPARABLE = 0.7;

/** Shorter sides in samples than this hold no picture that a hash could tell. */
const LEAST_SIDE = 32;

/** Levels around the ground that still are border, and those of the gap of a collage. */
const TRIM_LEVELS = [4, 12, 28] as const;
const GAP_LEVELS = 12;

/** Least gap that is one, in samples, and the most, as a part of the shorter side. */
const LEAST_GAP = 1;
const MOST_GAP = 0.06;

/**
 * Groups of rectangles that are looked at, each may give three, and how many of these come before the parts, which a page full
 * of edges must not crowd out.
 */
const MOST_RECTANGLES = 12;
const BEFORE_PARTS = 20;

/** Rectangles that are looked at as if they stood in the middle, at most, and samples from a border that count as none. */
const MOST_EVEN = 6;
const AT_BORDER = 0.25;

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
const INNER = [0.97, 0.94] as const;

/** How much larger the original may have been, each side, and where in it the upload may lie. */
const WIDENED = [1.025, 1.05] as const;
const PLACES = [0, 0.5, 1] as const;

/** Side of a straightened plane, in samples. */
const STRAIGHT_SIDE = 256;

/**
 * PDQ's tents lie late by about one pixel where their window is even: by a sixteenth of a cell in a picture of 1,024
 * pixels, by a sixtieth in one of 4,000. Windows are read late by this part of a cell.
 */
const LATE = 0.03;

/** One window of an upload, as it is asked with. `quality` is 0..100. */
export type WindowSignal = {
  readonly kind: 'window';
  readonly window: WindowKind;
  readonly value: PdqHash;
  /** The hash of the window mirrored left to right. */
  readonly mirror: PdqHash;
  readonly quality: number;
};

/** Where a window lies, in samples of the small plane; sides may lie between samples. */
export type WindowPlace = Rectangle & { readonly window: WindowKind };

/** The small grey plane that the windows of a picture are taken from. */
export function windowPlane(pixels: Pixels): Pixels {
  return shrinkLuma(pixels, PLANE_SIDE);
}

/** The upright windows inside a plane, the likeliest first; never the whole plane, never one twice. */
export function windowPlaces(plane: Pixels): readonly WindowPlace[] {
  const { width, height } = plane;
  const places: WindowPlace[] = [];
  const add = (window: WindowKind, place: Rectangle, known = window === 'inner') => {
    const whole = place.width === width && place.height === height;
    if (whole || Math.min(place.width, place.height) < LEAST_SIDE || places.length >= MOST_WINDOWS) return;
    const exact = known ? place : exactEdges(plane, place);
    if (places.some((other) => alike(other, exact))) return;
    const { x, y } = exact;
    places.push({ window, x, y, width: exact.width, height: exact.height });
  };
  for (const levels of TRIM_LEVELS) add('trim', withoutBorders(plane, levels));
  const found = findRectangles(plane, MOST_RECTANGLES);
  const strips = found.filter(({ support }) => support === 0);
  const seen = found.filter(({ support }) => support > 0);
  for (const rectangle of [...seen.slice(0, BEFORE_PARTS), ...strips]) add('rectangle', rectangle);
  for (const even of evenRectangles(plane, places)) add('rectangle', even, true);
  for (const [x, y, wide, tall] of PARTS) {
    const part = share(plane, x, y, wide, tall);
    add('part', part);
    if (Math.min(part.width, part.height) >= LEAST_SIDE) add('part', withoutBorders(plane, GAP_LEVELS, part));
  }
  for (const part of gappedParts(plane)) add('part', part, true);
  for (const rectangle of seen.slice(BEFORE_PARTS)) add('rectangle', rectangle);
  for (const part of INNER) add('inner', share(plane, (1 - part) / 2, (1 - part) / 2, part, part));
  return places;
}

/**
 * Rectangles that reach one side of the plane, as if they stood in its middle: pages mostly show a picture there, and one of
 * its sides may have the page's own brightness.
 */
function evenRectangles({ width }: Pixels, places: readonly WindowPlace[]): readonly Rectangle[] {
  return places
    .filter(({ window }) => window === 'rectangle')
    .flatMap(({ x, y, width: wide, height }) => {
      const right = width - x - wide;
      const gap = Math.max(x, right);
      return Math.min(x, right) > AT_BORDER || gap <= AT_BORDER || 2 * gap > width - LEAST_SIDE
        ? []
        : [{ x: gap, y, width: width - 2 * gap, height }];
    })
    .slice(0, MOST_EVEN);
}

/**
 * Halves and quadrants inside the even gap of a collage, where a gap is seen at any side of it: a cell whose picture ends in
 * the ground's own colour is found by those that do not.
 */
function gappedParts(plane: Pixels): readonly Rectangle[] {
  const { width, height } = plane;
  const inner = exactEdges(plane, withoutBorders(plane, GAP_LEVELS));
  const sides = [inner.x, inner.y, width - inner.x - inner.width, height - inner.y - inner.height];
  const gap = Math.min(...sides.filter((side) => side >= LEAST_GAP));
  if (!(gap <= MOST_GAP * Math.min(width, height))) return [];
  const cells = (side: number, count: number) => {
    const length = (side - (count + 1) * gap) / count;
    return Array.from({ length: count }, (_, i) => ({ from: gap + i * (length + gap), length }));
  };
  return [
    [2, 1],
    [1, 2],
    [2, 2],
  ].flatMap(([across, down]) =>
    cells(width, across!).flatMap((column) =>
      cells(height, down!).map((row) => ({
        x: column.from,
        y: row.from,
        width: column.length,
        height: row.length,
      })),
    ),
  );
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

/** Whether no side of one lies half a sample from that of the other. */
function alike(a: Rectangle, b: Rectangle): boolean {
  const near = (one: number, other: number) => Math.abs(one - other) < 0.5;
  return near(a.x, b.x) && near(a.y, b.y) && near(a.width, b.width) && near(a.height, b.height);
}

/**
 * The windows of an oriented picture in sRGB, with their hashes. Windows that are blank, mere bars, or under the least
 * quality are left out. Time is bounded: by the pixels for the plane, by `MOST_WINDOWS` for what follows.
 */
export function windowsOf(pixels: Pixels): readonly WindowSignal[] {
  return windowsOfPlane(windowPlane(pixels));
}

/** The same from the small plane. */
export function windowsOfPlane(plane: Pixels): readonly WindowSignal[] {
  const signals: WindowSignal[] = [];
  if (Math.min(plane.width, plane.height) < LEAST_SIDE) return signals;
  const room = sharedRoom();
  const hash = (read: ReadWindow, { window, x, y, width, height }: WindowPlace) => {
    if (signals.length >= MOST_WINDOWS) return;
    const late = { x: x + (LATE * width) / GRID_SIDE, y: y + (LATE * height) / GRID_SIDE, width, height };
    read(late, room.grid);
    const hashed = hashRoom(room);
    if (hashed !== undefined) signals.push({ kind: 'window', window, ...hashed });
  };
  try {
    const askew = tiltedFrame(plane);
    if (askew !== undefined) {
      const upright = { x: 0, y: 0, width: STRAIGHT_SIDE, height: STRAIGHT_SIDE };
      withWindows(straighten(plane, askew, STRAIGHT_SIDE), (read) =>
        hash(read, { window: 'straightened', ...upright }),
      );
    }
    const places = [...widenedPlaces(plane), ...windowPlaces(plane)];
    withWindows(plane, (read) => {
      for (const place of places) hash(read, place);
    });
  } finally {
    room.clear();
  }
  return signals;
}

/** Windows that reach out of the plane by what may have been cut off. */
function widenedPlaces({ width, height }: Pixels): readonly WindowPlace[] {
  return WIDENED.flatMap((times) =>
    PLACES.flatMap((down) =>
      PLACES.map((across): WindowPlace => {
        const [wide, tall] = [times * width, times * height];
        const [x, y] = [-across * (wide - width), -down * (tall - height)];
        return { window: 'widened', x, y, width: wide, height: tall };
      }),
    ),
  );
}

/** Hash and mirror's hash of the plane in the room; undefined where it is no picture. */
function hashRoom(room: TransformRoom): Pick<WindowSignal, 'value' | 'mirror' | 'quality'> | undefined {
  const quality = qualityOf(room.gradients());
  if (quality < MIN_WINDOW_QUALITY) return undefined;
  const coefficients = room.transform();
  const { median } = medianOf(coefficients);
  if (isBlank(coefficients, median)) return undefined;
  const rows = bitRows(coefficients, median);
  if (separability(rows) > MOST_SEPARABLE) return undefined;
  // A mirror turns the sign of the odd horizontal frequencies, which stand at the even indexes.
  for (let at = 0; at < COEFFICIENTS; at += 2) coefficients[at] = -coefficients[at]!;
  const mirror = hashOfRows(bitRows(coefficients, medianOf(coefficients).median));
  return { value: hashOfRows(rows), mirror, quality };
}

/**
 * Corners of one level of the pyramid: Harris' structure tensor (Harris and Stephens, "A combined corner and edge
 * detector", 1988), strength det/(trace + 1), local maxima of 3×3 to a fraction of a sample, spread over the picture.
 *
 * The strength is Noble's ("Descriptions of image surfaces", 1989), which needs no constant. Spreading: the level is cut
 * into about as many cells as corners are wanted; every cell gives its strongest first, and only then do the next ones
 * count by strength. A sticker, a line of text or a tree then cannot take all the places.
 * @module
 */

import type { Plane } from '@reclaim/raster/plane';

/** A corner in samples of its level (centres at halves) and its strength, in squared grey levels. */
export type Corner = { readonly x: number; readonly y: number; readonly strength: number };

/** Weaker than this is rounding and the codec's noise on a plain wall. */
const WEAKEST = 2;

/**
 * At most `most` corners of the plane, none nearer than `margin` samples to an edge (`margin` >= 4), by strength within
 * each round of spreading. Time and memory grow with the plane alone.
 */
export function cornersOf(plane: Plane, margin: number, most: number): readonly Corner[] {
  const { width, height } = plane;
  if (most < 1 || width <= 2 * margin || height <= 2 * margin) return [];
  const strengths = harris(plane);
  const found: Corner[] = [];
  for (let y = margin; y < height - margin; y++) {
    for (let x = margin, at = y * width + margin; x < width - margin; x++, at++) {
      const s = strengths[at]!;
      if (s < WEAKEST) continue;
      const left = strengths[at - 1]!;
      const right = strengths[at + 1]!;
      const above = strengths[at - width]!;
      const below = strengths[at + width]!;
      // Of equal neighbours the first is taken.
      if (s <= left || s < right || s <= above || s < below) continue;
      if (s <= strengths[at - width - 1]! || s <= strengths[at - width + 1]!) continue;
      if (s < strengths[at + width - 1]! || s < strengths[at + width + 1]!) continue;
      found.push({ x: x + 0.5 + peak(left, s, right), y: y + 0.5 + peak(above, s, below), strength: s });
    }
  }
  return spread(found, width, height, most);
}

/** Where a parabola through three samples has its top, −½..½ from the middle one. */
function peak(before: number, middle: number, after: number): number {
  const bend = before - 2 * middle + after;
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : 0;
}

/** The strength at every sample; 0 within 3 of an edge. Sobel's gradients, the tensor summed over 5×5. */
function harris({ width, height, data }: Plane): Float32Array {
  const strengths = new Float32Array(width * height);
  if (width < 8 || height < 8) return strengths;
  // Sums over five columns of the products of gradients, for the last five rows: a ring for each of the three.
  const rings = [
    new Float32Array(5 * width),
    new Float32Array(5 * width),
    new Float32Array(5 * width),
  ] as const;
  const [ringXX, ringXY, ringYY] = rings;
  const [xx, xy, yy] = [new Float32Array(width), new Float32Array(width), new Float32Array(width)];
  const [sumXX, sumXY, sumYY] = [new Float32Array(width), new Float32Array(width), new Float32Array(width)];
  for (let y = 1; y < height - 1; y++) {
    const up = (y - 1) * width;
    const mid = y * width;
    const low = mid + width;
    for (let x = 1; x < width - 1; x++) {
      const [a, b, c] = [data[up + x - 1]!, data[up + x]!, data[up + x + 1]!];
      const [d, f] = [data[mid + x - 1]!, data[mid + x + 1]!];
      const [g, h, i] = [data[low + x - 1]!, data[low + x]!, data[low + x + 1]!];
      const gx = (c - a + 2 * (f - d) + i - g) / 8;
      const gy = (g - a + 2 * (h - b) + i - c) / 8;
      xx[x] = gx * gx;
      xy[x] = gx * gy;
      yy[x] = gy * gy;
    }
    const ring = (y % 5) * width;
    for (let x = 3; x < width - 3; x++) {
      ringXX[ring + x] = xx[x - 2]! + xx[x - 1]! + xx[x]! + xx[x + 1]! + xx[x + 2]!;
      ringXY[ring + x] = xy[x - 2]! + xy[x - 1]! + xy[x]! + xy[x + 1]! + xy[x + 2]!;
      ringYY[ring + x] = yy[x - 2]! + yy[x - 1]! + yy[x]! + yy[x + 1]! + yy[x + 2]!;
    }
    if (y < 5) continue;
    for (let x = 3; x < width - 3; x++) {
      sumXX[x] =
        ringXX[x]! +
        ringXX[x + width]! +
        ringXX[x + 2 * width]! +
        ringXX[x + 3 * width]! +
        ringXX[x + 4 * width]!;
      sumXY[x] =
        ringXY[x]! +
        ringXY[x + width]! +
        ringXY[x + 2 * width]! +
        ringXY[x + 3 * width]! +
        ringXY[x + 4 * width]!;
      sumYY[x] =
        ringYY[x]! +
        ringYY[x + width]! +
        ringYY[x + 2 * width]! +
        ringYY[x + 3 * width]! +
        ringYY[x + 4 * width]!;
    }
    // Rows y−4 … y are in the rings: the tensor of row y−2.
    for (let x = 3, at = (y - 2) * width + 3; x < width - 3; x++, at++) {
      const [p, q, r] = [sumXX[x]!, sumXY[x]!, sumYY[x]!];
      strengths[at] = (p * r - q * q) / (p + r + 1);
    }
  }
  return strengths;
}

function spread(found: readonly Corner[], width: number, height: number, most: number): readonly Corner[] {
  const byStrength = (a: Corner, b: Corner) => b.strength - a.strength || a.y - b.y || a.x - b.x;
  const sorted = [...found].sort(byStrength);
  if (sorted.length <= most) return sorted;
  const side = Math.max(1, Math.sqrt((width * height) / most));
  const across = Math.max(1, Math.ceil(width / side));
  const taken = new Uint8Array(across * Math.max(1, Math.ceil(height / side)));
  const first: Corner[] = [];
  const later: Corner[] = [];
  for (const corner of sorted) {
    const cell = Math.floor(corner.y / side) * across + Math.floor(corner.x / side);
    const fits = taken[cell] === 0 && first.length < most;
    if (fits) taken[cell] = 1;
    (fits ? first : later).push(corner);
  }
  return [...first, ...later.slice(0, most - first.length)];
}

/**
 * Corners of one level of the pyramid: local maxima of 3×3 of the strengths, to a fraction of a sample, spread over the
 * picture. Spreading: the level is cut
 * into about as many cells as corners are wanted; every cell gives its strongest first, and only then do the next ones
 * count by strength. A sticker, a line of text or a tree then cannot take all the places.
 * @module
 */

/** A corner in samples of its level (centres at halves) and its strength, in squared grey levels. */
export type Corner = { readonly x: number; readonly y: number; readonly strength: number };

/** Weaker than this is rounding and the codec's noise on a plain wall. */
const WEAKEST = 2;

/**
 * At most `most` corners of a plane by the strengths of its samples (`harris.ts`), none nearer than `margin` samples to an
 * edge (`margin` >= 4), by strength within each round of spreading. Time and memory grow with the plane alone.
 */
export function cornersOf(
  strengths: Float32Array,
  width: number,
  height: number,
  margin: number,
  most: number,
): readonly Corner[] {
  if (most < 1 || width <= 2 * margin || height <= 2 * margin) return [];
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

/** The strongest first, and of two alike the one that is read first. */
function byStrength(a: Corner, b: Corner): number {
  return b.strength - a.strength || a.y - b.y || a.x - b.x;
}

function spread(found: Corner[], width: number, height: number, most: number): readonly Corner[] {
  if (found.length <= most) return found.sort(byStrength);
  const side = Math.max(1, Math.sqrt((width * height) / most));
  const across = Math.max(1, Math.ceil(width / side));
  const strongest: (Corner | undefined)[] = Array.from({
    length: across * Math.max(1, Math.ceil(height / side)),
  });
  const others: Corner[] = [];
  for (const corner of found) {
    const cell = Math.floor(corner.y / side) * across + Math.floor(corner.x / side);
    const known = strongest[cell];
    const wins = known === undefined || byStrength(corner, known) < 0;
    if (wins) strongest[cell] = corner;
    if (known !== undefined) others.push(wins ? known : corner);
  }
  const first = strongest.filter((each) => each !== undefined).sort(byStrength);
  others.push(...first.splice(most));
  return [...first, ...strongestOf(others, most - first.length)];
}

/** The `count` strongest in order, without the others being sorted. */
function strongestOf(corners: readonly Corner[], count: number): readonly Corner[] {
  if (count <= 0) return [];
  const strengths = Float64Array.from(corners, ({ strength }) => strength).sort();
  const least = strengths[Math.max(0, strengths.length - count)] ?? 0;
  return corners
    .filter(({ strength }) => strength >= least)
    .sort(byStrength)
    .slice(0, count);
}

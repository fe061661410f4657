/**
 * The 256 comparisons of our descriptor: pairs of points in a disc of radius 15, drawn once from a fixed seed.
 *
 * As BRIEF draws them (Calonder, Lepetit, Strecha, Fua, "BRIEF: Binary Robust Independent Elementary Features", 2010,
 * pattern G II: both ends of a pair from one Gaussian around the centre, σ = 31/5), with the Gaussian made of twelve
 * whole numbers, so that no machine's logarithm has a say. Pairs nearer than 3 pixels compare noise, and are drawn again.
 *
 * The pattern is a part of every stored descriptor: another seed is another format (`FEATURES_FORMAT`).
 * @module
 */

import { drawFrom } from './draw.ts';

/** Comparisons of a descriptor, one bit each. */
export const DESCRIPTOR_BITS = 256;

/** Words of 32 bits of a descriptor. */
export const DESCRIPTOR_WORDS = 8;

/** The furthest that a point of the pattern lies from its keypoint, in samples of the keypoint's level. */
export const PATCH_RADIUS = 15;

/** "RE" in ASCII twice over; chosen before anything was measured. */
const SEED = 0x52455245;

/** x1, y1, x2, y2 of each comparison, in samples from the keypoint: bit i is set where the first is darker. */
export const PATTERN: Int8Array = drawPattern();

function drawPattern(): Int8Array {
  const draw = drawFrom(SEED);
  // Twelve numbers of 0..1023: mean 6138, σ 1024 (twelve times 1023²/12, nearly). 165 of that σ are one pixel: σ 6.2.
  const coordinate = () => {
    let sum = 0;
    for (let i = 0; i < 12; i++) sum += draw(1024);
    return Math.round((sum - 6138) / 165);
  };
  const pattern = new Int8Array(4 * DESCRIPTOR_BITS);
  const drawn = new Set<string>();
  for (let bit = 0; bit < DESCRIPTOR_BITS; ) {
    const pair = [coordinate(), coordinate(), coordinate(), coordinate()] as const;
    const [x1, y1, x2, y2] = pair;
    const inside = [x1 * x1 + y1 * y1, x2 * x2 + y2 * y2].every((r) => r <= PATCH_RADIUS * PATCH_RADIUS);
    const apart = (x1 - x2) * (x1 - x2) + (y1 - y2) * (y1 - y2) >= 9;
    if (!inside || !apart || drawn.has(pair.join()) || drawn.has([x2, y2, x1, y1].join())) continue;
    drawn.add(pair.join());
    pattern.set(pair, 4 * bit);
    bit++;
  }
  return pattern;
}

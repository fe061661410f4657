/**
 * Where the sides of a rectangle lie between two samples, from how the samples on an edge are mixed of both its sides.
 *
 * A sample that an edge cuts is a mixture of what lies outside and inside it. Along a side, with O the samples two steps
 * outside, N those one step inside and S those between, the share of the inside in S is Σ(S−O)(N−O) ÷ Σ(N−O)² (least
 * squares); the shares of the two lines between add up to where the edge is. In a screenshot shrunk to 512 samples half
 * a sample at each side costs up to ten bits of a hash; this leaves about a tenth of one.
 * @module
 */

import type { Pixels } from './pixels.ts';
import type { Rectangle } from './rectangles.ts';

/** Less contrast than this a sample, in levels squared, and there is no edge to measure. */
const LEAST_CONTRAST = 9;

/** The rectangle (of whole samples, from `findRectangles`) with its sides moved by up to a sample; borders of the plane stay. */
export function exactEdges(plane: Pixels, { x, y, width, height }: Rectangle): Rectangle {
  const { width: stride, height: lines } = plane;
  const top = edgeAt(plane, y, lines, stride, 1, x, x + width, 1);
  const bottom = edgeAt(plane, y + height, lines, stride, 1, x, x + width, -1);
  const left = edgeAt(plane, x, stride, 1, stride, y, y + height, 1);
  const right = edgeAt(plane, x + width, stride, 1, stride, y, y + height, -1);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * The exact place of an edge that lies at about line `at` of `count`. `across` is the step from line to line, `along` that
 * from sample to sample; `inwards` is 1 where the inside has the higher lines.
 */
function edgeAt(
  { data }: Pixels,
  at: number,
  count: number,
  across: number,
  along: number,
  from: number,
  to: number,
  inwards: 1 | -1,
): number {
  // Lines, from outside inwards: outside, the two that the edge may cut, inside. Line n covers n..n+1.
  const first = inwards === 1 ? at - 2 : at + 1;
  const last = first + 3 * inwards;
  if (at <= 0 || at >= count || Math.min(first, last) < 0 || Math.max(first, last) >= count) return at;
  let [near, far, contrast] = [0, 0, 0];
  for (let i = from; i < to; i++) {
    const outside = data[first * across + i * along]!;
    const difference = data[last * across + i * along]! - outside;
    contrast += difference * difference;
    near += (data[(first + inwards) * across + i * along]! - outside) * difference;
    far += (data[(first + 2 * inwards) * across + i * along]! - outside) * difference;
  }
  if (contrast < LEAST_CONTRAST * (to - from)) return at;
  const shares = Math.min(1, Math.max(0, near / contrast)) + Math.min(1, Math.max(0, far / contrast));
  // Two lines wholly outside would put the edge one line further in, two wholly inside one further out.
  return at + inwards * (1 - shares);
}

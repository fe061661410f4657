/**
 * Keeps a chosen part inside its picture. Pixels of the upright picture.
 * @module
 */

import type { Part } from './picks.ts';

/** The smallest side of a part: below 64 pixels there is nothing left to tell pictures apart by. */
export const SMALLEST_PART = 64;

/** The part moved and cut so that it lies inside `picture` and is not smaller than the smallest. */
export function fitPart(part: Part, picture: { readonly width: number; readonly height: number }): Part {
  const [x, width] = fitSide(part.x, part.width, picture.width);
  const [y, height] = fitSide(part.y, part.height, picture.height);
  return { x, y, width, height };
}

function fitSide(start: number, size: number, all: number): readonly [start: number, size: number] {
  const smallest = Math.min(SMALLEST_PART, all);
  const from = Math.min(Math.max(0, Math.round(start)), all - smallest);
  return [from, Math.min(Math.max(smallest, Math.round(size)), all - from)];
}

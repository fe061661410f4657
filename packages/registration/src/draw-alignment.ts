/**
 * Two pictures laid over each other, for the eye: squares of the one and of the other in turn. Where the fit holds, lines
 * run on from square to square; a person sees at a glance whether it is the same picture.
 *
 * Where the suspect does not reach, the original shows paler. Grey, at most 640 on the long side.
 * @module
 */

import { emptyPlane, type Plane } from '@reclaim/raster/plane';
import { fitPlane } from '@reclaim/raster/resample';
import { compose, type Homography, scaling } from './homography.ts';
import { warpPlane } from './warp.ts';

/** Long side of the drawing. */
const SIDE = 640;

/** Squares along the long side. */
const SQUARES = 8;

/** Draws `original` and `suspect` in the original's frame; `map` takes the original's samples to the suspect's. */
export function drawAlignment(original: Plane, suspect: Plane, map: Homography): Plane {
  const frame = fitPlane(original, SIDE);
  const { width, height } = frame;
  const toOriginal = scaling(original.width / width, original.height / height);
  const { plane, covered } = warpPlane(suspect, compose(map, toOriginal), width, height);
  const square = Math.ceil(Math.max(width, height) / SQUARES);
  const drawing = emptyPlane(width, height);
  for (let at = 0; at < drawing.data.length; at++) {
    const x = at % width;
    const y = (at - x) / width;
    const theirs = ((Math.floor(x / square) + Math.floor(y / square)) & 1) === 1;
    drawing.data[at] =
      covered[at] === 0 ? 170 + frame.data[at]! / 4 : theirs ? plane.data[at]! : frame.data[at]!;
  }
  return drawing;
}

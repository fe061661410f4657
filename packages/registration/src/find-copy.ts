/**
 * The one question of a person or a command: is this suspect a copy of this picture, wholly or in part?
 *
 * Both are brought to a working size first, so that a photograph of 50 megapixels costs what one of two does; the map
 * that comes back is for the planes that were given. (Tracing asks `register` itself, with features that it keeps.)
 * @module
 */

import type { Plane } from '@reclaim/raster/plane';
import { fitPlane } from '@reclaim/raster/resample';
import { type FeatureOptions, featuresOf } from './features.ts';
import { compose, scaling } from './homography.ts';
import { type Registration, register } from './register.ts';

/** Long side that pictures are looked at: a screenshot of a phone keeps what is in it. */
export const LOOK_SIDE = 1280;

/** What is looked for in the one that is asked about. A page holds more than the picture, so it gives more. */
const ORIGINAL: FeatureOptions = { side: 800, most: 800, mirrored: false };
const SUSPECT: FeatureOptions = { side: 1024, most: 1200, mirrored: true };

/** Looks for `original` in `suspect`: about two seconds, whatever the two are. */
export function findCopy(original: Plane, suspect: Plane): Registration {
  const a = fitPlane(original, LOOK_SIDE);
  const b = fitPlane(suspect, LOOK_SIDE);
  const found = register(featuresOf(a, ORIGINAL), a, featuresOf(b, SUSPECT), b);
  if (found.kind === 'none') return found;
  const here = scaling(a.width / original.width, a.height / original.height);
  const there = scaling(suspect.width / b.width, suspect.height / b.height);
  return {
    ...found,
    map: compose(there, compose(found.map, here)),
    residual: found.residual * (original.width / a.width),
  };
}

/**
 * A suspect laid over its original: the suspect's brightness at each sample of the original's frame.
 *
 * Where the map brings the suspect smaller, the suspect is averaged down first, so nothing aliases; then Catmull-Rom.
 * @module
 */

import { emptyPlane, type Plane } from '@reclaim/raster/plane';
import { resizePlane, sampleCubic } from '@reclaim/raster/resample';
import { compose, type Homography, scaleAt, scaling } from './homography.ts';

/** The suspect in the original's frame; `covered` is 1 where the suspect reaches, elsewhere the plane is 0. */
export type Warped = { readonly plane: Plane; readonly covered: Uint8Array<ArrayBuffer> };

/**
 * Lays `suspect` over a frame of `width` × `height`, where `map` takes points of that frame to points of the suspect.
 * Time: some 100 ns a sample of the frame; memory: the frame and the reduced suspect.
 */
export function warpPlane(suspect: Plane, map: Homography, width: number, height: number): Warped {
  const { plane: source, map: toSource } = reducedFor(suspect, map, width, height);
  const plane = emptyPlane(width, height);
  const covered = new Uint8Array(width * height);
  const [a, b, c, d, e, f, g, h, i] = [...toSource] as unknown as readonly [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let row = 0, at = 0; row < height; row++) {
    const y = row + 0.5;
    for (let column = 0; column < width; column++, at++) {
      const x = column + 0.5;
      const w = g * x + h * y + i;
      if (!(w > 0)) continue;
      const u = (a * x + b * y + c) / w;
      const v = (d * x + e * y + f) / w;
      if (!(u >= 0 && v >= 0 && u <= source.width && v <= source.height)) continue;
      plane.data[at] = sampleCubic(source, u, v);
      covered[at] = 1;
    }
  }
  return { plane, covered };
}

/** The suspect averaged down until one of its samples is about one of the frame's, and the map to it. */
export function reducedFor(
  suspect: Plane,
  map: Homography,
  width: number,
  height: number,
): { readonly plane: Plane; readonly map: Homography } {
  const scale = scaleAt(map, width / 2, height / 2);
  if (!(scale > 1.15)) return { plane: suspect, map };
  const across = Math.max(1, Math.round(suspect.width / scale));
  const down = Math.max(1, Math.round(suspect.height / scale));
  const plane = resizePlane(suspect, across, down);
  return { plane, map: compose(scaling(across / suspect.width, down / suspect.height), map) };
}

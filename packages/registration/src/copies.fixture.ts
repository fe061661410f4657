/**
 * Altered copies with a known map: what a test compares a fit with. Made by code from landscapes that nobody took.
 * @module
 */

import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';
import { emptyPlane, lumaPlane, type Plane } from '@reclaim/raster/plane';
import { resizePlane } from '@reclaim/raster/resample';
import { apply, compose, type Homography, inverse, mirroring, scaling } from './homography.ts';
import { warpPlane } from './warp.ts';

/** The luma of a landscape. */
export function scene(seed: number, width = 480, height = 360): Plane {
  return lumaPlane(landscape(seed, width, height));
}

/** A copy and the true map from the original to it. */
export type Copy = { readonly plane: Plane; readonly map: Homography };

/** The copy under any map, on a canvas of a size; what the original does not cover is black. */
export function mapped(original: Plane, map: Homography, width: number, height: number): Copy {
  return { plane: warpPlane(original, inverse(map)!, width, height).plane, map };
}

/** The picture turned by `degrees` on a canvas that holds it all. */
export function turned(original: Plane, degrees: number): Copy {
  const angle = (degrees * Math.PI) / 180;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const { width: w, height: h } = original;
  const width = Math.ceil(w * Math.abs(c) + h * Math.abs(s));
  const height = Math.ceil(w * Math.abs(s) + h * Math.abs(c));
  const map = Float64Array.of(
    c,
    -s,
    width / 2 - (c * w) / 2 + (s * h) / 2,
    s,
    c,
    height / 2 - (s * w) / 2 - (c * h) / 2,
    0,
    0,
    1,
  );
  return mapped(original, map, width, height);
}

/** A rectangle of it, in shares of its sides. */
export function cropped({ plane, map }: Copy, left: number, top: number, share: number): Copy {
  const [x, y] = [Math.round(left * plane.width), Math.round(top * plane.height)];
  const cut = emptyPlane(Math.round(share * plane.width), Math.round(share * plane.height));
  for (let row = 0; row < cut.height; row++)
    cut.data.set(
      plane.data.subarray((y + row) * plane.width + x, (y + row) * plane.width + x + cut.width),
      row * cut.width,
    );
  return { plane: cut, map: compose(scaling(1, 1, -x, -y), map) };
}

/** Left and right changed. */
export function mirrored({ plane, map }: Copy): Copy {
  const back = emptyPlane(plane.width, plane.height);
  for (let at = 0; at < back.data.length; at++) {
    const x = at % plane.width;
    back.data[at] = plane.data[at - x + plane.width - 1 - x]!;
  }
  return { plane: back, map: compose(mirroring(plane.width), map) };
}

/** At another size. */
export function resized({ plane, map }: Copy, width: number, height: number): Copy {
  return {
    plane: resizePlane(plane, width, height),
    map: compose(scaling(width / plane.width, height / plane.height), map),
  };
}

/** With even noise of ±`by` grey levels, and another exposure. */
export function worn({ plane, map }: Copy, by: number, seed = 1): Copy {
  const random = seededRandom(seed);
  const data = plane.data.map((value) =>
    Math.max(0, Math.min(255, Math.round(0.8 * value + 20 + (2 * random() - 1) * by))),
  );
  return { plane: { ...plane, data }, map };
}

/** With one grey over a rectangle in shares of the sides: a sticker. */
export function stuck({ plane, map }: Copy, left: number, top: number, share: number, grey: number): Copy {
  const data = plane.data.map((value, at) => {
    const x = ((at % plane.width) / plane.width - left) / share;
    const y = (Math.floor(at / plane.width) / plane.height - top) / share;
    return x >= 0 && x < 1 && y >= 0 && y < 1 ? grey : value;
  });
  return { plane: { ...plane, data }, map };
}

/** The picture `wide` samples wide on a page of 512 × 420 that is full of letters, which take most of a page's keypoints. */
export function onPage({ plane, map }: Copy, wide: number, x = 210, y = 160): Copy {
  const tall = Math.round((wide * plane.height) / plane.width);
  const small = resized({ plane, map }, wide, tall);
  const page = emptyPlane(512, 420);
  page.data.fill(244);
  const random = seededRandom(3);
  for (let line = 6; line < page.height - 8; line += 9)
    for (let column = 6; column < page.width - 8; column += 5) {
      if (random() < 0.18) continue;
      for (let dot = 0; dot < 24; dot++)
        if (random() < 0.5) page.data[(line + Math.floor(dot / 4)) * page.width + column + (dot % 4)] = 40;
    }
  for (let row = 0; row < tall; row++)
    page.data.set(small.plane.data.subarray(row * wide, (row + 1) * wide), (y + row) * page.width + x);
  return { plane: page, map: compose(scaling(1, 1, x, y), small.map) };
}

/** Where the copy shows the original: how far `map` is off, in the original's samples, at most and in the middle. */
export function offBy(
  map: Homography,
  copy: Copy,
  original: Plane,
): { readonly median: number; readonly most: number } {
  const off: number[] = [];
  const back = inverse(map)!;
  for (let j = 0; j <= 8; j++)
    for (let i = 0; i <= 8; i++) {
      const [x, y] = [(i * original.width) / 8, (j * original.height) / 8];
      const [u, v] = apply(copy.map, x, y);
      if (u < 0 || v < 0 || u > copy.plane.width || v > copy.plane.height) continue;
      const [bx, by] = apply(back, u, v);
      off.push(Math.sqrt((bx - x) * (bx - x) + (by - y) * (by - y)));
    }
  off.sort((a, b) => a - b);
  return { median: off[off.length >> 1]!, most: off.at(-1)! };
}

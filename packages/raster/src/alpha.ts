/**
 * What a picture with transparency looks like: its colours laid over one opaque colour.
 *
 * Why we flatten, and over white. A PNG may hold any colour under full transparency. Who drops alpha (as PDQ's Python
 * tools do) hashes colours that nobody can see: repainting them moves the hash and leaves the picture as it was. A
 * browser's canvas keeps colours multiplied by alpha and so loses the unseen ones; the portal could not agree with such
 * a server. Laid over a colour, unseen colours weigh nothing, and what the canvas rounds away (at most 255/2a of a
 * level at alpha a) is multiplied by a/255 again: both sides agree within one level of 255. The colour is white because
 * that is the page behind most pictures and what converters to JPEG mostly fill in.
 *
 * The limit: someone who shows the picture on black and saves it makes another picture, as with any border.
 * @module
 */

import type { Pixels } from './pixels.ts';

/** A colour by its three samples, 0..255. */
export type Colour = { readonly red: number; readonly green: number; readonly blue: number };

/** The page. */
export const WHITE: Colour = Object.freeze({ red: 255, green: 255, blue: 255 });

/** Whether any sample is less than opaque. Pictures without alpha are opaque. */
export function hasTransparency(pixels: Pixels): boolean {
  if (pixels.channels !== 4) return false;
  const { data } = pixels;
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return true;
  return false;
}

/**
 * Writes `count` RGBA pixels of `from`, starting at byte `at`, over `background` into `to` as opaque RGBA from byte
 * `into`. Exact: round(c·a/255 + b·(255−a)/255), halves up, in integers.
 */
export function flattenRun(
  from: Uint8Array | Uint8ClampedArray,
  at: number,
  count: number,
  background: Colour,
  to: Uint8Array,
  into: number,
): void {
  const { red, green, blue } = background;
  for (let i = 0; i < count; i++, at += 4, into += 4) {
    const alpha = from[at + 3]!;
    const rest = 255 - alpha;
    to[into] = divide255(from[at]! * alpha + red * rest);
    to[into + 1] = divide255(from[at + 1]! * alpha + green * rest);
    to[into + 2] = divide255(from[at + 2]! * alpha + blue * rest);
    to[into + 3] = 255;
  }
}

/** The picture over `background`, as RGB. Pictures without alpha come back as they are. */
export function flattenAlpha(pixels: Pixels, background: Colour = WHITE): Pixels {
  const { width, height, channels, data } = pixels;
  if (channels !== 4) return pixels;
  const line = new Uint8Array(4 * width);
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0, to = 0; y < height; y++) {
    flattenRun(data, 4 * width * y, width, background, line, 0);
    for (let at = 0; at < line.length; at += 4, to += 3) {
      rgb[to] = line[at]!;
      rgb[to + 1] = line[at + 1]!;
      rgb[to + 2] = line[at + 2]!;
    }
  }
  return { width, height, channels: 3, data: rgb };
}

/** round(v/255) for v in 0..65025, without a division: exact over the whole range. */
function divide255(value: number): number {
  const up = value + 128;
  return (up + (up >> 8)) >> 8;
}

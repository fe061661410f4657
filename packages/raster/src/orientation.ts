/**
 * The eight ways to turn or mirror a picture, and the eight values of EXIF's Orientation that ask for them.
 *
 * The names are those of PDQ's reference: rot90 is counter-clockwise, flipX swaps top and bottom, flipY left and right,
 * flipPlus1 mirrors on the main diagonal (a transpose), flipMinus1 on the other. EXIF 2.32, tag 0x0112: how the stored
 * rows and columns lie; applying it makes the picture stand as its camera saw it.
 * @module
 */

import type { Pixels } from './pixels.ts';

/** The eight turns, unturned first. The order is that of PDQ's reference. */
export const TURNS = Object.freeze([
  'original',
  'rot90',
  'rot180',
  'rot270',
  'flipX',
  'flipY',
  'flipPlus1',
  'flipMinus1',
] as const);

/** One of the eight. */
export type Turn = (typeof TURNS)[number];

/** What each EXIF orientation asks for; index 0 is no orientation. A stored "6" needs a quarter turn clockwise. */
const EXIF_TURNS: readonly (Turn | undefined)[] = [
  undefined,
  'original',
  'flipY',
  'rot180',
  'flipX',
  'flipPlus1',
  'rot270',
  'flipMinus1',
  'rot90',
];

/** How a turn reads its source: the target's row and column come from swapped axes, or from the far end of one. */
const READS: Readonly<
  Record<Turn, { readonly transposed: boolean; readonly fromBottom: boolean; readonly fromRight: boolean }>
> = {
  original: { transposed: false, fromBottom: false, fromRight: false },
  rot90: { transposed: true, fromBottom: false, fromRight: true },
  rot180: { transposed: false, fromBottom: true, fromRight: true },
  rot270: { transposed: true, fromBottom: true, fromRight: false },
  flipX: { transposed: false, fromBottom: true, fromRight: false },
  flipY: { transposed: false, fromBottom: false, fromRight: true },
  flipPlus1: { transposed: true, fromBottom: false, fromRight: false },
  flipMinus1: { transposed: true, fromBottom: true, fromRight: true },
};

/** The turn that an EXIF orientation asks for. Anything but 1..8 is taken as 1, as browsers do. */
export function turnOfExif(orientation: number): Turn {
  return EXIF_TURNS[orientation] ?? 'original';
}

/** The picture as EXIF orientation `orientation` asks for it to be shown. */
export function orientPixels(pixels: Pixels, orientation: number): Pixels {
  return turnPixels(pixels, turnOfExif(orientation));
}

/** The picture turned; the same object where there is nothing to turn. */
export function turnPixels(pixels: Pixels, turn: Turn): Pixels {
  if (turn === 'original') return pixels;
  const { transposed, fromBottom, fromRight } = READS[turn];
  const { width, height, channels, data } = pixels;
  const turned = new Uint8Array(data.length);
  const wide = transposed ? height : width;
  const tall = transposed ? width : height;
  // Steps through the source for one step right and one step down in the target.
  const alongX = (fromRight ? -1 : 1) * channels;
  const alongY = (fromBottom ? -1 : 1) * width * channels;
  const right = transposed ? alongY : alongX;
  const down = transposed ? alongX : alongY;
  const start = (fromBottom ? (height - 1) * width * channels : 0) + (fromRight ? (width - 1) * channels : 0);
  let to = 0;
  for (let y = 0; y < tall; y++)
    for (let x = 0, from = start + y * down; x < wide; x++, from += right)
      for (let channel = 0; channel < channels; channel++) turned[to++] = data[from + channel]!;
  return { width: wide, height: tall, channels, data: turned };
}

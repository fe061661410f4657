/**
 * What a reviewer sees of a picture: one rung of the ladder (`casework/wire-staff`, `LOOKS`), always grey, never larger
 * than the rung allows, with the mark of who looks and when (`watermark.ts`), as a JPEG without any metadata.
 *
 * - `outline`: dark edges on white, 320 pixels at most: Sobel's operator on luma (I. Sobel, G. Feldman, 1968)
 * - `blurred`: 640 at most, blurred so far that a face is no face any more
 * - `full`: 1600 at most
 * @module
 */

import type { Look } from '@reclaim/casework/wire-staff';
import type { Pixels } from '@reclaim/raster/pixels';
import sharp from 'sharp';
import { drawMark } from './watermark.ts';

/** The longer side of each rung, pixels at most. Nothing is enlarged. */
export const LOOK_SIDES: Readonly<Record<Look, number>> = Object.freeze({
  outline: 320,
  blurred: 640,
  full: 1600,
});

/** The blur's sigma as a share of the longer side: 16 pixels of 640. */
const BLUR_SHARE = 1 / 40;

type Grey = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** A picture at one rung, marked with `mark`, as a JPEG. */
export async function lookPicture(
  pixels: Pixels,
  look: Look,
  mark: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const small = await shrink(pixels, look);
  const shown = look === 'outline' ? edges(small) : small;
  drawMark(shown.data, shown.width, shown.height, mark);
  const { data, width, height } = shown;
  const file = await sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .jpeg({ quality: 80 })
    .toBuffer();
  return new Uint8Array(file);
}

async function shrink({ data, width, height, channels }: Pixels, look: Look): Promise<Grey> {
  const side = LOOK_SIDES[look];
  const resized = sharp(data, { raw: { width, height, channels } })
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .greyscale();
  const longer = Math.min(side, Math.max(width, height));
  if (look === 'blurred') resized.blur(Math.max(2, longer * BLUR_SHARE));
  // Grain of the paper and of the codec would cover the outline with lines of its own.
  if (look === 'outline') resized.blur(1);
  const { data: grey, info } = await resized.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== 1) throw new Error('look: expected one channel');
  return { data: grey, width: info.width, height: info.height };
}

/** Dark edges on white. What lies beyond the border is taken to be as the border. */
function edges({ data, width, height }: Grey): Grey {
  const lines = new Uint8Array(width * height);
  const at = (x: number, y: number): number =>
    data[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))]!;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const west = at(x - 1, y - 1) + 2 * at(x - 1, y) + at(x - 1, y + 1);
      const east = at(x + 1, y - 1) + 2 * at(x + 1, y) + at(x + 1, y + 1);
      const north = at(x - 1, y - 1) + 2 * at(x, y - 1) + at(x + 1, y - 1);
      const south = at(x - 1, y + 1) + 2 * at(x, y + 1) + at(x + 1, y + 1);
      lines[y * width + x] = 255 - Math.min(255, Math.hypot(east - west, south - north));
    }
  }
  return { data: lines, width, height };
}

/**
 * The file of a marked copy. Nothing of the original's metadata is in it unless its owner asks for place, camera and date
 * (`kept-exif.ts`), and then nothing but these: never a thumbnail that would show the unmarked picture. Pixels are as they
 * are shown (orientation applied, sRGB).
 * @module
 */

import type { Pixels } from '@reclaim/raster/pixels';
import sharp from 'sharp';
import type { KeptExif } from './kept-exif.ts';

/** How copies are written: JPEG at quality 95 without colour subsampling, or PNG, which loses nothing. */
export type MarkedFormat = 'jpeg' | 'png';

/** The bytes of the copy's file. */
export async function encodeMarked(
  { data, width, height, channels }: Pixels,
  format: MarkedFormat,
  exif?: KeptExif,
): Promise<Uint8Array<ArrayBuffer>> {
  const plain = sharp(new Uint8Array(data), { raw: { width, height, channels } });
  const picture = exif === undefined ? plain : plain.withExif(exif);
  const made =
    format === 'png'
      ? picture.png()
      : picture.flatten({ background: '#ffffff' }).jpeg({ quality: 95, chromaSubsampling: '4:4:4' });
  return new Uint8Array(await made.toBuffer());
}

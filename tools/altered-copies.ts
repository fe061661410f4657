/**
 * The everyday alterations that the full frame's PDQ finds: what the demo shows and the story of the door is held to.
 * @module
 */

import type { Pixels } from '@reclaim/raster/pixels';
import sharp from 'sharp';

/** A file to an altered copy of it. */
export type Alteration = (file: Uint8Array) => Promise<Buffer<ArrayBuffer>>;

/** The picture as a JPEG file of `quality` 1..100. */
export function jpegOf(
  { data, width, height, channels }: Pixels,
  quality: number,
): Promise<Buffer<ArrayBuffer>> {
  return sharp(new Uint8Array(data), { raw: { width, height, channels } }).jpeg({ quality }).toBuffer();
}

/** By what is done to the file. */
export const ALTERATIONS: Readonly<
  Record<'JPEG 50' | 'half size' | 'mirrored' | 'turned' | 'all of them', Alteration>
> = {
  'JPEG 50': (file) => sharp(file).jpeg({ quality: 50 }).toBuffer(),
  'half size': async (file) => {
    const { width } = await sharp(file).metadata();
    return sharp(file)
      .resize(Math.round(width / 2))
      .jpeg({ quality: 85 })
      .toBuffer();
  },
  mirrored: (file) => sharp(file).flop().jpeg({ quality: 85 }).toBuffer(),
  turned: (file) => sharp(file).rotate(90).jpeg({ quality: 85 }).toBuffer(),
  'all of them': async (file) => {
    const { width } = await sharp(file).metadata();
    const halved = await sharp(file)
      .resize(Math.round(width / 2))
      .png()
      .toBuffer();
    return sharp(halved).flop().rotate(270).jpeg({ quality: 50 }).toBuffer();
  },
};

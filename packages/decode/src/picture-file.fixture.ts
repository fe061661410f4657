/**
 * Pixels to files and back by the shortest road, for benchmarks and tests.
 * @module
 */

import type { Pixels } from '@reclaim/raster/pixels';
import sharp from 'sharp';

/** A baseline JPEG of the picture at libjpeg quality 1..100, chroma halved both ways as cameras do. */
export async function jpegOf(pixels: Pixels, quality: number): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, channels, data } = pixels;
  const file = await sharp(data, { raw: { width, height, channels } })
    .jpeg({ quality, chromaSubsampling: '4:2:0' })
    .toBuffer();
  return new Uint8Array(file);
}

/** Decodes a file to raw samples at full size, with none of our checks: what decoding alone costs. */
export async function decodePlainly(file: Uint8Array): Promise<Uint8Array> {
  return sharp(file).raw().toBuffer();
}

/**
 * The pictures of the demo, made by code: landscapes that nobody photographed, and the copies of one of them that a
 * person might meet again.
 * @module
 */

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { ALTERATIONS, jpegOf } from './altered-copies.ts';

const WIDTH = 1200;
const HEIGHT = 800;

/** A file of the demo's folder: its name, its bytes, and what is to be expected of it. */
export type DemoPicture = {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly says: string;
};

/** The landscape of `seed` as JPEG of quality 92. */
export function demoLandscape(seed: number): Promise<Buffer<ArrayBuffer>> {
  return jpegOf(landscape(seed, WIDTH, HEIGHT), 92);
}

/** The protected picture and its copies, then a picture that nobody protected. */
export async function demoPictures(): Promise<readonly DemoPicture[]> {
  const original = await demoLandscape(7);
  const copy = async (name: string, says: string, alteration: keyof typeof ALTERATIONS) => ({
    name,
    says,
    bytes: await ALTERATIONS[alteration](original),
  });
  return [
    { name: '1-original.jpg', bytes: original, says: 'the protected file itself, byte for byte' },
    await copy('2-jpeg-50.jpg', 'saved again at JPEG quality 50', 'JPEG 50'),
    await copy('3-half-size.jpg', 'half as wide and high', 'half size'),
    await copy('4-mirrored.jpg', 'mirrored left to right', 'mirrored'),
    await copy('5-turned.jpg', 'turned by a quarter', 'turned'),
    await copy('6-all-of-it.jpg', 'half size, mirrored, turned, JPEG quality 50', 'all of them'),
    { name: '7-another.jpg', bytes: await demoLandscape(8), says: 'a picture that nobody protected' },
  ];
}

/** Writes the pictures into `folder`, which is made where it is missing. */
export async function writeDemoPictures(folder: string, pictures: readonly DemoPicture[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, bytes } of pictures) await writeFile(path.join(folder, name), bytes);
}

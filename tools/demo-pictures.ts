/**
 * The pictures of the demo, made by code: landscapes that nobody photographed, and the copies of one of them that a
 * person might meet again.
 * @module
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { landscape } from '../packages/raster/src/landscape.fixture.ts';

// The encoder belongs to the decode room; the root declares no dependency of its own on it.
const decodeRoom = createRequire(new URL('../packages/decode/package.json', import.meta.url));
const sharp: Sharp = decodeRoom('sharp');

type Sharp = (
  input: Uint8Array,
  options?: { raw: { width: number; height: number; channels: 3 } },
) => Picture;
type Picture = {
  jpeg(options: { quality: number }): Picture;
  png(): Picture;
  flop(): Picture;
  rotate(degrees: number): Picture;
  resize(width: number): Picture;
  toBuffer(): Promise<Buffer<ArrayBuffer>>;
};

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
  const { data } = landscape(seed, WIDTH, HEIGHT);
  return sharp(new Uint8Array(data), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
}

/** The protected picture and its copies, then a picture that nobody protected. */
export async function demoPictures(): Promise<readonly DemoPicture[]> {
  const original = await demoLandscape(7);
  const copy = (name: string, says: string, edit: (picture: Picture) => Picture) =>
    edit(sharp(original))
      .toBuffer()
      .then((bytes) => ({ name, bytes, says }));
  return [
    { name: '1-original.jpg', bytes: original, says: 'the protected file itself, byte for byte' },
    await copy('2-jpeg-50.jpg', 'saved again at JPEG quality 50', (picture) => picture.jpeg({ quality: 50 })),
    await copy('3-half-size.jpg', 'half as wide and high', (picture) =>
      picture.resize(WIDTH / 2).jpeg({ quality: 85 }),
    ),
    await copy('4-mirrored.jpg', 'mirrored left to right', (picture) => picture.flop().jpeg({ quality: 85 })),
    await copy('5-turned.jpg', 'turned by a quarter', (picture) => picture.rotate(90).jpeg({ quality: 85 })),
    await copy('6-all-of-it.png', 'quarter size, mirrored, turned, another format', (picture) =>
      picture
        .flop()
        .rotate(270)
        .resize(HEIGHT / 4)
        .png(),
    ),
    { name: '7-another.jpg', bytes: await demoLandscape(8), says: 'a picture that nobody protected' },
  ];
}

/** Writes the pictures into `folder`, which is made where it is missing. */
export async function writeDemoPictures(folder: string, pictures: readonly DemoPicture[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, bytes } of pictures) await writeFile(path.join(folder, name), bytes);
}

/**
 * Picture files for tests, made by code: landscapes from seeds (raster), written as PNG by the few lines that PNG needs
 * (PNG, third edition: sections 5 and 10; colour type 2, filter 0).
 * @module
 */

import { crc32, deflateSync } from 'node:zlib';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { type Pixels, parsePixels } from '@reclaim/raster/pixels';

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A PNG file of an RGB picture. `comment` goes into a text chunk: other bytes, same picture. */
export function pngOf(pixels: Pixels, comment = ''): Uint8Array {
  const { width, height, data } = pixels;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits a sample, RGB, deflate, filter method 0, not interlaced.
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let y = 0; y < height; y++) {
    rows.set(data.subarray(y * width * 3, (y + 1) * width * 3), y * (width * 3 + 1) + 1);
  }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(comment === '' ? [] : [chunk('tEXt', Buffer.from(`Comment\0${comment}`, 'latin1'))]),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** A picture of good quality; another seed is another picture. */
export function scene(seed: number): Pixels {
  return landscape(seed, 192, 144);
}

/** The picture with left and right exchanged. */
export function mirrored({ data, width, height, channels }: Pixels): Pixels {
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        turned[(y * width + x) * channels + c] = data[(y * width + width - 1 - x) * channels + c]!;
      }
    }
  }
  return parsePixels(turned, width, height, channels);
}

/** A picture of one grey. */
export function blank(width: number, height: number): Pixels {
  return parsePixels(new Uint8Array(width * height * 3).fill(127), width, height, 3);
}

/** A scene in thick fog: not blank, and too poor in detail to be banked. */
export function poor(): Pixels {
  const { data, width, height, channels } = scene(99);
  return parsePixels(
    new Uint8Array(data.map((sample) => 120 + Math.round(sample / 12))),
    width,
    height,
    channels,
  );
}

/** Upright stripes: every gradient of a good picture, and a hash that rounding writes. */
export function stripes(): Pixels {
  const data = new Uint8Array(128 * 128 * 3);
  for (let i = 0; i < data.length; i++)
    data[i] = Math.floor((Math.floor(i / 3) % 128) / 8) % 2 === 0 ? 10 : 240;
  return parsePixels(data, 128, 128, 3);
}

/**
 * Pictures as PNG files, for tests that must not need a decoder's own library (ISO/IEC 15948:2004, sections 5 and 11;
 * 8 bits a sample, rows unfiltered).
 * @module
 */

import { crc32, deflateSync } from 'node:zlib';
import type { Channels, Pixels } from './pixels.ts';

/** PNG's colour type for each number of channels. */
const COLOUR_TYPE: Readonly<Record<Channels, number>> = { 1: 0, 3: 2, 4: 6 };

/**
 * The picture as a PNG file. `comment` goes into a text chunk: other bytes, same picture. With a `level` of 0 nothing is
 * compressed, and the bytes are the same whatever zlib wrote them.
 */
export function pngOf(
  { width, height, channels, data }: Pixels,
  comment = '',
  level = 1,
): Buffer<ArrayBuffer> {
  const stride = width * channels;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++)
    rows.set(data.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, COLOUR_TYPE[channels], 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(comment === '' ? [] : [chunk('tEXt', Buffer.from(`Comment\0${comment}`, 'latin1'))]),
    chunk('IDAT', deflateSync(rows, { level })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, sum]);
}

/**
 * Pictures made by code: honest ones in every format, and containers that lie about themselves.
 *
 * Nothing here shows anybody. Containers are written by hand, so that they can say what no encoder would.
 * @module
 */

import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** Width and height of `testPicture`, unequal so that a turn shows. */
export const TEST_WIDTH = 24;

/** See `TEST_WIDTH`. */
export const TEST_HEIGHT = 16;

/** RGB bytes without any symmetry: each corner differs, and no turn or mirror leaves it as it is. */
export function testPixels(): Uint8Array {
  const data = new Uint8Array(TEST_WIDTH * TEST_HEIGHT * 3);
  for (let y = 0, at = 0; y < TEST_HEIGHT; y++) {
    for (let x = 0; x < TEST_WIDTH; x++, at += 3) {
      data[at] = x * 10;
      data[at + 1] = y * 15;
      data[at + 2] = x < 8 && y < 5 ? 200 : 40;
    }
  }
  return data;
}

/** `testPixels` ready to be encoded. */
export function testPicture(): Sharp {
  return sharp(testPixels(), { raw: { width: TEST_WIDTH, height: TEST_HEIGHT, channels: 3 } });
}

/** An encoder by its name in sharp, for every format that the room reads. */
export const ENCODERS = Object.freeze(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const);

/** A PNG that declares `width` × `height` grey pixels and holds `pixelBytes` filtered zero bytes of them. */
export function pngThatClaims(width: number, height: number, pixelBytes: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(pixelBytes), { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One PNG chunk with its checksum. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

/** A GIF with this logical screen and `frames` frames of one pixel each. */
export function gifOfTinyFrames(width: number, height: number, frames: number): Uint8Array {
  const head = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  const frame = Buffer.from(',\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0', 'latin1');
  return Buffer.concat([head, ...Array<Buffer>(frames).fill(frame), Buffer.from(';')]);
}

/** An animated WebP of one pixel and `frames` frames. */
export async function webpOfTinyFrames(frames: number): Promise<Uint8Array> {
  const still = await testPicture().resize(1, 1).webp({ lossless: true }).toBuffer();
  const body = still.subarray(12);
  const riffChunk = (type: string, data: Uint8Array) => {
    const chunk = Buffer.alloc(8 + data.length);
    chunk.write(type, 0, 'latin1');
    chunk.writeUInt32LE(data.length, 4);
    chunk.set(data, 8);
    return chunk;
  };
  const frame = riffChunk('ANMF', Buffer.concat([Buffer.alloc(12, 0).fill(10, 12), Buffer.alloc(4), body]));
  const chunks = Buffer.concat([
    Buffer.from('WEBP'),
    riffChunk('VP8X', Buffer.from([2, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
    riffChunk('ANIM', Buffer.alloc(6)),
    ...Array<Buffer>(frames).fill(frame),
  ]);
  return Buffer.concat([riffChunk('RIFF', chunks)]);
}

/** A TIFF whose `pages` directories form a chain; `biting` makes the last point at the first. */
export function tiffChain(pages: number, biting: boolean): Uint8Array {
  const stride = 42;
  const file = Buffer.alloc(8 + pages * stride);
  file.write('II*\0', 0, 'latin1');
  file.writeUInt32LE(8, 4);
  for (let page = 0; page < pages; page++) {
    const at = 8 + page * stride;
    file.writeUInt16LE(3, at);
    for (const [i, [tag, value]] of [
      [256, 1],
      [257, 1],
      [273, 8],
    ].entries()) {
      const entry = at + 2 + i * 12;
      file.writeUInt16LE(tag!, entry);
      file.writeUInt16LE(4, entry + 2);
      file.writeUInt32LE(1, entry + 4);
      file.writeUInt32LE(value!, entry + 8);
    }
    const last = page === pages - 1;
    file.writeUInt32LE(last ? (biting ? 8 : 0) : at + stride, at + 38);
  }
  return file;
}

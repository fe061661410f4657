/**
 * Pictures for tests, made by code: a PNG writer (RFC 2083: 8-bit RGB, no filter) and a few waves of colour that have
 * enough edges for PDQ.
 * @module
 */

import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A PNG of `width` × `height`, each pixel by `colour(x, y)` as three bytes. */
export function png(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly number[],
): Uint8Array {
  const rows = Buffer.alloc(height * (1 + 3 * width));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(colour(x, y), y * (1 + 3 * width) + 1 + 3 * x);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** Waves of colour, another for each `seed`: a picture with edges in all directions, PDQ quality 100. */
export function waves(seed: number, side = 128): Uint8Array {
  return png(side, side, (x, y) => {
    const u = x / side;
    const v = y / side;
    const wave =
      Math.sin(9 * u + seed) + Math.sin(13 * v + 2 * seed) + Math.sin(23 * (u + v) * (1 + (seed % 3)));
    const step = Math.floor((wave + 3) * 6) % 2 === 0 ? 60 : 190;
    return [step, (step + 40 * u) & 255, (step + 60 * v) & 255];
  });
}

/** One colour throughout: no PDQ hash that says anything. */
export function blank(side = 64): Uint8Array {
  return png(side, side, () => [120, 130, 140]);
}

/**
 * A picture's bytes to its pixels, in a worker: header → limits → the browser's decoder, or libheif for HEIC.
 *
 * The pixels must be those that the service's decoder makes of the same file, or a copy would not be found: orientation
 * applied, colours brought to sRGB, transparency left to the caller, never resized by the browser. A test holds both
 * sides to within 4 bits of each other. A browser that gives noise in place of pixels is found out (`honest-canvas.ts`) and
 * answered `pixels-hidden`. The bytes are emptied before this answers, whatever it answers.
 * @module
 */

import type { Pixels } from '@reclaim/raster/pixels';
import {
  type FingerprintPhase,
  type FingerprintRefusal,
  MAX_FILE_BYTES,
  MAX_PIXELS,
  MAX_SLOW_PIXELS,
} from './fingerprint-task.ts';
import { canvasIsTrue, drawProof, isProofTrue, PROOF_ROWS } from './honest-canvas.ts';
import { MEDIA_TYPES, readHeader } from './picture-header.ts';

/** Pixels that are read from the canvas at once: 16 MB, so that a large picture is not in memory three times over. */
const BAND_PIXELS = 4_000_000;

/** The bytes of a file, or why there are none. */
export type FileRead =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly reason: FingerprintRefusal };

/** A decoded picture, upright; `frames`: the file moves or holds more pictures, and this is the first. */
export type PictureRead =
  | { readonly ok: true; readonly pixels: Pixels; readonly frames: boolean }
  | { readonly ok: false; readonly reason: FingerprintRefusal };

/** Reads a file within the limit on bytes. */
export async function readFile(file: Blob): Promise<FileRead> {
  if (file.size === 0) return { ok: false, reason: 'empty' };
  if (file.size > MAX_FILE_BYTES) return { ok: false, reason: 'too-many-bytes' };
  try {
    return { ok: true, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    // The file was moved or changed since it was chosen, or there is no room for it.
    return { ok: false, reason: 'damaged' };
  }
}

/** Decodes a picture within the limits on pixels, and empties `bytes`. */
export async function readPicture(
  bytes: Uint8Array<ArrayBuffer>,
  onPhase: (phase: FingerprintPhase) => void,
): Promise<PictureRead> {
  try {
    return await decode(bytes, onPhase);
  } catch (error) {
    return { ok: false, reason: error instanceof RangeError ? 'no-memory' : 'damaged' };
  } finally {
    bytes.fill(0);
  }
}

async function decode(
  bytes: Uint8Array<ArrayBuffer>,
  onPhase: (phase: FingerprintPhase) => void,
): Promise<PictureRead> {
  const header = readHeader(bytes);
  if (!header.ok) return header;
  const frames = header.frames;
  const slow = header.format === 'avif' || header.format === 'heic';
  const most = slow ? MAX_SLOW_PIXELS : MAX_PIXELS;
  if (header.size && header.size.width * header.size.height > most)
    return { ok: false, reason: 'too-many-pixels' };
  // Also where no canvas would be needed: what is made of a picture, a marked copy or a drawing, is written by one.
  if (!canvasIsTrue()) return { ok: false, reason: 'pixels-hidden' };
  if (header.format === 'heic') {
    onPhase('decoder');
    const { decodeHeic } = await import('./heic.ts').catch(() => ({ decodeHeic: undefined }));
    if (decodeHeic === undefined) return { ok: false, reason: 'decoder-unavailable' };
    onPhase('decoding');
    const decoded = await decodeHeic(bytes, most);
    return decoded.ok ? { ok: true, pixels: decoded.pixels, frames } : decoded;
  }
  onPhase('decoding');
  const pixels = await decodeNatively(bytes, MEDIA_TYPES[header.format], most);
  return typeof pixels === 'string' ? { ok: false, reason: pixels } : { ok: true, pixels, frames };
}

/** By the browser's own decoder; `too-many-pixels` where the picture is larger than its header said. */
async function decodeNatively(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  most: number,
): Promise<Pixels | 'too-many-pixels' | 'pixels-hidden'> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }), {
    imageOrientation: 'from-image',
    colorSpaceConversion: 'default',
    premultiplyAlpha: 'none',
  });
  try {
    const { width, height } = bitmap;
    if (width * height > most) return 'too-many-pixels';
    return readBands(width, height, (context, top) => context.drawImage(bitmap, 0, -top));
  } finally {
    bitmap.close();
  }
}

/** Draws the picture band by band into an sRGB canvas, the known pattern below each, and gathers its samples, RGBA. */
function readBands(
  width: number,
  height: number,
  draw: (context: OffscreenCanvasRenderingContext2D, top: number) => void,
): Pixels | 'pixels-hidden' {
  const rows = Math.max(1, Math.min(height, Math.floor(BAND_PIXELS / width)));
  const canvas = new OffscreenCanvas(width, rows + PROOF_ROWS);
  const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently: true });
  if (context === null) throw new RangeError('fingerprint: expected room for a canvas');
  const data = new Uint8ClampedArray(width * height * 4);
  let hidden = false;
  for (let top = 0; top < height && !hidden; top += rows) {
    const tall = Math.min(rows, height - top);
    context.clearRect(0, 0, width, rows);
    draw(context, top);
    drawProof(context, width, tall);
    // One reading of both: a browser cannot be true to the one and not to the other.
    const read = context.getImageData(0, 0, width, tall + PROOF_ROWS).data;
    data.set(read.subarray(0, width * tall * 4), top * width * 4);
    hidden = !isProofTrue(read.subarray(width * tall * 4), width);
  }
  // A canvas keeps its samples until it is collected: a smaller one has none.
  canvas.width = 1;
  canvas.height = 1;
  if (hidden) data.fill(0);
  return hidden ? 'pixels-hidden' : { width, height, channels: 4, data };
}

/**
 * The worker that reads a picture: bytes → header → pixels of the upright picture in sRGB → PDQ → forgotten.
 *
 * What crosses back is one outcome. The file's bytes, the decoded picture and the canvas are emptied before it is sent;
 * a worker that ends takes the rest with it.
 *
 * The pixels must be those that the service's decoder makes of the same file, or a copy would not be found: orientation
 * applied, colours brought to sRGB, transparency laid over white (by the hash itself), never resized by the browser. A
 * test holds both sides to within 4 bits of each other.
 * @module
 */

import { pdqSignalOf } from '@reclaim/fingerprint/fingerprint';
import { sha256 } from '@reclaim/fingerprint/sha256';
import type { Sha256Signal } from '@reclaim/fingerprint/signal';
import type { Pixels } from '@reclaim/raster/pixels';
import { type CropProposal, clampRect, proposeCrop, type Rect, smallLuma } from './crop.ts';
import {
  type FingerprintMessage,
  type FingerprintOutcome,
  type FingerprintPhase,
  type FingerprintRefusal,
  type FingerprintTask,
  MAX_FILE_BYTES,
  MAX_PIXELS,
  MAX_SLOW_PIXELS,
} from './fingerprint-task.ts';
import { MEDIA_TYPES, readHeader } from './picture-header.ts';

/** Pixels that are read from the canvas at once: 16 MB, so that a large picture is not in memory three times over. */
const BAND_PIXELS = 4_000_000;

type Scope = {
  onmessage: ((event: MessageEvent<FingerprintTask>) => void) | null;
  postMessage: (message: FingerprintMessage) => void;
};
const scope = globalThis as unknown as Scope;

scope.onmessage = async ({ data: task }) => {
  const onPhase = (phase: FingerprintPhase) => scope.postMessage({ id: task.id, kind: 'phase', phase });
  const outcome = await fingerprintOf(task, onPhase);
  scope.postMessage({ id: task.id, kind: 'done', outcome });
};

async function fingerprintOf(
  task: FingerprintTask,
  onPhase: (phase: FingerprintPhase) => void,
): Promise<FingerprintOutcome> {
  const { file, exact, crop } = task;
  if (file.size === 0) return { ok: false, reason: 'empty' };
  if (file.size > MAX_FILE_BYTES) return { ok: false, reason: 'too-many-bytes' };
  onPhase('reading');
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    // The file was moved or changed since it was chosen, or there is no room for it.
    return { ok: false, reason: 'damaged' };
  }
  const digest: { readonly sha256?: Sha256Signal } = exact
    ? { sha256: { kind: 'sha256', value: await sha256(bytes) } }
    : {};
  const refuse = (reason: FingerprintRefusal): FingerprintOutcome => {
    bytes.fill(0);
    return { ok: false, reason, ...digest };
  };

  const header = readHeader(bytes);
  if (!header.ok) return refuse(header.reason);
  const slow = header.format === 'avif' || header.format === 'heic';
  const most = slow ? MAX_SLOW_PIXELS : MAX_PIXELS;
  if (header.size && header.size.width * header.size.height > most) return refuse('too-many-pixels');

  let pixels: Pixels;
  try {
    if (header.format === 'heic') {
      onPhase('decoder');
      const { decodeHeic } = await import('./heic.ts').catch(() => ({ decodeHeic: undefined }));
      if (decodeHeic === undefined) return refuse('decoder-unavailable');
      onPhase('decoding');
      const decoded = await decodeHeic(bytes, most);
      if (!decoded.ok) return refuse(decoded.reason);
      pixels = decoded.pixels;
    } else {
      onPhase('decoding');
      const decoded = await decodeNatively(bytes, MEDIA_TYPES[header.format], most);
      if (decoded === undefined) return refuse('too-many-pixels');
      pixels = decoded;
    }
  } catch (error) {
    return refuse(error instanceof RangeError ? 'no-memory' : 'damaged');
  }
  bytes.fill(0);

  onPhase('measuring');
  const { width, height } = pixels;
  const proposal: CropProposal = crop ? { kind: 'none' } : proposeCrop(smallLuma(pixels));
  const part = crop ? cut(pixels, clampRect(crop, width, height)) : pixels;
  const pdq = pdqSignalOf(part);
  part.data.fill(0);
  pixels.data.fill(0);
  if (!pdq.ok) return { ok: false, reason: pdq.reason, ...digest };
  return {
    ok: true,
    pdq: pdq.signal,
    ...digest,
    width,
    height,
    crop: proposal,
    notes: header.frames ? ['first-frame-only'] : [],
  };
}

/** By the browser's own decoder; undefined where the picture is larger than its header said. */
async function decodeNatively(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  most: number,
): Promise<Pixels | undefined> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }), {
    imageOrientation: 'from-image',
    colorSpaceConversion: 'default',
    premultiplyAlpha: 'none',
  });
  try {
    const { width, height } = bitmap;
    if (width * height > most) return undefined;
    return readBands(width, height, (context, top) => context.drawImage(bitmap, 0, -top));
  } finally {
    bitmap.close();
  }
}

/** Draws the picture band by band into an sRGB canvas and gathers its samples, RGBA. */
function readBands(
  width: number,
  height: number,
  draw: (context: OffscreenCanvasRenderingContext2D, top: number) => void,
): Pixels {
  const rows = Math.max(1, Math.min(height, Math.floor(BAND_PIXELS / width)));
  const canvas = new OffscreenCanvas(width, rows);
  const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently: true });
  if (context === null) throw new RangeError('fingerprint: expected room for a canvas');
  const data = new Uint8ClampedArray(width * height * 4);
  for (let top = 0; top < height; top += rows) {
    const tall = Math.min(rows, height - top);
    context.clearRect(0, 0, width, rows);
    draw(context, top);
    data.set(context.getImageData(0, 0, width, tall).data, top * width * 4);
  }
  // A canvas keeps its samples until it is collected: a smaller one has none.
  canvas.width = 1;
  canvas.height = 1;
  return { width, height, channels: 4, data };
}

function cut(pixels: Pixels, rect: Rect): Pixels {
  const { channels, data } = pixels;
  const part = new Uint8ClampedArray(rect.width * rect.height * channels);
  for (let y = 0; y < rect.height; y++) {
    const from = ((rect.y + y) * pixels.width + rect.x) * channels;
    part.set(data.subarray(from, from + rect.width * channels), y * rect.width * channels);
  }
  return { width: rect.width, height: rect.height, channels, data: part };
}

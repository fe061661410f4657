/**
 * A covered copy of a picture: grey, and only 24 points wide before it is drawn large again, so that nothing of what it
 * shows can be got back from it. Made on the device; the original is not changed.
 * @module
 */

import { canvasIsTrue } from './honest-canvas.ts';
import { readHeader } from './picture-header.ts';

/** How a covered copy is made, in the words of the manifest. */
export const SHIELD_TRANSFORM = 'covered: grey, 24 points wide, drawn at 320';

const POINTS = 24;
const SHOWN = 320;

/** Bytes and pixels of a picture that is decoded for this, at most. */
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_PIXELS = 100_000_000;

/** The covered copy as PNG; `undefined` where this browser cannot read the picture. */
export async function shieldedCopy(file: Blob): Promise<Blob | undefined> {
  try {
    if (file.size > MAX_BYTES) return undefined;
    // Noise would be a cover too, but not of this picture.
    if (!canvasIsTrue()) return undefined;
    const header = readHeader(new Uint8Array(await file.slice(0, 256 * 1024).arrayBuffer()));
    const size = header.ok ? header.size : undefined;
    if (size === undefined || size.width * size.height > MAX_PIXELS) return undefined;
    const bitmap = await createImageBitmap(file, { resizeWidth: POINTS, resizeQuality: 'medium' });
    const height = Math.max(1, Math.round((bitmap.height / bitmap.width) * SHOWN));
    const canvas = new OffscreenCanvas(SHOWN, Math.min(height, 4 * SHOWN));
    const context = canvas.getContext('2d');
    if (context === null) return undefined;
    context.filter = 'grayscale(1)';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    // Where a browser ignores the filter, the colours go here.
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 0; at < pixels.data.length; at += 4) {
      const [r = 0, g = 0, b = 0] = pixels.data.subarray(at, at + 3);
      pixels.data.fill(0.299 * r + 0.587 * g + 0.114 * b, at, at + 3);
    }
    context.putImageData(pixels, 0, 0);
    return await canvas.convertToBlob({ type: 'image/png' });
  } catch {
    return undefined;
  }
}

/**
 * A plane of brightness as a grey PNG, in a worker: what is shown of two pictures laid over each other.
 * @module
 */

import type { Plane } from '@reclaim/raster/plane';

/** The PNG. @throws {RangeError} where there is no room for a canvas */
export async function pngOf({ width, height, data }: Plane): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new RangeError('png: expected room for a canvas');
  const image = context.createImageData(width, height);
  for (let at = 0; at < data.length; at++) {
    image.data.fill(data[at]!, 4 * at, 4 * at + 3);
    image.data[4 * at + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}

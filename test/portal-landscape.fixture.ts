/**
 * A landscape of smooth waves, like no person: enough structure for a hash of good quality.
 * @module
 */

import sharp from 'sharp';

/** The JPEG of a landscape; another `seed` is another one. Width and height in pixels. */
export async function landscape(seed: number, width = 800, height = 600): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const v =
        Math.sin((x + seed * 37) / 41) * Math.cos((y - seed * 11) / 29) +
        Math.sin((x * y + seed) / 9000) * 0.7;
      data[at] = 128 + 60 * v;
      data[at + 1] = 110 + 70 * Math.cos(x / 63 + seed);
      data[at + 2] = 90 + 50 * Math.sin(y / 37 - seed) + 20 * v;
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

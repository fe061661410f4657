/**
 * Harris' structure tensor of one level of the pyramid (Harris and Stephens, "A combined corner and edge detector", 1988), as
 * a strength det/(trace + 1): Noble's ("Descriptions of image surfaces", 1989), which needs no constant.
 *
 * Binary32 after every step, so that the kernel's numbers (`feature-kernel.ts`) are these to the last bit.
 * @module
 */

import type { Plane } from '@reclaim/raster/plane';

const fround = Math.fround;

/** The strength at every sample; 0 within 3 of an edge. Sobel's gradients, the tensor summed over 5×5. */
export function harris({ width, height, data }: Plane): Float32Array {
  const strengths = new Float32Array(width * height);
  if (width < 8 || height < 8) return strengths;
  // Sums over five columns of the products of gradients, for the last five rows: a ring for each of the three.
  const rings = [
    new Float32Array(5 * width),
    new Float32Array(5 * width),
    new Float32Array(5 * width),
  ] as const;
  const [ringXX, ringXY, ringYY] = rings;
  const [xx, xy, yy] = [new Float32Array(width), new Float32Array(width), new Float32Array(width)];
  for (let y = 1; y < height - 1; y++) {
    const up = (y - 1) * width;
    const mid = y * width;
    const low = mid + width;
    for (let x = 1; x < width - 1; x++) {
      const [a, b, c] = [data[up + x - 1]!, data[up + x]!, data[up + x + 1]!];
      const [d, f] = [data[mid + x - 1]!, data[mid + x + 1]!];
      const [g, h, i] = [data[low + x - 1]!, data[low + x]!, data[low + x + 1]!];
      const across = fround(f - d);
      const along = fround(h - b);
      const gx = fround(
        fround(fround(fround(c - a) + fround(across + across)) + fround(i - g)) * fround(0.125),
      );
      const gy = fround(
        fround(fround(fround(g - a) + fround(along + along)) + fround(i - c)) * fround(0.125),
      );
      xx[x] = gx * gx;
      xy[x] = gx * gy;
      yy[x] = gy * gy;
    }
    const ring = (y % 5) * width;
    for (let x = 3; x < width - 3; x++) {
      ringXX[ring + x] = five(xx, x - 2, 1);
      ringXY[ring + x] = five(xy, x - 2, 1);
      ringYY[ring + x] = five(yy, x - 2, 1);
    }
    if (y < 5) continue;
    // Rows y−4 … y are in the rings: the tensor of row y−2.
    for (let x = 3, at = (y - 2) * width + 3; x < width - 3; x++, at++) {
      const [p, q, r] = [five(ringXX, x, width), five(ringXY, x, width), five(ringYY, x, width)];
      strengths[at] = fround(fround(fround(p * r) - fround(q * q)) / fround(fround(p + r) + 1));
    }
  }
  return strengths;
}

/** Five numbers, `step` apart, the first first. */
function five(from: Float32Array, at: number, step: number): number {
  const three = fround(fround(from[at]! + from[at + step]!) + from[at + 2 * step]!);
  return fround(fround(three + from[at + 3 * step]!) + from[at + 4 * step]!);
}

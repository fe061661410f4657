/**
 * The binomial of seven, as keypoints are described from it: binary32 after every step, so that the kernel's numbers are
 * these. (`smoothPlane` of the raster room is the same filter, rounded once a line.)
 * @module
 */

import { emptyPlane, type Plane } from '@reclaim/raster/plane';

const fround = Math.fround;

/** Half of the binomial (1, 6, 15, 20 …)/64; sixty-fourths are exact. */
const [A, B, C, D] = [1 / 64, 6 / 64, 15 / 64, 20 / 64] as const;

/** The plane smoothed in both directions (σ = 1.22 samples); edges are repeated. */
export function smoothLevel({ width, height, data }: Plane): Plane {
  const down = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = (dy: number) => Math.min(height - 1, Math.max(0, y + dy)) * width;
    const [r0, r1, r2, r3, r4, r5, r6] = [row(-3), row(-2), row(-1), row(0), row(1), row(2), row(3)];
    for (let x = 0, to = y * width; x < width; x++, to++)
      down[to] = binomial(
        fround(data[r0 + x]! + data[r6 + x]!),
        fround(data[r1 + x]! + data[r5 + x]!),
        fround(data[r2 + x]! + data[r4 + x]!),
        data[r3 + x]!,
      );
  }
  const smooth = emptyPlane(width, height);
  const line = new Float32Array(width + 6);
  for (let y = 0; y < height; y++) {
    const from = y * width;
    line.set(down.subarray(from, from + width), 3);
    line.fill(line[3]!, 0, 3).fill(line[width + 2]!, width + 3);
    for (let x = 0; x < width; x++)
      smooth.data[from + x] = binomial(
        fround(line[x]! + line[x + 6]!),
        fround(line[x + 1]! + line[x + 5]!),
        fround(line[x + 2]! + line[x + 4]!),
        line[x + 3]!,
      );
  }
  return smooth;
}

function binomial(outer: number, next: number, inner: number, middle: number): number {
  const sides = fround(fround(fround(A * outer) + fround(B * next)) + fround(C * inner));
  return fround(sides + fround(D * middle));
}

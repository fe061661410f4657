import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { luma32 } from '@reclaim/raster/luma';
import type { Pixels } from '@reclaim/raster/pixels';
import { reduceToGrid } from '@reclaim/raster/reduce';
import { oracleDct, oracleGrid } from './pdq-oracle.ts';
import { DCT_MATRIX, dct64, gradientSum32, gradientSum64 } from './pdq-transform.ts';

const SIZES = [
  [5, 5],
  [64, 64],
  [64, 65],
  [63, 200],
  [127, 128],
  [129, 130],
  [257, 300],
  [400, 31],
  [513, 640],
  [5, 900],
] as const;

test('the streaming oracle has the bits of the reference, which keeps whole pictures', () => {
  for (const [width, height] of SIZES) {
    const picture = landscape(width + height, width, height);
    assert.deepEqual(oracleGrid(picture), referenceGrid(picture), `${width}x${height}`);
  }
});

test('the fast reduction is the definition in float64: two means each way, then every 64th', () => {
  for (const [width, height] of SIZES) {
    const picture = landscape(width + 3 * height, width, height);
    const fast = reduceToGrid(picture);
    const defined = definedGrid(picture);
    for (const [i, cell] of fast.entries())
      assert.ok(Math.abs(cell - defined[i]!) < 1e-9, `${width}x${height} cell ${i}`);
  }
});

test('the folded transform is the plain double sum', () => {
  const grid = reduceToGrid(landscape(2, 300, 200));
  const found = dct64(grid);
  const exact = Float32Array.from(grid);
  const near = oracleDct(exact);
  for (let i = 0; i < 16; i++)
    for (let j = 0; j < 16; j++) {
      let sum = 0;
      for (let y = 0; y < 64; y++)
        for (let x = 0; x < 64; x++)
          sum += DCT_MATRIX[i * 64 + y]! * grid[y * 64 + x]! * DCT_MATRIX[j * 64 + x]!;
      assert.ok(Math.abs(found[16 * i + j]! - sum) < 1e-9);
      assert.ok(Math.abs(near[16 * i + j]! - sum) < 2e-2);
    }
});

test('the matrix of the transform is exactly odd or even about its middle, as folding it takes for granted', () => {
  for (let i = 0; i < 16; i++)
    for (let j = 0; j < 32; j++)
      assert.equal(DCT_MATRIX[i * 64 + 63 - j], (i % 2 === 0 ? -1 : 1) * DCT_MATRIX[i * 64 + j]!);
});

test('both ways to count gradients agree, and say where they might not', () => {
  const grid = oracleGrid(landscape(3, 500, 400));
  const wide = Float64Array.from(grid);
  const { sum, unsure } = gradientSum64(wide, 1e-5);
  assert.ok(Math.abs(sum - gradientSum32(grid)) <= unsure);
  const steps = new Float64Array(64 * 64).map((_, i) => (i % 2) * 25.5);
  assert.equal(gradientSum64(steps, 1e-3).unsure, 64 * 63);
  assert.equal(gradientSum64(new Float64Array(64 * 64), 1e-3).unsure, 0);
});

/** box1DFloat and the loops around it as the C++ reference has them, on whole pictures, in four phases. */
function referenceGrid(picture: Pixels): Float32Array {
  const { width, height, data, channels } = picture;
  let plane = new Float32Array(width * height);
  for (let i = 0; i < plane.length; i++)
    plane[i] = luma32(data[i * channels]!, data[i * channels + 1]!, data[i * channels + 2]!);
  if (width !== 64 || height !== 64) {
    const rowWindow = Math.floor((width + 127) / 128);
    const columnWindow = Math.floor((height + 127) / 128);
    for (let pass = 0; pass < 2; pass++) {
      let out = new Float32Array(plane.length);
      for (let y = 0; y < height; y++) box(plane, out, y * width, width, 1, rowWindow);
      plane = out;
      out = new Float32Array(plane.length);
      for (let x = 0; x < width; x++) box(plane, out, x, height, width, columnWindow);
      plane = out;
    }
  }
  return decimate(plane, width, height, new Float32Array(64 * 64));
}

function box(
  from: Float32Array,
  to: Float32Array,
  at: number,
  length: number,
  stride: number,
  window: number,
): void {
  const half = Math.floor((window + 2) / 2);
  const sum = new Float32Array(1);
  let size = 0;
  let left = at;
  let right = at;
  let out = at;
  for (let i = 0; i < half - 1; i++, right += stride, size++) sum[0]! += from[right]!;
  for (let i = 0; i < window - half + 1; i++, right += stride, out += stride) {
    sum[0]! += from[right]!;
    size++;
    to[out] = sum[0]! / size;
  }
  for (let i = 0; i < length - window; i++, left += stride, right += stride, out += stride) {
    sum[0]! += from[right]!;
    sum[0]! -= from[left]!;
    to[out] = sum[0]! / size;
  }
  for (let i = 0; i < half - 1; i++, left += stride, out += stride) {
    sum[0]! -= from[left]!;
    size--;
    to[out] = sum[0]! / size;
  }
}

/** The same by definition: each mean is a sum over its window, in float64, and luma comes first. */
function definedGrid({ width, height, data, channels }: Pixels): Float64Array {
  let plane = new Float64Array(width * height);
  const [red, green, blue] = [0.299, 0.587, 0.114].map(Math.fround) as [number, number, number];
  for (let i = 0; i < plane.length; i++)
    plane[i] = red * data[i * channels]! + green * data[i * channels + 1]! + blue * data[i * channels + 2]!;
  for (let pass = 0; pass < 2; pass++) {
    plane = mean(plane, width, height, 1, width);
    plane = mean(plane, height, width, width, 1);
  }
  return decimate(plane, width, height, new Float64Array(64 * 64));
}

function mean(
  from: Float64Array,
  length: number,
  lines: number,
  stride: number,
  lineStride: number,
): Float64Array<ArrayBuffer> {
  const window = Math.ceil(length / 128);
  const half = Math.floor((window + 2) / 2);
  const to = new Float64Array(from.length);
  for (let line = 0; line < lines; line++)
    for (let i = 0; i < length; i++) {
      const low = Math.max(0, i + half - window);
      const high = Math.min(length, i + half);
      let sum = 0;
      for (let k = low; k < high; k++) sum += from[line * lineStride + k * stride]!;
      to[line * lineStride + i * stride] = sum / (high - low);
    }
  return to;
}

function decimate<T extends Float32Array | Float64Array>(
  plane: T,
  width: number,
  height: number,
  grid: T,
): T {
  for (let i = 0; i < 64; i++)
    for (let j = 0; j < 64; j++)
      grid[i * 64 + j] =
        plane[Math.floor(((i + 0.5) * height) / 64) * width + Math.floor(((j + 0.5) * width) / 64)]!;
  return grid;
}

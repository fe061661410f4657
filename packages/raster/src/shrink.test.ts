import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape, seededRandom } from './landscape.fixture.ts';
import { greyPixels } from './luma.ts';
import { type Pixels, parsePixels } from './pixels.ts';
import { shrinkLuma } from './shrink.ts';

test('a picture that is small enough keeps every sample of its luma', () => {
  const picture = landscape(2, 200, 120);
  assert.deepEqual(shrinkLuma(picture, 512), greyPixels(picture));
});

test('samples are means of the pixels under them', () => {
  const picture = parsePixels(Uint8Array.from([0, 100, 200, 100, 50, 150, 250, 10]), 4, 2, 1);
  assert.deepEqual([...shrinkLuma(picture, 2).data], [75, 140]);
});

test('three pixels to two share the middle one by halves', () => {
  const picture = parsePixels(Uint8Array.from([0, 90, 240]), 3, 1, 1);
  assert.deepEqual([...shrinkLuma(picture, 2).data], [30, 190]);
});

/** The plane by its definition, sample by sample: sixteenths of pixels, luma after the mean. */
function byDefinition({ width, height, channels, data }: Pixels, side: number): readonly number[] {
  const scale = side / Math.max(width, height);
  const [wide, tall] = [Math.round(width * scale), Math.round(height * scale)];
  const share = (from: number, count: number, of: number, at: number) => {
    const [low, high] = [Math.round((at * of * 16) / count), Math.round(((at + 1) * of * 16) / count)];
    return Math.max(0, Math.min(high, 16 * (from + 1)) - Math.max(low, 16 * from)) / (high - low);
  };
  return Array.from({ length: wide * tall }, (_, at) => {
    const [x, y] = [at % wide, Math.floor(at / wide)];
    const sums = [0, 0, 0];
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const weight = share(row, tall, height, y) * share(column, wide, width, x);
        if (weight === 0) continue;
        for (let c = 0; c < 3; c++) sums[c]! += weight * data[(row * width + column) * channels + c]!;
      }
    return 0.299 * sums[0]! + 0.587 * sums[1]! + 0.114 * sums[2]!;
  });
}

test('every sample is what the definition says, to the rounding', () => {
  const random = seededRandom(12);
  for (const [width, height, side] of [
    [97, 61, 32],
    [40, 133, 64],
    [33, 33, 32],
  ] as const) {
    const data = Uint8Array.from({ length: width * height * 3 }, () => Math.floor(256 * random()));
    const picture = parsePixels(data, width, height, 3);
    const plane = shrinkLuma(picture, side);
    for (const [at, expected] of byDefinition(picture, side).entries())
      assert.ok(Math.abs(plane.data[at]! - expected) <= 0.5 + 1e-4, `${at}: ${plane.data[at]} ${expected}`);
  }
});

test('a row too long for the kernel has the same sums', () => {
  // 90,000 pixels of three samples are more than it takes; 40,000 are not.
  for (const width of [40_000, 90_000]) {
    const data = Uint8Array.from({ length: width * 6 }, (_, i) =>
      i < width * 3 ? 10 : i % 3 === 0 ? 30 : 90,
    );
    const plane = shrinkLuma(parsePixels(data, width, 2, 3), 512);
    // Rows of (10, 10, 10) and (30, 90, 90): the mean is (20, 50, 50).
    assert.deepEqual(new Set(plane.data), new Set([Math.round(0.299 * 20 + 0.701 * 50)]));
  }
});

test('the shape is kept, and no side is lost', () => {
  const sides = (width: number, height: number) => {
    const plane = shrinkLuma(parsePixels(new Uint8Array(width * height), width, height, 1), 512);
    return [plane.width, plane.height];
  };
  assert.deepEqual(sides(1080, 2160), [256, 512]);
  assert.deepEqual(sides(1, 20_000), [1, 512]);
  assert.deepEqual(sides(40_000, 3), [512, 1]);
});

test('what is transparent shows the page', () => {
  const clear = parsePixels(new Uint8Array(4 * 600 * 2), 600, 2, 4);
  assert.ok(shrinkLuma(clear, 300).data.every((level) => level === 255));
});

test('a side that is not a positive integer is refused', () => {
  for (const side of [0, -1, 1.5, Number.NaN])
    assert.throws(() => shrinkLuma(landscape(1, 64, 64), side), /expected a side/);
});

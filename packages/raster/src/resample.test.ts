import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parsePixels } from './pixels.ts';
import { emptyPlane, lumaPlane, type Plane } from './plane.ts';
import { fitPlane, resizePlane, sampleCubic, smoothPlane } from './resample.ts';

function planeOf(width: number, height: number, value: (x: number, y: number) => number): Plane {
  const plane = emptyPlane(width, height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) plane.data[y * width + x] = value(x, y);
  return plane;
}

const side = fc.integer({ min: 1, max: 40 });

test('a plane of one brightness keeps it at every size, smoothed or not', () => {
  fc.assert(
    fc.property(side, side, side, side, fc.integer({ min: 0, max: 255 }), (w, h, w2, h2, value) => {
      const plane = planeOf(w, h, () => value);
      for (const made of [resizePlane(plane, w2, h2), smoothPlane(plane)])
        for (const sample of made.data) assert.ok(Math.abs(sample - value) < 1e-3);
    }),
    { numRuns: 200 },
  );
});

test('an average keeps the sum of all samples', () => {
  fc.assert(
    fc.property(side, side, fc.double({ min: 0.1, max: 1, noNaN: true }), (w, h, share) => {
      const plane = planeOf(w, h, (x, y) => (x * 37 + y * 91) % 256);
      const small = resizePlane(plane, Math.ceil(w * share), Math.ceil(h * share));
      const mean = ({ data }: Plane) => data.reduce((sum, value) => sum + value, 0) / data.length;
      assert.ok(Math.abs(mean(plane) - mean(small)) < 1e-3);
    }),
    { numRuns: 200 },
  );
});

test('averages of two by two are the mean of four, and cut samples count by their share', () => {
  assert.deepEqual(
    [
      ...resizePlane(
        planeOf(4, 2, (x, y) => 10 * x + y),
        2,
        1,
      ).data,
    ],
    [5.5, 25.5],
  );
  const thirds = resizePlane(
    planeOf(3, 1, (x) => [0, 90, 180][x]!),
    2,
    1,
  ).data;
  assert.deepEqual([...thirds].map(Math.round), [30, 150]);
});

test('a slope stays a slope when it is enlarged and where it is sampled between samples', () => {
  const slope = planeOf(20, 20, (x, y) => 3 * (x + 0.5) + 2 * (y + 0.5));
  const twice = resizePlane(slope, 40, 40);
  for (let y = 6; y < 34; y++)
    for (let x = 6; x < 34; x++)
      assert.ok(Math.abs(twice.data[y * 40 + x]! - (3 * (x + 0.5) + 2 * (y + 0.5)) / 2) < 1e-3);
  assert.ok(Math.abs(sampleCubic(slope, 9.3, 11.8) - (3 * 9.3 + 2 * 11.8)) < 1e-4);
});

test('beyond the edge the edge is repeated', () => {
  const plane = planeOf(5, 4, (x) => 10 * x);
  assert.equal(sampleCubic(plane, -50, 2), 0);
  assert.equal(sampleCubic(plane, 99, -7), 40);
});

test('a plane fits into a side without losing its shape, and is never enlarged', () => {
  const wide = fitPlane(
    planeOf(200, 100, () => 1),
    50,
  );
  assert.deepEqual([wide.width, wide.height], [50, 25]);
  const line = fitPlane(
    planeOf(1, 20_000, () => 7),
    64,
  );
  assert.deepEqual([line.width, line.height], [1, 64]);
  const small = planeOf(10, 10, () => 1);
  assert.equal(fitPlane(small, 64), small);
});

test('a size that is none is refused', () => {
  for (const bad of [0, -1, 1.5, Number.NaN])
    assert.throws(() => resizePlane(emptyPlane(4, 4), bad, 4), {
      name: 'RangeError',
      message: /expected a side/,
    });
});

test('the luma plane of a picture is that of its pixels, transparent ones over white', () => {
  const grey = lumaPlane(parsePixels(Uint8Array.of(0, 100, 200, 255), 2, 2, 1));
  assert.deepEqual([...grey.data], [0, 100, 200, 255]);
  const clear = lumaPlane(parsePixels(Uint8Array.of(1, 2, 3, 0, 0, 0, 0, 255), 2, 1, 4));
  assert.deepEqual([...clear.data].map(Math.round), [255, 0]);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { emptyPlane, type Plane } from '@reclaim/raster/plane';
import fc from 'fast-check';
import { backward, bandsOf, forward } from './wavelet.ts';

const copy = (plane: Plane): Plane => ({ ...plane, data: Float32Array.from(plane.data) });

test('what was transformed comes back, for any plane and any number of levels', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
      (levels, across, down, values) => {
        const plane = emptyPlane(across << levels, down << levels);
        for (let i = 0; i < plane.data.length; i++) plane.data[i] = values.next().value as number;
        const there = copy(plane);
        forward(there, levels);
        backward(there, levels);
        for (const [i, value] of there.data.entries())
          assert.ok(Math.abs(value - plane.data[i]!) < 0.01, `${value} for ${plane.data[i]}`);
      },
    ),
    { numRuns: 60 },
  );
});

test('a plane of one brightness, or one that rises evenly, has no detail away from the edges', () => {
  const plane = emptyPlane(64, 64);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = 40 + 2 * (i % 64) + Math.floor(i / 64);
  forward(plane, 1);
  for (const { x, y, width, height } of bandsOf(64, 64, 1, 1))
    for (let row = 4; row < height - 4; row++)
      for (let column = 4; column < width - 4; column++)
        assert.ok(Math.abs(plane.data[(y + row) * 64 + x + column]!) < 1e-3);
});

test('the energy of noise stays what it was, within a tenth: one unit is one unit at every level', () => {
  const plane = emptyPlane(256, 256);
  let state = 1;
  for (let i = 0; i < plane.data.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    plane.data[i] = state / 2 ** 32 - 0.5;
  }
  const energy = (p: Plane) => p.data.reduce((sum, value) => sum + value * value, 0);
  const before = energy(plane);
  forward(plane, 4);
  assert.ok(Math.abs(energy(plane) / before - 1) < 0.1);
});

test('bands lie beside each other and leave the smooth rest', () => {
  const bands = bandsOf(64, 32, 1, 4);
  const covered = bands.reduce((sum, { width, height }) => sum + width * height, 0);
  assert.equal(covered, 64 * 32 - 4 * 2);
});

test('a side that cannot be halved often enough is refused', () => {
  assert.throws(() => forward(emptyPlane(24, 32), 4), /multiples of 16, got 24x32/);
  assert.throws(() => backward(emptyPlane(32, 32), 0), RangeError);
});

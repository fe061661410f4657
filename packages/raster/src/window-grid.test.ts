import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape } from './landscape.fixture.ts';
import { greyPixels } from './luma.ts';
import { turnPixels } from './orientation.ts';
import { type Pixels, parsePixels } from './pixels.ts';
import type { Rectangle } from './rectangles.ts';
import { reduceToGrid } from './reduce.ts';
import { shrinkLuma } from './shrink.ts';
import { withWindows } from './window-grid.ts';

const read = (plane: Pixels, place: Rectangle) =>
  withWindows(plane, (windows) => windows(place, new Float64Array(64 * 64)));

function meanApart(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0) / a.length;
}

test('a window of a small plane is nearly what PDQ makes of the large picture', () => {
  for (const [width, side] of [
    [2048, 512],
    [2048, 250],
    [2048, 190],
  ] as const) {
    const large = landscape(4, width, width * 0.75);
    const small = shrinkLuma(large, side);
    const grid = read(small, { x: 0, y: 0, width: small.width, height: small.height });
    const apart = meanApart(grid, reduceToGrid(greyPixels(large)));
    assert.ok(apart < 3, `${side}: ${apart} levels`);
  }
});

test('the plane of a mirrored window is the mirror of its plane', () => {
  const plane = greyPixels(landscape(5, 300, 200));
  const place = { x: 30.25, y: 12.5, width: 200.5, height: 150 };
  const grid = read(plane, place);
  const mirrored = read(turnPixels(plane, 'flipY'), { ...place, x: 300 - place.x - place.width });
  for (let row = 0; row < 64; row++)
    for (let column = 0; column < 64; column++)
      assert.ok(Math.abs(grid[64 * row + column]! - mirrored[64 * row + 63 - column]!) < 0.5);
});

test('one level stays that level, whatever the window', () => {
  const plane = parsePixels(new Uint8Array(401 * 333).fill(77), 401, 333, 1);
  for (const place of [
    { x: 0, y: 0, width: 401, height: 333 },
    { x: 3.7, y: 9.1, width: 33, height: 300.2 },
    { x: -4, y: -4, width: 409, height: 341 },
    { x: 0, y: 0, width: 6, height: 5 },
  ])
    for (const value of read(plane, place)) assert.ok(Math.abs(value - 77) < 1e-9);
});

test('colours are refused', () => {
  assert.throws(() => withWindows(landscape(1, 64, 64), () => 0), /one channel/);
});

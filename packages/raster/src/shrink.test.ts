import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape } from './landscape.fixture.ts';
import { greyPixels } from './luma.ts';
import { parsePixels } from './pixels.ts';
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

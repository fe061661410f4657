import assert from 'node:assert/strict';
import test from 'node:test';
import { parsePixels } from './pixels.ts';

test('pixels whose numbers do not agree are refused', () => {
  assert.throws(() => parsePixels(new Uint8Array(5), 2, 2, 1), RangeError);
  assert.throws(() => parsePixels(new Uint8Array(0), 0, 1, 1), RangeError);
  assert.throws(() => parsePixels(new Uint8Array(1), 1, Number.NaN, 1), RangeError);
  assert.throws(() => parsePixels(new Uint8Array(2), 1, 1, 2), TypeError);
  assert.throws(() => parsePixels(new Float32Array(1) as unknown as Uint8Array, 1, 1, 1), TypeError);
});

test('pixels of a canvas are taken as they are', () => {
  const data = new Uint8ClampedArray(4);
  assert.equal(parsePixels(data, 1, 1, 4).data, data);
});

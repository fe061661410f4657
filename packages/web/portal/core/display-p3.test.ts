import assert from 'node:assert/strict';
import test from 'node:test';
import { displayP3ToSrgb } from './display-p3.ts';

const brought = (...rgba: readonly number[]) => {
  const samples = Uint8ClampedArray.from(rgba);
  displayP3ToSrgb(samples);
  return [...samples];
};

test('greys and alpha stay as they are', () => {
  for (let grey = 0; grey < 256; grey++) {
    const [r, g, b, alpha] = brought(grey, grey, grey, 255 - grey);
    for (const sample of [r, g, b]) assert.ok(Math.abs(sample! - grey) <= 1, `${grey}: ${sample}`);
    assert.equal(alpha, 255 - grey);
  }
});

test('the primaries of sRGB come back from their place in Display-P3', () => {
  // CSS Color 4: red of sRGB is color(display-p3 0.9175 0.2003 0.1386), green 0.4584 0.9853 0.2983, blue 0 0 0.9596.
  for (const [p3, srgb] of [
    [
      [234, 51, 35],
      [255, 0, 0],
    ],
    [
      [117, 251, 76],
      [0, 255, 0],
    ],
    [
      [0, 0, 245],
      [0, 0, 255],
    ],
  ] as const) {
    const found = brought(...p3, 255);
    for (const [at, sample] of srgb.entries())
      assert.ok(Math.abs(found[at]! - sample) <= 6, `${p3}: ${found}`);
  }
});

test('what lies outside of sRGB is cut off', () => {
  assert.deepEqual(brought(255, 0, 0, 255), [255, 0, 0, 255]);
  assert.deepEqual(brought(0, 255, 0, 7), [0, 255, 0, 7]);
});

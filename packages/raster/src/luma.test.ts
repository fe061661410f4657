import assert from 'node:assert/strict';
import test from 'node:test';
import { greyPixels, luma32, lumaRow } from './luma.ts';
import { parsePixels } from './pixels.ts';

test('luma is rounded to binary32 after each step, left to right', () => {
  const step = new Float32Array(1);
  const fl = (value: number) => {
    step[0] = value;
    return step[0]!;
  };
  for (let i = 0; i < 4096; i++) {
    const [r, g, b] = [(i * 7) % 256, (i * 31) % 256, (i * 113) % 256] as const;
    assert.equal(luma32(r, g, b), fl(fl(fl(fl(0.299) * r) + fl(fl(0.587) * g)) + fl(fl(0.114) * b)));
  }
  assert.equal(luma32(255, 255, 255), 255);
});

test('a row of grey is its bytes, and a row of RGBA passes over alpha', () => {
  const row = new Float32Array(2);
  lumaRow(parsePixels(Uint8Array.of(0, 0, 9, 200), 2, 2, 1), 1, row);
  assert.deepEqual([...row], [9, 200]);
  lumaRow(parsePixels(Uint8Array.of(10, 20, 30, 0, 1, 2, 3, 255), 2, 1, 4), 0, row);
  assert.deepEqual([...row], [luma32(10, 20, 30), luma32(1, 2, 3)]);
});

test('grey of a picture is luma to the nearest integer', () => {
  const grey = greyPixels(parsePixels(Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255), 3, 1, 3));
  assert.deepEqual([...grey.data], [76, 150, 29]);
  assert.equal(grey.channels, 1);
  assert.equal(greyPixels(grey), grey);
});

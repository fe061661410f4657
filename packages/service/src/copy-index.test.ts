import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { turnPixels } from '@reclaim/raster/orientation';
import { type Pixels, parsePixels } from '@reclaim/raster/pixels';
import { onPage, scene } from '@reclaim/registration/copies.fixture';
import { identity } from '@reclaim/registration/homography';
import { askedFeatures, findKept, keptFeatures, localPlane } from '@reclaim/registration/local-features';
import { CopyIndex } from './copy-index.ts';

/** A part of the picture, three quarters of each side from a quarter in. */
function part({ data, width, height, channels }: Pixels): Pixels {
  const [x, y] = [Math.round(width / 8), Math.round(height / 8)];
  const [w, h] = [Math.round(0.75 * width), Math.round(0.75 * height)];
  const cut = new Uint8Array(w * h * channels);
  for (let row = 0; row < h; row++) {
    const from = ((y + row) * width + x) * channels;
    cut.set(data.subarray(from, from + w * channels), row * w * channels);
  }
  return parsePixels(cut, w, h, channels);
}

/** A picture of little but a wall with soft light: its few keypoints look like those of any other. */
function wall(seed: number): Pixels {
  const data = new Uint8Array(320 * 240 * 3);
  for (let y = 0, at = 0; y < 240; y++)
    for (let x = 0; x < 320; x++, at += 3) {
      const square = (x + 7 * seed) % 40 < 20 === (y + 5 * seed) % 40 < 20;
      data.fill(square ? 120 : 132, at, at + 3);
    }
  return parsePixels(data, 320, 240, 3);
}

test('a part and a mirrored part are found among many kept copies, walls that look alike everywhere among them', () => {
  const copies = new CopyIndex(5);
  let num = 0;
  for (; num < 24; num++) copies.add(num, keptFeatures(localPlane(landscape(num, 320, 240)))!);
  for (let seed = 0; seed < 24; seed++) {
    const features = keptFeatures(localPlane(wall(seed)));
    if (features !== undefined) copies.add(num++, features);
  }
  copies.seal();
  assert.ok(num > 40, `${num} copies`);
  for (const [kept, mirrored] of [
    [3, false],
    [11, true],
    [20, false],
  ] as const) {
    const picture = part(landscape(kept, 320, 240));
    const found = copies.find(localPlane(mirrored ? turnPixels(picture, 'flipY') : picture));
    assert.deepEqual(
      found.map((copy) => [copy.num, copy.mirrored]),
      [[kept, mirrored]],
    );
  }
  assert.deepEqual(copies.find(localPlane(landscape(99, 320, 240))), []);
});

test('a small picture on a page of letters is found by a second look at its place, and another one is not', () => {
  const copies = new CopyIndex(5);
  for (const num of [1, 3, 5]) copies.add(num, keptFeatures(localPlane(landscape(num, 480, 360)))!);
  copies.seal();
  const page = (seed: number) => onPage({ plane: scene(seed), map: identity() }, 190).plane;
  const upload = askedFeatures(page(5));
  assert.equal(findKept(keptFeatures(scene(5))!, upload)?.kind, 'faint', 'the first look does not say so');
  assert.deepEqual(
    copies.find(page(5)).map(({ num, mirrored }) => [num, mirrored]),
    [[5, false]],
  );
  assert.deepEqual(copies.find(page(9)), []);
});

test('what was dropped is not found, and is in no memory', () => {
  const copies = new CopyIndex(5);
  copies.add(1, keptFeatures(localPlane(landscape(1, 320, 240)))!);
  copies.add(2, keptFeatures(localPlane(landscape(2, 320, 240)))!);
  copies.seal();
  const upload = localPlane(landscape(1, 320, 240));
  assert.deepEqual(
    copies.find(upload).map(({ num }) => num),
    [1],
  );
  const before = copies.memories;
  copies.drop(1);
  copies.drop(1);
  assert.deepEqual([copies.nums, copies.size], [[2], 1]);
  assert.deepEqual(copies.find(upload), []);
  const own = keptFeatures(localPlane(landscape(1, 320, 240)))!;
  for (const memory of before) {
    const bytes = Buffer.from(memory as ArrayBuffer);
    for (let at = 0; at < own.count; at++)
      assert.equal(bytes.includes(Buffer.from(own.bits.buffer, 32 * at, 16)), false);
  }
});

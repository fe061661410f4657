import assert from 'node:assert/strict';
import test from 'node:test';
import { emptyPlane, type Plane } from '@reclaim/raster/plane';
import { resizePlane } from '@reclaim/raster/resample';
import {
  type Copy,
  cropped,
  mapped,
  mirrored,
  offBy,
  resized,
  scene,
  stuck,
  turned,
  worn,
} from './copies.fixture.ts';
import { featuresOf } from './features.ts';
import { compose, identity, scaling } from './homography.ts';
import { type Registration, register } from './register.ts';

function look(original: Plane, suspect: Plane): Registration {
  return register(
    featuresOf(original, { side: 480, most: 300, mirrored: false }),
    original,
    featuresOf(suspect, { side: 640, most: 400, mirrored: true }),
    suspect,
  );
}

function whole(plane: Plane): Copy {
  return { plane, map: identity() };
}

/** The suspect of `copy` among other things: a page of another size with the copy at (x, y). */
function onPage({ plane, map }: Copy, width: number, height: number, x: number, y: number): Copy {
  const page = emptyPlane(width, height);
  for (let at = 0; at < page.data.length; at++)
    page.data[at] = at % 37 < 3 && at % (11 * width) < 4 * width ? 40 : 240;
  for (let row = 0; row < plane.height; row++)
    page.data.set(plane.data.subarray(row * plane.width, (row + 1) * plane.width), (y + row) * width + x);
  return { plane: page, map: compose(scaling(1, 1, x, y), map) };
}

const ORIGINAL = scene(11);

const COPIES: readonly (readonly [string, Copy, number])[] = [
  ['the same picture', whole(ORIGINAL), 0.05],
  ['a noisy one at another exposure', worn(whole(ORIGINAL), 25), 0.2],
  ['a mirrored one', mirrored(whole(ORIGINAL)), 0.1],
  ['a quarter turn', turned(ORIGINAL, 90), 0.1],
  ['a turn by 10 degrees', turned(ORIGINAL, 10), 0.15],
  ['half the size', resized(whole(ORIGINAL), 240, 180), 0.3],
  ['squeezed to 0.8', resized(whole(ORIGINAL), 384, 360), 0.2],
  ['a quarter of its area', cropped(whole(ORIGINAL), 0.3, 0.35, 0.5), 0.2],
  ['a sticker over a third', stuck(whole(ORIGINAL), 0.2, 0.2, 0.57, 200), 0.15],
  [
    'perspective',
    mapped(ORIGINAL, Float64Array.of(1.02, 0.03, 6, 0.02, 0.97, 9, 9e-5, 6e-5, 1), 500, 380),
    0.15,
  ],
  [
    'mirrored, cut, smaller and noisy',
    worn(resized(mirrored(cropped(whole(ORIGINAL), 0.1, 0.1, 0.8)), 300, 225), 10),
    0.5,
  ],
  ['on a page, at 0.6', onPage(resized(whole(ORIGINAL), 288, 216), 420, 700, 60, 300), 0.4],
];

for (const [name, copy, within] of COPIES) {
  test(`${name} is found, and laid over to a fraction of a sample`, () => {
    const found = look(ORIGINAL, copy.plane);
    assert.equal(found.kind, 'fit');
    const { median } = offBy(found.map, copy, ORIGINAL);
    assert.ok(median < within, `off by ${median.toFixed(3)}, expected < ${within}`);
    assert.equal(found.mirrored, /mirrored/.test(name));
  });
}

test('other pictures are not found, one way or the other', () => {
  for (const seed of [3, 7, 12]) {
    const other = scene(seed);
    assert.deepEqual(look(ORIGINAL, other), { kind: 'none', reason: 'no-fit' });
    assert.deepEqual(look(other, ORIGINAL), { kind: 'none', reason: 'no-fit' });
  }
});

test('a scene that is nearly its own mirror image is laid over the right way round', () => {
  const left = scene(5, 240, 360);
  const plane = emptyPlane(480, 360);
  for (let y = 0; y < 360; y++)
    for (let x = 0; x < 480; x++) plane.data[y * 480 + x] = left.data[y * 240 + (x < 240 ? x : 479 - x)]!;
  // One thing that tells left from right.
  const original = stuck(whole(plane), 0.1, 0.6, 0.12, 30).plane;
  for (const copy of [whole(original), mirrored(whole(original))]) {
    const found = look(original, copy.plane);
    assert.equal(found.kind, 'fit');
    assert.equal(found.mirrored, copy.map[0]! < 0);
  }
});

test('a thumbnail without keypoints is laid over whole', () => {
  const small = resizePlane(ORIGINAL, 80, 60);
  const found = look(ORIGINAL, small);
  assert.equal(found.kind, 'fit');
  assert.ok(offBy(found.map, resized(whole(ORIGINAL), 80, 60), ORIGINAL).median < 2);
});

test('what shows nothing, or is too small, is told apart from what does not fit', () => {
  const grey = emptyPlane(400, 300);
  grey.data.fill(128);
  assert.deepEqual(look(ORIGINAL, grey), { kind: 'none', reason: 'no-detail' });
  assert.deepEqual(look(grey, ORIGINAL), { kind: 'none', reason: 'no-detail' });
  assert.deepEqual(look(grey, grey), { kind: 'none', reason: 'no-detail' });
  assert.deepEqual(look(ORIGINAL, emptyPlane(1, 20_000)), { kind: 'none', reason: 'too-small' });
  assert.deepEqual(look(ORIGINAL, emptyPlane(31, 400)), { kind: 'none', reason: 'too-small' });
});

test('noise and a board of ten thousand corners match nothing', () => {
  const noise = emptyPlane(500, 400);
  let state = 9;
  for (let at = 0; at < noise.data.length; at++) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    noise.data[at] = (state >>> 16) & 255;
  }
  const board = emptyPlane(1000, 1000);
  for (let at = 0; at < board.data.length; at++)
    board.data[at] = ((Math.floor(at / 10_000) + Math.floor((at % 1000) / 10)) & 1) * 255;
  for (const suspect of [noise, board]) assert.equal(look(ORIGINAL, suspect).kind, 'none');
});

test('features of other planes, or of a suspect without its mirror image, are refused', () => {
  const features = featuresOf(ORIGINAL, { side: 480, most: 50, mirrored: false });
  assert.throws(() => register(features, emptyPlane(9, 9), features, ORIGINAL), { name: 'RangeError' });
  assert.throws(() => register(features, ORIGINAL, features, ORIGINAL), /mirrored: true/);
});

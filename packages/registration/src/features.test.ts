import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { emptyPlane } from '@reclaim/raster/plane';
import { consensusOf, supportOf } from './consensus.ts';
import { cropped, mirrored, scene } from './copies.fixture.ts';
import { featuresOf } from './features.ts';
import { identity } from './homography.ts';
import { matchFeatures } from './match-features.ts';
import { DESCRIPTOR_BITS, PATCH_RADIUS, PATTERN } from './pattern.ts';

const OPTIONS = { side: 480, most: 200, mirrored: true } as const;

test('the pattern is 256 pairs within the disc, and the very ones that stored descriptors were made with', () => {
  assert.equal(PATTERN.length, 4 * DESCRIPTOR_BITS);
  for (let at = 0; at < PATTERN.length; at += 2) {
    const [x, y] = [PATTERN[at]!, PATTERN[at + 1]!];
    assert.ok(x * x + y * y <= PATCH_RADIUS * PATCH_RADIUS);
  }
  assert.equal(createHash('sha256').update(PATTERN).digest('hex').slice(0, 16), 'b0e2eb1e28c13641');
});

test('the features of one picture are the same on every machine', () => {
  const { count, x, y, size, cosine, sine, bits, mirroredBits } = featuresOf(scene(11), OPTIONS);
  const hash = createHash('sha256');
  for (const column of [x, y, size, cosine, sine, bits, mirroredBits])
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  assert.equal(count, 200);
  assert.equal(hash.digest('hex').slice(0, 16), '190bf216f811d381');
});

test('what is described as mirrored is what the mirrored picture shows', () => {
  const plane = scene(11);
  const there = featuresOf(plane, OPTIONS);
  const back = featuresOf(mirrored({ plane, map: identity() }).plane, OPTIONS);
  const matches = matchFeatures(back, there, { within: 20, ratio: 1, mirrored: true });
  const right = matches.filter(
    ({ from, to }) =>
      Math.abs(back.x[from]! - (plane.width - there.x[to]!)) < 3 &&
      Math.abs(back.y[from]! - there.y[to]!) < 3,
  );
  assert.ok(right.length > 120, `${right.length} of ${there.count}`);
});

test('keypoints are spread: a board of corners in one half leaves places for the other', () => {
  const plane = scene(11);
  for (let y = 0; y < plane.height; y++)
    for (let x = 240; x < 480; x++)
      plane.data[y * 480 + x] = ((Math.floor(x / 8) + Math.floor(y / 8)) & 1) * 255;
  const { count, x } = featuresOf(plane, OPTIONS);
  const left = x.filter((each) => each < 240).length;
  assert.ok(left > count / 4, `${left} of ${count}`);
});

test('keypoints are at most as many as asked for, and places are those of the plane that was given', () => {
  const plane = scene(4, 900, 600);
  const { count, x, y, width, height } = featuresOf(plane, { side: 300, most: 77, mirrored: false });
  assert.ok(count > 40 && count <= 77);
  assert.deepEqual([width, height], [900, 600]);
  assert.ok(Math.max(...x) > 600 && Math.max(...y) > 400);
});

test('one brightness has no keypoints, nor has a line', () => {
  assert.equal(featuresOf(emptyPlane(300, 200), OPTIONS).count, 0);
  assert.equal(featuresOf(emptyPlane(1, 20_000), OPTIONS).count, 0);
  assert.equal(featuresOf(emptyPlane(20_000, 30), OPTIONS).count, 0);
});

test('options outside their ranges are refused', () => {
  for (const bad of [{ side: 10 }, { side: 5000 }, { most: 0 }, { most: 5000 }, { side: Number.NaN }])
    assert.throws(() => featuresOf(emptyPlane(99, 99), { ...OPTIONS, ...bad }), { name: 'RangeError' });
});

test('matches, and what they agree on, are the very ones of before anything was made faster', () => {
  const whole = scene(11);
  const original = featuresOf(whole, { side: 400, most: 150, mirrored: false });
  const part = cropped({ plane: whole, map: identity() }, 0.1, 0.2, 0.7).plane;
  const suspect = featuresOf(part, { side: 400, most: 300, mirrored: true });
  for (const [ratio, flipped, count, digest, support, votes] of [
    [1, false, 223, '852bcd4a9cb2b25e', 60, 51],
    [0.8, false, 111, 'a6a26c7c71c9355e', 55, 48],
    [1, true, 209, '6d9dbbff59e54411', 16, 11],
  ] as const) {
    const matches = matchFeatures(original, suspect, { within: 44, ratio, mirrored: flipped });
    const words = Int32Array.from(matches.flatMap(({ from, to, distance }) => [from, to, distance]));
    assert.equal(matches.length, count);
    assert.equal(createHash('sha256').update(words).digest('hex').slice(0, 16), digest);
    assert.equal(supportOf(original, suspect, matches, flipped), support);
    assert.equal(consensusOf(original, suspect, matches, flipped)?.votes, votes);
  }
});

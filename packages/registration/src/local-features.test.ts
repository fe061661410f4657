import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Copy, cropped, mirrored, onPage, scene, stuck, turned, worn } from './copies.fixture.ts';
import { identity } from './homography.ts';
import {
  askedFeatures,
  featureBytes,
  featuresInside,
  findKept,
  KEPT_KEYPOINTS,
  keptFeatures,
  LOCAL_VOTES,
  parseFeatures,
} from './local-features.ts';

const ORIGINAL = scene(11, 640, 480);
const whole: Copy = { plane: ORIGINAL, map: identity() };
const kept = keptFeatures(ORIGINAL)!;

test('what was kept as bytes finds what it found before: crops, stickers, turns, mirror images', () => {
  const bytes = featureBytes(kept);
  assert.ok(bytes.length <= 5_200, `${bytes.length} bytes`);
  const again = parseFeatures(bytes)!;
  assert.equal(again.count, kept.count);
  assert.deepEqual(again.bits, kept.bits);
  const copies: readonly Copy[] = [
    whole,
    worn(whole, 12),
    cropped(whole, 0.1, 0.2, 0.7),
    stuck(whole, 0.3, 0.1, 0.55, 90),
    turned(ORIGINAL, 10),
    mirrored(whole),
  ];
  for (const [at, { plane }] of copies.entries()) {
    const found = findKept(again, askedFeatures(plane));
    assert.ok(found?.kind === 'found' && found.votes >= LOCAL_VOTES, `copy ${at}`);
    assert.equal(found.mirrored, at === 5);
  }
});

test('a copy on a page of letters is seen faintly, and found where it was seen', () => {
  const small = scene(5);
  const own = keptFeatures(small)!;
  const { plane } = onPage({ plane: small, map: identity() }, 190);
  const seen = findKept(own, askedFeatures(plane));
  assert.ok(seen?.kind === 'faint');
  const { x, y, width, height } = seen.frame;
  assert.ok(x <= 210 && y <= 160 && x + width >= 400 && y + height >= 302, 'the frame holds the copy');
  assert.ok(width < 250 && height < 210, 'and little else');
  const closer = findKept(own, featuresInside(plane, seen.frame));
  assert.ok(closer?.kind === 'found' && !closer.mirrored);
  // Another picture at the same place is no trace of this one, nor found in its frame.
  const other = onPage({ plane: scene(9), map: identity() }, 190).plane;
  assert.equal(findKept(own, askedFeatures(other)), undefined);
  assert.equal(findKept(own, featuresInside(other, seen.frame)), undefined);
});

test('a frame ends where the upload does', () => {
  for (const wide of [170, 190]) {
    const tall = Math.round(0.75 * wide);
    const { plane } = onPage({ plane: scene(5), map: identity() }, wide, 512 - wide, 420 - tall);
    const seen = findKept(keptFeatures(scene(5))!, askedFeatures(plane));
    assert.ok(seen?.kind === 'faint', `${wide} samples wide`);
    const { x, y, width, height } = seen.frame;
    assert.ok(Number.isInteger(x) && Number.isInteger(y) && x >= 0 && y >= 0);
    assert.deepEqual([x + width, y + height], [plane.width, plane.height]);
    assert.ok(width >= wide && height >= tall && width * height <= 0.8 * plane.width * plane.height);
  }
});

test('other pictures are not found', () => {
  for (const seed of [2, 3, 7]) assert.equal(findKept(kept, askedFeatures(scene(seed, 640, 480))), undefined);
});

test('a picture with too little in it is not kept', () => {
  assert.equal(keptFeatures({ width: 200, height: 200, data: new Float32Array(40_000).fill(99) }), undefined);
});

test('bytes that are not features, or of another format, are none', () => {
  const bytes = featureBytes(kept);
  assert.equal(parseFeatures(bytes.subarray(0, bytes.length - 1)), undefined);
  assert.equal(parseFeatures(bytes.with(0, 120)), undefined);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (noise, headed) => {
      const given = headed ? Uint8Array.from([...bytes.subarray(0, 3), ...noise]) : noise;
      const parsed = parseFeatures(given);
      assert.ok(parsed === undefined || parsed.count <= KEPT_KEYPOINTS);
    }),
    { numRuns: 300 },
  );
});

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Copy, cropped, mirrored, scene, stuck, turned, worn } from './copies.fixture.ts';
import { identity } from './homography.ts';
import {
  askedFeatures,
  featureBytes,
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
    assert.ok(found !== undefined && found.votes >= LOCAL_VOTES, `copy ${at}`);
    assert.equal(found.mirrored, at === 5);
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

import assert from 'node:assert/strict';
import test from 'node:test';
import { pdqSignalOf } from '@reclaim/fingerprint/fingerprint';
import { hammingDistance, signalBytes } from '@reclaim/fingerprint/signal';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { isProofTrue, MOST_OFF, PROOF_ROWS, proofSamples } from './honest-canvas.ts';

/** Noise of a seed (Mulberry32), 0..1. */
function noiseOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test('the pattern is true as it was drawn, and a little beside it', () => {
  for (const width of [1, 2, 64, 4000]) {
    const drawn = proofSamples(width);
    assert.equal(drawn.length, width * PROOF_ROWS * 4);
    assert.ok(isProofTrue(drawn, width));
    assert.ok(
      isProofTrue(
        drawn.map((sample, at) => Math.min(255, Math.max(0, sample + (at % 3) - 1))),
        width,
      ),
    );
  }
});

test('white, nothing, noise, another length and one wrong sample are not true', () => {
  const width = 5;
  const drawn = proofSamples(width);
  assert.ok(!isProofTrue(new Uint8ClampedArray(drawn.length).fill(255), width));
  assert.ok(!isProofTrue(new Uint8ClampedArray(drawn.length), width));
  assert.ok(!isProofTrue(drawn.subarray(4), width));
  const random = noiseOf(1);
  for (let tries = 0; tries < 1_000; tries++)
    assert.ok(
      !isProofTrue(
        drawn.map(() => 256 * random()),
        width,
      ),
    );
  const wrong = drawn.slice();
  wrong[17] = wrong[17]! > 128 ? 0 : 255;
  assert.ok(!isProofTrue(wrong, width));
});

test('noise in place of a picture would have had a fingerprint of good quality: the danger is real', () => {
  const random = noiseOf(2);
  const data = Uint8ClampedArray.from({ length: 640 * 480 * 4 }, () => 256 * random());
  const outcome = pdqSignalOf({ width: 640, height: 480, channels: 4, data });
  assert.ok(outcome.ok && outcome.signal.quality >= 50);
});

test('samples moved by as much as is let pass move a fingerprint by 4 bits at most', () => {
  const random = noiseOf(3);
  for (let seed = 1; seed <= 12; seed++) {
    const picture = landscape(seed, 320, 240);
    const moved = Uint8ClampedArray.from(
      picture.data,
      (sample) => sample + Math.round((2 * random() - 1) * MOST_OFF),
    );
    const before = pdqSignalOf(picture);
    const after = pdqSignalOf({ ...picture, data: moved });
    assert.ok(before.ok && after.ok);
    const bits = hammingDistance(signalBytes(before.signal.value), signalBytes(after.signal.value));
    assert.ok(bits <= 4, `landscape ${seed}: ${bits} bits`);
  }
});

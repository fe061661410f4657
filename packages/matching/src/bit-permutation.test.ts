import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { BIT_PERMUTATION, BIT_PERMUTATION_ID, permutedWords } from './bit-permutation.ts';
import { drawSignal, neighbourAt, seededDraw } from './seeded-signal.fixture.ts';
import { distanceWithin } from './signal-words.ts';

test('every bit has one place', () => {
  assert.deepEqual(
    [...BIT_PERMUTATION].sort((a, b) => a - b),
    Array.from({ length: 256 }, (_, i) => i),
  );
});

test('the shuffle of this name never changes: stored segments depend on it', () => {
  assert.equal(BIT_PERMUTATION_ID, 'reclaim-bits-1');
  assert.equal(
    createHash('sha256').update(BIT_PERMUTATION).digest('hex'),
    '84f1c98a267973f84f5edc6b3c1f1ad71d8a64b86e33588a949918be5a5bd00a',
  );
});

test('each single bit lands where the table says', () => {
  for (let bit = 0; bit < 256; bit++) {
    const signal = new Uint8Array(32);
    signal[bit >> 3] = 0x80 >> (bit & 7);
    const words = permutedWords(signal);
    const place = BIT_PERMUTATION[bit] ?? 0;
    const expected = new Uint32Array(8);
    expected[place >> 5] = 0x8000_0000 >>> (place & 31);
    assert.deepEqual(words, expected);
  }
});

test('distances stay what they were', () => {
  const draw = seededDraw(7);
  for (let bits = 0; bits <= 256; bits += 8) {
    const signal = drawSignal(draw);
    const other = neighbourAt(signal, bits, draw);
    assert.equal(distanceWithin(permutedWords(signal), 0, permutedWords(other), 256), bits);
  }
});

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { codeKey, orderKey, orderOf } from './code.ts';
import { countedRow, LEAST_LOG_BOUND, logBound, scoreOf, scorerOf, thresholdFor } from './score.ts';

const secret = new Uint8Array(32).fill(3);
const original = new Uint8Array(32).fill(4);
const keyOf = (n: number) => {
  const recipient = new Uint8Array(16);
  new DataView(recipient.buffer).setUint32(0, n);
  return codeKey(secret, original, recipient);
};

test('the threshold is the one of the design: 6.44 for 1,000 candidates at 1e-6, 7.43 at 1e-9', () => {
  assert.equal(thresholdFor(1000, 1e-6).toFixed(2), '6.44');
  assert.equal(thresholdFor(1000, 1e-9).toFixed(2), '7.43');
  assert.ok(Math.abs(Math.exp(logBound(thresholdFor(1000), 1000)) - 1e-6) < 1e-12);
  assert.equal(logBound(-3, 5), 0, 'a negative score says nothing');
  assert.throws(() => thresholdFor(0), RangeError);
  assert.throws(() => thresholdFor(10, 0), RangeError);
});

test('no bound is below what the cipher behind the signs is good for, and none above one', () => {
  assert.equal(LEAST_LOG_BOUND / Math.LN2, -128);
  assert.equal(logBound(300, 1000), LEAST_LOG_BOUND);
  assert.equal(logBound(Number.MAX_VALUE, 1), LEAST_LOG_BOUND);
  assert.ok(logBound(12, 1000) > LEAST_LOG_BOUND);
  assert.ok(Math.abs(logBound(12, 1000) - (Math.log(1000) - 72)) < 1e-9);
  assert.equal(logBound(1, 100_000), 0);
});

test('one candidate has a threshold as a hundred thousand have, and each bound holds at it', () => {
  for (const candidates of [1, 2, 1000, 100_000, 1_000_000])
    for (const looks of [1, 3, 99]) {
      const threshold = thresholdFor(candidates * looks);
      assert.ok(threshold >= Math.sqrt(2 * Math.log(1e6)));
      assert.ok(candidates * looks * Math.exp((-threshold * threshold) / 2) <= 1.000001e-6);
    }
});

test('whatever the residual, an innocent code scores as coin tosses do, and never beyond the bound', () => {
  // Heavy tails, all of one sign, one value that outweighs all others, zeros: the theorem needs nothing of it.
  const shapes: readonly ((i: number) => number)[] = [
    (i) => Math.sin(i * 12.9898) * 43_758,
    (i) => 1 + (i % 7),
    (i) => (i === 5 ? 1e6 : 1),
    (i) => (i % 50 === 0 ? 30 : 0),
    (i) => 1 / (1 + (i % 997)) ** 2,
  ];
  const order = orderOf(orderKey(secret, original), 4096);
  for (const shape of shapes) {
    const row = countedRow(
      Float32Array.from({ length: 4096 }, (_, i) => shape(i)),
      order,
    );
    const scores = Array.from({ length: 400 }, (_, n) => scoreOf(row, keyOf(n)));
    const mean = scores.reduce((sum, z) => sum + z, 0) / 400;
    const variance = scores.reduce((sum, z) => sum + (z - mean) ** 2, 0) / 400;
    assert.ok(Math.abs(mean) < 0.3, `mean ${mean}`);
    assert.ok(Math.abs(variance - 1) < 0.4, `variance ${variance}`);
    // 400 × exp(−t²/2) = 1e-6 at this t: with fixed seeds it holds or it does not.
    assert.ok(Math.max(...scores) < thresholdFor(400));
  }
});

test('many codes at once come to the very digits that one at a time comes to, for rows of any length', () => {
  fc.assert(
    fc.property(fc.int16Array({ minLength: 1, maxLength: 70 }), fc.nat(), (values, n) => {
      const row = new Int16Array(values);
      assert.equal(scorerOf(row)(keyOf(n)), scoreOf(row, keyOf(n)));
    }),
  );
  assert.equal(scorerOf(new Int16Array(40))(keyOf(1)), 0);
});

test('the score is the same whatever the residual is multiplied with, and turns with its sign', () => {
  const order = orderOf(orderKey(secret, original), 512);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 512, maxLength: 512 }), (list) => {
      const row = countedRow(Float32Array.from(list), order);
      const twice = countedRow(
        Float32Array.from(list, (value) => 8 * value),
        order,
      );
      assert.deepEqual(twice, row);
      const turned = countedRow(
        Float32Array.from(list, (value) => -value),
        order,
      );
      assert.equal(scoreOf(turned, keyOf(1)) + 0, -scoreOf(row, keyOf(1)) + 0);
    }),
    { numRuns: 30 },
  );
});

test('a residual of nothing scores nothing', () => {
  const row = countedRow(new Float32Array(64), orderOf(orderKey(secret, original), 64));
  assert.equal(scoreOf(row, keyOf(1)), 0);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { partOf } from './bench-altered.ts';
import { upperBound } from './bench-altered-strangers.ts';

test('the bound of a rate is that of Clopper and Pearson', () => {
  // None seen: 1 − 0.05^(1/n), the "rule of three".
  assert.ok(Math.abs(upperBound(0, 100) - (1 - 0.05 ** 0.01)) < 1e-9);
  assert.ok(Math.abs(upperBound(0, 10_000) - 2.9953e-4) < 1e-7);
  // 2 of 10: P(X <= 2) = 0.05 at 0.5069.
  assert.ok(Math.abs(upperBound(2, 10) - 0.5069) < 1e-3);
});

test('the parts of a run are disjoint and together the whole', () => {
  const all = Array.from({ length: 23 }, (_, i) => i);
  const parts = [1, 2, 3, 4].map((index) => partOf(all, { index, of: 4 }));
  assert.deepEqual(
    parts.flat().sort((a, b) => a - b),
    all,
  );
  assert.deepEqual(partOf(all, { index: 1, of: 1 }), all);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { CLOCK_AGREES_MS, clockDistance } from './clock-distance.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test('clocks within two minutes agree, and of an unknown one nothing is said', () => {
  for (const offset of [undefined, 0, 1_500, -90_000, CLOCK_AGREES_MS, -CLOCK_AGREES_MS])
    assert.equal(clockDistance(offset), undefined);
});

test('a clock that is far off is told in minutes, hours or days, and which way', () => {
  assert.deepEqual(clockDistance(3 * MINUTE), { unit: 'minute', count: 3, way: 'behind' });
  assert.deepEqual(clockDistance(-59 * MINUTE), { unit: 'minute', count: 59, way: 'ahead' });
  assert.deepEqual(clockDistance(HOUR - 900), { unit: 'hour', count: 1, way: 'behind' });
  assert.deepEqual(clockDistance(-26 * HOUR), { unit: 'hour', count: 26, way: 'ahead' });
  assert.deepEqual(clockDistance(365 * 24 * HOUR), { unit: 'day', count: 365, way: 'behind' });
});

test('what is told is never further from the truth than half of its unit', () => {
  const size = { minute: MINUTE, hour: HOUR, day: 24 * HOUR } as const;
  fc.assert(
    fc.property(fc.integer({ min: -9e12, max: 9e12 }), (offset) => {
      const distance = clockDistance(offset);
      if (distance === undefined) return assert.ok(Math.abs(offset) <= CLOCK_AGREES_MS);
      const { unit, count, way } = distance;
      assert.equal(way, offset < 0 ? 'ahead' : 'behind');
      assert.ok(count >= 1 && Math.abs(count * size[unit] - Math.abs(offset)) <= size[unit] / 2);
      assert.ok(unit !== 'minute' || count < 60);
    }),
  );
});

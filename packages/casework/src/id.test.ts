/**
 * Ids and instants at the edges of what they allow.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { ID_PREFIX, type IdKind, makeId, parseId } from './id.ts';
import { coarseDay, DAY_MS, parseUtcMs } from './instant.ts';

const KINDS = Object.keys(ID_PREFIX) as readonly IdKind[];

test('an id is its prefix and its 16 bytes in hex, and parses as its own kind only', () => {
  const bytes = Uint8Array.from({ length: 16 }, (_, i) => i * 16 + 1);
  for (const kind of KINDS) {
    const id = makeId(kind, bytes);
    assert.equal(id, `${ID_PREFIX[kind]}_01112131415161718191a1b1c1d1e1f1`);
    for (const other of KINDS) {
      if (other === kind) assert.equal(parseId(other, id), id);
      else assert.throws(() => parseId(other, id), TypeError);
    }
  }
});

test('an id is refused for any other form, and never repeated in the error', () => {
  const hex = 'a'.repeat(32);
  const wrong = [
    '',
    'job_',
    `job_${hex}a`,
    `job_${hex.slice(1)}`,
    `job_${hex.toUpperCase()}`,
    `job_${hex}\n`,
    ` job_${hex}`,
    `job-${hex}`,
    hex,
  ];
  for (const text of wrong) {
    assert.throws(
      () => parseId('job', text),
      (error) => error instanceof TypeError && !error.message.includes('aaaa'),
    );
  }
});

test('an id is made of 16 bytes, no more and no fewer', () => {
  for (const length of [0, 15, 17, 32])
    assert.throws(() => makeId('key', new Uint8Array(length)), RangeError);
});

test('a time is a whole number of milliseconds from 1970 to the end of Date', () => {
  for (const ms of [0, 1, 8.64e15]) assert.equal(parseUtcMs(ms), ms);
  for (const ms of [-1, 0.5, 8.64e15 + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => parseUtcMs(ms), RangeError);
  }
  assert.equal(parseUtcMs(8.64e15), new Date(8.64e15).getTime());
});

test('the coarse day is the midnight (UTC) before, the same for every moment of a day', () => {
  const midnight = Date.UTC(2026, 10, 22);
  assert.equal(coarseDay(parseUtcMs(midnight)), midnight);
  assert.equal(coarseDay(parseUtcMs(midnight + DAY_MS - 1)), midnight);
  assert.equal(coarseDay(parseUtcMs(midnight - 1)), midnight - DAY_MS);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8.64e15 }), (ms) => {
      const day = coarseDay(parseUtcMs(ms));
      assert.ok(day % DAY_MS === 0 && day <= ms && ms - day < DAY_MS);
    }),
  );
});

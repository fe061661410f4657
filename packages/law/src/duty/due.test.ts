import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseZone, wallClock } from '../zone.ts';
import { dueAfter, limitWords } from './due.ts';
import type { Limit } from './rule.ts';

const HOUR = 3_600_000;
const BERLIN = parseZone('Europe/Berlin');
const starts = fc.integer({ min: Date.UTC(1972, 0, 1), max: Date.UTC(2100, 0, 1) });
const zones = fc.constantFrom(
  ...[
    'UTC',
    'America/Los_Angeles',
    'Europe/Berlin',
    'Asia/Kolkata',
    'Australia/Sydney',
    'America/St_Johns',
  ].map(parseZone),
);
const counted: fc.Arbitrary<Limit> = fc.oneof(
  fc.record({ kind: fc.constant('hours' as const), count: fc.integer({ min: 0, max: 2000 }) }),
  fc.record({ kind: fc.constant('days' as const), count: fc.integer({ min: 0, max: 400 }) }),
  fc.record({ kind: fc.constant('months' as const), count: fc.integer({ min: 0, max: 72 }) }),
  fc.constant<Limit>({ kind: 'same-day' }),
  fc.constant<Limit>({ kind: 'business-days', notBefore: 10, count: 14, calendar: 'us-federal' }),
);

test('no limit is due before its start', () => {
  fc.assert(
    fc.property(counted, starts, zones, (limit, start, zone) => {
      const due = dueAfter(limit, start, zone)!;
      assert.ok(due.dueMs >= start);
      if (due.notBeforeMs !== undefined) assert.ok(due.notBeforeMs > start && due.notBeforeMs <= due.dueMs);
    }),
    { numRuns: 120 },
  );
});

test('a later start is never due earlier', () => {
  fc.assert(
    fc.property(
      counted,
      starts,
      fc.integer({ min: 0, max: 100 * 24 * HOUR }),
      zones,
      (limit, start, more, zone) => {
        assert.ok(dueAfter(limit, start + more, zone)!.dueMs >= dueAfter(limit, start, zone)!.dueMs);
      },
    ),
    { numRuns: 120 },
  );
});

test('a longer limit is never due earlier', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('hours', 'days', 'months'),
      fc.integer({ min: 0, max: 60 }),
      starts,
      zones,
      (kind, count, start, zone) => {
        const shorter = dueAfter({ kind, count } as Limit, start, zone)!;
        const longer = dueAfter({ kind, count: count + 1 } as Limit, start, zone)!;
        assert.ok(longer.dueMs > shorter.dueMs);
      },
    ),
    { numRuns: 80 },
  );
});

test('48 hours are 48 hours on the night when clocks go forward and when they go back', () => {
  for (const start of [Date.UTC(2026, 2, 28, 20), Date.UTC(2026, 9, 24, 20)]) {
    assert.equal(dueAfter({ kind: 'hours', count: 48 }, start, BERLIN)!.dueMs - start, 48 * HOUR);
  }
});

test('days end with the day in the zone, whatever the clocks did between', () => {
  for (const start of [Date.UTC(2026, 2, 26, 11), Date.UTC(2026, 9, 22, 11)]) {
    const due = dueAfter({ kind: 'days', count: 7 }, start, BERLIN)!.dueMs;
    assert.equal(wallClock(due, BERLIN).time, '23:59');
    assert.equal(wallClock(due + 1, BERLIN).time, '00:00');
  }
  const leap = dueAfter({ kind: 'days', count: 1 }, Date.UTC(2028, 1, 28, 12), BERLIN)!.dueMs;
  assert.equal(wallClock(leap, BERLIN).day, '2028-02-29');
  const year = dueAfter({ kind: 'days', count: 1 }, Date.UTC(2026, 11, 31, 12), BERLIN)!.dueMs;
  assert.equal(wallClock(year, BERLIN).day, '2027-01-01');
});

test('the zone decides the day: the same instant is due on two days', () => {
  const start = Date.UTC(2026, 5, 1, 23, 30);
  const limit: Limit = { kind: 'days', count: 7 };
  assert.equal(
    wallClock(dueAfter(limit, start, parseZone('Asia/Kolkata'))!.dueMs, parseZone('Asia/Kolkata')).day,
    '2026-06-09',
  );
  assert.equal(
    wallClock(
      dueAfter(limit, start, parseZone('America/Los_Angeles'))!.dueMs,
      parseZone('America/Los_Angeles'),
    ).day,
    '2026-06-08',
  );
});

test('what the law does not count has no due moment, and the unknown prints "unconfirmed"', () => {
  const uncounted: Limit[] = [
    { kind: 'words', words: 'promptly' },
    { kind: 'per-order' },
    { kind: 'until-event' },
    { kind: 'unknown' },
  ];
  for (const limit of uncounted) assert.equal(dueAfter(limit, 0, BERLIN), undefined);
  assert.equal(limitWords({ kind: 'unknown' }), 'unconfirmed');
  assert.equal(limitWords({ kind: 'months', count: 12 }), '1 year');
});

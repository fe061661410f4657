import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { addDays, addMonths, parseDay, weekday } from './day.ts';
import { addBusinessDays, isBusinessDay, nextBusinessDay } from './holidays.ts';
import { dayAt, endOfDay, parseZone, startOfDay, wallClock } from './zone.ts';

const NEW_YORK = parseZone('America/New_York');
const BERLIN = parseZone('Europe/Berlin');
const HOUR = 3_600_000;

const days = fc.integer({ min: 0, max: 60_000 }).map((count) => addDays(parseDay('1972-01-01'), count));
const zones = fc.constantFrom(
  ...[
    'UTC',
    'America/New_York',
    'Europe/Berlin',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'America/St_Johns',
  ].map(parseZone),
);

test('a day that the calendar lacks is refused without being repeated', () => {
  for (const bad of [
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-4-1',
    '20026-01-01',
    '2026-04-31',
    '',
    '1899-12-31',
  ]) {
    assert.throws(
      () => parseDay(bad),
      (error: Error) => error instanceof RangeError && (bad === '' || !error.message.includes(bad)),
    );
  }
  assert.equal(parseDay('2028-02-29'), '2028-02-29');
});

test('months end on the last day of a shorter month and cross years', () => {
  assert.equal(addMonths(parseDay('2026-08-31'), 6), '2027-02-28');
  assert.equal(addMonths(parseDay('2027-08-31'), 6), '2028-02-29');
  assert.equal(addMonths(parseDay('2028-02-29'), 12), '2029-02-28');
  assert.equal(addMonths(parseDay('2026-12-31'), 1), '2027-01-31');
  assert.equal(addMonths(parseDay('2026-01-15'), -1), '2025-12-15');
});

test('a day begins at its first existing instant and ends one millisecond before the next', () => {
  fc.assert(
    fc.property(days, zones, (day, zone) => {
      const start = startOfDay(day, zone);
      assert.ok(dayAt(start, zone) >= day);
      assert.ok(dayAt(start - 1, zone) < day);
      assert.equal(endOfDay(day, zone) + 1, startOfDay(addDays(day, 1), zone));
    }),
    { numRuns: 60 },
  );
});

test('the days of a change to and from summer time have 23 and 25 hours', () => {
  const length = (day: string, zone: typeof BERLIN) =>
    (endOfDay(parseDay(day), zone) + 1 - startOfDay(parseDay(day), zone)) / HOUR;
  assert.equal(length('2026-03-29', BERLIN), 23);
  assert.equal(length('2026-10-25', BERLIN), 25);
  assert.equal(length('2026-03-08', NEW_YORK), 23);
  assert.equal(length('2026-11-01', NEW_YORK), 25);
});

test('a day that a place skipped begins where the next one does', () => {
  const apia = parseZone('Pacific/Apia');
  assert.equal(startOfDay(parseDay('2011-12-30'), apia), startOfDay(parseDay('2011-12-31'), apia));
});

test('a midnight that does not exist begins an hour later', () => {
  const start = startOfDay(parseDay('2018-11-04'), parseZone('America/Sao_Paulo'));
  assert.deepEqual(wallClock(start, parseZone('America/Sao_Paulo')), { day: '2018-11-04', time: '01:00' });
});

test('a zone nobody knows is refused without being repeated', () => {
  assert.throws(
    () => parseZone('Mars/Olympus'),
    (error: Error) => error instanceof RangeError && !/Mars/.test(error.message),
  );
});

test('instants out of range and fractions are refused', () => {
  for (const bad of [Number.NaN, 1.5, Number.POSITIVE_INFINITY, 8.64e15, -8.64e15]) {
    assert.throws(() => dayAt(bad, BERLIN), RangeError);
  }
});

test('the federal holidays of 2026 and their observed days do not count', () => {
  const holidays = [
    '2026-01-01',
    '2026-01-19',
    '2026-02-16',
    '2026-05-25',
    '2026-06-19',
    '2026-07-03',
    '2026-09-07',
    '2026-10-12',
    '2026-11-11',
    '2026-11-26',
    '2026-12-25',
  ];
  for (const day of holidays) assert.equal(isBusinessDay(parseDay(day), 'us-federal'), false, day);
  assert.equal(isBusinessDay(parseDay('2026-07-06'), 'us-federal'), true, 'the Monday after counts');
  assert.equal(isBusinessDay(parseDay('2027-12-31'), 'us-federal'), false, 'New Year 2028 is a Saturday');
  assert.equal(isBusinessDay(parseDay('2020-06-19'), 'us-federal'), true, 'before it was a holiday');
  let counted = 0;
  for (let day = parseDay('2026-01-01'); day < '2027-01-01'; day = addDays(day, 1)) {
    if (isBusinessDay(day, 'weekend') && !isBusinessDay(day, 'us-federal')) counted += 1;
  }
  assert.equal(counted, holidays.length);
});

test('business days never land on a day that does not count, and grow with the count', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 30 }), (day, count) => {
      const end = addBusinessDays(day, count, 'us-federal');
      assert.ok(isBusinessDay(end, 'us-federal'));
      assert.ok(end > addBusinessDays(day, count - 1, 'us-federal'));
    }),
    { numRuns: 60 },
  );
  assert.equal(nextBusinessDay(parseDay('2026-11-22'), 'weekend'), '2026-11-23');
  assert.equal(weekday(parseDay('2026-11-22')), 0);
});

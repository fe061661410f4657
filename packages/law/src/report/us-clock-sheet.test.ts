import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ClockEvent } from '../duty/clock.ts';
import { FRAME } from './report.fixture.ts';
import { US_OUTCOMES, type UsRequest, usClockSheet, usOutcome } from './us-clock-sheet.ts';

const HOUR = 3_600_000;
const AT = Date.parse('2026-06-01T12:00:00Z');
const NOW = Date.parse('2026-12-31T12:00:00Z');
const PROOF = { kind: 'receipt', record: 'r' } as const;

function request(
  id: string,
  complete: boolean,
  ...events: readonly (readonly [ClockEvent['kind'], number])[]
): UsRequest {
  return { id, complete, events: events.map(([kind, atMs]) => ({ kind, atMs, proof: PROOF })) };
}

test('each request has one outcome: a table', () => {
  const received = ['notice-received', AT] as const;
  const table: readonly (readonly [string, UsRequest, string, now?: number])[] = [
    ['an element is missing', request('a', false, received), 'not-valid'],
    ['removed after 47 hours', request('b', true, received, ['removed', AT + 47 * HOUR]), 'removed-in-time'],
    [
      'removed after exactly 48',
      request('c', true, received, ['removed', AT + 48 * HOUR]),
      'removed-in-time',
    ],
    ['a millisecond later', request('d', true, received, ['removed', AT + 48 * HOUR + 1]), 'removed-late'],
    ['nothing for months', request('e', true, received), 'breached'],
    ['nothing for a day', request('f', true, received), 'running', AT + 24 * HOUR],
    [
      'told no after 40 hours',
      request('g', true, received, ['decision-told', AT + 40 * HOUR]),
      'not-removed',
    ],
    ['told no after 60 hours', request('h', true, received, ['decision-told', AT + 60 * HOUR]), 'breached'],
    [
      'before the duty',
      request('i', true, ['notice-received', Date.parse('2026-05-18T12:00:00Z')]),
      'no-clock',
    ],
  ];
  for (const [said, each, expected, now] of table) {
    assert.equal(usOutcome(each, now ?? NOW, FRAME.zone).outcome, expected, said);
  }
});

test('the sheet: every request received in the period stands in exactly one row', () => {
  const arbitrary = fc
    .tuple(
      fc.boolean(),
      fc.integer({ min: Date.parse('2025-12-01'), max: Date.parse('2027-01-31') }),
      fc.option(fc.integer({ min: 0, max: 100 * HOUR })),
      fc.option(fc.integer({ min: 0, max: 100 * HOUR })),
    )
    .map(([complete, at, removed, told]) =>
      request(
        'x',
        complete,
        ['notice-received', at],
        ...(removed === null ? [] : [['removed', at + removed] as const]),
        ...(told === null ? [] : [['decision-told', at + told] as const]),
      ),
    );
  fc.assert(
    fc.property(fc.array(arbitrary, { maxLength: 30 }), (requests) => {
      const { rows } = usClockSheet(requests, FRAME, Date.parse('2027-02-01'));
      const values = rows.map((row) => row[3] as number);
      assert.equal(
        values.slice(2, 2 + US_OUTCOMES.length).reduce((sum, each) => sum + each, 0),
        values[0],
      );
      assert.equal(values[0]! - values[2]!, values[1], 'valid ones are all but those that lack an element');
    }),
    { numRuns: 100 },
  );
});

test('the median and the ninety-fifth are in hours', () => {
  const hours = [1, 2, 3, 50];
  const { rows } = usClockSheet(
    hours.map((took, at) => request(`r${at}`, true, ['notice-received', AT], ['removed', AT + took * HOUR])),
    FRAME,
    NOW,
  );
  assert.deepEqual(
    rows.slice(-2).map((row) => row[3]),
    [2.5, 50],
  );
});

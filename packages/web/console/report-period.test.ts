import assert from 'node:assert/strict';
import test from 'node:test';
import { downloadName, isPeriod, usualPeriod } from './report-period.ts';

test('the year so far is offered, and in January and February the year before, which is due', () => {
  assert.deepEqual(usualPeriod(Date.UTC(2026, 10, 26)), { from: '2026-01-01', to: '2026-11-26' });
  assert.deepEqual(usualPeriod(Date.UTC(2027, 0, 15)), { from: '2026-01-01', to: '2026-12-31' });
  assert.deepEqual(usualPeriod(Date.UTC(2027, 1, 28)), { from: '2026-01-01', to: '2026-12-31' });
  assert.deepEqual(usualPeriod(Date.UTC(2027, 2, 1)), { from: '2027-01-01', to: '2027-03-01' });
});

test('a period is two days of the calendar in order', () => {
  assert.ok(isPeriod({ from: '2026-01-01', to: '2026-01-01' }));
  for (const [from, to] of [
    ['2026-02-30', '2026-03-01'],
    ['2026-02-01', '2026-01-01'],
    ['', '2026-01-01'],
    ['2026-1-1', '2026-02-01'],
  ] as const)
    assert.ok(!isPeriod({ from, to }), `${from} ${to}`);
});

test('files are named by their period', () => {
  assert.equal(
    downloadName({ from: '2026-01-01', to: '2026-12-31' }, '4_notices.csv'),
    '2026-01-01_2026-12-31_4_notices.csv',
  );
});

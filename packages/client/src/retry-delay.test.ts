import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { RECLAIM_ERROR_CODES } from './reclaim-error.ts';
import { isPassing, pause, retryDelayMs } from './retry-delay.ts';

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('a pause is never shorter than Retry-After, and at most a quarter of a second longer', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 86_400 }),
      fraction,
      (n, after, random) => {
        const delay = retryDelayMs(n, after, random);
        assert.ok(delay >= after * 1000 && delay <= after * 1000 + 250);
      },
    ),
  );
});

test('without Retry-After a pause lies between half a step and a step, and steps end at a minute', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), fraction, (attempt, random) => {
      const step = Math.min(60_000, 200 * 2 ** Math.min(attempt - 1, 16));
      const delay = retryDelayMs(attempt, undefined, random);
      assert.ok(delay >= step / 2 && delay <= step);
    }),
  );
});

test('only what may pass by itself is worth asking again', () => {
  assert.deepEqual(RECLAIM_ERROR_CODES.filter(isPassing).sort(), [
    'network',
    'too-busy',
    'too-many-in-flight',
    'too-many-requests',
    'unavailable',
  ]);
});

test('a pause ends with its signal, and at once when that has already fallen', async () => {
  const stop = new AbortController();
  const waiting = pause(60_000, stop.signal);
  stop.abort();
  await waiting;
  await pause(60_000, stop.signal);
});

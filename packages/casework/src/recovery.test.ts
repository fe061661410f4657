import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { DAY_MS, parseUtcMs } from './instant.ts';
import { askRecovery, RECOVERY_DELAY_MS, RECOVERY_OPEN_MS, recoveryStanding } from './recovery.ts';

const NOW = parseUtcMs(20_000 * DAY_MS);

test('a recovery waits seven whole days, is open for thirty, and then is quiet again', () => {
  const at = (ms: number) => recoveryStanding(NOW, parseUtcMs(NOW + ms)).kind;
  assert.equal(recoveryStanding(undefined, NOW).kind, 'quiet');
  assert.equal(at(0), 'waiting');
  assert.equal(at(7 * DAY_MS - 1), 'waiting');
  assert.equal(at(7 * DAY_MS), 'open');
  assert.equal(at(37 * DAY_MS - 1), 'open');
  assert.equal(at(37 * DAY_MS), 'quiet');
});

test('asking often neither shortens the wait nor begins it anew', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 20 * DAY_MS }), { minLength: 1, maxLength: 8 }),
      (pauses) => {
        let now = NOW;
        let asked = askRecovery(undefined, now);
        for (const pause of pauses) {
          now = parseUtcMs(now + pause);
          const next = askRecovery(asked, now);
          if (now < asked + RECOVERY_DELAY_MS + RECOVERY_OPEN_MS) assert.equal(next, asked);
          else assert.equal(next, now);
          if (next !== asked) assert.equal(recoveryStanding(next, now).kind, 'waiting');
          asked = next;
        }
      },
    ),
    { numRuns: 200 },
  );
});

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { DAY_MS, parseUtcMs, type UtcMs } from './instant.ts';
import {
  beginWatch,
  CONFIRM_MS,
  evolveWatch,
  type Look,
  type LookResult,
  MOST_JITTER_MS,
  MOST_RETRIES,
  nextLookAt,
  pageState,
  SCHEDULE,
  type Watch,
} from './watch.ts';

const HOUR = DAY_MS / 24;
const BEGUN = parseUtcMs(Date.UTC(2026, 10, 26));
const THERE: LookResult = { kind: 'there', by: 'full', distance: 12 };
const GONE: LookResult = { kind: 'gone' };
const ABSENT: LookResult = { kind: 'absent' };
const BLOCKED: LookResult = { kind: 'blocked', by: 'law' };
const DOWN: LookResult = { kind: 'unreachable' };

function look(hours: number, result: LookResult): Look {
  const at = parseUtcMs(BEGUN + hours * HOUR);
  return { at, result, status: 200, bytes: 10, contentType: 'text/html' };
}

/** The watch after these looks, each at so many hours from the beginning. */
function after(...looks: readonly (readonly [hours: number, result: LookResult])[]): Watch {
  return looks.reduce((watch, [hours, result]) => evolveWatch(watch, look(hours, result)), beginWatch(BEGUN));
}

test('the schedule is 1 h, 6 h, 24 h, 48 h, 3 and 7 days, eight weeks, twelve months', () => {
  const hours = SCHEDULE.map((ms) => ms / HOUR);
  assert.deepEqual(hours.slice(0, 6), [1, 6, 24, 48, 72, 168]);
  assert.equal(hours.length, 6 + 8 + 12);
  const days = hours.slice(5).map((each) => each / 24);
  assert.deepEqual(
    days.slice(1).map((day, at) => day - days[at]!),
    [...Array.from({ length: 8 }, () => 7), ...Array.from({ length: 12 }, () => 30)],
  );
});

test('one look that does not see it any more is not a removal; a second at least 24 hours later is', () => {
  assert.equal(after([1, THERE], [6, GONE]).standing, 'away');
  assert.equal(after([1, THERE], [6, GONE], [24, GONE]).standing, 'away');
  const removed = after([1, THERE], [6, GONE], [24, GONE], [30, GONE]);
  assert.equal(removed.standing, 'removed');
  // Since it was first not seen any more, not since it was said.
  assert.equal(removed.since, BEGUN + 6 * HOUR);
  // And it stays so, however often it is looked at again.
  for (const result of [GONE, ABSENT, BLOCKED, DOWN]) {
    const later = after([1, THERE], [6, GONE], [30, GONE], [60, result], [100, result]);
    assert.deepEqual([later.standing, later.since], ['removed', BEGUN + 6 * HOUR], result.kind);
    assert.equal(later.looks, 5);
  }
});

test('a look that sees it between the two begins the 24 hours anew', () => {
  const again = after([1, GONE], [6, THERE], [26, GONE]);
  assert.equal(again.standing, 'away');
  assert.equal(after([1, GONE], [6, THERE], [26, GONE], [50, GONE]).standing, 'removed');
});

test('seen after a removal it is back, and a removal after that needs its two looks again', () => {
  const removed = [
    [1, GONE],
    [26, GONE],
  ] as const;
  const back = after(...removed, [48, THERE]);
  assert.deepEqual([back.standing, pageState(back)], ['back', 'back']);
  assert.equal(after(...removed, [48, THERE], [72, THERE]).since, BEGUN + 48 * HOUR);
  assert.equal(after(...removed, [48, THERE], [72, GONE]).standing, 'away');
  assert.equal(after(...removed, [48, THERE], [72, GONE], [97, GONE]).standing, 'removed');
});

test('451, a log-in, robots.txt, an outage and a page not wholly compared say nothing of the picture', () => {
  const telling = after([1, THERE]);
  for (const result of [
    BLOCKED,
    { kind: 'blocked', by: 'login' },
    { kind: 'blocked', by: 'robots' },
    { kind: 'unclear' },
    DOWN,
  ] as const) {
    const now = [24, 60, 120].reduce((watch, at) => evolveWatch(watch, look(at, result)), telling);
    assert.equal(now.standing, 'there', result.kind);
    assert.equal(pageState(now), result.kind);
    // Nor do they undo or confirm what two other looks say.
    assert.equal(after([1, GONE], [6, result], [26, GONE]).standing, 'removed', result.kind);
    assert.equal(after([1, GONE], [26, result]).standing, 'away', result.kind);
  }
});

test('a page on which the picture was never seen is not called clean of it, however often it is looked at', () => {
  const unseen = after([1, ABSENT], [26, ABSENT], [60, ABSENT]);
  assert.deepEqual([unseen.standing, pageState(unseen)], ['unseen', 'unseen']);
  assert.equal(unseen.since, BEGUN + HOUR, 'since the first look that did not see it');
  // Where it was seen, the same look tells that it went.
  const went = after([1, THERE], [26, ABSENT], [60, ABSENT]);
  assert.deepEqual([went.standing, pageState(went)], ['removed', 'media-gone']);
  // A page that came back without it, once gone and not confirmed.
  assert.equal(after([1, GONE], [6, ABSENT]).standing, 'unseen');
});

test('another picture in its place counts as gone, and says what it is', () => {
  const replaced = after([1, THERE], [6, { kind: 'media-replaced' }], [40, { kind: 'media-replaced' }]);
  assert.deepEqual([replaced.standing, pageState(replaced)], ['removed', 'media-replaced']);
});

test('looks follow the schedule, and those that a node missed are made up for by one', () => {
  let watch = beginWatch(BEGUN);
  const hours: number[] = [];
  for (let at = nextLookAt(watch, 0); at !== null; at = nextLookAt(watch, 0)) {
    hours.push((at - BEGUN) / HOUR);
    watch = evolveWatch(watch, { ...look(0, THERE), at });
  }
  assert.deepEqual(
    hours,
    SCHEDULE.map((ms) => ms / HOUR),
  );
  // Down from the first day to the twentieth.
  const late = after([1, THERE], [6, THERE], [20 * 24, THERE]);
  assert.equal(nextLookAt(late, 0), BEGUN + 21 * DAY_MS);
});

test('what was not seen once is looked at after 24 hours, also where the schedule would wait a month', () => {
  const first = after([40 * 24, THERE], [93 * 24, GONE]);
  assert.equal(nextLookAt(first, 0), BEGUN + 94 * DAY_MS);
  // And at the very end of the schedule.
  const end = SCHEDULE.at(-1)! / HOUR;
  const last = after([1, THERE], [end, GONE]);
  assert.equal(nextLookAt(last, 0), BEGUN + end * HOUR + CONFIRM_MS);
  assert.equal(nextLookAt(evolveWatch(last, look(end + 24, GONE)), 0), null);
});

test('an outage is tried again after six hours, twice, and then as the schedule says', () => {
  const day = 70 * 24;
  assert.equal(nextLookAt(after([day, DOWN]), 0), BEGUN + (day + 6) * HOUR);
  assert.equal(nextLookAt(after([day, DOWN], [day + 6, DOWN]), 0), BEGUN + (day + 12) * HOUR);
  assert.equal(MOST_RETRIES, 2);
  assert.equal(nextLookAt(after([day, DOWN], [day + 6, DOWN], [day + 12, DOWN]), 0), BEGUN + 93 * DAY_MS);
  // Who refuses us is not knocked at more often for it.
  assert.equal(nextLookAt(after([day, BLOCKED]), 0), BEGUN + 93 * DAY_MS);
});

test('a look that comes in late from another node changes nothing', () => {
  const watch = after([1, THERE], [6, GONE]);
  assert.equal(evolveWatch(watch, look(2, THERE)), watch);
});

const anyResult = fc.constantFrom<LookResult>(
  THERE,
  GONE,
  ABSENT,
  BLOCKED,
  DOWN,
  { kind: 'unclear' },
  { kind: 'media-replaced' },
);

test('whatever the looks say: removed rests on two of them 24 hours apart with none between that saw it, and the next look lies ahead until the end', () => {
  fc.assert(
    fc.property(
      fc.array(anyResult, { maxLength: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (results, random) => {
        let watch = beginWatch(BEGUN);
        const made: Look[] = [];
        for (const result of results) {
          const at: UtcMs | null = nextLookAt(watch, random);
          if (at === null) break;
          const from = watch.last?.at ?? BEGUN;
          assert.ok(at > from);
          assert.ok(at - nextLookAt(watch, 0)! <= MOST_JITTER_MS);
          made.push({ ...look(0, result), at });
          watch = evolveWatch(watch, made.at(-1)!);
          if (watch.standing !== 'removed') continue;
          const away = made.filter(({ result: { kind } }) =>
            ['gone', 'media-replaced', 'absent'].includes(kind),
          );
          const seen = made.findLast(({ result: { kind } }) => kind === 'there')?.at ?? -1;
          const first = away.find((each) => each.at >= watch.since)!;
          assert.equal(first.at, watch.since);
          assert.ok(watch.since > seen);
          assert.ok(away.some((each) => each.at - watch.since >= CONFIRM_MS));
        }
        // 26 looks of the schedule, a second one and two more for each of what is away or down.
        assert.ok(watch.looks <= 26 * 5);
      },
    ),
  );
});

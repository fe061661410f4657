import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  HOLD_MS,
  type LookEvent,
  type Looking,
  openRungs,
  reduceLooking,
  secondsShown,
  startLooking,
} from './looking.ts';

const run = (events: readonly LookEvent[], from: Looking = startLooking()) =>
  events.reduce(reduceLooking, from);
const hold = { kind: 'hold', overAllowance: false } as const;
const came = (asked: number, now = 0) => ({ kind: 'came', asked, now }) as const;

test('S70: a look starts covered, at the outline, and a hold shows nothing before the log has the view', () => {
  const start = startLooking();
  assert.deepEqual([start.kind, start.rung], ['covered', 'outline']);
  assert.equal(run([hold]).kind, 'asking');
  assert.equal(run([hold, came(1)]).kind, 'shown');
});

test('letting go, leaving the window and ten seconds each cover the picture', () => {
  const shown = run([hold, came(1, 1_000)]);
  assert.equal(run([{ kind: 'release' }], shown).kind, 'covered');
  assert.equal(run([{ kind: 'leave' }], shown).kind, 'covered');
  assert.equal(run([{ kind: 'tick', now: 1_000 + HOLD_MS - 1 }], shown).kind, 'shown');
  assert.equal(run([{ kind: 'tick', now: 1_000 + HOLD_MS }], shown).kind, 'covered');
});

test('an answer that comes after the key was let go shows nothing, not even during the next hold', () => {
  assert.equal(run([hold, { kind: 'release' }, came(1)]).kind, 'covered');
  assert.equal(run([hold, { kind: 'release' }, hold, came(1)]).kind, 'asking');
  assert.equal(run([hold, { kind: 'release' }, hold, came(2)]).kind, 'shown');
});

test('a count that comes late stops the look that waited for it, no other one, and nobody who said to go on', () => {
  const over = (asked: number) => ({ kind: 'over', asked }) as const;
  assert.equal(run([hold, over(1)]).kind, 'stopped');
  assert.equal(run([hold, over(1), came(1)]).kind, 'stopped');
  assert.equal(run([hold, { kind: 'release' }, hold, over(1)]).kind, 'asking');
  assert.equal(run([hold, over(1), { kind: 'go-on' }, hold, over(2)]).kind, 'asking');
});

test('the ladder opens rung by rung: full only after blurred, blurred only after the outline was seen', () => {
  const closer = { kind: 'closer' } as const;
  assert.equal(run([closer, closer]).rung, 'outline');
  const once = run([hold, came(1), { kind: 'release' }, closer, closer]);
  assert.equal(once.rung, 'blurred');
  const twice = run([hold, came(2), { kind: 'release' }, closer], once);
  assert.equal(twice.rung, 'full');
  assert.deepEqual(openRungs(twice), ['outline', 'blurred', 'full']);
  assert.equal(run([{ kind: 'further' }, { kind: 'further' }, { kind: 'further' }], twice).rung, 'outline');
});

test('who prefers to start blurred starts there, and full still has to be reached', () => {
  const start = startLooking('blurred');
  assert.deepEqual([start.rung, openRungs(start)], ['blurred', ['outline', 'blurred']]);
  assert.equal(run([{ kind: 'closer' }], start).rung, 'blurred');
});

test('no rung changes while something is shown', () => {
  const shown = run([hold, came(1)]);
  assert.equal(reduceLooking(shown, { kind: 'closer' }), shown);
});

test('S71: past the day’s allowance a hold stops until the reviewer says go on', () => {
  const stopped = run([{ kind: 'hold', overAllowance: true }]);
  assert.equal(stopped.kind, 'stopped');
  assert.equal(run([hold], stopped).kind, 'stopped');
  assert.equal(run([{ kind: 'go-on' }, { kind: 'hold', overAllowance: true }], stopped).kind, 'asking');
});

test('a refused look covers and says why; a locked job never shows anything again', () => {
  const refused = run([hold, { kind: 'failed', asked: 1, trouble: 'offline' }]);
  assert.equal(refused.kind === 'covered' && refused.trouble, 'offline');
  const locked = run([hold, came(1), { kind: 'lock' }]);
  assert.equal(run([hold, came(2), { kind: 'go-on' }], locked).kind, 'locked');
});

test('whatever happens in whatever order, nothing is shown unless the last hold was answered and is still held', () => {
  const event: fc.Arbitrary<LookEvent> = fc.oneof(
    fc.record({ kind: fc.constant('hold' as const), overAllowance: fc.boolean() }),
    fc.record({ kind: fc.constant('came' as const), asked: fc.nat(4), now: fc.nat(20_000) }),
    fc.record({ kind: fc.constant('tick' as const), now: fc.nat(40_000) }),
    fc.constantFrom<LookEvent>(
      { kind: 'release' },
      { kind: 'leave' },
      { kind: 'closer' },
      { kind: 'go-on' },
      { kind: 'lock' },
    ),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let held = false;
      let state = startLooking();
      for (const each of events) {
        if (each.kind === 'hold') held = true;
        if (each.kind === 'release' || each.kind === 'leave' || each.kind === 'lock') held = false;
        state = reduceLooking(state, each);
        if (state.kind === 'shown') assert.equal(held, true);
      }
    }),
  );
});

test('seconds of a view are counted up, and nothing shown is nothing counted', () => {
  assert.equal(secondsShown(run([hold, came(1, 1_000)]), 2_100), 2);
  assert.equal(secondsShown(run([hold, came(1, 1_000)]), 1_000), 1);
  assert.equal(secondsShown(run([hold]), 9_000), 0);
});

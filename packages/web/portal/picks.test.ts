import assert from 'node:assert/strict';
import test from 'node:test';
import { type Fingerprinted, made, NO_PICKS, pick, progressOf } from './picks.ts';

const done: Fingerprinted = {
  pictureId: 'p1',
  hash: '0'.repeat(64),
  width: 100,
  height: 100,
  proposed: undefined,
  part: undefined,
};

test('pictures keep their numbers when another is taken away', () => {
  let picks = pick(NO_PICKS, { kind: 'chosen', ids: ['a', 'b'] });
  picks = pick(picks, { kind: 'removed', id: 'a' });
  picks = pick(picks, { kind: 'chosen', ids: ['c'] });
  assert.deepEqual(
    picks.list.map(({ number }) => number),
    [2, 3],
  );
});

test('what arrives for a picture that was taken away changes nothing', () => {
  const picks = pick(pick(NO_PICKS, { kind: 'chosen', ids: ['a'] }), { kind: 'removed', id: 'a' });
  assert.equal(pick(picks, { kind: 'done', id: 'a', made: done }).list.length, 0);
});

test('a fingerprint stands while a new part is measured, and when that stops', () => {
  let picks = pick(NO_PICKS, { kind: 'chosen', ids: ['a'] });
  picks = pick(picks, { kind: 'done', id: 'a', made: done });
  picks = pick(picks, { kind: 'phase', id: 'a', phase: 'measuring' });
  picks = pick(picks, { kind: 'stopped', id: 'a', reason: 'too-small' });
  assert.equal(made(picks).length, 1);
});

test('progress only grows', () => {
  assert.ok(progressOf('reading') < progressOf('decoding'));
  assert.ok(progressOf('measuring') < 1);
});

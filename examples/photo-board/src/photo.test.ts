import assert from 'node:assert/strict';
import test from 'node:test';
import type { Outcome } from '@reclaim/client/client';
import { type BoardEvent, evolvePhoto, type Photo, type RemovalGround } from './photo.ts';

const id = 'p';
const taken: BoardEvent = { type: 'taken', id, ownerTag: 't', caption: '', mediaType: 'image/png', at: 0 };
const verdict = (v: 'publish' | 'hold' | 'drop'): BoardEvent => ({ type: 'verdict', id, verdict: v });
let told = 0;
/** Each newer than the last. */
const outcome = (effect: Outcome['effect'], position = ++told, ground?: RemovalGround): BoardEvent => ({
  type: 'outcome',
  id,
  effect,
  position,
  ground,
});

function after(...events: readonly BoardEvent[]): Photo | undefined {
  return events.reduce<Photo | undefined>(evolvePhoto, undefined);
}

test('every transition leads where the table says', () => {
  const cases: readonly (readonly [readonly BoardEvent[], Photo['state'], boolean])[] = [
    [[taken], 'waiting', false],
    [[taken, verdict('publish')], 'published', true],
    [[taken, verdict('hold')], 'waiting', true],
    [[taken, verdict('drop')], 'dropped', true],
    [[taken, verdict('hold'), outcome('publish')], 'published', true],
    [[taken, verdict('hold'), outcome('withhold')], 'removed', true],
    [[taken, verdict('hold'), outcome('withhold'), outcome('hold')], 'waiting', true],
    [[taken, verdict('hold'), outcome('unchanged')], 'waiting', true],
    [[taken, verdict('publish'), outcome('withhold')], 'removed', true],
    [[taken, verdict('publish'), outcome('withhold'), outcome('publish')], 'published', true],
    [[taken, verdict('drop'), outcome('publish')], 'dropped', true],
  ];
  for (const [events, state, asked] of cases) {
    const photo = after(...events);
    assert.deepEqual([photo?.state, photo?.asked], [state, asked]);
  }
});

test('a picture that somebody gave notice of stays as it is and is noticed until something is decided', () => {
  const noticed = [taken, verdict('publish'), outcome('noticed')] as const;
  assert.deepEqual([after(...noticed)?.state, after(...noticed)?.noticed], ['published', true]);
  assert.equal(after(...noticed, outcome('unchanged'))?.noticed, true);
  assert.equal(after(...noticed, outcome('publish'))?.noticed, false);
});

test('an outcome that is not newer than the last changes nothing, by whichever way it came', () => {
  const both = [taken, verdict('hold'), outcome('publish', 1_000), outcome('withhold', 2_000)];
  assert.equal(after(...both, outcome('publish', 1_000))?.state, 'removed');
  assert.equal(after(...both, outcome('publish', 2_000))?.state, 'removed');
  assert.equal(after(...both, outcome('publish', 2_001))?.state, 'published');
  assert.equal(after(...both, outcome('unchanged', 3_000), outcome('publish', 2_500))?.state, 'removed');
});

test('the rule that was applied stays as long as the removal does', () => {
  const removed = [taken, verdict('hold'), outcome('withhold', 1_000, 'other-law')];
  assert.equal(after(...removed)?.ground, 'other-law');
  assert.equal(after(...removed, outcome('unchanged', 1_001))?.ground, 'other-law');
  assert.equal(after(...removed, outcome('hold', 1_001))?.ground, undefined);
});

test('a slow verdict does not undo a decision that was quicker', () => {
  for (const late of ['publish', 'hold', 'drop'] as const) {
    assert.equal(after(taken, outcome('withhold'), verdict(late))?.state, 'removed');
    assert.equal(after(taken, outcome('publish'), verdict(late))?.state, 'published');
    assert.equal(after(taken, verdict('hold'), verdict(late))?.state, 'waiting');
  }
});

test('an event about a picture that is not there makes none, and a second taking changes nothing', () => {
  assert.equal(after(verdict('publish')), undefined);
  assert.equal(after(outcome('publish')), undefined);
  assert.equal(after(taken, verdict('hold'), outcome('withhold'), taken)?.state, 'removed');
});

test('a report is to be sent once for each reason', () => {
  const reported: BoardEvent = { type: 'reported', id, reason: 'threat' };
  const sent: BoardEvent = { type: 'report-sent', id, reason: 'threat' };
  assert.deepEqual(after(taken, reported)?.reports, { threat: 'to-send' });
  assert.deepEqual(after(taken, reported, sent)?.reports, { threat: 'sent' });
  assert.deepEqual(after(taken, reported, sent, reported)?.reports, { threat: 'sent' });
});

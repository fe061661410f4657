import assert from 'node:assert/strict';
import test from 'node:test';
import { type BoardEvent, evolvePhoto, type Photo } from './photo.ts';

const id = 'p';
const taken: BoardEvent = { type: 'taken', id, ownerTag: 't', caption: '', mediaType: 'image/png', at: 0 };
const verdict = (v: 'publish' | 'hold' | 'drop'): BoardEvent => ({ type: 'verdict', id, verdict: v });
const outcome = (effect: 'publish' | 'withhold' | 'hold' | 'unchanged'): BoardEvent => ({
  type: 'outcome',
  id,
  effect,
  position: 1,
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

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { beginJourney, type Journey, SCREENS, type Step, walk } from './journey.ts';

const after = (...steps: readonly Step[]): Journey => steps.reduce(walk, beginJourney('world'));
const go = (to: Journey['screen']): Step => ({ kind: 'go', to });
const behind = ({ trail }: Journey): readonly string[] => trail.map(({ screen }) => screen);

test('from the first screen to choosing files it takes the safety page and the age question', () => {
  const journey = after(go('safety'), go('age'), { kind: 'age', under18: 'no' }, go('protect'));
  assert.equal(journey.screen, 'protect');
  assert.deepEqual(behind(journey), ['start', 'safety', 'age', 'needs']);
});

test('S23: back walks along the way one came, and keeps every answer', () => {
  const there = after(go('safety'), go('age'), { kind: 'age', under18: 'no' }, go('protect'), go('leaves'));
  const back = walk(walk(there, { kind: 'back' }), { kind: 'back' });
  assert.equal(back.screen, 'needs');
  assert.equal(back.under18, 'no');
  assert.equal(walk(beginJourney('world'), { kind: 'back' }).screen, 'start');
});

test('S23: back leads to what a screen was about, not to the same screen about something else', () => {
  const journey = after(
    go('links'),
    { kind: 'go', to: 'link', picked: 'first' },
    { kind: 'go', to: 'notice', picked: 'of the second' },
    { kind: 'back' },
  );
  assert.deepEqual([journey.screen, journey.picked], ['link', 'first']);
  const { screen, picked } = walk(journey, { kind: 'back' });
  assert.deepEqual([screen, picked], ['links', undefined]);
});

test('S08: nobody meets the age question before the page about history', () => {
  assert.equal(after(go('age')).screen, 'safety');
  assert.equal(after(go('protect')).screen, 'safety');
});

test('S40: yes and not sure lead to the other road, and out of every screen with a file', () => {
  for (const under18 of ['yes', 'not-sure'] as const) {
    const journey = after(go('safety'), go('age'), { kind: 'age', under18 });
    assert.equal(journey.screen, 'minor');
    assert.equal(walk(journey, go('protect')).screen, 'minor');
    const changed = after(
      go('safety'),
      go('age'),
      { kind: 'age', under18: 'no' },
      go('protect'),
      go('leaves'),
      go('age'),
      {
        kind: 'age',
        under18,
      },
    );
    assert.ok(!behind(changed).includes('protect') && !behind(changed).includes('leaves'));
    assert.equal(walk(changed, go('links')).screen, 'links');
  }
});

test('S40: no order of steps reaches a file without the answer "no"', () => {
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.constantFrom(...SCREENS).map(go),
    fc.constant<Step>({ kind: 'back' }),
    fc.constant<Step>({ kind: 'home' }),
    fc
      .constantFrom('yes', 'not-sure', 'no')
      .map((under18): Step => ({ kind: 'age', under18: under18 as 'yes' })),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const journey = after(...steps);
      const gated = ['protect', 'crop', 'leaves', 'code', 'typeback', 'kept', 'rights'].includes(
        journey.screen,
      );
      assert.ok(!gated || journey.under18 === 'no');
    }),
  );
});

test('S40: an answer given on a screen with a file leaves no way back to it', () => {
  const journey = after(
    go('safety'),
    go('age'),
    { kind: 'age', under18: 'no' },
    go('protect'),
    { kind: 'age', under18: 'not-sure' },
    { kind: 'back' },
  );
  assert.equal(journey.screen, 'needs');
});

test('after an ending nothing of the middle is behind', () => {
  const journey = after(go('safety'), go('age'), { kind: 'age', under18: 'no' }, go('protect'), go('kept'));
  assert.deepEqual(journey.trail, []);
});

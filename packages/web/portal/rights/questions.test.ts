import assert from 'node:assert/strict';
import test from 'node:test';
import { parseDay } from '@reclaim/law/day';
import { GOLDEN_QUESTIONS } from '@reclaim/law/right/guidance';
import type { Deed } from '@reclaim/law/right/right';
import { en } from '../../ui/words/rights/en.ts';
import { coverOf, QUESTIONS } from './questions.ts';
import { viewRights } from './rights-view.ts';

const DAY = parseDay('2026-11-26');
const cover = (place: string, ...deeds: Deed[]) => {
  const { kind, laws } = coverOf(viewRights(place, false, {}, DAY), deeds);
  return `${kind} ${laws.map((each) => each.id).join(' ')}`.trim();
};

test('the page asks the ten questions of the law room, in their order, each about its deed', () => {
  assert.deepEqual(
    QUESTIONS.map(([name]) => name),
    GOLDEN_QUESTIONS.map((each) => each.id),
  );
  for (const [at, { deed }] of GOLDEN_QUESTIONS.entries()) {
    const deeds = QUESTIONS[at]![1];
    assert.equal(deeds.length > 0, deed !== null);
    if (deed !== null) assert.ok(deeds.includes(deed));
  }
  assert.deepEqual(
    Object.keys(en.questions.list),
    QUESTIONS.map(([name]) => name),
  );
});

test('an answer rests on what may be shown: England names the threat, France the fake, and what is not shown is not confirmed', () => {
  assert.match(cover('GB-EW', 'threat'), /^yes .*GB-EW-66B4/);
  assert.match(cover('FR', 'synthetic'), /^yes .*FR-22681/);
  assert.match(cover('FR', 'share'), /^yes .*FR-22621/);
  assert.equal(cover('SE', 'possess', 'create'), 'unknown');
  // Korea's rows were read in secondary sources: to a person nothing of them is said.
  assert.equal(cover('KR', 'possess'), 'unknown');
  assert.equal(cover('HK', 'share'), 'unknown');
});

test('no answer says "too late", tells anybody to pay, or knows more than the law room', () => {
  const all = JSON.stringify(en.questions);
  assert.doesNotMatch(all, /too late|you must pay/i);
  assert.match(en.questions.list.threatened.say, /do not have to pay/);
  assert.match(en.questions.list.police.say, /under 18, make no copy/);
});

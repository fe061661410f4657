import assert from 'node:assert/strict';
import test from 'node:test';
import { parseDay } from '../day.ts';
import type { Audience } from './display.ts';
import { type Answer, answer, GOLDEN_QUESTIONS, NO_ROW_WORDS, type QuestionId } from './guidance.ts';
import { SOONER_WORDS } from './person-clock.ts';
import { PERSON_CLOCKS } from './person-clock-rows.ts';
import { REMEDIES, REMEDIES_EU } from './remedy.ts';
import { REPORTING } from './reporting.ts';
import { RIGHTS } from './rights-rows.ts';

const TODAY = parseDay('2026-11-22');
const EVENTS = { act: parseDay('2026-11-01'), awareness: parseDay('2026-11-10') };

const HELPER: Audience = { kind: 'helper', minor: false, confirmed: new Set() };
const PERSON: Audience = { kind: 'person', minor: false, confirmed: new Set() };

function ask(id: QuestionId, place: string, audience = HELPER): Extract<Answer, { kind: 'answer' }> {
  const found = answer(id, { place, audience, events: EVENTS }, TODAY);
  assert.ok(found.kind === 'answer');
  return found;
}

test('there are ten questions, and every row that one names exists', () => {
  assert.equal(GOLDEN_QUESTIONS.length, 10);
  const known = new Set(
    [...RIGHTS, ...REMEDIES, ...REMEDIES_EU, ...REPORTING, ...PERSON_CLOCKS].map((each) => each.id),
  );
  for (const question of GOLDEN_QUESTIONS) {
    for (const id of question.rows) assert.ok(known.has(id), `${question.id}: ${id}`);
    assert.ok(question.mustSay.length > 0 && question.nextStep.length > 10, question.id);
  }
});

test('every answer names a next step and never says "too late"', () => {
  for (const question of GOLDEN_QUESTIONS) {
    for (const place of ['GB-EW', 'DE', 'US-CA', 'NG', 'ZZ']) {
      const found = ask(question.id, place);
      assert.ok(found.nextStep.length > 10 && found.say.length > 0);
      assert.ok(!/too late/i.test(JSON.stringify(found)));
    }
  }
});

test('for a minor every question opens the child lane', () => {
  for (const { id } of GOLDEN_QUESTIONS) {
    assert.deepEqual(
      answer(id, { place: 'FR', audience: { ...PERSON, minor: true }, events: EVENTS }, TODAY),
      { kind: 'child-lane' },
    );
  }
});

const COVERED: readonly (readonly [QuestionId, string, string, string])[] = [
  ['threatened', 'GB-EW', 'yes', 'GB-EW-66B4'],
  ['threatened', 'US', 'yes', 'US-F-223H'],
  ['threatened', 'KR', 'yes', 'KR-143'],
  ['threatened', 'DE', 'unknown', 'DE-184K'],
  ['fake', 'FR', 'yes', 'FR-22681'],
  ['fake', 'IT', 'yes', 'IT-612Q'],
  ['fake', 'ES', 'unknown', 'ES-1977'],
  ['fake', 'CH', 'unknown', 'CH-197A'],
  ['sent-it-myself', 'FR', 'yes', 'FR-22621'],
  ['sent-it-myself', 'BE', 'yes', 'BE-4179'],
  ['only-kept-or-made', 'KR', 'yes', 'KR-14'],
  ['only-kept-or-made', 'FR', 'yes', 'FR-2262'],
  ['only-kept-or-made', 'SE', 'unknown', 'SE-46C'],
];

for (const [id, place, expected, row] of COVERED) {
  test(`${id} in ${place}: ${expected}, by ${row}`, () => {
    const found = ask(id, place);
    assert.equal(found.covered, expected);
    assert.ok(found.here.some((each) => each.kind === 'row' && each.id === row));
  });
}

test('the question of time brings the shortest clock of the place first', () => {
  assert.deepEqual(
    ask('how-long', 'GB-EW')
      .clocks.clocks.slice(0, 2)
      .map((each) => each.clock.id),
    ['CL-EVID', 'CL-GB'],
  );
});

test('with an unknown poster the German clock has not started and waits for the name', () => {
  const german = ask('unknown-poster', 'DE', PERSON).clocks.clocks.find((each) => each.clock.id === 'CL-DE')!;
  assert.ok(german.kind === 'not-started');
  assert.deepEqual(german.waitsFor, ['offender-known']);
});

test('in Nigeria, Kenya and India the risk comes before anything else', () => {
  for (const place of ['NG', 'KE', 'IN'])
    assert.equal(ask('sent-it-myself', place).riskFirst.length, 1, place);
  assert.equal(ask('sent-it-myself', 'FR').riskFirst.length, 0);
});

test('of a place without rows nothing is said', () => {
  const found = ask('fake', 'ZZ');
  assert.equal(found.placeKnown, false);
  assert.equal(found.covered, 'unknown');
  assert.ok(found.say.includes(NO_ROW_WORDS));
  assert.deepEqual(found.here, []);
});

const TO_THE_PERSON: readonly (readonly [QuestionId, string, string])[] = [
  ['threatened', 'GB-EW', 'yes'],
  ['threatened', 'KR', 'unknown'],
  ['fake', 'FR', 'yes'],
  ['fake', 'IT', 'unknown'],
  ['sent-it-myself', 'BE', 'unknown'],
  ['only-kept-or-made', 'FR', 'yes'],
];

for (const [id, place, expected] of TO_THE_PERSON) {
  test(`${id} in ${place}, told to the person: ${expected}`, () => {
    assert.equal(ask(id, place, PERSON).covered, expected);
  });
}

test('times that nobody confirmed are not told to the person, but a sentence that sooner is better is', () => {
  const swiss = ask('how-long', 'CH', PERSON).clocks;
  assert.deepEqual(swiss.clocks, []);
  assert.equal(swiss.instead, SOONER_WORDS);
  const seen = ask('how-long', 'CH').clocks;
  assert.deepEqual(
    seen.clocks.map((each) => each.clock.id),
    ['CL-EVID', 'CL-CH'],
  );
  assert.equal(seen.instead, '');
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { parseUtcMs } from '@reclaim/casework/instant';
import type { WireClock } from '@reclaim/casework/wire-notice';
import { ELEMENTS } from '@reclaim/law/duty/element-row';
import { RULES } from '@reclaim/law/duty/rules';
import { actsOffered, clocksOfJob, elementWord, regimeTitle, ruleOf } from './notice-card.ts';
import { en } from './words/en.ts';

const clock = (ruleId: string, parts: Partial<WireClock> = {}): WireClock => {
  const rule = RULES.find(({ id }) => id === ruleId)!;
  return {
    ruleId,
    version: rule.versions.at(-1)!.version,
    regime: rule.regime,
    applies: true,
    owed: true,
    state: 'running',
    ...parts,
  };
};
const at = (ms: number) => parseUtcMs(ms);

test('every element that a notice can lack has a word', () => {
  for (const { regime, id } of ELEMENTS) {
    const word = elementWord(regime, id);
    assert.ok(word !== undefined && en[word].length > 0, `${regime} ${id}`);
  }
});

test('each duty stands once, the first due first, and a breach is never hidden behind another', () => {
  const late = clock('US-TIDA-REMOVE', { dueAt: at(5), state: 'met-late', breachedAt: at(6) });
  const notices = [
    { clocks: [clock('US-TIDA-REMOVE', { dueAt: at(30) }), clock('IN-INTIMATE', { dueAt: at(20) })] },
    { clocks: [clock('US-TIDA-REMOVE', { dueAt: at(10) }), late] },
  ];
  const shown = clocksOfJob({ notices } as never);
  assert.deepEqual(
    shown.map(({ ruleId, dueAt }) => [ruleId, dueAt]),
    [
      ['US-TIDA-REMOVE', 10],
      ['IN-INTIMATE', 20],
      ['US-TIDA-REMOVE', 5],
    ],
  );
});

test('a reviewer is offered to say only what would end a clock that is owed', () => {
  assert.deepEqual(actsOffered([clock('US-TIDA-COPIES')]), ['copies-removed']);
  assert.deepEqual(actsOffered([clock('US-TIDA-COPIES', { state: 'met' })]), []);
  assert.deepEqual(actsOffered([clock('US-TIDA-COPIES', { owed: false })]), []);
  assert.deepEqual(actsOffered([clock('US-CA-UPDATE')]), ['status-told']);
});

test('a clock is told with its duty, its limit, the text behind it and how that was read', () => {
  const told = ruleOf(clock('US-TIDA-REMOVE'));
  assert.deepEqual([told.duty, told.limit], ['Remove the depiction.', '48 hours']);
  assert.match(told.cite, /47 U\.S\.C\. 223a/);
  assert.equal(told.counted, true, 'a clock that has not started is not one without a number');
  assert.equal(ruleOf(clock('EU-DSA-DECIDE')).counted, false);
  assert.match(regimeTitle('us-tida'), /TAKE IT DOWN/);
});

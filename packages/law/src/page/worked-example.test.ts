import assert from 'node:assert/strict';
import test from 'node:test';
import { REGIMES } from '../duty/regime-order.ts';
import { ruleById } from '../duty/rules.ts';
import { computedAnswer, WORKED_EXAMPLES } from './worked-example.ts';

test('every worked example of every regime has the answer that is written beside it', () => {
  for (const example of WORKED_EXAMPLES) {
    assert.equal(computedAnswer(example), example.answer, `${example.rule}: ${example.said}`);
  }
});

test('every regime has an example, each of a rule of its own', () => {
  assert.deepEqual([...new Set(WORKED_EXAMPLES.map(({ regime }) => regime))].sort(), [...REGIMES].sort());
  for (const { rule, regime } of WORKED_EXAMPLES) assert.equal(ruleById(rule).regime, regime, rule);
});

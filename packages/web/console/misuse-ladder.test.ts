import assert from 'node:assert/strict';
import test from 'node:test';
import type { WireMisuse } from '@reclaim/casework/wire-misuse';
import { fixtureId } from './job.fixture.ts';
import { type MisuseStep, openSteps } from './misuse-ladder.ts';

const ME = fixtureId('stf', 1);
const OTHER = fixtureId('stf', 2);
const one = (more: object): WireMisuse =>
  ({
    id: fixtureId('msu', 1),
    misuse: 'unfounded-notices',
    state: 'counted',
    acts: [],
    all: 9,
    ...more,
  }) as never;
const acts = (...at: readonly number[]) => at.map((each) => ({ at: each, decisionId: '', jobId: '' }));

test('the steps that are open, as a table', () => {
  const table: readonly (readonly [said: string, each: WireMisuse, steps: readonly MisuseStep[]])[] = [
    ['too few acts', one({ acts: acts(1, 2) }), []],
    ['enough to warn', one({ acts: acts(1, 2, 3) }), ['warn']],
    ['warned and stopped', one({ state: 'warned', warnedAt: 4, acts: acts(1, 2, 3) }), ['lift']],
    [
      'warned and went on',
      one({ state: 'warned', warnedAt: 4, acts: acts(1, 2, 3, 5) }),
      ['suspend', 'lift'],
    ],
    [
      'a suspension is over, nothing since',
      one({ state: 'warned', warnedAt: 4, suspendedAt: 6, acts: acts(1, 2, 3, 5) }),
      ['lift'],
    ],
    ['suspended', one({ state: 'suspended', warnedAt: 4, acts: acts(1, 2, 3, 5) }), ['lift']],
    [
      'an objection against what another imposed',
      one({ state: 'suspended', suspendedBy: OTHER, objection: { state: 'waits', words: '' } }),
      ['uphold', 'lift'],
    ],
    [
      'an objection against what one imposed oneself',
      one({ state: 'suspended', suspendedBy: ME, objection: { state: 'waits', words: '' } }),
      ['lift'],
    ],
  ];
  for (const [said, each, steps] of table) assert.deepEqual(openSteps(each, 3, ME), steps, said);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SIGNAL_STATES } from './banked-signal.ts';
import { BANDS } from './policy.ts';
import { type RankedMatch, strongestMatches } from './strongest-matches.ts';

const match = (signalId: string, more: Partial<RankedMatch> = {}): RankedMatch => ({
  ...{ signalId, bankId: 'bank-a', band: 'confident', state: 'unconfirmed', window: 'full' },
  ...more,
});

test('the strongest matches stay: confirmed, equal bytes, the whole; and one of every bank', () => {
  const many = Array.from({ length: 50 }, (_, i) => match(`m${i}`));
  const strong = [
    match('confirmed', { state: 'confirmed', band: 'possible' }),
    match('exact', { band: 'exact' }),
    match('of another bank', { bankId: 'bank-b', band: 'possible', window: 'inner' }),
  ];
  const some = strongestMatches([...many, ...strong], 3).map(({ signalId }) => signalId);
  assert.deepEqual(some, ['confirmed', 'exact', 'of another bank']);
  assert.equal(strongestMatches(many, 50), many);
  const banks = Array.from({ length: 5 }, (_, i) => match(`b${i}`, { bankId: `bank-${i}` }));
  assert.equal(strongestMatches(banks, 3).length, 5, 'no bank is left out, however many there are');
});

test('what is told depends on no order, names every bank, and leaves out nothing stronger than what it tells', () => {
  const any = fc.uniqueArray(
    fc.record({
      signalId: fc.string({ minLength: 1, maxLength: 3 }),
      bankId: fc.constantFrom('a', 'b', 'c', 'd'),
      band: fc.constantFrom(...BANDS),
      state: fc.constantFrom(...SIGNAL_STATES),
      window: fc.constantFrom('full', 'inner'),
    }),
    { selector: ({ signalId }) => signalId, maxLength: 40 },
  );
  fc.assert(
    fc.property(any, fc.integer({ min: 1, max: 12 }), (matches, most) => {
      fc.pre(matches.length > most);
      const told = strongestMatches(matches, most);
      assert.deepEqual(strongestMatches(matches.toReversed(), most), told);
      assert.equal(told.length, Math.max(most, new Set(matches.map(({ bankId }) => bankId)).size));
      const banks = (some: readonly RankedMatch[]) => [...new Set(some.map(({ bankId }) => bankId))].sort();
      assert.deepEqual(banks(told), banks(matches));
      const confirmed = (some: readonly RankedMatch[]) => some.some((each) => each.state === 'confirmed');
      assert.equal(confirmed(told), confirmed(matches));
    }),
  );
});

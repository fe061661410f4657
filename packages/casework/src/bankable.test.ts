import assert from 'node:assert/strict';
import test from 'node:test';
import { MIN_QUALITY } from '@reclaim/fingerprint/pdq';
import { parsePdqHash, parsePipeline, parseSha256 } from '@reclaim/fingerprint/signal';
import { whyNotBankable } from './bankable.ts';

const balanced = '5a'.repeat(32);

function pdqSignal(value: string, quality: number) {
  return { kind: 'pdq', value: parsePdqHash(value), quality, pipeline: parsePipeline('test-1') } as const;
}

test('a balanced hash of quality 50 may be banked, one of 49 may not', () => {
  assert.equal(whyNotBankable(pdqSignal(balanced, MIN_QUALITY)), undefined);
  assert.equal(whyNotBankable(pdqSignal(balanced, MIN_QUALITY - 1)), 'low-quality');
});

test('hashes with too few or too many ones are refused at the edges of the window', () => {
  const withOnes = (ones: number) => {
    const bits = '1'.repeat(ones) + '0'.repeat(256 - ones);
    return bits.replace(/[01]{4}/g, (four) => Number.parseInt(four, 2).toString(16));
  };
  assert.equal(whyNotBankable(pdqSignal(withOnes(111), 100)), 'unbalanced');
  assert.equal(whyNotBankable(pdqSignal(withOnes(112), 100)), undefined);
  assert.equal(whyNotBankable(pdqSignal(withOnes(144), 100)), undefined);
  assert.equal(whyNotBankable(pdqSignal(withOnes(145), 100)), 'unbalanced');
  assert.equal(whyNotBankable(pdqSignal(withOnes(0), 100)), 'unbalanced');
});

test('a SHA-256 has no quality and may always be banked', () => {
  assert.equal(whyNotBankable({ kind: 'sha256', value: parseSha256('00'.repeat(32)) }), undefined);
});

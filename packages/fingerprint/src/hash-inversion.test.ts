import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { reduceToGrid } from '@reclaim/raster/reduce';
import { correlation, invertByConsistency, invertSimply, signsOf } from './hash-inversion.fixture.ts';
import { pdq } from './pdq.ts';
import { dct64, hashOf } from './pdq-transform.ts';
import { type PdqHash, parsePdqHash } from './signal.ts';

/**
 * Median correlations that the one hash which leaves a device may allow these attacks on these landscapes: what was measured
 * and a little room. The project's goal was 0.35 for the first; docs/benchmarks.md says what this means.
 */
const MOST = { fixed: 0.44, formula: 0.47 } as const;

const EXAMPLES = Array.from({ length: 40 }, (_, i) => {
  const picture = landscape(700 + i, 192, 144);
  return { hash: pdq(picture).hash, luma: reduceToGrid(picture) };
});

function medianOver(attack: (hash: PdqHash) => Float64Array): number {
  const found = EXAMPLES.map(({ hash, luma }) => correlation(attack(hash), luma));
  return found.sort((a, b) => a - b)[20]!;
}

test('the attacks on the one hash that leaves find no more of a landscape than was measured', () => {
  for (const [attack, most] of [
    [invertByConsistency, MOST.fixed],
    [invertSimply, MOST.formula],
  ] as const) {
    const median = medianOver(attack);
    assert.ok(median <= most, `${median}`);
    // An attack that finds nothing would pass any limit: this one must find something.
    assert.ok(median > 0.1, `${median}`);
  }
});

test('what the fixed attack gives back has the very hash that it was given', () => {
  for (const seed of [1, 2, 3]) {
    const { hash } = pdq(landscape(seed, 192, 144));
    const coefficients = dct64(invertByConsistency(hash));
    assert.equal(hashOf(coefficients, 0), hash);
  }
});

test('the signs are those of the coefficients around their median', () => {
  const { hash, coefficients } = pdq(landscape(3, 320, 240));
  const median = coefficients.toSorted()[127]!;
  assert.deepEqual(
    [...signsOf(hash)],
    [...coefficients].map((value) => (value > median ? 1 : -1)),
  );
  assert.equal(signsOf(parsePdqHash('f'.repeat(64)))[0], 1);
});

test('correlation is 1 for the same but for brightness and contrast, and 0 where nothing varies', () => {
  const plane = Float64Array.from({ length: 100 }, (_, i) => (i * 37) % 91);
  assert.ok(
    Math.abs(
      correlation(
        plane,
        plane.map((value) => 3 * value + 7),
      ) - 1,
    ) < 1e-12,
  );
  assert.ok(
    Math.abs(
      correlation(
        plane,
        plane.map((value) => -value),
      ) + 1,
    ) < 1e-12,
  );
  assert.equal(correlation(plane, new Float64Array(100)), 0);
});

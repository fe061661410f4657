import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { reduceToGrid } from '@reclaim/raster/reduce';
import { correlation, invertSimply, signsOf } from './hash-inversion.fixture.ts';
import { pdq } from './pdq.ts';
import { parsePdqHash } from './signal.ts';

/**
 * Median correlation that the one hash which leaves a device may allow the simple attack on these landscapes: 0.45 was
 * measured. The project's goal was 0.35, set with a weaker attack; docs/benchmarks.md says what this means.
 */
const MOST_CORRELATION = 0.47;

test('the simple attack on the one hash that leaves finds no more of a landscape than was measured', () => {
  const found = Array.from({ length: 40 }, (_, i) => {
    const picture = landscape(700 + i, 192, 144);
    return correlation(invertSimply(pdq(picture).hash), reduceToGrid(picture));
  }).sort((a, b) => a - b);
  const median = found[20]!;
  assert.ok(median <= MOST_CORRELATION, `${median}`);
  // An attack that finds nothing would pass any limit: this one must find something.
  assert.ok(median > 0.1, `${median}`);
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

import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { TURNS, turnPixels } from '@reclaim/raster/orientation';
import { pdq } from './pdq.ts';
import { pdqDihedral, turnCoefficients, turnedHashBytes } from './pdq-dihedral.ts';
import { hammingDistance, signalBytes } from './signal.ts';

test('turning four times by a quarter gives the picture back', () => {
  const { coefficients } = pdq(landscape(35, 200, 100));
  let turned = coefficients;
  for (let i = 0; i < 4; i++) turned = turnCoefficients(turned, 'rot90');
  assert.deepEqual(turned, coefficients);
});

test('from one transform the hashes are near those of the turned file in a large picture, and not in a small one', () => {
  const strays = (width: number, height: number) => {
    const picture = landscape(34, width, height);
    const { hashes } = pdqDihedral(picture);
    return TURNS.map((turn, i) =>
      hammingDistance(signalBytes(hashes[i]!), signalBytes(pdq(turnPixels(picture, turn)).hash)),
    );
  };
  const large = strays(1600, 1200);
  assert.equal(large[0], 0);
  assert.ok(Math.max(...large) <= 16, String(large));
  // Why doors do not ask with them.
  assert.ok(Math.max(...strays(512, 512)) > 8);
});

test('a hash turned by its bits alone is near the dihedral hash of the picture, and turning keeps distances', () => {
  for (let seed = 40; seed < 52; seed++) {
    const { hashes } = pdqDihedral(landscape(seed, 320, 240));
    const turned = turnedHashBytes(signalBytes(hashes[0]!));
    const strays = turned.map((hash, i) => hammingDistance(hash, signalBytes(hashes[i]!)));
    assert.equal(strays[0], 0);
    assert.ok(Math.max(...strays) <= 20, String(strays));
    const other = turnedHashBytes(signalBytes(pdq(landscape(seed + 100, 320, 240)).hash));
    const distances = new Set(turned.map((hash, i) => hammingDistance(hash, other[i]!)));
    assert.equal(distances.size, 1);
  }
});

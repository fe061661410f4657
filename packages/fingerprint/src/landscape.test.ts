import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { pdq } from './pdq.ts';
import { hammingDistance, signalBytes } from './signal.ts';

test('sixty landscapes are good pictures, and as far apart as sixty photographs', (t) => {
  const hashes: Uint8Array[] = [];
  for (let seed = 0; seed < 60; seed++) {
    const { hash, quality } = pdq(landscape(seed, 256, 192));
    assert.ok(quality >= 60, `seed ${seed} has quality ${quality}`);
    hashes.push(signalBytes(hash));
  }
  let least = 256;
  for (const [i, a] of hashes.entries())
    for (const b of hashes.slice(0, i)) least = Math.min(least, hammingDistance(a, b));
  t.diagnostic(`least distance of 1,770 pairs: ${least} bits`);
  assert.ok(least > 60, `least distance is ${least}`);
});

test('one seed at two sizes is one scene', () => {
  const small = pdq(landscape(7, 320, 240));
  const large = pdq(landscape(7, 640, 480));
  assert.ok(hammingDistance(signalBytes(small.hash), signalBytes(large.hash)) <= 31);
});

test('a landscape is the same bytes each time', () => {
  assert.deepEqual(landscape(3, 96, 64), landscape(3, 96, 64));
  assert.notDeepEqual(landscape(3, 96, 64).data, landscape(4, 96, 64).data);
});
